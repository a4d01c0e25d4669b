internal import Auth
internal import JSON
internal import LinuxIO
internal import OpenSSL
internal import Threading

/// Tokens by hand: what `portcullis token` does.
public enum TokenCommands {
    /// What a new token says.
    public struct Order: Sendable {
        /// The signing key's file.
        public var keyPath: String
        /// `iss` and `aud`.
        public var issuer: String, audience: String
        /// `sub`.
        public var subject: String
        /// `roles`.
        public var roles: [String]
        /// Seconds of life.
        public var lifetimeSeconds: Int
        /// The file of the certificate that the token is bound to; nil for none.
        public var certificatePath: String?
        /// `scope` and `sid`.
        public var scope: String?, sessionID: String?

        /// An order.
        public init(
            keyPath: String, issuer: String, audience: String, subject: String, roles: [String], lifetimeSeconds: Int,
            certificatePath: String? = nil, scope: String? = nil, sessionID: String? = nil
        ) {
            self.keyPath = keyPath
            self.issuer = issuer
            self.audience = audience
            self.subject = subject
            self.roles = roles
            self.lifetimeSeconds = lifetimeSeconds
            self.certificatePath = certificatePath
            self.scope = scope
            self.sessionID = sessionID
        }
    }

    /// Issues a token, once it is put down in `ledger`.
    /// - Returns: the token in its compact form.
    public static func issue(_ order: Order, in ledger: IssuanceLedger) throws(CommandFailure) -> String {
        let (signing, request) = try read(order)
        let now = WallClock.seconds
        let (accepted, issued): (TokenIssuer.AcceptedRequest, TokenIssuer.IssuedToken)
        do throws(AuthError) {
            accepted = try signing.issuer.accept(request)
            issued = try signing.issuer.issue(accepted, now: now)
        } catch {
            throw CommandFailure(error, subject: order.keyPath)
        }
        try ledger.note(
            TokenIssuance(of: accepted, issued: issued, issuer: order.issuer, user: .current, now: now))
        return String(decoding: issued.text, as: UTF8.self)
    }

    typealias Signing = (issuer: TokenIssuer, key: SigningKey)

    static func read(_ order: Order) throws(CommandFailure) -> (Signing, TokenIssuer.Request) {
        var roles: [RoleName] = []
        for text in order.roles {
            guard let role = RoleName(text) else {
                throw CommandFailure(
                    .usage, "--role", "found \"\(text)\"", mend: "wanted 1 to 64 of A-Z a-z 0-9 _ . : -")
            }
            roles.append(role)
        }
        let certificate = try order.certificatePath.map(fingerprint)
        let request = TokenIssuer.Request(
            subject: order.subject, roles: roles, certificate: certificate, scope: order.scope,
            sessionID: order.sessionID)
        do throws(AuthError) { return (try issuer(order), request) } catch {
            throw CommandFailure(error, subject: order.keyPath)
        }
    }

    private static func issuer(_ order: Order) throws(AuthError) -> (issuer: TokenIssuer, key: SigningKey) {
        let key = try SigningKey.read(order.keyPath)
        let life = Duration.seconds(order.lifetimeSeconds)
        let issuer = try TokenIssuer(
            key: key,
            configuration: .init(
                issuer: order.issuer, audiences: [order.audience], lifetimeDefault: life, lifetimeMax: life))
        return (issuer, key)
    }

    /// The digest that binds a token to the certificate in a file.
    private static func fingerprint(_ path: String) throws(CommandFailure) -> SHA256Digest {
        let pem: [UInt8]
        do throws(KeyFileError) { pem = try KeyFile.readPublic(path) } catch { throw CommandFailure(reading: error) }
        do throws(AuthError) { return try CertificateFingerprint.ofPEM(pem) } catch {
            throw CommandFailure(.data, path, "this is no certificate", mend: "wanted a PEM block CERTIFICATE")
        }
    }

    /// Writes a token to a new file that only its owner reads.
    public static func write(_ token: String, to path: String) throws(CommandFailure) {
        if let slash = path.lastIndex(of: "/"), slash > path.startIndex { try makeDirectory(String(path[..<slash])) }
        do throws(KeyFileError) {
            try KeyFile.create(path, Array((token + "\n").utf8).span)
        } catch {
            throw CommandFailure(writing: error)
        }
    }

    /// What is in a token.
    public struct Inspection: Sendable {
        /// The header and the claims as they stand in the token.
        public let header: String, claims: String
        /// Why the token would be refused, or nil; nil also where no key was given to judge it by.
        public let refusal: String?
    }

    /// A JWS in its compact form from a file, without the white space around it.
    static func readCompact(_ path: String) throws(CommandFailure) -> [UInt8] {
        try readInput(path, bytesMax: 65_536).filter { ![0x20, 0x09, 0x0A, 0x0D].contains($0) }
    }

    /// Takes a token apart and, given a public key, judges signature and lifetime now.
    /// - Parameters:
    ///   - path: a file, or `-` for standard input.
    ///   - certificatePath: the certificate that the token would come with; nil for the one that it is bound to.
    ///   - approverPaths: the public keys of those whose approvals count.
    /// - Throws: `CommandFailure` (65) where it is no token at all.
    public static func inspect(
        _ path: String, publicKeyPath: String?, certificatePath: String? = nil, approverPaths: [String] = []
    ) throws(CommandFailure) -> Inspection {
        let text = try readCompact(path)
        let parts = text.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
        guard parts.count == 3, let header = Base64URL.decode(parts[0]),
            let claims = Base64URL.decode(parts[1])
        else {
            throw CommandFailure(
                .data, path, "this is no token", mend: "wanted three base64url parts with dots between them")
        }
        let refusal = try publicKeyPath.map { keyPath throws(CommandFailure) in
            try judge(
                text, claims: claims, keyPath: keyPath, certificatePath: certificatePath, approverPaths: approverPaths)
        }
        return Inspection(
            header: String(decoding: header, as: UTF8.self), claims: String(decoding: claims, as: UTF8.self),
            refusal: refusal ?? nil)
    }

    /// The verdict of the gateway's own verifier, told to trust whatever issuer and audience the token names.
    private static func judge(
        _ token: [UInt8], claims: [UInt8], keyPath: String, certificatePath: String?, approverPaths: [String]
    ) throws(CommandFailure) -> String? {
        let pem: [UInt8]
        do throws(KeyFileError) { pem = try KeyFile.readPublic(keyPath) } catch { throw CommandFailure(reading: error) }
        let given = try certificatePath.map(fingerprint)
        let named = try? JSONParser.parse(claims)
        let bound = named?["cnf"]?["x5t#S256"]?.bytes.flatMap { Base64URL.decode($0[...]) }
        let certificate = given ?? bound.flatMap { $0.count == 32 ? SHA256Digest(bytes: $0) : nil }
        let audience = named?["aud"]?.text ?? named?["aud"]?.elements?.first?.text ?? "-"
        var approvers: [Approver] = []
        for (index, path) in approverPaths.enumerated() {
            do throws(AuthError) { approvers.append(try Approver.read(path, name: "approver-\(index + 1)")) } catch {
                throw CommandFailure(error, subject: path)
            }
        }
        do throws(AuthError) {
            let issuer = TrustedIssuer(
                name: named?["iss"]?.text ?? "-", audiences: [audience], keys: try keys(of: pem, for: token))
            let verifier = try TokenVerifier(
                issuers: [issuer], roles: RoleTable([]),
                configuration: .init(cachedTokensMax: 0, approvers: approvers))
            do throws(TokenRefusal) {
                _ = try verifier.verify(token, certificate: certificate, now: WallClock.seconds)
                return nil
            } catch {
                return "\(error.reason)"
            }
        } catch {
            throw CommandFailure(error, subject: keyPath)
        }
    }

    /// The key under every algorithm that it fits and every `kid` that the token may name.
    private static func keys(of pem: [UInt8], for token: [UInt8]) throws(AuthError) -> [VerificationKey] {
        let head = token.prefix { $0 != UInt8(ascii: ".") }
        let header = Base64URL.decode(head).flatMap { try? JSONParser.parse($0) }
        let algorithms = SignatureAlgorithm.allCases.filter { "\($0.name)" == header?["alg"]?.text }
        let fitting = algorithms.first ?? .es256
        return [try VerificationKey(id: header?["kid"]?.text, algorithm: fitting, publicKeyPEM: pem)]
    }
}
