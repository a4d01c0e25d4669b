internal import Curl
internal import JSON

extension ModelPolicy {
    /// Reads a policy file.
    /// - Parameters:
    ///   - file: its name, for messages.
    ///   - roles: the roles that there are; a budget for another is an error.
    /// - Throws: `.policy`
    public init(json5 text: [UInt8], file: String, roles: [[UInt8]]) throws(AgentError) {
        self = try PolicyText.read(text, file: file) { root throws(JSONShapeError) in
            try ModelPolicyReader(roles: roles).read(root)
        }
    }

    /// No models.
    public static let none = ModelPolicy(
        currency: "EUR", servers: [:], models: [:], uses: [:],
        defaultBudget: Budget(tokensPerMinute: nil, costMicrosPerDay: nil), budgets: [:], patience: Patience())
}

private struct ModelPolicyReader {
    let roles: [[UInt8]]

    func read(_ node: JSONNode) throws(JSONShapeError) -> ModelPolicy {
        let root = try JSONObject(
            node, allowing: ["$schema", "version", "currency", "servers", "models", "use", "budgets", "patience"])
        _ = try root.optionalString("$schema")
        _ = try root.integer("version", in: 1...1)
        var servers: [String: ModelPolicy.Server] = [:]
        for (name, object) in try named(root, "servers", countMax: AgentLimits.modelServersMax) {
            servers[name] = try server(name, object)
        }
        var models: [String: ModelPolicy.Model] = [:]
        for (name, object) in try named(root, "models", countMax: AgentLimits.modelsMax) {
            models[name] = try model(name, object, servers)
        }
        let uses = try uses(root, models)
        let budgets = try budgets(root, isNeeded: uses.values.contains { !$0.isEmpty })
        return ModelPolicy(
            currency: try root.optionalString("currency", countRange: 1...16) ?? "EUR", servers: servers,
            models: models, uses: uses, defaultBudget: budgets.byDefault, budgets: budgets.roles,
            patience: try patience(root))
    }

    private func named(_ root: JSONObject, _ name: String, countMax: Int) throws(JSONShapeError) -> [(
        String, JSONNode
    )] {
        guard let object = try root.optionalObject(name, allowing: nil) else { return [] }
        guard object.members.count <= countMax else {
            throw root.error(name, found: "\(object.members.count) of them", wanted: "at most \(countMax)")
        }
        var found: [(String, JSONNode)] = []
        for member in object.members {
            guard Identifier.accepts(member.name, countRange: 1...AgentLimits.modelNameBytesMax, punctuation: "-_.")
            else {
                throw JSONShapeError(
                    pointer: object.pointer, offset: member.nameOffset, found: "a name of other characters",
                    wanted: "1 to \(AgentLimits.modelNameBytesMax) of A-Z a-z 0-9 - _ .")
            }
            found.append((String(decoding: member.name, as: UTF8.self), member.node))
        }
        return found
    }

    // MARK: Servers

    private func server(_ name: String, _ node: JSONNode) throws(JSONShapeError) -> ModelPolicy.Server {
        let object = try JSONObject(
            node, at: "/servers/\(name)",
            allowing: [
                "url", "client_ca", "key_file", "key_env", "connect_ms", "idle_ms", "total_ms", "answer_form", "stream",
                "stream_usage", "tools", "answer_tokens",
            ])
        let url = try object.string("url")
        guard let endpoint = HTTPEndpoint(url) else {
            throw object.error(
                "url", found: "another kind of URL",
                wanted: "https://HOST[:PORT][/PATH], or http:// with a numeric loopback address")
        }
        return ModelPolicy.Server(
            name: name, url: url.hasSuffix("/") ? String(url.dropLast()) : url, port: endpoint.port,
            caFile: try object.optionalString("client_ca", countRange: 1...4_096), key: try key(object),
            connectTimeout: try milliseconds(object, "connect_ms", 5_000, in: 10...60_000),
            idleTimeout: try milliseconds(object, "idle_ms", 30_000, in: 10...600_000),
            totalTimeout: try milliseconds(object, "total_ms", 60_000, in: 10...600_000),
            answerForm: try choice(object, "answer_form") ?? .none, streams: try object.optionalBool("stream") ?? true,
            countsStreams: try object.optionalBool("stream_usage") ?? true,
            callsTools: try object.optionalBool("tools") ?? true,
            answerTokensMember: try choice(object, "answer_tokens") ?? .maxTokens)
    }

    private func key(_ object: JSONObject) throws(JSONShapeError) -> ModelPolicy.Server.KeySource? {
        let file = try object.optionalString("key_file", countRange: 1...4_096)
        let variable = try object.optionalBytes("key_env", countRange: 1...128)
        switch (file, variable) {
        case (nil, nil): return nil
        case (let file?, nil): return .file(file)
        case (nil, let variable?):
            guard Identifier.accepts(variable, countRange: 1...128, punctuation: "_") else {
                throw object.error("key_env", found: "no name of a variable", wanted: "letters, digits and _")
            }
            return .environment(String(decoding: variable, as: UTF8.self))
        default: throw object.error("key_env", found: "key_file as well", wanted: "one of the two")
        }
    }

    // MARK: Models

    private func model(
        _ name: String, _ node: JSONNode, _ servers: [String: ModelPolicy.Server]
    ) throws(JSONShapeError) -> ModelPolicy.Model {
        let object = try JSONObject(
            node, at: "/models/\(name)",
            allowing: ["server", "model", "context_tokens", "answer_tokens", "temperature", "price_in", "price_out"])
        let server = try object.string("server")
        guard servers[server] != nil else {
            throw object.error("server", found: "an unknown server", wanted: "a name in servers")
        }
        let context = try object.integer("context_tokens", in: 512...10_000_000)
        return ModelPolicy.Model(
            name: name, server: server,
            servedName: try object.string("model", countRange: 1...AgentLimits.servedModelNameBytesMax),
            contextTokens: context,
            answerTokensMax: try object.optionalInteger("answer_tokens", in: 16...(context / 2))
                ?? min(800, context / 4),
            temperaturePPM: try number(object, "temperature", in: 0...2, wanted: "a number from 0 to 2"),
            promptPriceMicros: try price(object, "price_in"), answerPriceMicros: try price(object, "price_out"))
    }

    private func price(_ object: JSONObject, _ name: String) throws(JSONShapeError) -> Int64 {
        Int64(try number(object, name, in: 0...100_000, wanted: "the price of a million tokens, 0 to 100000") ?? 0)
    }

    private func uses(
        _ root: JSONObject, _ models: [String: ModelPolicy.Model]
    ) throws(JSONShapeError) -> [ModelUse: [ModelPolicy.Model]] {
        guard let object = try root.optionalObject("use", allowing: ModelUse.allCases.map(\.rawValue)) else {
            return [:]
        }
        var uses: [ModelUse: [ModelPolicy.Model]] = [:]
        for use in ModelUse.allCases where object.optional(use.rawValue) != nil {
            var listed: [ModelPolicy.Model] = []
            for name in try object.strings(use.rawValue) {
                guard let model = models[name], !listed.contains(model), listed.count < AgentLimits.modelFallbacksMax
                else {
                    throw object.error(
                        use.rawValue, found: "an unknown model, one twice, or too many",
                        wanted: "at most \(AgentLimits.modelFallbacksMax) different names in models")
                }
                listed.append(model)
            }
            uses[use] = listed
        }
        return uses
    }

    // MARK: Budgets and patience

    private func budgets(
        _ root: JSONObject, isNeeded: Bool
    ) throws(JSONShapeError) -> (byDefault: ModelPolicy.Budget, roles: [String: ModelPolicy.Budget]) {
        let unbounded = ModelPolicy.Budget(tokensPerMinute: nil, costMicrosPerDay: nil)
        guard let object = try root.optionalObject("budgets", allowing: ["default", "roles"]) else {
            // Whoever is to pay says how much: nobody has no bound by an oversight.
            if isNeeded { throw root.error("budgets", found: "nothing", wanted: "budgets where models are in use") }
            return (unbounded, [:])
        }
        let byDefault = try budget(try object.object("default", allowing: Self.budgetMembers))
        var budgets: [String: ModelPolicy.Budget] = [:]
        for member in try object.optionalObject("roles", allowing: nil)?.members ?? [] {
            guard roles.contains(member.name), budgets.count < AgentLimits.modelBudgetsMax else {
                throw object.error("roles", found: "an unknown role", wanted: "roles of the RBAC policy")
            }
            let name = String(decoding: member.name, as: UTF8.self)
            budgets[name] = try budget(
                try JSONObject(member.node, at: "/budgets/roles/\(name)", allowing: Self.budgetMembers))
        }
        return (byDefault, budgets)
    }

    private static let budgetMembers = ["tokens_per_minute", "cost_per_day"]

    private func budget(_ object: JSONObject) throws(JSONShapeError) -> ModelPolicy.Budget {
        ModelPolicy.Budget(
            tokensPerMinute: try object.optionalInteger("tokens_per_minute", in: 0...100_000_000),
            costMicrosPerDay: try number(object, "cost_per_day", in: 0...1_000_000, wanted: "an amount, 0 to 1000000")
                .map(Int64.init))
    }

    private func patience(_ root: JSONObject) throws(JSONShapeError) -> ModelPolicy.Patience {
        var patience = ModelPolicy.Patience()
        guard
            let object = try root.optionalObject(
                "patience",
                allowing: [
                    "attempts", "deadline_ms", "pause_ms", "pause_max_ms", "failures", "rest_ms", "rest_max_ms",
                ])
        else { return patience }
        patience.attemptsMax = try object.optionalInteger("attempts", in: 1...AgentLimits.modelAttemptsMax) ?? 3
        patience.deadline = try milliseconds(object, "deadline_ms", 60_000, in: 100...600_000)
        patience.pause = try milliseconds(object, "pause_ms", 250, in: 1...60_000)
        patience.pauseMax = try milliseconds(object, "pause_max_ms", 8_000, in: 1...60_000)
        patience.failuresMax = try object.optionalInteger("failures", in: 1...1_000) ?? 5
        patience.rest = try milliseconds(object, "rest_ms", 10_000, in: 10...3_600_000)
        patience.restMax = try milliseconds(object, "rest_max_ms", 300_000, in: 10...3_600_000)
        return patience
    }

    // MARK: Values

    private func milliseconds(
        _ object: JSONObject, _ name: String, _ byDefault: Int, in range: ClosedRange<Int>
    ) throws(JSONShapeError) -> Duration {
        .milliseconds(try object.optionalInteger(name, in: range) ?? byDefault)
    }

    /// A number in millionths; nil where it is not there.
    private func number(
        _ object: JSONObject, _ name: String, in range: ClosedRange<Double>, wanted: String
    ) throws(JSONShapeError) -> Int? {
        guard let node = object.optional(name) else { return nil }
        let value: Double
        switch node.value {
        case .double(let double): value = double
        case .integer(let integer): value = Double(integer)
        default: value = .nan
        }
        guard range.contains(value) else { throw object.error(name, found: "no such number", wanted: wanted) }
        return Int((value * 1_000_000).rounded())
    }

    private func choice<Choice: RawRepresentable & CaseIterable>(
        _ object: JSONObject, _ name: String
    ) throws(JSONShapeError) -> Choice? where Choice.RawValue == String {
        guard let text = try object.optionalString(name) else { return nil }
        guard let choice = Choice(rawValue: text) else {
            throw object.error(
                name, found: "another word",
                wanted: Choice.allCases.map { "\"\($0.rawValue)\"" }.joined(separator: ", "))
        }
        return choice
    }
}
