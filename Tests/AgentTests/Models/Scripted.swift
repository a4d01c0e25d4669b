import Synchronization
import Threading

@testable import Agent

/// A server that answers as it is told, piece by piece, and keeps what it was sent.
final class ScriptedTransport: ModelTransport {
    /// One answer.
    enum Turn: Sendable {
        case answer(status: Int, fields: [String: String] = [:], pieces: [[UInt8]], end: TransportError? = nil)
        /// The same piece without end.
        case endless(status: Int, fields: [String: String] = [:], piece: [UInt8])
        case failure(TransportError)

        static func json(_ text: String, status: Int = 200, _ fields: [String: String] = [:]) -> Turn {
            .answer(
                status: status, fields: fields.merging(["content-type": "application/json"]) { one, _ in one },
                pieces: [Array(text.utf8)])
        }

        static func says(_ text: String, usage: (Int, Int)? = nil) -> Turn { .json(completion(text, usage: usage)) }

        static func events(_ events: [String], end: TransportError? = nil) -> Turn {
            .answer(
                status: 200, fields: ["content-type": "text/event-stream"],
                pieces: events.map { Array("data: \($0)\n\n".utf8) }, end: end)
        }
    }

    private struct State {
        var turns: [Turn]
        var requests: [TransportRequest] = []
        var cancelled = 0
    }

    private let state: Mutex<State>
    /// What comes when the turns are used up.
    private let last: Turn

    init(_ turns: [Turn], last: Turn = .failure(.unreachable)) {
        state = Mutex(State(turns: turns))
        self.last = last
    }

    var requests: [TransportRequest] { state.withLock { $0.requests } }
    var cancelled: Int { state.withLock { $0.cancelled } }
    var bodies: [String] { requests.map { text($0.body ?? []) } }

    func open(_ request: TransportRequest) async throws(TransportError) -> any TransportResponse {
        let turn = state.withLock { state in
            state.requests.append(request)
            return state.turns.isEmpty ? last : state.turns.removeFirst()
        }
        if case .failure(let error) = turn { throw error }
        return ScriptedResponse(turn) { [self] in state.withLock { $0.cancelled += 1 } }
    }
}

private final class ScriptedResponse: TransportResponse {
    let status: Int
    private let fields: [String: String]
    private var pieces: [[UInt8]]
    private let isEndless: Bool
    private let end: TransportError?
    private let onCancel: () -> Void

    init(_ turn: ScriptedTransport.Turn, onCancel: @escaping () -> Void) {
        self.onCancel = onCancel
        switch turn {
        case .answer(let status, let fields, let pieces, let end):
            (self.status, self.fields, self.pieces, self.end, isEndless) = (status, fields, pieces, end, false)
        case .endless(let status, let fields, let piece):
            (self.status, self.fields, pieces, end, isEndless) = (status, fields, [piece], nil, true)
        case .failure: (status, fields, pieces, end, isEndless) = (500, [:], [], nil, false)
        }
    }

    func field(_ name: String) -> String? { fields[name] }

    func next() async throws(TransportError) -> [UInt8]? {
        if isEndless { return pieces[0] }
        guard pieces.isEmpty else { return pieces.removeFirst() }
        if let end { throw end }
        return nil
    }

    func cancel() { onCancel() }
}

/// An answer that comes whole.
func completion(_ text: String, usage: (Int, Int)? = nil) -> String {
    let counts = usage.map { ",\"usage\":{\"prompt_tokens\":\($0.0),\"completion_tokens\":\($0.1)}" } ?? ""
    return "{\"id\":\"x\",\"choices\":[{\"index\":0,\"message\":{\"role\":\"assistant\",\"content\":\(quoted(text))},"
        + "\"finish_reason\":\"stop\"}]\(counts)}"
}

/// A piece of a streamed answer.
func delta(_ text: String, finish: String? = nil) -> String {
    "{\"choices\":[{\"index\":0,\"delta\":{\"content\":\(quoted(text))}"
        + (finish.map { ",\"finish_reason\":\"\($0)\"" } ?? "") + "}]}"
}

func quoted(_ text: String) -> String {
    var quoted = "\""
    for scalar in text.unicodeScalars {
        switch scalar {
        case "\"": quoted += "\\\""
        case "\\": quoted += "\\\\"
        case "\n": quoted += "\\n"
        default: quoted.unicodeScalars.append(scalar)
        }
    }
    return quoted + "\""
}

/// A clock that a pause moves, and nothing else.
final class ScriptedClock: Sendable {
    private let state = Mutex<(nanoseconds: UInt64, wall: Int64, pauses: [Duration])>(
        (1_000_000_000, 1_790_000_000, []))

    var pauses: [Duration] { state.withLock { $0.pauses } }

    func advance(_ duration: Duration) {
        state.withLock { state in
            state.nanoseconds += UInt64(max(0, duration.microseconds)) * 1_000
            state.wall += duration.components.seconds
        }
    }

    func clock(random: @escaping @Sendable (UInt64) -> UInt64 = { $0 - 1 }) -> ModelClock {
        ModelClock(
            now: { [self] in MonotonicInstant(nanoseconds: state.withLock { $0.nanoseconds }) },
            wallSeconds: { [self] in state.withLock { $0.wall } },
            pause: { [self] duration in
                state.withLock { $0.pauses.append(duration) }
                advance(duration)
            }, random: random)
    }
}

/// A policy with two servers, `one` and `two`, and a model at each, `a` and `b`.
func policy(
    use: String = "answer: [\"a\", \"b\"]", budgets: String = "default: {}", patience: String = "",
    one: String = "key_env: \"KEY\", answer_form: \"json_schema\"", prices: String = ""
) throws -> ModelPolicy {
    try ModelPolicy(
        json5: Array(
            """
            {
              version: 1,
              servers: { one: { url: "https://one.example/v1", \(one) }, two: { url: "https://two.example/v1" } },
              models: {
                a: { server: "one", model: "maker/a", context_tokens: 8000, answer_tokens: 400, temperature: 0.25, \(prices) },
                b: { server: "two", model: "b", context_tokens: 8000, answer_tokens: 400 },
              },
              use: { \(use) }, budgets: { \(budgets) }, patience: { \(patience) },
            }
            """.utf8), file: "models.json5", roles: [Array("customer".utf8), Array("teller".utf8)])
}

let caller = PrincipalKey(issuer: Array("issuer".utf8), subject: Array("subject".utf8))

func request(_ text: String = "Hello", form: ChatRequest.AnswerForm? = nil, tokens: Int = 100) -> ChatRequest {
    ChatRequest(
        messages: [ChatMessage(.system, Array("Rules.".utf8)), ChatMessage(.user, Array(text.utf8))], form: form,
        answerTokensMax: tokens, principal: caller)
}

/// A client over a script.
struct ScriptedClient {
    let transport: ScriptedTransport
    let time = ScriptedClock()
    let memory: ModelMemory
    let client: ModelClient

    init(
        _ turns: [ScriptedTransport.Turn], last: ScriptedTransport.Turn = .failure(.unreachable),
        _ policy: ModelPolicy? = nil, memory: ModelMemory = ModelMemory(spending: nil)
    ) throws {
        transport = ScriptedTransport(turns, last: last)
        self.memory = memory
        let policy = try policy ?? AgentTests.policy()
        client = ModelClient(
            policy: policy,
            access: try ModelAccess(policy, path: { $0 }, variable: { $0 == "KEY" ? Array("s3cret-key".utf8) : nil }),
            transport: transport, memory: memory, clock: time.clock(), repairPrompt: Array("Mend it:".utf8))
    }

    /// A completion, or why there is none.
    func ask(
        _ request: ChatRequest = AgentTests.request(), deltas: ((ArraySlice<UInt8>) async -> Bool)? = nil
    ) async -> Result<ChatCompletion, ModelError> {
        do throws(ModelError) { return .success(try await client.complete(request, deltas: deltas)) } catch {
            return .failure(error)
        }
    }
}

extension Result where Success == ChatCompletion, Failure == ModelError {
    var completion: ChatCompletion? { try? get() }
    var error: ModelError? { if case .failure(let error) = self { error } else { nil } }
}
