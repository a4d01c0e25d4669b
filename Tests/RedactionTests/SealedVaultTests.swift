import Testing

@testable import Redaction

/// A cipher that hides nothing and notices every change: enough to see what a vault asks of a real one.
private struct OpenCipher: VaultCipher {
    var key: UInt64 = 1
    var fails = false
    var extraBytes = 0

    func seal(_ plaintext: [UInt8], authenticating context: [UInt8]) -> [UInt8]? {
        fails ? nil : plaintext + tag(plaintext, context) + [UInt8](repeating: 0, count: extraBytes)
    }

    func open(_ sealed: [UInt8], authenticating context: [UInt8]) -> [UInt8]? {
        guard sealed.count >= 8, Array(sealed.suffix(8)) == tag(Array(sealed.dropLast(8)), context) else { return nil }
        return Array(sealed.dropLast(8))
    }

    private func tag(_ plaintext: [UInt8], _ context: [UInt8]) -> [UInt8] {
        var sum = key &* 0x9E37_79B9_7F4A_7C15
        for byte in context + [0xFF] + plaintext { sum = (sum ^ UInt64(byte)) &* 0x100_0000_01B3 }
        return (0..<8).map { UInt8(truncatingIfNeeded: sum >> (8 * UInt64($0))) }
    }
}

@Suite struct SealedVaultTests {
    private let redactor: Redactor
    private let session = Array("session-1".utf8)

    init() throws {
        redactor = Redactor(policy: try .parse(policyText(otherwise: "\"tokenise\"")))
    }

    private func redact(_ text: String, _ vault: inout Vault) throws -> String {
        String(decoding: try redactor.redact(Array(text.utf8), into: &vault).bytes, as: UTF8.self)
    }

    private func error(
        opening sealed: [UInt8], by cipher: OpenCipher = OpenCipher(), session: [UInt8]? = nil, valuesMax: Int = 1_024
    ) -> VaultError? {
        do throws(VaultError) {
            _ = try Vault.open(sealed, by: cipher, session: session ?? self.session, valuesMax: valuesMax)
            return nil
        } catch { return error }
    }

    private func error(sealing vault: borrowing Vault, by cipher: OpenCipher, session: [UInt8]) -> VaultError? {
        do throws(VaultError) {
            _ = try vault.sealed(by: cipher, session: session)
            return nil
        } catch { return error }
    }

    @Test func `a vault that was sealed goes on where it stopped`() throws {
        var vault = Vault()
        let first = try redact("[EMAIL_2] a@example.com +92 300 1234567 c@example.com", &vault)
        #expect(first == "[EMAIL_2] [EMAIL_1] [PHONE_1] [EMAIL_3]")
        var opened = try Vault.open(
            try vault.sealed(by: OpenCipher(), session: session), by: OpenCipher(), session: session)
        #expect(opened.restore(Array(first.utf8)) == vault.restore(Array(first.utf8)))
        #expect(try redact("c@example.com d@example.com a@example.com", &opened) == "[EMAIL_3] [EMAIL_4] [EMAIL_1]")
    }

    @Test func `the example of the format is what is written`() throws {
        var vault = Vault()
        #expect(try redact("[EMAIL_1] [EMAIL_7] a@b.de", &vault) == "[EMAIL_1] [EMAIL_7] [EMAIL_2]")
        let sealed = try vault.sealed(by: OpenCipher(), session: session)
        let expected: [UInt8] =
            Array("PCVT".utf8) + [1, 0, 0, 0, 1, 5] + Array("EMAIL".utf8) + [0, 0, 0, 2, 0, 0, 0, 6]
            + Array("a@b.de".utf8) + [0, 0, 0, 1, 5] + Array("EMAIL".utf8) + [0, 0, 0, 7]
        #expect(Array(sealed.dropLast(8)) == expected)
    }

    @Test func `an empty vault can be sealed`() throws {
        let vault = Vault()
        let opened = try Vault.open(
            try vault.sealed(by: OpenCipher(), session: session), by: OpenCipher(), session: session)
        #expect(opened.count == 0)
    }

    @Test func `another session's vault does not open`() throws {
        var vault = Vault()
        _ = try redact("a@example.com", &vault)
        let sealed = try vault.sealed(by: OpenCipher(), session: session)
        for other in ["session-2", "session-", "session-11", "Session-1"] {
            #expect(error(opening: sealed, session: Array(other.utf8)) == .notAuthentic)
        }
        #expect(error(opening: sealed, by: OpenCipher(key: 2)) == .notAuthentic)
        #expect(error(opening: sealed) == nil)
    }

    @Test func `a vault with any byte changed or missing does not open`() throws {
        var vault = Vault()
        _ = try redact("a@example.com", &vault)
        let sealed = try vault.sealed(by: OpenCipher(), session: session)
        for index in sealed.indices {
            var changed = sealed
            changed[index] ^= 1
            let found = error(opening: changed)
            #expect(found == (index < 4 ? .notAVault : index == 4 ? .unknownVersion(0) : .notAuthentic))
            #expect(error(opening: Array(sealed[..<index])) == (index < 5 ? .notAVault : .notAuthentic))
        }
    }

    /// A plaintext as though the cipher had vouched for it.
    private func error(ofPlaintext plaintext: [UInt8], valuesMax: Int = 1_024) throws -> VaultError? {
        let context = Array("portcullis vault".utf8) + [0, 1] + session
        let sealed = try #require(OpenCipher().seal(plaintext, authenticating: context))
        return error(opening: Array("PCVT".utf8) + [1] + sealed, valuesMax: valuesMax)
    }

    @Test func `a plaintext that no vault writes is refused`() throws {
        let email = [5] + Array("EMAIL".utf8)
        let entry: [UInt8] = email + [0, 0, 0, 2, 0, 0, 0, 1, 0x61]
        #expect(try error(ofPlaintext: [0, 0, 0, 1] + entry + [0, 0, 0, 0]) == nil)
        let refused: [[UInt8]] = [
            [], [0, 0, 0, 0], [0, 0, 0, 1] + entry, [0, 0, 0, 1] + entry + [0, 0, 0, 0, 0],
            [0, 0, 0, 2] + entry + entry + [0, 0, 0, 0], [0, 0, 0, 1, 5] + Array("EMAIX".utf8) + [0, 0, 0, 2],
            [0, 0, 0, 1] + email + [0, 0, 0, 0, 0, 0, 0, 1, 0x61, 0, 0, 0, 0],
            [0, 0, 0, 1] + email + [0xFF, 0xFF, 0xFF, 0xFF, 0, 0, 0, 1, 0x61, 0, 0, 0, 0],
            [0, 0, 0, 1] + email + [0, 0, 0, 1, 0xFF, 0xFF, 0xFF, 0xFF], [0xFF, 0xFF, 0xFF, 0xFF],
            [0, 0, 0, 0, 0, 0, 0x10, 1],
        ]
        for plaintext in refused { #expect(try error(ofPlaintext: plaintext) == .malformed, "\(plaintext)") }
        #expect(try error(ofPlaintext: [0, 0, 0, 1] + entry + [0, 0, 0, 0], valuesMax: 0) == .malformed)
    }

    @Test func `any plaintext is read without harm`() throws {
        var random = SeededRandom.fromEnvironment()
        let whole: [UInt8] = [0, 0, 0, 1, 5] + Array("EMAIL".utf8) + [0, 0, 0, 2, 0, 0, 0, 1, 0x61, 0, 0, 0, 0]
        for _ in 0..<2_000 {
            var plaintext = whole
            for _ in 0..<Int.random(in: 0...4, using: &random) {
                plaintext[Int.random(in: 0..<plaintext.count, using: &random)] = UInt8.random(
                    in: 0...255, using: &random)
            }
            _ = try error(ofPlaintext: plaintext)
        }
    }

    @Test(arguments: [(0, false), (1, true), (256, true), (257, false)])
    func `a session's identifier has 1 to 256 bytes`(_ count: Int, _ isAccepted: Bool) throws {
        let session = [UInt8](repeating: 0x61, count: count)
        let expected: VaultError? = isAccepted ? nil : .sessionLength(limitBytes: 256)
        #expect(error(sealing: Vault(), by: OpenCipher(), session: session) == expected)
        let sealed = try Vault().sealed(by: OpenCipher(), session: self.session)
        #expect(error(opening: sealed, session: session) == (isAccepted ? .notAuthentic : expected))
    }

    @Test func `a sealed vault has 1 MiB and no more`() throws {
        // An empty vault: 5 bytes before what the cipher makes of 8, and the tag's 8.
        let most = Vault.sealedBytesMax - 5 - 8 - 8
        #expect(error(sealing: Vault(), by: OpenCipher(extraBytes: most), session: session) == nil)
        #expect(
            error(sealing: Vault(), by: OpenCipher(extraBytes: most + 1), session: session)
                == .tooLong(limitBytes: 1_048_576))
        let long = Array("PCVT".utf8) + [UInt8](repeating: 1, count: Vault.sealedBytesMax - 4)
        #expect(error(opening: long) == .notAuthentic)
        #expect(error(opening: long + [1]) == .tooLong(limitBytes: 1_048_576))
    }

    @Test func `a full vault can be sealed and opened`() throws {
        var vault = Vault()
        let email = try type("EMAIL_ADDRESS")
        for number in 0..<Vault.valuesMaxDefault {
            let value = [UInt8](repeating: UInt8(number & 0xFF), count: 252) + Array("\(number + 1_000)".utf8)
            _ = try vault.token(for: value[...], of: email)
        }
        let opened = try Vault.open(
            try vault.sealed(by: OpenCipher(), session: session), by: OpenCipher(), session: session)
        #expect(opened.count == 1_024)
        #expect(opened.restore(Array("[EMAIL_700]".utf8)) == vault.restore(Array("[EMAIL_700]".utf8)))
    }

    @Test func `a cipher that fails is reported`() {
        #expect(error(sealing: Vault(), by: OpenCipher(fails: true), session: session) == .notSealed)
    }

    @Test func `a vault keeps 4096 of the caller's tokens reserved and no more`() throws {
        var vault = Vault()
        let most = (1...4_096).map { "[EMAIL_\($0)]" }.joined()
        try vault.reserveTokens(in: Array(most.utf8).span)
        try vault.reserveTokens(in: Array(most.utf8).span)
        #expect(refusal(of: Array("EMAIL_4097 a@example.com".utf8), by: redactor, &vault) == .vaultFull(limit: 4_096))
        var other = Vault()
        #expect(try redact(most + " a@example.com", &other).hasSuffix(" [EMAIL_4097]"))
    }
}
