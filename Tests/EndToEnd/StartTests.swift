import Foundation
import JSON
import Testing

@Suite struct `A start` {
    /// Starts a gateway that must not serve.
    private func refusal(
        of deployment: Deployment, port: Int = 0
    ) async throws -> (ending: Ending, errors: String) {
        let child = try GatewayProcess.launch(deployment, port: port)
        let ending = try await child.wait(within: .seconds(30))
        #expect(!String(decoding: child.output, as: UTF8.self).contains("ready "))
        return (ending, child.errors)
    }

    @Test func `a permission that does not exist stops it with file and name`() async throws {
        let deployment = try await Deployment.make()
        let path = deployment.policies + "/rbac.json5"
        let text = String(decoding: contents(of: path), as: UTF8.self)
        #expect(text.contains("assistant:ask"))
        try write(text.replacing("assistant:ask", with: "assistant:aks").utf8, to: path)
        let (ending, errors) = try await refusal(of: deployment)
        #expect(ending == .exited(78))
        #expect(errors.contains("rbac.json5") && errors.contains("assistant:aks"), "\(errors)")
    }

    @Test(arguments: ["gateway.json5", "rbac.json5", "ratelimits.json5", "redaction.json5"])
    func `a policy file that is not JSON5 stops it with file and line`(name: String) async throws {
        let deployment = try await Deployment.make()
        try write("{\n  oops\n}\n".utf8, to: deployment.policies + "/" + name)
        let (ending, errors) = try await refusal(of: deployment)
        #expect(ending == .exited(78))
        let place = errors.firstRange(of: name).map { errors[$0.upperBound...].prefix(12) } ?? ""
        #expect(place.contains("3"), "\(errors)")
    }

    @Test(arguments: ["gateway.json5", "rbac.json5", "ratelimits.json5", "redaction.json5"])
    func `a missing policy file stops it by name`(name: String) async throws {
        let deployment = try await Deployment.make()
        try FileManager.default.removeItem(atPath: deployment.policies + "/" + name)
        let (ending, errors) = try await refusal(of: deployment)
        #expect(ending == .exited(66) || ending == .exited(78))
        #expect(errors.contains(name), "\(errors)")
    }

    @Test(arguments: [
        ("version: 1,", #"version: 1, rules: [{ routes: ["/v1/chat"], types: { JWT: "mask" } }],"#, "/rules/0/routes"),
        ("version: 1,", #"version: 1, rules: [{ roles: ["teller"], types: { JWT: "mask" } }],"#, "customer, agent"),
        (#"EMAIL_ADDRESS: "tokenise""#, #"EMAIL_ADDRESS: "hash""#, "openssl rand -base64 32"),
    ])
    func `a redaction rule for nobody, or a hash without a key, stops it`(
        old: String, new: String, part: String
    ) async throws {
        let deployment = try await Deployment.make()
        let path = deployment.policies + "/redaction.json5"
        let text = String(decoding: contents(of: path), as: UTF8.self)
        #expect(text.contains(old))
        try write(text.replacing(old, with: new).utf8, to: path)
        let (ending, errors) = try await refusal(of: deployment)
        #expect(ending == .exited(78) && errors.contains("redaction.json5") && errors.contains(part), "\(errors)")
    }

    @Test func `an unknown setting stops it by name`() async throws {
        let deployment = try await Deployment.make()
        let text = String(decoding: contents(of: deployment.configuration), as: UTF8.self)
        let brace = try #require(text.firstIndex(of: "{"))
        try write(
            (text[...brace] + " surplus: 1," + text[text.index(after: brace)...]).utf8, to: deployment.configuration)
        let (ending, errors) = try await refusal(of: deployment)
        #expect(ending == .exited(78))
        #expect(errors.contains("surplus"), "\(errors)")
    }

    @Test(arguments: [
        (["address": "\"localhost\""], "listener.address: found \"localhost\"; wanted a numeric"),
        (
            ["space_stop_bytes": "2147483648"],
            "audit.space_stop_bytes: found 2147483648; wanted at most audit.space_warn_bytes ("
        ),
        (["state_directory": "\"var/audit\""], "audit.state_directory: found "),
        (["client_certificate": "\"off\""], "rbac.json5 has requireCertificate: true"),
        (["message_bytes_max": "16385"], "/limits/message_bytes_max: found 16385, wanted an integer from 1 to 16384"),
    ])
    func `a setting that is wrong stops it by the name it has in the file`(
        settings: [String: String], wanted: String
    ) async throws {
        let deployment = try await Deployment.make()
        for (name, value) in settings {
            if name == "address" {
                let text = String(decoding: contents(of: deployment.configuration), as: UTF8.self)
                let first = try #require(text.firstRange(of: "\"127.0.0.1\""))
                try write(text.replacingCharacters(in: first, with: value).utf8, to: deployment.configuration)
            } else {
                try deployment.set(name, value)
            }
        }
        let (ending, errors) = try await refusal(of: deployment)
        #expect(ending == .exited(78))
        #expect(errors.contains(wanted), "\(errors)")
    }

    @Test func `a rate limit that is wrong is told once, with file and line`() async throws {
        let deployment = try await Deployment.make()
        try write("{ version: 2 }".utf8, to: deployment.policies + "/ratelimits.json5")
        let (ending, errors) = try await refusal(of: deployment)
        #expect(ending == .exited(78))
        #expect(errors.components(separatedBy: "ratelimits.json5").count == 2, "\(errors)")
        #expect(errors.contains("ratelimits.json5:1: "), "\(errors)")
    }

    @Test func `a port in use stops it by number`() async throws {
        let first = try await GatewayProcess.start(try await Deployment.make())
        let (ending, errors) = try await refusal(of: try await Deployment.make(), port: first.port)
        #expect(ending == .exited(69))
        #expect(errors.contains("\(first.port)"), "\(errors)")
        #expect(try await first.stop() == .exited(0))
    }

    @Test func `a key that does not match its certificate stops it with both files`() async throws {
        let deployment = try await Deployment.make()
        let key = deployment.certificates + "/server.key"
        try FileManager.default.removeItem(atPath: key)
        try FileManager.default.copyItem(atPath: deployment.identity(.customer).key, toPath: key)
        let (ending, errors) = try await refusal(of: deployment)
        #expect(ending == .exited(78))
        #expect(errors.contains("server.key") && errors.contains("server.crt"), "\(errors)")
    }

    @Test(arguments: ["server.key", "token-keys/signing.key"])
    func `a key that others can read stops it`(name: String) async throws {
        let deployment = try await Deployment.make()
        let key = deployment.certificates + "/" + name
        try FileManager.default.setAttributes([.posixPermissions: 0o644], ofItemAtPath: key)
        let (ending, errors) = try await refusal(of: deployment)
        #expect(ending == .exited(78))
        #expect(errors.contains("0600"), "\(errors)")
        #expect(errors.components(separatedBy: name).count == 2, "the file is named once: \(errors)")
    }

    @Test(arguments: ["token-keys/signing.key", "token-keys/jwks.json"])
    func `a missing key stops it by name`(name: String) async throws {
        let deployment = try await Deployment.make()
        try FileManager.default.removeItem(atPath: deployment.certificates + "/" + name)
        let (ending, errors) = try await refusal(of: deployment)
        #expect(ending == .exited(78))
        #expect(errors.contains(name), "\(errors)")
    }

    @Test func `a missing certificate stops it by name`() async throws {
        let deployment = try await Deployment.make()
        try FileManager.default.removeItem(atPath: deployment.certificates + "/server.crt")
        let (ending, errors) = try await refusal(of: deployment)
        #expect(ending == .exited(78) || ending == .exited(66))
        #expect(errors.contains("server.crt"), "\(errors)")
    }

    @Test func `a log that does not verify stops it and nothing is changed`() async throws {
        let deployment = try await Deployment.make()
        let gateway = try await GatewayProcess.start(deployment)
        for _ in 0..<3 { #expect(try await gateway.ask().status == 200) }
        #expect(try await gateway.stop() == .exited(0))
        let log = try LogFiles(deployment.logDirectory)
        let path = deployment.logDirectory + "/" + log.segments[0]
        var bytes = contents(of: path)
        bytes[log.records[2].offset + 60] ^= 1
        try write(bytes, to: path)
        let (ending, errors) = try await refusal(of: deployment)
        #expect(ending == .exited(65))
        #expect(errors.contains("seg-") || errors.contains("seq"), "\(errors)")
        #expect(contents(of: path) == bytes)
        #expect(try LogFiles(deployment.logDirectory).segments == log.segments)
    }

    @Test func `a second gateway on one log is refused while the first serves`() async throws {
        let deployment = try await Deployment.make()
        let gateway = try await GatewayProcess.start(deployment)
        let (ending, errors) = try await refusal(of: deployment)
        #expect(ending == .exited(75))
        #expect(errors.contains("audit"), "\(errors)")
        #expect(try await gateway.ask().status == 200)
        #expect(try await gateway.stop() == .exited(0))
    }

    @Test func `make run's script keeps certificates, tickets and log`() async throws {
        let scratch = try Scratch()
        let state = scratch.file("own")
        var kept: [String: [UInt8]] = [:]
        var records = 0
        for round in 1...2 {
            let child = try Child(
                Place.root.path + "/scripts/run.sh", [Place.binary, state, "0"], scratch: scratch
            )
            #expect(
                await eventually(within: .seconds(60)) {
                    String(decoding: child.output, as: UTF8.self).contains("ready ") || child.ending != nil
                })
            #expect(child.ending == nil, "\(child.errors)")
            child.signal(SIGTERM)
            #expect(try await child.wait() == .exited(0), "\(child.errors)")
            let names = ["certs/ca.crt", "certs/server.crt", "certs/clients/admin.key", "certs/tokens/customer.jwt"]
            let found = Dictionary(uniqueKeysWithValues: names.map { ($0, contents(of: state + "/" + $0)) })
            #expect(found.values.allSatisfy { !$0.isEmpty })
            if round == 2 { #expect(found == kept) }
            kept = found
            let now = try LogFiles(state + "/var/audit").records.count
            #expect(now > records)
            records = now
        }
        for role in Role.allCases { #expect(try mode(of: state + "/certs/clients/\(role.rawValue).key") == 0o600) }
    }
}
