import Testing

@testable import Redaction

/// The error with which `redactor` refuses `text`, or nil where it takes it.
func refusal(of text: [UInt8], by redactor: Redactor, _ vault: inout Vault) -> RedactionError? {
    do throws(RedactionError) {
        _ = try redactor.redact(text, into: &vault)
        return nil
    } catch {
        return error
    }
}

@Suite struct RedactorTests {
    private let card = "4111 1111 1111 1111"

    private func redact(
        _ text: String, _ types: String, otherwise: String = "mask", vault: inout Vault
    ) throws -> RedactedText {
        let policy = try RedactionPolicy.parse(policyText(otherwise: "\"\(otherwise)\"", types: types))
        return try Redactor(policy: policy).redact(Array(text.utf8), into: &vault)
    }

    private func redacted(_ text: String, _ types: String = "", otherwise: String = "mask") throws -> String {
        var vault = Vault()
        return String(decoding: try redact(text, types, otherwise: otherwise, vault: &vault).bytes, as: UTF8.self)
    }

    @Test(arguments: [
        ("card 4111 1111 1111 1111.", "card **** **** **** 1111."), ("call +92 300 1234567", "call +** *** ***4567"),
        ("GB29 NWBK 6016 1331 9268 19", "**** **** **** **** **68 19"), ("SSN 536-90-4399", "SSN ***-**-4399"),
        ("CNIC 3520212345671", "CNIC *********5671"), ("phone 451 5986!", "phone *** ****!"),
        ("to a@example.com,", "to <EMAIL_ADDRESS>,"), ("from 203.0.113.23", "from <IP_ADDRESS>"),
        ("AKIA2PMBBXF346LHA5RN", "<API_KEY>"),
    ])
    func `a mask keeps the last four of long numbers and nothing of the rest`(_ text: String, _ masked: String) throws {
        #expect(try redacted(text) == masked)
    }

    @Test func `a token stands for the same value wherever it is`() throws {
        let text = "a@example.com, b@example.com, a@example.com and 203.0.113.23"
        #expect(try redacted(text, otherwise: "tokenise") == "[EMAIL_1], [EMAIL_2], [EMAIL_1] and [IP_1]")
    }

    @Test func `an allowed type stays, is reported and is not counted`() throws {
        var vault = Vault()
        let result = try redact("a@example.com 203.0.113.23", "EMAIL_ADDRESS: \"allow\"", vault: &vault)
        #expect(String(decoding: result.bytes, as: UTF8.self) == "a@example.com <IP_ADDRESS>")
        #expect(result.findings.count == 2)
        #expect(result.counts == [RedactedText.TypeCount(type: try type("IP_ADDRESS"), action: .mask, count: 1)])
    }

    @Test func `counts are by type in the order of first occurrence`() throws {
        var vault = Vault()
        let result = try redact("203.0.113.23 a@example.com 203.0.113.24", "", vault: &vault)
        #expect(result.counts.map { "\($0.type) \($0.count)" } == ["IP_ADDRESS 2", "EMAIL_ADDRESS 1"])
    }

    @Test func `a blocked type refuses the text and names each type once`() throws {
        let text = Array(
            "AKIA2PMBBXF346LHA5RN AKIA2PMBBXF346LHA5RM eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2ln a@b.com".utf8)
        var vault = Vault()
        let blocked = RedactionError.blocked(types: [try type("JWT"), try type("API_KEY")])
        #expect(refusal(of: text, by: Redactor(), &vault) == blocked)
        #expect(vault.count == 0)
    }

    @Test func `a text may have as many bytes as the redactor takes and no more`() throws {
        let redactor = Redactor(textBytesMax: 100)
        var vault = Vault()
        let text = [UInt8](repeating: UInt8(ascii: "a"), count: 100)
        #expect(try redactor.redact(text, into: &vault).bytes == text)
        #expect(refusal(of: text + text.prefix(1), by: redactor, &vault) == .textTooLong(limitBytes: 100))
        #expect(Redactor().textBytesMax == 1_048_576)
    }

    @Test func `bytes that are not UTF-8 stay, and what is around them is redacted`() throws {
        var vault = Vault()
        let wrong: [UInt8] = [0xFF, 0xC3, 0x20, 0xED, 0xA0, 0x80]
        let text = wrong + Array("a@b.com".utf8) + wrong
        let redacted = try Redactor().redact(text, into: &vault).bytes
        #expect(redacted == wrong + Array("[EMAIL_1]".utf8) + wrong)
        #expect(vault.restore(redacted) == text)
    }

    @Test func `a text without findings comes back as the same array`() throws {
        var vault = Vault()
        let text = Array("Which papers do I need for a savings account?".utf8)
        let result = try Redactor().redact(text, into: &vault).bytes
        let log = Redactor().redactForLog(text)
        let isSame = text.span.isIdentical(to: result.span) && text.span.isIdentical(to: log.span)
        #expect(isSame)
    }

    @Test func `a log line is masked whatever the policy says`() throws {
        let policy = try RedactionPolicy.parse(policyText(types: "EMAIL_ADDRESS: \"allow\", CREDIT_CARD: \"block\""))
        let line = Redactor(policy: policy, textBytesMax: 1).redactForLog(Array("a@b.com \(card)".utf8))
        #expect(String(decoding: line, as: UTF8.self) == "<EMAIL_ADDRESS> **** **** **** 1111")
    }

    @Test func `a log line that is not UTF-8 is masked all the same`() {
        let line = Redactor().redactForLog([0xFF, 0xC3] + Array(" a@b.com ".utf8) + [0xE2, 0x80])
        #expect(line == [0xFF, 0xC3] + Array(" <EMAIL_ADDRESS> ".utf8) + [0xE2, 0x80])
    }

    @Test(arguments: [
        ("order 4111111111111111 was sent", 600_000), ("card 4111111111111111", 990_000), ("4111111111111111", 930_000),
    ])
    func `the words before a number move its confidence`(_ text: String, _ confidence: Int) {
        #expect(Redactor().detect(Array(text.utf8)).map(\.confidencePPM) == [confidence])
    }

    @Test(arguments: [
        ("03001234567@example.com", "EMAIL_ADDRESS"), ("PK36SCBL0000001123456702", "IBAN_CODE"),
        ("phone 4111 1111 1111 1111", "CREDIT_CARD"), ("tel 35202-1234567-1", "PK_CNIC"),
        ("call 203.0.113.23", "IP_ADDRESS"), ("phone: 536-90-4399", "US_SSN"),
    ])
    func `of two types for the same characters the surer one is reported`(_ text: String, _ name: String) throws {
        #expect(Redactor().detect(Array(text.utf8)).map(\.type) == [try type(name)])
    }

    @Test(arguments: [(64, 1), (65, 0)])
    func `a local part has at most 64 bytes`(_ count: Int, _ found: Int) {
        let text = String(repeating: "a", count: count) + "@example.com"
        #expect(Redactor().detect(Array(text.utf8)).count == found)
    }

    @Test(arguments: [(40, 1), (41, 0)])
    func `a label counts within 64 bytes of the value`(_ spaces: Int, _ found: Int) {
        // The label, a word of 20 bytes and the spaces fill the window exactly, or one too many.
        let text = "tel " + String(repeating: "z", count: 20) + String(repeating: " ", count: spaces) + "4515986"
        #expect(Redactor().detect(Array(text.utf8)).count == found)
    }
}
