internal import Bytes
internal import LinuxIO
internal import Synchronization
internal import Threading

/// The process's log: one JSON object a line, on standard error.
///
/// ```
/// {"time":"2026-08-01T12:00:00.000001Z","level":"info","event":"request","request_id":"…","status":200,…}
/// ```
/// Whoever logs writes into the buffer of its own thread and goes on; a thread of the log's own takes all buffers at
/// once and writes them with one call. So nothing waits for standard error: when that is stuck, lines are dropped once
/// the buffer is full, counted, and the next line that gets through says how many.
///
/// The thread sleeps while there is nothing to write and waits `linger` for more before it does, so that a busy loop
/// wakes it 20 times a second and not for each line.
public final class Logger: Sendable {
    /// Writes a batch and says whether it went through. May block: it has a thread of its own.
    public typealias Sink = @Sendable ([UInt8]) -> Bool

    /// Counts since the start.
    public struct Statistics: Sendable, Equatable {
        /// Lines handed to the sink.
        public var written: UInt64 = 0
        /// Lines that were dropped because the sink was stuck or refused them.
        public var dropped: UInt64 = 0
    }

    private struct Buffer: ~Copyable {
        var line = LogLine()
        var lineCount: UInt64 = 0
        var dropped: UInt64 = 0
    }

    private final class Shard: Sendable {
        let buffer = Mutex(Buffer())
    }

    /// The least important level that is written.
    public let level: LogLevel
    private let hasPriority: Bool
    private let bytesMax: Int
    private let sink: Sink
    private let shards: [Shard]
    private let wakeUp: WakeUp
    private let finished: WakeUp
    private let isAsleep = Atomic<Bool>(false)
    private let isUrgent = Atomic<Bool>(false)
    private let isClosing = Atomic<Bool>(false)
    private let flushesWanted = Atomic<UInt64>(0)
    private let flushesDone = Atomic<UInt64>(0)
    private let written = Atomic<UInt64>(0)
    private let dropped = Atomic<UInt64>(0)

    private static let shardCount = 16
    private static let linger = Duration.milliseconds(50)

    private init(
        level: LogLevel, hasPriority: Bool, bytesMax: Int, wakeUp: WakeUp, finished: WakeUp, sink: @escaping Sink
    ) {
        self.level = level
        self.hasPriority = hasPriority
        self.bytesMax = bytesMax
        self.sink = sink
        self.wakeUp = wakeUp
        self.finished = finished
        shards = (0..<Self.shardCount).map { _ in Shard() }
    }

    /// Starts a log, or returns nil where no thread or descriptor is left.
    /// - Parameters:
    ///   - hasPriority: whether each line starts with its syslog priority, which journald takes off.
    ///   - bytesMax: what one thread's lines may take up while they wait.
    public static func start(
        level: LogLevel, hasPriority: Bool = false, bytesMax: Int = TelemetryLimits.lineQueueBytesMax,
        sink: @escaping Sink
    ) -> Logger? {
        guard let wakeUp = WakeUp(blocking: false), let finished = WakeUp(blocking: false) else { return nil }
        let logger = Logger(
            level: level, hasPriority: hasPriority, bytesMax: bytesMax, wakeUp: wakeUp, finished: finished, sink: sink)
        return SystemThread.start(named: "log") { logger.run() } ? logger : nil
    }

    /// Whether a line of `level` would be written: ask before anything is worked out for it.
    public func isEnabled(_ level: LogLevel) -> Bool { level <= self.level }

    /// What was written and dropped.
    public var statistics: Statistics {
        Statistics(written: written.load(ordering: .relaxed), dropped: dropped.load(ordering: .relaxed))
    }

    /// Adds a line. Never waits for the sink.
    /// - Parameter event: lower-case words joined by `_` or `.`.
    public func log(
        _ level: LogLevel, _ event: StaticString, _ body: (inout LogLine) -> Void = { _ in }
    ) {
        guard isEnabled(level) else { return }
        let now = WallClock.microseconds
        let shard = shards[Int(SystemThread.currentNumber) & (Self.shardCount - 1)]
        let (isTaken, isHalfFull) = shard.buffer.withLock { buffer in
            let before = buffer.line.bytes.count
            guard before < bytesMax else {
                buffer.dropped += 1
                return (false, false)
            }
            buffer.line.begin(level, event, microseconds: now, hasPriority: hasPriority)
            body(&buffer.line)
            buffer.line.end()
            buffer.lineCount += 1
            return (true, before < bytesMax / 2 && buffer.line.bytes.count >= bytesMax / 2)
        }
        guard isTaken else {
            dropped.add(1, ordering: .relaxed)
            return
        }
        if level <= .warning || isHalfFull {
            isUrgent.store(true, ordering: .relaxed)
            wakeUp.signal()
        } else if isAsleep.load(ordering: .relaxed), isAsleep.exchange(false, ordering: .relaxed) {
            wakeUp.signal()
        }
    }

    /// Waits until every line so far has gone to the sink, for at most `patience`.
    public func flush(within patience: Duration = TelemetryLimits.closePatience) {
        let ticket = flushesWanted.add(1, ordering: .sequentiallyConsistent).newValue
        isUrgent.store(true, ordering: .relaxed)
        wakeUp.signal()
        let deadline = MonotonicInstant.now + patience
        while flushesDone.load(ordering: .acquiring) < ticket && MonotonicInstant.now < deadline {
            FileWait.pause(.milliseconds(1))
        }
    }

    /// Writes what is left and ends the thread; a stuck sink is waited for no longer than `patience`.
    public func close(within patience: Duration = TelemetryLimits.closePatience) {
        isClosing.store(true, ordering: .sequentiallyConsistent)
        isUrgent.store(true, ordering: .relaxed)
        wakeUp.signal()
        _ = FileWait.readable(finished.descriptor, timeout: patience)
    }

    // MARK: The log's thread

    private func run() {
        var batch: [UInt8] = []
        var spare = ByteBuffer(capacity: 0)
        while true {
            let isLast = isClosing.load(ordering: .sequentiallyConsistent)
            let ticket = flushesWanted.load(ordering: .sequentiallyConsistent)
            isUrgent.store(false, ordering: .relaxed)
            let count = collect(into: &batch, &spare)
            if count > 0 { write(batch, count) }
            flushesDone.store(ticket, ordering: .releasing)
            if isLast { return finished.signal() }
            if count == 0 { sleep() }
            if !isUrgent.load(ordering: .relaxed) { rest(Self.linger) }
        }
    }

    /// Takes all buffers, and adds a line for what they had to drop.
    private func collect(into batch: inout [UInt8], _ spare: inout ByteBuffer) -> UInt64 {
        batch.removeAll(keepingCapacity: true)
        var count: UInt64 = 0
        var lost: UInt64 = 0
        for shard in shards {
            shard.buffer.withLock { buffer in
                guard buffer.lineCount > 0 || buffer.dropped > 0 else { return }
                buffer.line.exchange(with: &spare)
                count += buffer.lineCount
                lost += buffer.dropped
                buffer.lineCount = 0
                buffer.dropped = 0
            }
            spare.withSpan { RawBytes.append($0, to: &batch) }
            spare.truncate(to: 0)
        }
        if lost > 0 {
            var line = LogLine()
            line.begin(.warning, "log_lines_dropped", microseconds: WallClock.microseconds, hasPriority: hasPriority)
            line.number("lines", lost)
            line.end()
            batch += line.bytes.array()
            count += 1
        }
        return count
    }

    private func write(_ batch: [UInt8], _ count: UInt64) {
        if sink(batch) {
            written.add(count, ordering: .relaxed)
        } else {
            dropped.add(count, ordering: .relaxed)
        }
    }

    /// Announces the sleep first and looks again: a line added in between either is seen or wakes us.
    private func sleep() {
        isAsleep.store(true, ordering: .sequentiallyConsistent)
        let isEmpty = shards.allSatisfy { $0.buffer.withLock { $0.lineCount == 0 && $0.dropped == 0 } }
        if isEmpty && !isUrgent.load(ordering: .relaxed) { rest(.seconds(3600)) }
        isAsleep.store(false, ordering: .relaxed)
    }

    private func rest(_ duration: Duration) {
        if FileWait.readable(wakeUp.descriptor, timeout: duration) { wakeUp.wait() }
    }
}
