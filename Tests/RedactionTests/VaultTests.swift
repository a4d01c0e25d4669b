import Testing

@testable import Redaction

@Suite struct VaultTests {
    private let redactor: Redactor

    init() throws {
        redactor = Redactor(policy: try .parse(policyText(otherwise: "\"tokenise\"")))
    }

    private func redact(_ text: String, _ vault: inout Vault) throws -> String {
        String(decoding: try redactor.redact(Array(text.utf8), into: &vault).bytes, as: UTF8.self)
    }

    private func restore(_ text: String, _ vault: borrowing Vault) -> String {
        String(decoding: vault.restore(Array(text.utf8)), as: UTF8.self)
    }

    @Test func `an answer's tokens become the originals`() throws {
        var vault = Vault()
        let sent = try redact("mail jane@example.com or call +92 300 1234567", &vault)
        #expect(sent == "mail [EMAIL_1] or call [PHONE_1]")
        #expect(
            restore("[PHONE_1]: we wrote to \"[EMAIL_1]\".", vault)
                == "+92 300 1234567: we wrote to \"jane@example.com\".")
    }

    @Test(arguments: [
        "[EMAIL_2]", "[EMAIL_0]", "[EMAIL_01]", "[EMAIL_]", "[MAIL_1]",
        "[PHONE_1]", "[EMAIL_1000000001]", "[EMAIL_99999999999999999999]", "[[EMAIL_2]]", "[", "[]", "[_1]",
    ])
    func `what is not a token of this vault stays`(_ text: String) throws {
        var vault = Vault()
        _ = try redact("jane@example.com", &vault)
        #expect(restore(text, vault) == text)
    }

    @Test func `a token in brackets is restored within them`() throws {
        var vault = Vault()
        _ = try redact("jane@example.com", &vault)
        #expect(restore("[[EMAIL_1]]", vault) == "[jane@example.com]")
    }

    @Test func `another vault's token is not restored`() throws {
        var first = Vault()
        let second = Vault()
        let sent = try redact("jane@example.com", &first)
        #expect(restore(sent, second) == "[EMAIL_1]")
    }

    @Test func `a token that the caller wrote is never given to a value`() throws {
        var vault = Vault()
        let text = "Is [EMAIL_1] or [EMAIL_3] a name? I am a@example.com, he is b@example.com"
        let sent = try redact(text, &vault)
        #expect(sent == "Is [EMAIL_1] or [EMAIL_3] a name? I am [EMAIL_2], he is [EMAIL_4]")
        #expect(restore(sent, vault) == text)
    }

    @Test func `a token that the caller wrote in an earlier text stays reserved`() throws {
        var vault = Vault()
        _ = try redact("[EMAIL_1] x@example.com", &vault)
        #expect(try redact("a@example.com", &vault) == "[EMAIL_3]")
    }

    @Test func `a token that is at home in the text keeps its value on a second pass`() throws {
        var vault = Vault()
        let once = try redact("a@example.com and 203.0.113.23", &vault)
        #expect(try redact(once, &vault) == once)
        #expect(vault.count == 2)
    }

    @Test func `the same value as another type has another token`() throws {
        var vault = Vault()
        let value = Array("1".utf8)[...]
        let email = try vault.token(for: value, of: type("EMAIL_ADDRESS"))
        let card = try vault.token(for: value, of: type("CREDIT_CARD"))
        #expect(email != card)
        #expect(vault.restore(card) == Array(value))
    }

    @Test func `a vault holds as many values as it may and no more`() throws {
        var vault = Vault(valuesMax: 2)
        #expect(try redact("a@b.com c@b.com a@b.com", &vault) == "[EMAIL_1] [EMAIL_2] [EMAIL_1]")
        #expect(refusal(of: Array("d@b.com".utf8), by: redactor, &vault) == .vaultFull(limit: 2))
        #expect(Vault().valuesMax == 1_024)
    }

    @Test func `a vault holds 256 KiB of values and no more`() throws {
        var vault = Vault()
        let email = try type("EMAIL_ADDRESS")
        let half = [UInt8](repeating: 1, count: Vault.valueBytesMax / 2)
        _ = try vault.token(for: half[...], of: email)
        _ = try vault.token(for: [UInt8](repeating: 2, count: half.count)[...], of: email)
        #expect(refusal(of: Array("a@b.com".utf8), by: redactor, &vault) == .vaultFull(limit: 262_144))
        #expect(vault.restore(Array("[EMAIL_1]".utf8)) == half)
    }

    @Test func `an answer of tokens grows to 4 MiB and no further`() throws {
        var vault = Vault()
        _ = try vault.token(for: [UInt8](repeating: 1, count: 262_144)[...], of: type("EMAIL_ADDRESS"))
        let sixteen = String(repeating: "[EMAIL_1]", count: 16)
        #expect(vault.restore(Array(sixteen.utf8)).count == 16 * 262_144)
        let seventeen = vault.restore(Array((sixteen + "[EMAIL_1]").utf8))
        #expect(seventeen.count == Vault.restoredBytesMax + 9)
        #expect(seventeen.suffix(9) == Array("[EMAIL_1]".utf8)[...])
    }

    @Test func `values stay whole while the vault grows`() throws {
        var vault = Vault()
        let texts = (0..<500).map { "user\($0)@example.com" }
        let tokens = try texts.map { try redact($0, &vault) }
        #expect(Set(tokens).count == 500)
        for (token, text) in zip(tokens, texts) { #expect(restore(token, vault) == text) }
    }
}
