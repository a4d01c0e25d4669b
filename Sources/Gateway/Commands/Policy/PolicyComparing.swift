internal import Auth
internal import JSON
internal import OpenSSL

/// Two policies beside each other: what `portcullis policy diff` does.
public enum PolicyComparing {
    /// What the roles gain and lose.
    public struct Comparison: Sendable {
        /// Whether no role gains or loses anything.
        public let isSame: Bool
        /// A line for each role, gain and loss.
        public let lines: [String]
        /// The same as one JSON value.
        public let json: [UInt8]
    }

    /// Compares the policies in two files.
    public static func compare(_ old: String, _ new: String) throws(CommandFailure) -> Comparison {
        let before = try PolicyCommands.readRules(old)
        let after = try PolicyCommands.readRules(new)
        let differences = after.differences(from: before)
        var lines: [String] = []
        for difference in differences {
            let name = difference.role
            let state =
                !before.roles.names.contains(name) ? " (new)" : !after.roles.names.contains(name) ? " (gone)" : ""
            lines.append("\(name)\(state)")
            lines += difference.gains.map { "  + \($0)" } + difference.loses.map { "  - \($0)" }
        }
        if before.document.requiresCertificate != after.document.requiresCertificate {
            lines.insert(
                after.document.requiresCertificate
                    ? "everybody\n  - requests without a client certificate"
                    : "everybody\n  + requests without a client certificate", at: 0)
        }
        if lines.isEmpty { lines = ["no role gains or loses anything"] }
        var json = JSONWriter(capacity: 1024)
        json.object { json in
            for (name, engine) in [("old", before), ("new", after)] as [(StaticString, PolicyEngine)] {
                json.name(name)
                json.object { json in
                    json.member("version", engine.version)
                    json.member("sha256", engine.sha256.hex)
                    json.member("require_certificate", engine.document.requiresCertificate)
                }
            }
            json.name("roles")
            json.array { json in
                for difference in differences {
                    json.object { json in
                        json.member("role", difference.role.bytes)
                        json.name("gains")
                        json.array { json in for text in difference.gains { json.string(text) } }
                        json.name("loses")
                        json.array { json in for text in difference.loses { json.string(text) } }
                    }
                }
            }
        }
        let isSame =
            differences.isEmpty && before.document.requiresCertificate == after.document.requiresCertificate
        return Comparison(isSame: isSame, lines: lines, json: json.bytes)
    }
}
