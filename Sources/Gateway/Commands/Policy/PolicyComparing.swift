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
        let lines = everybody(before, after) + differences.flatMap { role($0, before, after) }
        return Comparison(
            isSame: lines.isEmpty, lines: lines.isEmpty ? ["no role gains or loses anything"] : lines,
            json: json(differences, before, after))
    }

    /// What changes for callers without a certificate, whatever their role.
    private static func everybody(_ before: PolicyEngine, _ after: PolicyEngine) -> [String] {
        switch (before.document.requiresCertificate, after.document.requiresCertificate) {
        case (true, false): ["everybody", "  + requests without a client certificate"]
        case (false, true): ["everybody", "  - requests without a client certificate"]
        case (true, true), (false, false): []
        }
    }

    private static func role(
        _ difference: RoleDifference, _ before: PolicyEngine, _ after: PolicyEngine
    ) -> [String] {
        let isNew = !before.roles.names.contains(difference.role)
        let isGone = !after.roles.names.contains(difference.role)
        return ["\(difference.role)" + (isNew ? " (new)" : isGone ? " (gone)" : "")]
            + difference.gains.map { "  + \($0)" } + difference.loses.map { "  - \($0)" }
    }

    private static func json(
        _ differences: [RoleDifference], _ before: PolicyEngine, _ after: PolicyEngine
    ) -> [UInt8] {
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
        return json.bytes
    }
}
