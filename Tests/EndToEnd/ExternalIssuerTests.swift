import Foundation
import JSON
import Patience
import Testing

@Suite struct `Tokens of an external issuer` {
    private static let path = "/v1/faq?query=card"
    private static let mapping = #"roles_at: "/realm/groups", roles: { tellers: ["customer"], chiefs: ["admin"] }"#

    private func members(_ issuer: String, _ more: String = "") -> String {
        #"issuer: "\#(issuer)", algorithms: ["RS256", "PS256", "ES256", "EdDSA"], \#(Self.mapping)\#(more)"#
    }

    private func ask(_ gateway: GatewayProcess, _ token: String) async throws -> Reply {
        try await gateway.get(
            Self.path, by: Caller(identity: gateway.deployment.identity(.customer), token: token))
    }

    private func reason(_ reply: Reply, _ gateway: GatewayProcess) throws -> String? {
        let id = try #require(reply.field("x-request-id"))
        let record = try LogFiles(gateway.deployment.logDirectory).records.first { $0.json["req"]?["id"]?.text == id }
        return record?.json["decision"]?["reason"]?.text
    }

    /// A gateway that trusts the provider that works, by discovery.
    private func start(_ more: String = "") async throws -> (ProviderProcess, GatewayProcess) {
        let deployment = try await Deployment.make()
        try deployment.raiseRateLimits()
        let provider = try await ProviderProcess.start(for: deployment)
        try deployment.trust([members(provider.issuer("good"), ", discovery: true" + more)])
        return (provider, try await GatewayProcess.start(deployment))
    }

    @Test func `are good by each algorithm, with groups for roles, and on record`() async throws {
        let (provider, gateway) = try await start()
        for algorithm in ["RS256", "PS256", "ES256", "EdDSA"] {
            let reply = try await ask(gateway, provider.token("u-1", "tellers,others", algorithm))
            #expect(reply.status == 200, "\(algorithm): \(reply.text)")
        }
        let nobody = try await ask(gateway, provider.token("u-1", "others"))
        try expectProblem(nobody, 401)
        #expect(try reason(nobody, gateway) == "token_roles_missing")
        try await gateway.stop()
        let records = try LogFiles(gateway.deployment.logDirectory).records
        let trusted = records.compactMap { $0.json["admin"] }.first { $0["action"]?.text == "issuer.keys" }
        #expect(trusted?["target"]?.text == provider.issuer("good"))
        #expect(
            trusted?["keys"]?["kids"]?.elements?.compactMap(\.text) == ["RS256-1", "PS256-1", "ES256-1", "EdDSA-1"])
        let tokens = records.compactMap { $0.json["principal"]?["token"] }
        #expect(tokens.contains { $0["iss"]?.text == provider.issuer("good") && $0["kid"]?.text == "EdDSA-1" })
    }

    @Test func `are told apart rightly while the issuer rotates, stops and starts under load`() async throws {
        let (provider, gateway) = try await start(", unknown_key_s: 1")
        let old = try await provider.token("u-1", "tellers")
        #expect(try await ask(gateway, old).status == 200)
        let forged = try await gateway.deployment.forge.es256(
            header: #"{"alg":"ES256","kid":"nobody"}"#,
            claims: #"{"iss":"\#(provider.issuer("good"))","aud":"portcullis","sub":"m","exp":9999999999}"#)
        let load = try await Load.start(gateway, Self.path, [gateway.deployment.token(.customer), forged, forged])
        for round in 1...3 {
            try await provider.ask("rotate")
            // The forger's requests have used up the pause's one fetch: the next comes within a second.
            let new = try await provider.token("u-\(round)", "tellers")
            #expect(await eventually(within: .seconds(5)) { (try? await ask(gateway, new).status) == 200 })
            let stale = try await ask(gateway, old)
            #expect(stale.status == 401)
            #expect(try reason(stale, gateway) == "token_kid_unknown")
            try await provider.ask("stop")
            #expect(try await ask(gateway, new).status == 200, "keys survive the issuer's outage")
            try await provider.ask("start")
            #expect(try await ask(gateway, new).status == 200)
        }
        let results = try await load.finish()
        #expect(results.map { $0.statuses.keys.sorted() } == [[200], [401], [401]], "\(results)")
        #expect(results.allSatisfy { $0.statuses.values.reduce(0, +) > 20 }, "\(results)")
        // An event loop that waited for the issuer would keep the bank's own tokens waiting.
        #expect(results[0].worstMilliseconds < 1000 * Double(patienceFactor), "\(results)")
    }

    @Test func `wait for a new key together, and cause one fetch`() async throws {
        let (provider, gateway) = try await start(", unknown_key_s: 3600, refresh_s: 3600")
        #expect(try await ask(gateway, provider.token("u-1", "tellers")).status == 200)
        try await provider.ask("rotate")
        let before = try await provider.ask("fetches")["fetches"]?.integer ?? -1
        let new = try await provider.token("u-1", "tellers")
        let statuses = try await withThrowingTaskGroup(of: Int.self) { group in
            for _ in 0..<4 { group.addTask { try await ask(gateway, new).status } }
            return try await group.reduce(into: []) { $0.append($1) }
        }
        #expect(statuses == [200, 200, 200, 200])
        #expect(try await provider.ask("fetches")["fetches"]?.integer == before + 1)
        try await provider.ask("rotate")
        let refused = try await ask(gateway, provider.token("u-1", "tellers"))
        try expectProblem(refused, 401)
        #expect(try reason(refused, gateway) == "token_kid_unknown", "strangers could have it fetch without end")
        #expect(try await provider.ask("fetches")["fetches"]?.integer == before + 1)
    }

    @Test func `are refused when the keys are too old, and good again when the issuer is back`() async throws {
        let (provider, gateway) = try await start(", refresh_s: 10, outage_s: 10, unknown_key_s: 1")
        let token = try await provider.token("u-1", "tellers")
        #expect(try await ask(gateway, token).status == 200)
        try await provider.ask("stop")
        #expect(await eventually(within: .seconds(30)) { (try? await ask(gateway, token).status) == 401 })
        #expect(try reason(await ask(gateway, token), gateway) == "token_keys_unavailable")
        #expect(try await ask(gateway, gateway.deployment.token(.customer)).status == 200)
        try await provider.ask("start")
        #expect(await eventually(within: .seconds(10)) { (try? await ask(gateway, token).status) == 200 })
        #expect(gateway.child.errors.contains("issuer_keys_expired"))
    }

    @Test func `are good where the discovery document names keys at another port, once that is named too`() async throws
    {
        for isNamed in [false, true] {
            let deployment = try await Deployment.make()
            let provider = try await ProviderProcess.start(for: deployment)
            let port = try #require(try await provider.ask("other")["port"]?.integer)
            try deployment.trust([
                #"issuer: "\#(provider.issuer("elsewhere"))", algorithms: ["ES256"], discovery: true"#
                    + (isNamed ? ", jwks_ports: [\(port)]" : "")
            ])
            let gateway = try await GatewayProcess.start(deployment, options: ["--sandbox=on"])
            let reply = try await ask(gateway, try await provider.ask("forge", "elsewhere")["token"]?.text ?? "none")
            #expect(reply.status == (isNamed ? 403 : 401), "its role is not for this certificate: \(reply.text)")
            let told = "jwks_uri is at port \(port): name it in the issuer's jwks_ports"
            #expect(gateway.child.errors.contains(told) == !isNamed, "\(gateway.child.errors)")
        }
    }

    @Test func `are refused where the issuer's server is broken, slow, huge, redirects or lies`() async throws {
        let deployment = try await Deployment.make()
        let provider = try await ProviderProcess.start(for: deployment)
        let names = ["redirect", "slow", "huge", "status", "garbage", "symmetric", "impostor", "private"]
        let discovered = (names + ["full"]).map {
            #"issuer: "\#(provider.issuer($0))", algorithms: ["ES256"], discovery: true, timeout_ms: 500"#
        }
        try deployment.trust(discovered + [#"issuer: "https://127.0.0.1:1", algorithms: ["ES256"], discovery: true"#])
        let gateway = try await GatewayProcess.start(deployment)
        for name in names {
            let token = try await provider.ask("forge", name)["token"]?.text ?? "none"
            let began = ContinuousClock.now
            let reply = try await ask(gateway, token)
            try expectProblem(reply, 401)
            let expected =
                name == "symmetric" ? ["token_keys_unavailable", "token_alg_mismatch"] : ["token_keys_unavailable"]
            #expect(expected.contains(try reason(reply, gateway) ?? "none"), "\(name)")
            #expect(began.duration(to: .now) < .seconds(5 * patienceFactor), "\(name)")
            let own = ContinuousClock.now
            #expect(try await ask(gateway, gateway.deployment.token(.customer)).status == 200)
            #expect(own.duration(to: .now) < .seconds(2 * patienceFactor), "\(name)")
        }
        for (name, words) in [
            ("redirect", "redirections are not followed"), ("slow", "did not answer in time"), ("huge", "larger than"),
            ("status", "status 500"), ("garbage", "no JSON"), ("symmetric", "a symmetric key in a public set"),
            ("impostor", "of another issuer"), ("private", "a private key in a public set"),
        ] {
            let line = gateway.child.errors.split(separator: "\n").first {
                $0.contains("/\(name): ") && $0.contains(words)
            }
            #expect(line != nil, "\(name) is not told: \(gateway.child.errors)")
        }
        let full = try await ask(gateway, try await provider.ask("forge", "full")["token"]?.text ?? "none")
        #expect(full.status == 403, "its key is known, and its role is not for this certificate: \(full.text)")
        let metrics = try await gateway.metrics()
        for (name, keys) in [("slow", 0), ("huge", 0), ("full", 1)] {
            let line = #"portcullis_issuer_keys{issuer="\#(provider.issuer(name))"} \#(keys)"#
            #expect(metrics.contains(line), "\(metrics)")
        }
    }
}

/// A load of requests with tokens (token_load.py).
struct Load {
    struct Result {
        let statuses: [Int: Int]
        let worstMilliseconds: Double
    }

    private let child: Child

    static func start(_ gateway: GatewayProcess, _ path: String, _ tokens: [String]) async throws -> Load {
        let scratch = gateway.deployment.scratch
        try write((tokens.joined(separator: "\n") + "\n").utf8, to: scratch.file("load-tokens"))
        let child = try Child(
            "python3",
            [
                Place.root.path + "/Tests/EndToEnd/Support/token_load.py", "\(gateway.port)",
                gateway.deployment.certificates, path, scratch.file("load-tokens"),
            ], scratch: scratch, interactive: true)
        _ = await eventually { child.output.starts(with: "running\n".utf8) }
        return Load(child: child)
    }

    /// Ends it: what became of each token.
    func finish() async throws -> [Result] {
        child.endInput()
        try await child.wait()
        return try String(decoding: child.output, as: UTF8.self).split(separator: "\n").dropFirst().map { line in
            let node = try JSONParser.parse(Array(line.utf8))
            let statuses = (node["statuses"]?.members ?? []).map {
                (Int(String(decoding: $0.name, as: UTF8.self)) ?? -1, Int($0.node.integer ?? -1))
            }
            let worst: Double =
                switch node["worst_ms"]?.value {
                case .double(let double): double
                case .integer(let integer): Double(integer)
                default: .infinity
                }
            return Result(statuses: Dictionary(uniqueKeysWithValues: statuses), worstMilliseconds: worst)
        }
    }
}
