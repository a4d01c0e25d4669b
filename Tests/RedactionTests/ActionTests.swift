import Testing

@testable import Redaction

@Suite struct ActionTests {
    private func policy(_ members: String, types: String = "") throws -> RedactionPolicy {
        try RedactionPolicy.parse(text(members, types: types))
    }

    private func text(_ members: String, types: String = "") -> [UInt8] {
        Array(
            "{version: 1, confidence_min_ppm: 500000, otherwise: \"mask\", types: {\(types)}, \(members)}".utf8)
    }

    private func error(_ members: String) -> RedactionPolicyError? {
        do throws(RedactionPolicyError) {
            _ = try RedactionPolicy.parse(text(members))
            return nil
        } catch { return error }
    }

    private func redact(_ text: String, by redactor: Redactor) throws -> String {
        var vault = Vault()
        return String(decoding: try redactor.redact(Array(text.utf8), into: &vault).bytes, as: UTF8.self)
    }

    /// FNV-1a, which is no keyed hash and does for a test.
    private static let hash: Redactor.KeyedHash = { bytes in
        let sum = bytes.reduce(0xCBF2_9CE4_8422_2325 as UInt64) { ($0 ^ UInt64($1)) &* 0x100_0000_01B3 }
        return (0..<8).map { UInt8(truncatingIfNeeded: sum >> (8 * UInt64($0))) }
    }

    // MARK: Actions

    @Test func `replace says the type and nothing else`() throws {
        let redactor = Redactor(policy: try policy("", types: "EMAIL_ADDRESS: \"replace\", CREDIT_CARD: \"replace\""))
        #expect(try redact("a@example.com, 4111 1111 1111 1111", by: redactor) == "<EMAIL>, <CARD>")
    }

    @Test func `a hash is the same for the same value in any writing, and another for another`() throws {
        let redactor = Redactor(
            policy: try policy("", types: "EMAIL_ADDRESS: \"hash\", CREDIT_CARD: \"hash\""), keyedHash: Self.hash)
        let cards = try redact("4111 1111 1111 1111|4111-1111-1111-1111|5555555555554444", by: redactor).split(
            separator: "|")
        #expect(cards.count == 3 && cards[0] == cards[1] && cards[0] != cards[2])
        #expect(cards[0].wholeMatch(of: /<CARD:[a-f][0-9a-f]{9}>/) != nil)
        let emails = try redact("A@example.com|a@example.com|a@example.org", by: redactor).split(separator: "|")
        #expect(emails[0] == emails[1] && emails[0] != emails[2])
    }

    @Test func `a hash without a key, or with too short a one, says the type alone`() throws {
        let policy = try policy("", types: "EMAIL_ADDRESS: \"hash\"")
        #expect(policy.needsKey && !RedactionPolicy.default.needsKey)
        #expect(try redact("a@example.com", by: Redactor(policy: policy)) == "<EMAIL>")
        let four = Redactor(policy: policy, keyedHash: { _ in [1, 2, 3, 4] })
        #expect(try redact("a@example.com", by: four) == "<EMAIL>")
        let five = Redactor(policy: policy, keyedHash: { _ in [0x12, 0x34, 0x56, 0x78, 0x9A] })
        #expect(try redact("a@example.com", by: five) == "<EMAIL:b23456789a>")
    }

    @Test(arguments: ["hash", "replace"])
    func `what is hashed or replaced is not found again`(_ action: String) throws {
        let policy = try RedactionPolicy.parse(policyText(otherwise: "\"\(action)\""))
        for example in CatalogueExample.positive {
            let text = String(decoding: MarkedText(example.text).bytes, as: UTF8.self)
            for key in 0..<8 as Range<UInt8> {
                let redactor = Redactor(policy: policy, keyedHash: { Self.hash([key] + $0) })
                let once = try redact(text, by: redactor)
                #expect(try redact(once, by: redactor) == once)
            }
        }
    }

    // MARK: Allowed values

    @Test func `an allowed value is left as it is, in any writing`() throws {
        let policy = try policy(
            """
            allowed: {PHONE_NUMBER: ["+92 21 3245 5000"], EMAIL_ADDRESS: ["Help@bank.example", "@own.example"],
                API_KEY: ["AKIA2PMBBXF346LHA5RN"]}
            """, types: "API_KEY: \"block\"")
        let redactor = Redactor(policy: policy)
        for text in [
            "call +92 21 3245 5000", "call 0092 21 32455000", "call +92-21-3245-5000", "help@BANK.example",
            "any.one@own.example", "AKIA2PMBBXF346LHA5RN",
        ] { #expect(try redact(text, by: redactor) == text, "\(text)") }
        for text in [
            "call +92 21 3245 5001", "help2@bank.example", "a@own.example.org", "a@sub.own.example", "a@xown.example",
        ] { #expect(try redact(text, by: redactor) != text) }
        var vault = Vault()
        let both = Array("AKIA2PMBBXF346LHA5RN AKIA2PMBBXF346LHA5RM".utf8)
        #expect(refusal(of: both, by: redactor, &vault) == .blocked(types: [try type("API_KEY")]))
    }

    @Test(arguments: [
        "+92 21 3245 5000", "(021) 32455000", "0092-21-32455000", "021-3245-5000", "+92 (0)21 32455000",
        "+92213245 5000", "(+92) 21 3245 5000", "00922132455000",
    ])
    func `the bank's own number is allowed in national and international writing`(_ writing: String) throws {
        for allowed in ["+92 21 3245 5000", "0092 (0)21 32455000", "(+92)-21-32455000"] {
            let redactor = Redactor(policy: try policy("allowed: {PHONE_NUMBER: [\"\(allowed)\"]}"))
            let text = "phone \(writing), please"
            #expect(try redact(text, by: redactor) == text, "\(allowed)")
            let other = text.replacing("5000", with: "5001")
            #expect(try redact(other, by: redactor) != other, "\(allowed)")
        }
    }

    @Test(arguments: [
        ("+44 20 7946 0958", "020 7946 0958"), ("+1 415 555 0142", "(415) 555-0142"),
        ("+1 415 555 0142", "1-415-555-0142"),
        ("+34 912 345 678", "912 345 678"), ("+39 06 1234 5678", "06 1234 5678"), ("+7 495 123 45 67", "8 495 123-45-67"),
        ("+49 30 123456", "030 123456"), ("0049 30 123456", "+49 (0) 30 123456".replacing("(0) ", with: "(0)")),
    ])
    func `other countries' numbers are the same within them`(_ allowed: String, _ writing: String) throws {
        let redactor = Redactor(policy: try policy("allowed: {PHONE_NUMBER: [\"\(allowed)\"]}"))
        #expect(try redact("phone \(writing)", by: redactor) == "phone \(writing)")
    }

    @Test func `a number that is allowed in its national writing says nothing of other countries'`() throws {
        let redactor = Redactor(policy: try policy("allowed: {PHONE_NUMBER: [\"021 3245 5000\"]}"))
        #expect(try redact("phone (021) 32455000", by: redactor) == "phone (021) 32455000")
        #expect(try redact("phone +49 21 32455000", by: redactor) == "phone +** ** ****5000")
    }

    @Test func `an account is allowed with and without spaces, a domain for every address there`() throws {
        let redactor = Redactor(
            policy: try policy(
                "allowed: {IBAN_CODE: [\"DE89 3704 0044 0532 0130 00\"], EMAIL_ADDRESS: [\"@Bank.example\"]}"))
        for text in [
            "DE89370400440532013000", "de89 3704 0044 0532 0130 00".uppercased(), "DE89-3704-0044-0532-0130-00",
            "help@bank.example", "No.Reply@BANK.EXAMPLE",
        ] { #expect(try redact("see \(text) now", by: redactor) == "see \(text) now") }
        for text in ["GB82WEST12345698765432", "help@bank.example.org", "help@mybank.example", "help@mail.bank.example"] {
            #expect(try redact("see \(text) now", by: redactor) != "see \(text) now")
        }
    }

    @Test(arguments: ["\"\"", "\"@\"", "\" \"", "1", "\"\(String(repeating: "a", count: 321))\""])
    func `an allowed value with nothing to compare, or too long, is refused`(_ value: String) {
        #expect(error("allowed: {PHONE_NUMBER: [\(value)]}")?.pointer.hasPrefix("/allowed/PHONE_NUMBER") == true)
    }

    @Test func `there are 1024 allowed values and no more`() {
        let values = (0..<1_024).map { "\"\($0)a@b.example\"" }.joined(separator: ",")
        #expect(error("allowed: {EMAIL_ADDRESS: [\(values)]}") == nil)
        #expect(error("allowed: {EMAIL_ADDRESS: [\(values), \"x\"]}")?.wanted == "at most 1024")
        #expect(error("allowed: {EMAIL_ADRESS: []}")?.pointer == "/allowed/EMAIL_ADRESS")
    }

    // MARK: Rules

    private func scope(_ roles: [String], _ route: String, _ direction: RedactionScope.Direction) -> RedactionScope {
        RedactionScope(roles: roles.map { Array($0.utf8) }, route: Array(route.utf8), direction: direction)
    }

    @Test func `the first rule that fits and names a type decides`() throws {
        let policy = try policy(
            """
            rules: [
                {roles: ["auditor", "fraud"], direction: "output", types: {EMAIL_ADDRESS: "allow", US_SSN: "hash"}},
                {routes: ["/v1/tickets"], types: {EMAIL_ADDRESS: "block", JWT: "replace"}},
            ]
            """, types: "EMAIL_ADDRESS: \"tokenise\"")
        func action(_ name: String, _ scope: RedactionScope) throws -> RedactionPolicy.Action {
            policy.scoped(to: scope).action(for: try type(name))
        }
        #expect(try action("EMAIL_ADDRESS", scope(["fraud", "x"], "/v1/tickets", .output)) == .allow)
        #expect(try action("JWT", scope(["fraud"], "/v1/tickets", .output)) == .replace)
        #expect(try action("EMAIL_ADDRESS", scope(["fraud"], "/v1/tickets", .input)) == .block)
        #expect(try action("EMAIL_ADDRESS", scope(["x"], "/v1/ask", .output)) == .tokenise)
        #expect(try action("US_SSN", scope([], "/v1/ask", .output)) == .mask)
        #expect(policy.action(for: try type("EMAIL_ADDRESS")) == .tokenise)
        #expect(policy.needsKey)
    }

    @Test func `a redactor takes a scope and keeps all else`() throws {
        let policy = try policy("rules: [{direction: \"output\", types: {EMAIL_ADDRESS: \"hash\"}}]")
        let redactor = Redactor(policy: policy, textBytesMax: 20, keyedHash: { _ in [1, 2, 3, 4, 5] })
        let scoped = redactor.scoped(to: scope([], "/", .output))
        #expect(try redact("a@example.com", by: redactor) == "<EMAIL_ADDRESS>")
        #expect(try redact("a@example.com", by: scoped) == "<EMAIL:a102030405>")
        #expect(scoped.textBytesMax == 20)
    }

    @Test(arguments: [
        ("{types: {JWT: \"mask\"}}", "/rules/0"), ("{roles: [], types: {JWT: \"mask\"}}", "/rules/0/roles"),
        ("{roles: [\"\"], types: {JWT: \"mask\"}}", "/rules/0/roles"),
        ("{direction: \"up\", types: {JWT: \"mask\"}}", "/rules/0/direction"),
        ("{direction: \"input\", types: {}}", "/rules/0/types"), ("{direction: \"input\"}", "/rules/0"),
        ("{direction: \"input\", types: {JTW: \"mask\"}}", "/rules/0/types/JTW"),
        ("{direction: \"input\", types: {JWT: \"hide\"}}", "/rules/0/types/JWT"),
        ("{role: [\"x\"], types: {JWT: \"mask\"}}", "/rules/0/role"), ("1", "/rules/0"),
    ])
    func `a rule with a mistake is refused at its place`(_ rule: String, _ pointer: String) {
        #expect(error("rules: [\(rule)]")?.pointer == pointer)
    }

    @Test(arguments: [
        ("{roles: [\"customer\", \"teler\"], types: {JWT: \"mask\"}}", "/rules/0/roles"),
        ("{routes: [\"/v1/tickets/T-1\"], types: {JWT: \"mask\"}}", "/rules/0/routes"),
        ("{roles: [\"Customer\"], types: {JWT: \"mask\"}}", "/rules/0/roles"),
    ])
    func `a rule for a role or route that is not there is refused where those are known`(
        _ rule: String, _ pointer: String
    ) throws {
        let names = RedactionScope.Names(
            roles: ["customer", "teller"].map { Array($0.utf8) }, routes: [Array("/v1/tickets/{id}".utf8)])
        #expect(throws: Never.self) { _ = try RedactionPolicy.parse(text("rules: [\(rule)]")) }
        let error = #expect(throws: RedactionPolicyError.self) {
            _ = try RedactionPolicy.parse(text("rules: [\(rule)]"), names: names)
        }
        #expect(error?.pointer == pointer && error?.line == 1)
        let good = "{roles: [\"teller\"], routes: [\"/v1/tickets/{id}\"], types: {JWT: \"mask\"}}"
        #expect(throws: Never.self) { _ = try RedactionPolicy.parse(text("rules: [\(good)]"), names: names) }
    }

    @Test func `there are 256 rules and no more`() {
        let rule = "{direction: \"input\", types: {JWT: \"mask\"}}"
        let most = Array(repeating: rule, count: 256).joined(separator: ",")
        #expect(error("rules: [\(most)]") == nil)
        #expect(error("rules: [\(most), \(rule)]")?.pointer == "/rules")
    }
}
