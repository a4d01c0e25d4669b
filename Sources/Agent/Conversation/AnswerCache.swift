internal import Synchronization

/// What was found for a question, kept by its text while the knowledge base stays the same.
///
/// Two generations of half the bound each: when the younger is full, it becomes the elder and the elder is dropped; a hit
/// in the elder moves to the younger. So what is asked often stays, at the price of one dictionary look-up.
final class AnswerCache<Value: Sendable>: Sendable {
    private struct State {
        var version: Int64 = 0
        var younger: [[UInt8]: Value] = [:]
        var elder: [[UInt8]: Value] = [:]
    }

    private let generationMax: Int
    private let state = Mutex(State())

    init(entriesMax: Int) { generationMax = max(1, entriesMax / 2) }

    func value(for key: [UInt8], version: Int64) -> Value? {
        let (value, dropped) = state.withLock { state -> (Value?, State?) in
            guard state.version == version else { return (nil, nil) }
            if let value = state.younger[key] { return (value, nil) }
            guard let value = state.elder[key] else { return (nil, nil) }
            return (value, insert(value, for: key, into: &state))
        }
        // Thousands of entries may be freed here, outside the lock.
        _ = consume dropped
        return value
    }

    /// Keeps `value`, unless it was found in an older version than others already here.
    func store(_ value: Value, for key: [UInt8], version: Int64) {
        let dropped = state.withLock { state -> State? in
            if version < state.version { return nil }
            if version == state.version { return insert(value, for: key, into: &state) }
            let dropped = state
            state = State(version: version, younger: [key: value])
            return dropped
        }
        _ = consume dropped
    }

    private func insert(_ value: Value, for key: [UInt8], into state: inout State) -> State? {
        var dropped: State?
        if state.younger.count >= generationMax {
            dropped = State(elder: state.elder)
            state.elder = state.younger
            state.younger = [:]
        }
        state.younger[key] = value
        return dropped
    }
}
