internal import Auth
internal import Bytes
internal import JSON
internal import Threading

/// Tokens taken back by hand: what `portcullis token revoke` and `token revocations` do.
public enum RevocationCommands {
    /// Which tokens.
    public enum Target: Sendable {
        /// The one with this `jti`.
        case token(String)
        /// The one in this file, or on standard input for `-`, of the issuer that it names.
        case file(String)
        /// All of this `sub`.
        case subject(String)
        /// All that carry this role.
        case role(String)
        /// All of the issuer.
        case issuer
    }

    /// When tokens were issued that are revoked.
    public enum Before: Sendable {
        /// Until now.
        case now
        /// Before this second since 1970.
        case second(Int)
    }

    /// Revokes tokens in the database of a gateway.
    /// - Parameter before: nil for nothing said: until now, and not with a single token.
    /// - Returns: what is revoked, in a line.
    public static func revoke(
        _ target: Target, issuer: String, issuedBefore before: Before?, database: String
    ) throws(CommandFailure) -> String {
        var issuer = Array(issuer.utf8)
        let wanted: Revocation.Target
        switch target {
        case .token(let id): wanted = .token(Array(id.utf8))
        case .file(let path):
            let token = try read(path)
            wanted = .token(token.id)
            issuer = token.issuer
        case .subject(let subject): wanted = .subject(Array(subject.utf8))
        case .role(let name):
            guard let role = RoleName(name) else {
                throw CommandFailure(
                    .usage, "--role", "found \"\(name)\"", mend: "wanted 1 to 64 of A-Z a-z 0-9 _ . : -")
            }
            wanted = .role(role)
        case .issuer: wanted = .issuer
        }
        let now = WallClock.seconds
        let second: Int64? =
            switch before {
            case .now: now + 1
            case .second(let second): Int64(second)
            case nil: nil
            }
        do throws(AuthError) {
            let revocation = try Revocation(wanted, issuer: issuer, issuedBefore: second, now: now)
            try RevocationStore.revoke(revocation, path: database)
            return line(revocation)
        } catch {
            throw CommandFailure(error, subject: database)
        }
    }

    /// The revocations of a gateway's database, oldest first, each in a line.
    public static func list(database: String) throws(CommandFailure) -> [String] {
        do throws(AuthError) {
            return try RevocationStore.entries(path: database).map { "\(time($0.created))  \(line($0.revocation))" }
        } catch {
            throw CommandFailure(error, subject: database)
        }
    }

    private static func line(_ revocation: Revocation) -> String {
        let target =
            switch revocation.target {
            case .token(let id): "jti \(text(id))"
            case .subject(let subject): "subject \(text(subject))"
            case .role(let role): "role \(role)"
            case .issuer: "all tokens"
            }
        let before = revocation.issuedBefore.map { "  issued before \(time($0))" } ?? ""
        return "\(target)  of \(text(revocation.issuer))\(before)"
    }

    private static func text(_ bytes: [UInt8]) -> String { String(decoding: bytes, as: UTF8.self) }

    private static func time(_ seconds: Int64) -> String { Timestamp.text(microseconds: seconds * 1_000_000) }

    /// What names a token. Its signature is not looked at: who can revoke can revoke any.
    private static func read(_ path: String) throws(CommandFailure) -> (id: [UInt8], issuer: [UInt8]) {
        let text = try readInput(path, bytesMax: 65_536).filter { ![0x20, 0x09, 0x0A, 0x0D].contains($0) }
        let parts = text.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
        guard parts.count == 3, let claims = Base64URL.decode(parts[1]).flatMap({ try? JSONParser.parse($0) }),
            let issuer = claims["iss"]?.bytes, let id = claims["jti"]?.bytes
        else {
            throw CommandFailure(
                .data, path, "this is no token with iss and jti", mend: "take back its subject or role instead")
        }
        return (id, issuer)
    }
}
