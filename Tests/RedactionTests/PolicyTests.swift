import Foundation
import Testing

@testable import Redaction

/// A policy text with everything right but for what a test changes.
func policyText(
    version: String = "1", confidence: String = "500000", otherwise: String = "\"mask\"", types: String = "",
    more: String = ""
) -> [UInt8] {
    let head = "version: \(version), confidence_min_ppm: \(confidence), otherwise: \(otherwise)"
    return Array("{\(head), types: {\(types)}, \(more)}".utf8)
}

func type(_ name: String) throws -> DetectorType { try #require(DetectorType(named: name.utf8)) }

@Suite struct PolicyTests {
    private func error(_ text: String) -> RedactionPolicyError? { error(Array(text.utf8)) }

    private func error(_ text: [UInt8]) -> RedactionPolicyError? {
        do throws(RedactionPolicyError) {
            _ = try RedactionPolicy.parse(text)
            return nil
        } catch { return error }
    }

    @Test func `the shipped policy is the default one`() throws {
        let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
        let shipped = try Data(contentsOf: root.appending(path: "policies/redaction.json5"))
        #expect(try RedactionPolicy.parse(Array(shipped)) == .default)
    }

    @Test func `a type that is not named gets the action of otherwise`() throws {
        let policy = try RedactionPolicy.parse(policyText(otherwise: "\"block\"", types: "JWT: \"allow\""))
        #expect(policy.action(for: try type("JWT")) == .allow)
        #expect(policy.action(for: try type("US_SSN")) == .block)
    }

    @Test(arguments: ["mask", "replace", "hash", "tokenise", "block", "allow"])
    func `each action is known for a type`(_ word: String) throws {
        let policy = try RedactionPolicy.parse(policyText(types: "JWT: \"\(word)\""))
        #expect("\(policy.action(for: try type("JWT")))" == word)
    }

    @Test func `an unknown action is refused with its line and the words that are known`() throws {
        let found = try #require(
            error("{version: 1, confidence_min_ppm: 1,\notherwise: \"mask\",\n types: {JWT: \"hide\"}}"))
        #expect(found.description.hasPrefix("line 3, column 15 (/types/JWT): found \"hide\", wanted one of \"mask\""))
    }

    @Test func `an unknown type is refused by its name`() throws {
        let found = try #require(error(policyText(types: "JTW: \"mask\"")))
        #expect(found.pointer == "/types/JTW")
        #expect(found.wanted.contains("EMAIL_ADDRESS"))
    }

    @Test func `an unknown member is refused`() throws {
        let text = "{version: 1, confidence_min_ppm: 1, otherwise: \"mask\", types: {}, typos: {}}"
        #expect(try #require(error(text)).pointer == "/typos")
    }

    @Test(arguments: ["\"allow\"", "\"\"", "1", "null"])
    func `otherwise is never allow, nor anything but an action`(_ value: String) {
        #expect(error(policyText(otherwise: value))?.pointer == "/otherwise")
    }

    @Test(arguments: [("0", false), ("1", true), ("1000000", true), ("1000001", false), ("0.5", false)])
    func `the least confidence is one to a million millionths`(_ value: String, _ isAccepted: Bool) {
        #expect((error(policyText(confidence: value)) == nil) == isAccepted)
    }

    @Test(arguments: ["0", "2", "\"1\""])
    func `only version 1 is read`(_ value: String) {
        #expect(error(policyText(version: value))?.pointer == "/version")
    }

    @Test(arguments: ["version", "confidence_min_ppm", "otherwise", "types"])
    func `each member is required`(_ name: String) {
        let members = ["version: 1", "confidence_min_ppm: 1", "otherwise: \"mask\"", "types: {}"]
        let others = members.filter { !$0.hasPrefix(name) }
        #expect(error("{\(others.joined(separator: ", "))}")?.found.contains(name) == true)
    }

    @Test func `text that is not JSON5 is refused with its place`() throws {
        let found = try #require(error("{\n  version 1}"))
        #expect(found.line == 2 && found.column == 11)
    }

    @Test func `a policy may have 65536 bytes and no more`() {
        let text = policyText()
        let full = text + [UInt8](repeating: UInt8(ascii: " "), count: RedactionPolicy.textBytesMax - text.count)
        #expect(error(full) == nil)
        #expect(error(full + [UInt8(ascii: " ")])?.wanted == "at most 65536 bytes")
    }

    @Test func `findings below the least confidence are left alone`() throws {
        let text = Array("mob 03001234567".utf8)
        let confidence = try #require(Redactor().detect(text).first).confidencePPM
        let at = try RedactionPolicy.parse(policyText(confidence: "\(confidence)"))
        let above = try RedactionPolicy.parse(policyText(confidence: "\(confidence + 1)"))
        #expect(Redactor(policy: at).detect(text).count == 1)
        #expect(Redactor(policy: above).detect(text).isEmpty)
    }
}
