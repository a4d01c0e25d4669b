internal import Audit
internal import Auth
internal import Edge
internal import Evidence
internal import JSON
internal import OpenSSL

/// Policies without serving: what `portcullis policy` does.
public enum PolicyCommands {
    /// What reading the policies came to.
    public struct Report: Sendable {
        /// A line for each file and each warning.
        public let lines: [String]
        /// How much the policy of roles says and cannot mean.
        public let warnings: Int
        /// The warnings, and the policies' digests, as one JSON value.
        public let json: [UInt8]
    }

    /// Reads `gateway.json5` in `directory` and every policy that it names, as the gateway does at start.
    /// - Throws: `CommandFailure` (78) at the first thing that is wrong.
    public static func check(_ directory: String) throws(CommandFailure) -> Report {
        let file = directory + "/gateway.json5"
        var configuration = try readConfiguration(file)
        let policies = try PolicyFiles(configuration)
        let rules = policies.rbac
        let document = rules.document
        let names = configuration.policies
        // The state is elsewhere, and the CA of the witnesses' servers with it.
        configuration.audit.witness.clientCA = ""
        let composition = Composition(configuration: configuration, stateFolder: "STATE")
        try composition.expectHashKey(policies)
        let witnesses = try composition.witnessConfiguration()
        let lines =
            [
                "gateway.json5: good",
                "\(names.rbac): good, version \(String(decoding: rules.version, as: UTF8.self)), "
                    + "\(document.roles.count) roles, \(document.routes.count) routes, "
                    + "\(document.bindings.count) bindings",
            ]
            + [names.rateLimits, names.redaction, names.escalation, names.models, names.screen, names.prompts].map {
                "\($0): good"
            }
            + (witnesses.map { ["\(configuration.audit.witness.policy): good, \($0.witnesses.count) witnesses"] } ?? [])
        let findings = rules.review(served: served)
        let warnings = findings.map { "warning: \(names.rbac): \($0.pointer): \($0.detail) (\($0.kind.rawValue))" }
        return Report(lines: lines + warnings, warnings: findings.count, json: json(policies, findings))
    }

    private static var served: [(method: RouteMethod, path: [UInt8])] {
        Destination.served.compactMap { entry in
            RouteMethod(name: Array(entry.method.name.utf8)).map { ($0, entry.path) }
        }
    }

    private static func json(_ policies: PolicyFiles, _ findings: [PolicyFinding]) -> [UInt8] {
        var json = JSONWriter(capacity: 1024)
        json.object { json in
            json.member("version", policies.rbac.version)
            json.member("rbac_sha256", policies.rbac.sha256.hex)
            json.member("policies_sha256", policies.auditPolicy.sha256.hex)
            json.name("findings")
            json.array { json in
                for finding in findings {
                    json.object { json in
                        json.member("kind", finding.kind.rawValue)
                        json.member("pointer", finding.pointer)
                        json.member("detail", finding.detail)
                    }
                }
            }
        }
        return json.bytes
    }

    static func readConfiguration(_ file: String) throws(CommandFailure) -> Configuration {
        let text = try PolicyFiles.read(file)
        do throws(ConfigurationError) {
            return try Configuration.parse(text, file: file)
        } catch {
            throw CommandFailure(error)
        }
    }

    static func readRules(_ path: String) throws(CommandFailure) -> PolicyEngine {
        let text = try PolicyFiles.read(path)
        do throws(PolicyError) {
            return try PolicyEngine.parse(text, file: path)
        } catch {
            throw CommandFailure(.configuration, description: error.description)
        }
    }
}
