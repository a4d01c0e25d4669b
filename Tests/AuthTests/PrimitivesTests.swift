import Foundation
import LinuxIO
import OpenSSL
import Testing

@testable import Auth

@Suite struct `base64url` {
    /// RFC 4648 §10 without the padding.
    @Test(arguments: [
        ("", ""), ("f", "Zg"), ("fo", "Zm8"), ("foo", "Zm9v"), ("foob", "Zm9vYg"), ("fooba", "Zm9vYmE"),
        ("foobar", "Zm9vYmFy"),
    ])
    func `the standard's vectors hold in both directions`(_ plain: String, _ encoded: String) {
        #expect(Base64URL.encode(Array(plain.utf8)) == Array(encoded.utf8))
        #expect(Base64URL.decode(Array(encoded.utf8)[...]) == Array(plain.utf8))
    }

    @Test func `what decodes is the only spelling of its bytes`() {
        var random = SeededGenerator("base64url")
        let alphabet = Array("ABCxyz019-_+/= \n.".utf8)
        for _ in 0..<5000 {
            let text = (0..<Int.random(in: 0...9, using: &random)).map { _ in
                alphabet[Int.random(in: 0..<alphabet.count, using: &random)]
            }
            if let bytes = Base64URL.decode(text[...]) {
                #expect(Base64URL.encode(bytes) == text, "seed \(random.seed)")
            }
            let bytes = (0..<Int.random(in: 0...70, using: &random)).map { _ in
                UInt8.random(in: 0...255, using: &random)
            }
            #expect(Base64URL.decode(Base64URL.encode(bytes)[...]) == bytes, "seed \(random.seed)")
        }
    }
}

@Suite struct `The Authorization field` {
    private func outcome(_ fields: [String]) -> Result<String, TokenRefusal> {
        do throws(TokenRefusal) {
            return .success(
                String(decoding: try BearerCredential.token(in: fields.map { Array($0.utf8) }), as: UTF8.self))
        } catch { return .failure(error) }
    }

    @Test(arguments: ["Bearer a.b.c", "bearer a.b.c", "BEARER a.b.c", "bEaReR   a.b.c"])
    func `the scheme has any case and the token follows after spaces`(_ field: String) {
        #expect(outcome([field]) == .success("a.b.c"))
    }

    @Test(arguments: [
        ([], TokenRefusal.absent), (["Bearer a", "Bearer a"], .repeated), (["Basic a"], .schemeUnknown),
        (["Bearer"], .schemeUnknown), ([""], .schemeUnknown), (["Bearera b"], .schemeUnknown),
        (["a.b.c"], .schemeUnknown), (["Bearer "], .credentialMalformed), (["Bearer a b"], .credentialMalformed),
        (["Bearer a, Bearer b"], .credentialMalformed), (["Bearer\ta"], .schemeUnknown),
        (["Bearer \ta"], .credentialMalformed), (["Bearer a "], .credentialMalformed), ([" Bearer a"], .schemeUnknown),
        (["B\u{45}arer\u{0}a b"], .schemeUnknown), (["\u{02}earer a"], .schemeUnknown),
    ])
    func `anything else is refused with its reason`(_ fields: [String], _ refusal: TokenRefusal) {
        #expect(outcome(fields) == .failure(refusal))
    }
}

@Suite struct `Certificate identities` {
    private let digest = SHA256Digest(of: [1])

    private func name(uris: [String] = [], dns: [String] = [], commonName: String? = nil) -> Result<
        String, IdentityRefusal
    > {
        do throws(IdentityRefusal) {
            let identity = try CertificateIdentity(
                uris: uris.map { Array($0.utf8) }, dnsNames: dns.map { Array($0.utf8) },
                commonName: commonName.map { Array($0.utf8) }, sha256: digest)
            return .success(identity.name.description)
        } catch { return .failure(error) }
    }

    @Test func `the URI comes before the DNS name and that before the common name`() {
        #expect(
            name(uris: ["spiffe://a/b", "spiffe://c"], dns: ["d"], commonName: "e") == .success("uri:spiffe://a/b"))
        #expect(name(dns: ["d", "f"], commonName: "e") == .success("dns:d"))
        #expect(name(commonName: "Žofie E") == .success("cn:Žofie E"))
        #expect(name() == .failure(.noName))
    }

    @Test func `a malformed name is refused and no weaker one takes its place`() {
        #expect(name(uris: ["spiffe://a\0.evil"], dns: ["d"], commonName: "e") == .failure(.nameUnprintable(.uri)))
        #expect(name(uris: [""], dns: ["d"]) == .failure(.nameUnprintable(.uri)))
        #expect(name(dns: ["bank.example\0.evil.example"], commonName: "e") == .failure(.nameUnprintable(.dns)))
        #expect(name(dns: ["a b"]) == .failure(.nameUnprintable(.dns)))
        #expect(name(dns: ["bänk.example"]) == .failure(.nameUnprintable(.dns)))
        #expect(name(commonName: "a\nb") == .failure(.nameUnprintable(.commonName)))
        #expect(name(uris: ["u:" + SpoiltToken.letters(2046)]) == .success("uri:u:" + SpoiltToken.letters(2046)))
        #expect(name(uris: ["u:" + SpoiltToken.letters(2047)]) == .failure(.nameTooLong(.uri)))
    }

    @Test func `DNS names are compared in lower case and nothing else is`() {
        #expect(name(dns: ["Client.Bank.EXAMPLE"]) == .success("dns:client.bank.example"))
        #expect(name(uris: ["spiffe://Bank"]) == .success("uri:spiffe://Bank"))
        #expect(name(commonName: "Teller") == .success("cn:Teller"))
    }

    @Test func `names of different kinds are never equal`() throws {
        let value = Array("client".utf8)
        let names = try PrincipalName.Kind.allCases.map { try PrincipalName(kind: $0, value: value) }
        #expect(Set(names).count == 3)
    }

    @Test(arguments: ["uri:spiffe://a/b", "dns:client", "cn:A B"]) func `the written form reads back`(_ text: String) {
        #expect(PrincipalName(parsing: Array(text.utf8))?.description == text)
    }

    @Test(arguments: ["", "client", "uri:", "URI:x", "email:a@b", ":x", "dns:a b"])
    func `anything else is no written form`(_ text: String) {
        #expect(PrincipalName(parsing: Array(text.utf8)) == nil)
    }

    @Test func `every reason is a code`() {
        let refusals: [IdentityRefusal] = [.noName, .nameUnprintable(.dns), .nameTooLong(.uri)]
        for refusal in refusals { #expect("\(refusal.reason)".wholeMatch(of: /[a-z0-9_.:-]{1,64}/) != nil) }
    }
}

@Suite struct `Secrets and key files` {
    @Test func `a secret prints nothing of itself and compares by content`() throws {
        let secret = SecretBytes(copying: Array("hunter2".utf8))
        let description = secret.description
        #expect(description == "‹secret›")
        let others = ["hunter2", "hunter3", "hunter22", "hunter", ""].map { Array($0.utf8) }
        let equals = others.map { secret.isEqual(to: $0.span) }
        #expect(equals == [true, false, false, false, false])
        let drawn = try SecretBytes.random(count: 32)
        let again = try SecretBytes.random(count: 32)
        let isSame = drawn.withSpan { again.isEqual(to: $0) }
        #expect(!isSame)
        let count = drawn.count
        #expect(count == 32)
    }

    @Test func `a key is read from its one base64, and a line feed`() {
        func read(_ text: String, _ count: Int) -> [UInt8]? {
            let secret = SecretBytes.decoding(base64Line: Array(text.utf8).span, count: count)
            return secret?.withSpan { (bytes: Span<UInt8>) in bytes.indices.map { bytes[$0] } }
        }
        // RFC 4648 §10.
        #expect(read("Zm9vYmFy", 6) == Array("foobar".utf8) && read("Zm9vYmFy\n", 6) == Array("foobar".utf8))
        #expect(read("Zm9vYmE=", 5) == Array("fooba".utf8) && read("Zm9vYg==\n", 4) == Array("foob".utf8))
        for text in [
            "Zm9vYmF=", "Zm9vYmE", "Zm9vYmE=\n\n", "Zm9vYmE= ", " m9vYmE=", "Zm9vYmE=\r", "Zm9v-mE=", "Zm9v_mE=", "",
            "=",
        ] { #expect(read(text, 5) == nil, "\(text)") }
        #expect(read("Zm9vYmFy", 5) == nil && read("Zm9vYmFy", 7) == nil)
    }

    /// RFC 4231 §4.3.
    @Test func `HMAC gives the standard's code`() {
        let key = SecretBytes(copying: Array("Jefe".utf8))
        let message = Array("what do ya want for nothing?".utf8)
        let code = HMAC.code(.sha256, of: message.span, key: key)
        let hex = code.map { String($0 >> 4, radix: 16) + String($0 & 15, radix: 16) }.joined()
        #expect(hex == "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843")
        let verdicts = [code, code.dropLast(), code + [0], []].map {
            HMAC.isValid($0.span, .sha256, of: message.span, key: key)
        }
        #expect(verdicts == [true, false, false, false])
    }

    private func read(_ path: String) -> Result<[UInt8], KeyFileError> {
        do throws(KeyFileError) {
            return .success(try KeyFile.readSecret(path) { span in span.indices.map { span[$0] } })
        } catch { return .failure(error) }
    }

    @Test func `a file is written whole with its mode and never over another`() throws {
        let scratch = try Scratch()
        let path = scratch.file("k")
        try KeyFile.create(path, [1, 2, 3].span)
        let attributes = try FileManager.default.attributesOfItem(atPath: path)
        #expect(attributes[.posixPermissions] as? Int == 0o600)
        #expect(read(path) == .success([1, 2, 3]))
        #expect(throws: KeyFileError.exists(path: path)) { try KeyFile.create(path, [4].span) }
        #expect(read(path) == .success([1, 2, 3]))
        #expect(try FileManager.default.contentsOfDirectory(atPath: scratch.path) == ["k"])
        try KeyFile.create(scratch.file("c"), mode: 0o644, [5].span)
        let public_ = try FileManager.default.attributesOfItem(atPath: scratch.file("c"))
        #expect(public_[.posixPermissions] as? Int == 0o644)
        #expect(read(scratch.file("c")) == .failure(.tooOpen(path: scratch.file("c"), mode: 0o100644)))
        #expect(try KeyFile.readPublic(scratch.file("c")) == [5])
    }

    @Test func `what is no key file is refused with the mend`() throws {
        let scratch = try Scratch()
        #expect(read(scratch.path) == .failure(.notARegularFile(path: scratch.path)))
        #expect(read("/dev/zero") == .failure(.notARegularFile(path: "/dev/zero")))
        let missing = read(scratch.file("missing"))
        guard case .failure(.system(_, _, ENOENT, _)) = missing else {
            Issue.record("\(missing)")
            return
        }
        let empty = try scratch.write("empty", [])
        #expect(read(empty) == .failure(.badSize(path: empty, byteCount: 0, byteCountMax: 65_536)))
        let full = try scratch.write("full", [UInt8](repeating: 1, count: 65_536))
        #expect(read(full) == .success([UInt8](repeating: 1, count: 65_536)))
        let over = try scratch.write("over", [UInt8](repeating: 1, count: 65_537))
        #expect(read(over) == .failure(.badSize(path: over, byteCount: 65_537, byteCountMax: 65_536)))
        #expect("\(KeyFileError.tooOpen(path: "k", mode: 0o100644))".contains("0644"))
        #expect("\(KeyFileError.tooOpen(path: "k", mode: 0o100644))".contains("chmod 600"))
        #expect(throws: KeyFileError.self) { try KeyFile.create(scratch.file("no/such/folder"), [1].span) }
    }
}
