internal import Synchronization
internal import Threading

/// The name of a conversation: another principal's of the same name is another.
public struct ConversationName: Hashable, Sendable {
    /// Whose it is.
    public let principal: PrincipalKey
    /// What the principal calls it.
    public let session: SessionID

    /// A name.
    public init(principal: PrincipalKey, session: SessionID) {
        self.principal = principal
        self.session = session
    }

    init?(_ context: ToolContext) {
        guard let session = context.sessionID else { return nil }
        self.init(principal: context.principal, session: session)
    }
}

/// Where conversations' states are kept.
public protocol ConversationMemory: Sendable {
    /// The state of a conversation; a new one where none is kept.
    func state(of conversation: ConversationName) async -> ConversationState
    /// Keeps the state of a conversation, in place of the one before.
    func keep(_ state: ConversationState, of conversation: ConversationName) async
}

/// Conversations' states in memory: a restart begins each anew. One that is idle too long is forgotten, and so is the one
/// idle longest where there is no room.
public final class ConversationTable: ConversationMemory {
    private struct Kept {
        let state: ConversationState
        let used: Int64
    }

    private let countMax: Int
    private let clock: @Sendable () -> Int64
    private let table = Mutex<[ConversationName: Kept]>([:])

    /// An empty table.
    public convenience init() { self.init(countMax: AgentLimits.conversationsMax) { WallClock.seconds } }

    /// An empty table, by a clock that says seconds.
    init(countMax: Int, clock: @escaping @Sendable () -> Int64) {
        self.countMax = max(1, countMax)
        self.clock = clock
    }

    /// The state of a conversation; a new one where none is kept, or it was idle too long.
    public func state(of conversation: ConversationName) async -> ConversationState { peek(conversation) }

    /// The state without a suspension.
    func peek(_ conversation: ConversationName) -> ConversationState {
        let now = clock()
        return table.withLock { table in
            guard let kept = table[conversation], now - kept.used < AgentLimits.conversationSeconds else {
                return ConversationState()
            }
            return kept.state
        }
    }

    /// Keeps the state of a conversation; one that begins anew takes no room.
    public func keep(_ state: ConversationState, of conversation: ConversationName) async {
        let now = clock()
        table.withLock { table in
            guard !state.isEmpty else {
                table[conversation] = nil
                return
            }
            if table[conversation] == nil && table.count >= countMax { Self.makeRoom(in: &table, now, countMax) }
            table[conversation] = Kept(state: state, used: now)
        }
    }

    /// Takes out what is over, or an eighth of all, so that a full table is not gone through for each message.
    private static func makeRoom(in table: inout [ConversationName: Kept], _ now: Int64, _ countMax: Int) {
        table = table.filter { now - $0.value.used < AgentLimits.conversationSeconds }
        guard table.count >= countMax else { return }
        let oldest = table.sorted { $0.value.used < $1.value.used }.prefix(max(1, countMax / 8))
        for (name, _) in oldest { table[name] = nil }
    }

    /// Conversations kept now.
    public var count: Int { table.withLock { $0.count } }
}
