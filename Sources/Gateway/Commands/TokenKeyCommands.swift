internal import Auth
internal import JSON
internal import LinuxIO
internal import Threading

/// The keys that tokens are signed with: what `portcullis token keys` does. A gateway that serves takes what was changed
/// within a second.
public enum TokenKeyCommands {
    /// A key, as the list shows it.
    public struct Row: Sendable {
        /// The thumbprint.
        public let keyID: String
        /// As in a token's header.
        public let algorithm: String
        /// `signing`, `next`, `verifying` or `ended`.
        public let state: String
        /// Seconds since 1970; nil where no end is set.
        public let expires: Int64?
    }

    /// Makes what the folder does not have yet, and the folder.
    /// - Parameter uri: the PKCS #11 URI of a token that the keys are made in; nil for files, or for the token of the key
    ///   that signs.
    /// - Returns: the files made.
    public static func initialise(
        _ folder: String, algorithm: String = "ES256", pkcs11 uri: String? = nil
    ) throws(CommandFailure) -> [String] {
        let algorithm = try self.algorithm(algorithm)
        let place: PKCS11URI?
        do throws(AuthError) {
            place = try uri.map { uri throws(AuthError) in try PKCS11URI(parsing: Array(uri.utf8), name: "--pkcs11") }
        } catch {
            throw CommandFailure(.usage, description: error.description)
        }
        try makeDirectory(folder)
        do throws(AuthError) { return try SigningKeyFolder(path: folder).initialise(algorithm, in: place) } catch {
            throw CommandFailure(error, subject: folder)
        }
    }

    /// The keys of a folder, the newest first.
    public static func list(_ folder: String) throws(CommandFailure) -> [Row] {
        do throws(AuthError) {
            let content = try SigningKeyFolder(path: folder).read()
            let now = WallClock.seconds
            return content.published.keys.map { key in
                let state =
                    switch key.id {
                    case content.signing.id: "signing"
                    case content.nextID: "next"
                    default: key.isGood(at: now) ? "verifying" : "ended"
                    }
                return Row(
                    keyID: String(decoding: key.id, as: UTF8.self), algorithm: key.algorithm.name, state: state,
                    expires: key.expires)
            }
        } catch {
            throw CommandFailure(error, subject: folder)
        }
    }

    /// The rows as JSON, on one line.
    public static func json(_ rows: [Row]) -> String {
        var json = JSONWriter()
        json.array { json in
            for row in rows {
                json.object { json in
                    json.member("kid", row.keyID)
                    json.member("alg", row.algorithm)
                    json.member("state", row.state)
                    if let expires = row.expires { json.member("exp", expires) }
                }
            }
        }
        return String(decoding: json.bytes, as: UTF8.self)
    }

    /// The rows as lines for people.
    public static func lines(_ rows: [Row]) -> [String] {
        rows.map { row in
            let end = row.expires.map { " until \(Timestamp.text(microseconds: $0 * 1_000_000))" } ?? ""
            return "\(row.keyID)  \(row.algorithm)  \(row.state)\(end)"
        }
    }

    /// Lets the next key sign.
    /// - Returns: sentences for people.
    public static func rotate(
        _ folder: String, overlapSeconds: Int, algorithm: String
    ) throws(CommandFailure) -> [String] {
        let algorithm = try self.algorithm(algorithm)
        do throws(AuthError) {
            let keys = SigningKeyFolder(path: folder)
            let rotation = try keys.rotate(
                overlapSeconds: Int64(overlapSeconds), algorithm: algorithm, now: WallClock.seconds)
            func name(_ id: [UInt8]) -> String { String(decoding: id, as: UTF8.self) }
            var lines = [
                "\(name(rotation.new)) signs from now on",
                "\(name(rotation.old)) is verified until \(Timestamp.text(microseconds: rotation.oldExpires * 1_000_000))",
                "\(name(rotation.next)) is published and will sign after the next rotation",
            ]
            if !rotation.wasPublished {
                lines.append(
                    "\(name(rotation.new)) was not published before: copies of the key set may not have it yet")
            }
            if rotation.leavesRetired {
                // A gateway signs by the old key until it has seen the new one.
                FileWait.pause(TokenKeyWatch.interval * 3)
                try keys.destroyRetired()
                lines.append("\(name(rotation.old)) is destroyed in its token: nothing signs by it any more")
            }
            return lines
        } catch {
            throw CommandFailure(error, subject: folder)
        }
    }

    /// Takes a key out at once.
    public static func retire(_ keyID: String, in folder: String) throws(CommandFailure) {
        do throws(AuthError) {
            try SigningKeyFolder(path: folder).retire(Array(keyID.utf8), now: WallClock.seconds)
        } catch {
            throw CommandFailure(error, subject: folder)
        }
    }

    private static func algorithm(_ name: String) throws(CommandFailure) -> SigningKey.Algorithm {
        guard let algorithm = SigningKey.Algorithm.allCases.first(where: { $0.name == name }) else {
            throw CommandFailure(
                .usage, "--algorithm", "found \"\(name)\"",
                mend: "wanted " + SigningKey.Algorithm.allCases.map(\.name).joined(separator: " or "))
        }
        return algorithm
    }
}
