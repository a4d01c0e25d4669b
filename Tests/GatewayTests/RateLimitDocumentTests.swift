import Foundation
import Testing

@testable import Edge
@testable import Gateway

@Suite struct `The rate limits' document` {
    private static let rule = "{limit: 60, window_s: 60, burst: 5}"
    private static let classes = "{ask: R, tickets: R, knowledge: R, admin: R, read: R}"
    private static let whole = "{version: 1,\n classes: C,\n address: R,\n failed_authentication: R}"

    /// The whole document with one piece replaced; `C` and `R` are short for the classes and a rule.
    private func read(replacing piece: String = "", by other: String = "") throws -> RateLimitDocument {
        let text = Self.whole.replacingOccurrences(of: "C,", with: Self.classes + ",")
            .replacingOccurrences(of: piece, with: other).replacingOccurrences(of: "R", with: Self.rule)
        return try RateLimitDocument(Array(text.utf8), file: "limits.json5")
    }

    @Test func `each class and address has its rule`() throws {
        let document = try read(replacing: "read: R", by: "read: {limit: 600, window_s: 30, burst: 7}")
        #expect(document[.read] == RateRule(limit: 600, windowSeconds: 30, burst: 7))
        for rateClass in RateClass.allCases where rateClass != .read {
            #expect(document[rateClass] == RateRule(limit: 60, windowSeconds: 60, burst: 5))
        }
        #expect(document.address.burst == 5 && document.failedAuthentication.burst == 5)
    }

    @Test func `the shipped document is good`() throws {
        let file = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().appending(path: "policies/ratelimits.json5")
        _ = try RateLimitDocument(Array(try Data(contentsOf: file)), file: file.lastPathComponent)
    }

    @Test func `the limiter's numbers of the classes differ`() {
        #expect(Set(RateClass.allCases.map(\.index)).count == RateClass.allCases.count)
    }

    @Test(arguments: [
        ("version: 1", "version: 2", 1, "/version", "an integer from 1 to 1"),
        ("version: 1,", "", 1, "", "a member \"version\""),
        ("address: R,", "", 1, "", "a member \"address\""),
        ("failed_authentication: R", "", 1, "", "a member \"failed_authentication\""),
        ("admin: R, ", "", 2, "/classes", "a member \"admin\""),
        ("ask: R", "chat: R", 2, "/classes/chat", "only ask, tickets, knowledge, admin, read"),
        ("address: R", "adress: R", 3, "/adress", "only version, classes, address, failed_authentication"),
        ("address: R", "address: {limit: 60, window_s: 60}", 3, "/address", "a member \"burst\""),
        (
            "address: R", "address: {limit: 0, window_s: 60, burst: 1}", 3, "/address/limit",
            "an integer from 1 to 1000000"
        ),
        (
            "address: R", "address: {limit: 1, window_s: 86401, burst: 1}", 3, "/address/window_s",
            "an integer from 1 to 86400"
        ),
        (
            "address: R", "address: {limit: 1, window_s: 60, burst: '5'}", 3, "/address/burst",
            "an integer from 1 to 1000000"
        ),
        (
            "address: R", "address: {limit: 1, window_s: 86400, burst: 1000}", 3, "/address/burst",
            "a smaller burst or a higher rate"
        ),
        (
            "address: R", "address: {limit: 1, window_s: 60, burst: 1, per: 'ip'}", 3, "/address/per",
            "only limit, window_s, burst"
        ),
        ("address: R", "address: 60", 3, "/address", "an object"),
        ("address: R", "address: R, address: R", 3, "", "JSON5 (column 48)"),
        ("version: 1,", "version: 1", 2, "", "JSON5 (column 2)"),
    ])
    func `what is wrong is named with its line`(piece: String, other: String, line: Int, path: String, wanted: String) {
        do {
            _ = try read(replacing: piece, by: other)
            Issue.record("accepted: \(other)")
        } catch let error as RateLimitDocumentError {
            #expect(error.line == line && error.path == path && error.wanted == wanted, "\(error)")
            #expect(error.description.hasPrefix("limits.json5:\(line): "))
        } catch {
            Issue.record(error)
        }
    }
}
