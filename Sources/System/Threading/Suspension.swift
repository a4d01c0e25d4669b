/// Suspends the task until `body`'s resumption is called.
///
/// A thin cover of `withUnsafeContinuation`: the checked kind allocates and locks, which a request pays several times.
/// The contract is the same: exactly one `resume` on every path. `Audit` and `Edge` keep it by resuming only where they
/// take the resumption out of the one slot that holds it.
public nonisolated(nonsending) func suspend<Value: Sendable>(
    _ body: (Resumption<Value>) -> Void
) async -> Value {
    unsafe await withUnsafeContinuation { (continuation: UnsafeContinuation<Value, Never>) in
        body(unsafe Resumption(continuation))
    }
}

/// The right to resume one suspended task, once, from any thread.
@safe public struct Resumption<Value: Sendable>: Sendable {
    private let continuation: UnsafeContinuation<Value, Never>

    fileprivate init(_ continuation: UnsafeContinuation<Value, Never>) {
        unsafe self.continuation = continuation
    }

    /// Hands `value` to the task and schedules it on its executor.
    public func resume(returning value: Value) {
        unsafe continuation.resume(returning: value)
    }
}

extension Resumption where Value == Void {
    /// Schedules the task on its executor.
    public func resume() { resume(returning: ()) }
}
