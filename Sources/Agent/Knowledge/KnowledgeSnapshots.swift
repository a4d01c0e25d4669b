internal import Synchronization

/// The versions of the knowledge base that are in memory: the one in force and, while an import commits, the next.
///
/// A reader asks the database which version its transaction sees and takes the index of just that version, so that row
/// numbers from FTS5 never meet the texts of another import.
final class KnowledgeSnapshots: Sendable {
    private struct State {
        var current: KnowledgeIndex?
        var next: KnowledgeIndex?
        var inspector: KnowledgeBase.Inspector?
        var screen: ScopeScreen
    }

    private let state: Mutex<State>

    init(inspector: KnowledgeBase.Inspector?, screen: ScopeScreen = .empty) {
        state = Mutex(State(inspector: inspector, screen: screen))
    }

    /// What finds signs of being out of scope.
    var screen: ScopeScreen { state.withLock { $0.screen } }

    /// From the next search on another screen is in force.
    func replaceScreen(by screen: ScopeScreen) { state.withLock { $0.screen = screen } }

    /// Has another one look at the passages, at those in force at once. On the writer's thread.
    func replaceInspector(by inspector: KnowledgeBase.Inspector?) {
        let current = state.withLock { state in
            state.inspector = inspector
            return state.current
        }
        guard let current else { return }
        let inspected = KnowledgeIndex(current, cleared: cleared(current.version, current.passages))
        state.withLock { state in
            if state.current === current { state.current = inspected }
        }
    }

    /// Which of the passages may go to any caller as they are: none that nobody has looked at.
    func cleared(_ version: Int64, _ passages: [Passage]) -> [Bool] {
        guard let inspector = state.withLock({ $0.inspector }), case let cleared = inspector(version, passages),
            cleared.count == passages.count
        else {
            return Array(repeating: false, count: passages.count)
        }
        return cleared
    }

    /// The version in force as far as this process knows; 0 before the first import.
    var version: Int64 { state.withLock { $0.current?.version ?? 0 } }

    /// Whether the version in force is searched by vectors too.
    var hasVectors: Bool { state.withLock { $0.current?.semantic != nil } }

    /// How far the vectors of the version in force are.
    var meaning: MeaningState { state.withLock { $0.current?.meaning ?? .off } }

    func index(version: Int64) -> KnowledgeIndex? {
        state.withLock { state in
            if let current = state.current, current.version == version { return current }
            if let next = state.next, next.version == version { return next }
            return nil
        }
    }

    /// Makes `index` known before the transaction that writes it commits.
    func prepare(_ index: KnowledgeIndex) { state.withLock { $0.next = index } }

    /// The transaction failed: its version number will be used again, for other rows.
    func withdraw() { state.withLock { $0.next = nil } }

    /// `index` is in force.
    func publish(_ index: KnowledgeIndex) {
        state.withLock { state in
            if index.version >= state.current?.version ?? 0 { state.current = index }
            if state.next?.version == index.version { state.next = nil }
        }
    }
}
