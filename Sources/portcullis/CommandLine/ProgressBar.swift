internal import Gateway
internal import Synchronization

/// A bar on standard error for work that takes longer than a second, where a person watches.
///
/// A value: the time is an argument, and what to draw is returned.
struct ProgressBar {
    /// Nothing is drawn before this.
    static let delayNanoseconds: UInt64 = 1_000_000_000
    /// Drawn at most this often.
    static let intervalNanoseconds: UInt64 = 100_000_000
    private static let cells = 30

    private let label: String
    private let startedAt: UInt64
    private var drawnAt: UInt64?

    init(_ label: String, now: UInt64) {
        self.label = label
        startedAt = now
    }

    /// Whether to draw at `now`: not too early and not too often.
    private mutating func isDue(_ now: UInt64) -> Bool {
        guard now >= startedAt + Self.delayNanoseconds else { return false }
        if let drawnAt, now < drawnAt + Self.intervalNanoseconds { return false }
        drawnAt = now
        return true
    }

    /// The text to write for work whose end is not known: a mark that wanders, and the seconds so far; nil where nothing
    /// is to be drawn yet.
    mutating func update(now: UInt64) -> String? {
        guard isDue(now) else { return nil }
        let elapsed = now - startedAt
        let mark = Int(elapsed / Self.intervalNanoseconds % UInt64(Self.cells))
        let bar = String(repeating: ".", count: mark) + "#" + String(repeating: ".", count: Self.cells - mark - 1)
        return "\r\(label) [\(bar)] \(elapsed / 1_000_000_000) s"
    }

    /// The text to write for `done` of `total` at `now`; nil where nothing is to be drawn yet.
    mutating func update(_ done: Int, of total: Int, now: UInt64) -> String? {
        guard isDue(now) else { return nil }
        let share = total > 0 ? min(1, max(0, Double(done) / Double(total))) : 0
        let full = Int(share * Double(Self.cells))
        let bar = String(repeating: "#", count: full) + String(repeating: ".", count: Self.cells - full)
        return "\r\(label) [\(bar)] \(Int(share * 100)) %"
    }

    /// The text that wipes the bar; nil where none was drawn.
    mutating func finish() -> String? {
        guard drawnAt != nil else { return nil }
        drawnAt = nil
        return "\r\u{1B}[K"
    }
}

/// Draws a progress bar where standard error is a terminal, and does nothing elsewhere.
final class ProgressDisplay {
    private var bar: ProgressBar?

    init(_ label: String) {
        bar = Console.errorIsTerminal ? ProgressBar(label, now: Console.nanoseconds) : nil
    }

    /// Shows that `done` of `total` is done.
    func show(_ done: Int, of total: Int) {
        if let text = bar?.update(done, of: total, now: Console.nanoseconds) { Console.writeError(text) }
    }

    /// Shows that work goes on.
    func show() {
        if let text = bar?.update(now: Console.nanoseconds) { Console.writeError(text) }
    }

    /// Wipes the bar.
    func finish() {
        if let wipe = bar?.finish() { Console.writeError(wipe) }
    }
}

/// How far some work is, told by who does it and read by who shows it.
final class WorkProgress: Sendable {
    private let state = Mutex((done: 0, total: 0))

    /// Tells that `done` of `total` is done.
    func note(_ done: Int, _ total: Int) { state.withLock { $0 = (done, total) } }

    /// What was told last; nil where it says nothing, for there is one piece or none.
    var share: (done: Int, total: Int)? { state.withLock { $0.total > 1 ? $0 : nil } }
}

/// Does `work`, which may block this thread, and shows that it goes on, or how far it is where `progress` is told.
func showingWork<Result>(
    _ label: String, progress: WorkProgress? = nil, _ work: () async throws(CommandFailure) -> Result
) async throws(CommandFailure) -> Result {
    // A task of its own, off this thread: the work may block it.
    let display = Task { @concurrent in
        let bar = ProgressDisplay(label)
        while !Task.isCancelled {
            if let share = progress?.share { bar.show(share.done, of: share.total) } else { bar.show() }
            try? await Task.sleep(for: .nanoseconds(ProgressBar.intervalNanoseconds))
        }
        bar.finish()
    }
    let outcome: Swift.Result<Result, CommandFailure>
    do throws(CommandFailure) { outcome = .success(try await work()) } catch { outcome = .failure(error) }
    display.cancel()
    await display.value
    return try outcome.get()
}
