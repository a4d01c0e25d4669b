internal import JSON
internal import OpenSSL

@testable internal import Auth

/// Key sets as issuers publish them and as we write them: a key that is taken can be used with what was asked for alone, and
/// ours come out as they went in.
enum KeySetTarget {
    static func run(_ input: [UInt8]) {
        let wanted = SignatureAlgorithm.allCases.filter { $0.name.utf8CodeUnitCount == 5 }
        if let set = try? JWKSet(parsing: input, algorithms: wanted) {
            precondition(set.keys.allSatisfy { wanted.contains($0.algorithm) && !$0.algorithm.isSymmetric })
        }
        guard let ours = try? PublishedKeys(parsing: input, name: "input") else { return }
        let text = ours.text(at: 0)
        let again = try? PublishedKeys(parsing: text, name: "text")
        precondition(again?.text(at: 0) == text, "what was written is read as it was")
    }
}

/// A pointer to roles, and behind the first LF the claims that it points into: there are no more roles than may be.
enum RoleMappingTarget {
    static func run(_ input: [UInt8]) {
        let parts = input.split(separator: 0x0A, maxSplits: 1, omittingEmptySubsequences: false)
        guard parts.count == 2, let claims = try? JSONParser.parse(Array(parts[1])),
            let mapping = try? RoleMapping(pointer: String(decoding: parts[0], as: UTF8.self), roles: nil)
        else { return }
        let roles = try? mapping.roles(in: claims)
        precondition(roles.map { (1...AuthLimits.tokenRolesMax).contains($0.count) } ?? true)
    }
}

/// Approvals in a token that the bank did sign: what no approver signed is none, whatever it says of itself.
enum ApprovalTarget {
    private static let secret = Array("a secret of the fuzz targets, 32 bytes or more".utf8)
    /// Alice's key is a secret as well: the leak sanitizer takes a checker of public keys for lost, whose reference has its
    /// enum's tag in it.
    private static let verifier: TokenVerifier? = {
        let alice = SecretBytes(copying: Array("another secret that no input has in it, of 32 bytes".utf8))
        guard let key = try? VerificationKey(id: "k", algorithm: .hs256, secret: SecretBytes(copying: secret)),
            let approver = try? VerificationKey(id: "alice", algorithm: .hs256, secret: alice)
        else { return nil }
        return try? TokenVerifier(
            issuers: [.init(name: "i", audiences: ["a"], keys: [key])], roles: RoleTable([]),
            configuration: .init(cachedTokensMax: 0, approvers: [Approver(name: "alice", key: approver)]))
    }()

    /// The input as an approval; and as the claims of one that names the approver's key, with a made-up signature.
    static func run(_ input: [UInt8]) {
        guard let verifier else { preconditionFailure("the verifier's keys are good") }
        let header = Array(#"{"alg":"HS256","kid":"alice"}"#.utf8)
        let signature = Base64URL.encode([UInt8](repeating: 7, count: 32))
        let made = Base64URL.encode(header) + [0x2E] + Base64URL.encode(input) + [0x2E] + signature
        for approval in [input, made] {
            var json = JSONWriter()
            json.object { json in
                for (name, value) in [
                    ("iss" as StaticString, "i" as StaticString), ("aud", "a"), ("sub", "s"), ("jti", "j"),
                ] {
                    json.member(name, literal: value)
                }
                json.member("iat", 1_800_000_000)
                json.member("exp", 1_800_000_060)
                json.name("roles")
                json.array { $0.string(Array("r".utf8)) }
                json.name(TokenApproval.claimName)
                json.array { $0.string(approval) }
            }
            let signed =
                Base64URL.encode(Array(#"{"alg":"HS256","kid":"k"}"#.utf8)) + [0x2E] + Base64URL.encode(json.bytes)
            let code = HMAC.code(.sha256, of: signed.span, key: SecretBytes(copying: secret))
            let token = signed + [0x2E] + Base64URL.encode(code)
            do throws(TokenRefusal) {
                _ = try verifier.verify(token, certificate: nil, now: 1_800_000_000)
                preconditionFailure("an approval without a signature of the approver's is taken")
            } catch {
                precondition(
                    [.approvalInvalid, .approvalUnknown, .tooLong, .claimsNotJSON].contains(error), "\(error.reason)")
            }
        }
    }
}

/// PKCS #11 URIs: one that is taken is written as one of the same meaning, which names no PIN.
enum PKCS11URITarget {
    static func run(_ input: [UInt8]) {
        guard let uri = try? PKCS11URI(parsing: input, name: "input") else { return }
        let again = try? PKCS11URI(parsing: Array(uri.text.utf8), name: "text")
        // What is written may be longer than what was read, and too long then.
        precondition(again == uri || uri.text.utf8.count > AuthLimits.pkcs11URIBytesMax, "it is read as it was")
        precondition(!uri.name.contains("?"), "messages leave out where the PIN is")
        precondition(again.map { $0.text == uri.text } ?? true, "there is one way to write it")
    }
}
