/// Which language models are asked, by what rules: `policies/models.json5`. Without one, none is.
public struct ModelPolicy: Sendable {
    /// A server that models are at.
    public struct Server: Hashable, Sendable {
        /// Its name in the policy.
        public let name: String
        /// Where its interface begins, such as `https://openrouter.ai/api/v1`.
        public let url: String
        /// The port that it is called at.
        public let port: UInt16
        /// PEM file with the CAs that vouch for it; nil for the system's. As written: relative to the state folder.
        public let caFile: String?
        /// Where its key is; nil where it wants none.
        public let key: KeySource?
        /// Until the connection stands; between two pieces of an answer; from the start to the end of one attempt.
        public let connectTimeout: Duration, idleTimeout: Duration, totalTimeout: Duration
        /// What it can hold a model to.
        public let answerForm: AnswerForm
        /// Whether answers come piece by piece, tells what a stream took (`stream_options`), and its models can call tools.
        public let streams: Bool, countsStreams: Bool, callsTools: Bool
        /// What it calls the bound of an answer's tokens.
        public let answerTokensMember: AnswerTokensMember

        /// Where a key is.
        public enum KeySource: Hashable, Sendable {
            /// A file of mode 0600. As written: relative to the state folder.
            case file(String)
            /// A variable of the process's environment.
            case environment(String)
        }

        /// Forms that a server can hold a model to. What it cannot, the prompt asks for.
        public enum AnswerForm: String, CaseIterable, Sendable {
            case jsonSchema = "json_schema"
            case jsonObject = "json_object"
            case none
        }

        /// Names for the bound of an answer's tokens.
        public enum AnswerTokensMember: String, CaseIterable, Sendable {
            case maxTokens = "max_tokens"
            case maxCompletionTokens = "max_completion_tokens"
        }
    }

    /// A model at a server.
    public struct Model: Hashable, Sendable {
        /// Its name in the policy, in records and in figures.
        public let name: String
        /// The server's name.
        public let server: String
        /// Its name at the server.
        public let servedName: String
        /// Tokens that it sees at once, and may answer with.
        public let contextTokens: Int, answerTokensMax: Int
        /// 0 to 2,000,000; nil for the server's own.
        public let temperaturePPM: Int?
        /// What a million tokens cost, in millionths of the currency.
        public let promptPriceMicros: Int64, answerPriceMicros: Int64

        /// What so many tokens cost, rounded up: in millionths of the currency.
        func cost(promptTokens: Int, answerTokens: Int) -> Int64 {
            let sum = Int64(promptTokens) * promptPriceMicros + Int64(answerTokens) * answerPriceMicros
            return (sum + 999_999) / 1_000_000
        }
    }

    /// What a principal may use.
    public struct Budget: Hashable, Sendable {
        /// Tokens of requests and answers together; nil for no bound.
        public let tokensPerMinute: Int?
        /// Millionths of the currency a day (UTC); nil for no bound.
        public let costMicrosPerDay: Int64?

        /// The wider of both, member by member.
        func widened(by other: Budget) -> Budget {
            Budget(
                tokensPerMinute: Self.wider(tokensPerMinute, other.tokensPerMinute),
                costMicrosPerDay: Self.wider(costMicrosPerDay, other.costMicrosPerDay))
        }

        private static func wider<Value: Comparable>(_ one: Value?, _ other: Value?) -> Value? {
            guard let one, let other else { return nil }
            return max(one, other)
        }
    }

    /// How failures are met.
    public struct Patience: Hashable, Sendable {
        /// Attempts at one model.
        public var attemptsMax = 3
        /// For a request with all attempts, pauses and fall-backs.
        public var deadline: Duration = .seconds(60)
        /// A pause before attempt n is 0 to `pause` * 2^(n - 1), at most `pauseMax` (full jitter).
        public var pause: Duration = .milliseconds(250)
        /// See `pause`.
        public var pauseMax: Duration = .seconds(8)
        /// Failures in a row after which a server is left alone, and for how long at first and at most.
        public var failuresMax = 5
        /// See `failuresMax`.
        public var rest: Duration = .seconds(10)
        /// See `failuresMax`.
        public var restMax: Duration = .seconds(300)

        /// What is so where nothing is said.
        public init() {}
    }

    /// The currency's name, for people.
    public let currency: String
    /// By name.
    public let servers: [String: Server]
    /// By name.
    public let models: [String: Model]
    /// The models of each use, the first asked first.
    public let uses: [ModelUse: [Model]]
    /// What a principal may use who is in none of the roles.
    public let defaultBudget: Budget
    /// By role.
    public let budgets: [String: Budget]
    /// How failures are met.
    public let patience: Patience

    /// Whether any model is asked.
    public var isEmpty: Bool { uses.values.allSatisfy(\.isEmpty) }

    /// The servers that are called, by name.
    public var calledServers: [Server] {
        let names = Set(uses.values.flatMap { $0.map(\.server) })
        return servers.values.filter { names.contains($0.name) }.sorted { $0.name < $1.name }
    }

    /// Whether what a day costs must be known after a restart.
    public var boundsCost: Bool {
        defaultBudget.costMicrosPerDay != nil || budgets.values.contains { $0.costMicrosPerDay != nil }
    }

    /// What a principal in `roles` may use: the widest of what each allows.
    func budget(of roles: [[UInt8]]) -> Budget {
        let own = roles.compactMap { budgets[String(decoding: $0, as: UTF8.self)] }
        guard let first = own.first else { return defaultBudget }
        return own.dropFirst().reduce(first) { $0.widened(by: $1) }
    }
}

/// What models are asked for.
public enum ModelUse: String, CaseIterable, Sendable {
    /// An answer to a customer.
    case answer
    /// A summary of a conversation.
    case summary
}
