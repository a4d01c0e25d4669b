internal import Curl
internal import LinuxIO
internal import Synchronization
internal import Threading

/// Sends finished traces to a collector by OTLP over HTTP.
///
/// Whoever finishes a trace puts it in a bounded queue and goes on. A thread takes batches, encodes and posts them. A
/// collector that is away, slow or busy costs traces, never a request: a full queue drops what comes, a batch that cannot
/// be delivered is dropped after `TelemetryLimits.attemptsMax` attempts, and all of it is counted.
public final class Tracer: Sendable {
    /// Counts of spans since the start.
    public struct Statistics: Sendable, Equatable {
        /// Taken by the collector.
        public var exported: UInt64 = 0
        /// Dropped because the queue was full.
        public var droppedQueueFull: UInt64 = 0
        /// Dropped because the collector could not be reached, or did not take them in time.
        public var droppedUndelivered: UInt64 = 0
        /// Refused by the collector, whole batches or some of them.
        public var droppedRejected: UInt64 = 0
        /// Traces that wait now.
        public var queued = 0
    }

    private struct State {
        var queue: [FinishedTrace] = []
        var statistics = Statistics()
    }

    private let configuration: TracerConfiguration
    private let url: String
    private let state = Mutex(State())
    private let wakeUp: WakeUp
    private let finished: WakeUp
    private let isClosing = Atomic<Bool>(false)

    private init(_ configuration: TracerConfiguration, wakeUp: WakeUp, finished: WakeUp) {
        self.configuration = configuration
        self.wakeUp = wakeUp
        self.finished = finished
        url = configuration.endpoint + (configuration.endpoint.hasSuffix("/") ? "v1/traces" : "/v1/traces")
    }

    /// Starts the thread, or returns nil where none or no descriptor is left.
    /// - Precondition: `TracerConfiguration.isAllowed` allows the endpoint.
    public static func start(_ configuration: TracerConfiguration) -> Tracer? {
        precondition(TracerConfiguration.isAllowed(configuration.endpoint), "the endpoint is checked with the settings")
        guard let wakeUp = WakeUp(blocking: false), let finished = WakeUp(blocking: false) else { return nil }
        let tracer = Tracer(configuration, wakeUp: wakeUp, finished: finished)
        return SystemThread.start(named: "trace-export") { tracer.run() } ? tracer : nil
    }

    /// Whether a request's trace is sent: as its caller decided, else by the ratio, which looks at the trace's own number,
    /// so that every process that goes by the same ratio decides alike.
    /// - Parameter trace: 32 lowercase hexadecimal digits.
    public func samples(_ trace: [UInt8], callerDecided: Bool?) -> Bool {
        if let callerDecided { return callerDecided }
        var low: UInt64 = 0
        for digit in trace.suffix(14) {
            low = low << 4 | UInt64(digit >= UInt8(ascii: "a") ? digit - UInt8(ascii: "a") + 10 : digit & 15)
        }
        // The 56 bits that the standard says are random (Trace Context level 2, §3.2.2.3).
        return low.multipliedFullWidth(by: 1_000_000).high << 8
            | low.multipliedFullWidth(by: 1_000_000).low >> 56 < UInt64(configuration.samplesPerMillion)
    }

    /// Hands a trace over, or drops it where the queue is full. Never waits.
    public func record(_ trace: FinishedTrace) {
        let isBatch = state.withLock { state in
            guard state.queue.count < configuration.queueMax else {
                state.statistics.droppedQueueFull += UInt64(trace.spans.count)
                return false
            }
            state.queue.append(trace)
            return state.queue.count == TelemetryLimits.tracesPerBatch
        }
        if isBatch { wakeUp.signal() }
    }

    /// What became of the spans.
    public var statistics: Statistics {
        state.withLock { state in
            var statistics = state.statistics
            statistics.queued = state.queue.count
            return statistics
        }
    }

    /// Tries once more to send what is left, for at most `patience`.
    public func close(within patience: Duration = TelemetryLimits.closePatience) {
        isClosing.store(true, ordering: .sequentiallyConsistent)
        wakeUp.signal()
        _ = FileWait.readable(finished.descriptor, timeout: patience)
    }

    // MARK: The exporter's thread

    private func run() {
        do throws(HTTPClientError) {
            var client = try HTTPClient.make(configuration.client)
            export { batch in deliver(batch, by: &client) }
        } catch {
            export { batch in add(batch.spanCount, to: \.droppedUndelivered) }
        }
        finished.signal()
    }

    private func export(_ deliver: ([FinishedTrace]) -> Void) {
        while true {
            if !isClosing.load(ordering: .sequentiallyConsistent) { rest(configuration.interval) }
            let isLast = isClosing.load(ordering: .sequentiallyConsistent)
            while let batch = take() { deliver(batch) }
            if isLast { return }
        }
    }

    private func take() -> [FinishedTrace]? {
        state.withLock { state in
            guard !state.queue.isEmpty else { return nil }
            let batch = Array(state.queue.prefix(TelemetryLimits.tracesPerBatch))
            state.queue.removeFirst(batch.count)
            return batch
        }
    }

    private func deliver(_ batch: [FinishedTrace], by client: inout HTTPClient) {
        let request = HTTPClientRequest(
            "POST", url, fields: [HTTPClientField("Content-Type", "application/x-protobuf")],
            body: TraceExport.request(batch, configuration.service))
        var pause = configuration.retryPause
        for attempt in 1...TelemetryLimits.attemptsMax {
            switch post(request, by: &client) {
            case .taken(let rejected):
                let refused = min(rejected, batch.spanCount)
                add(refused, to: \.droppedRejected)
                return add(batch.spanCount - refused, to: \.exported)
            case .refused: return add(batch.spanCount, to: \.droppedRejected)
            case .later(let wanted):
                // The end of the process waits for one attempt.
                if attempt == TelemetryLimits.attemptsMax || isClosing.load(ordering: .relaxed) { break }
                restUnlessClosing(min(max(wanted ?? .zero, pause), TelemetryLimits.retryPauseMax))
                pause = pause * 2
            }
            if isClosing.load(ordering: .relaxed) { break }
        }
        add(batch.spanCount, to: \.droppedUndelivered)
    }

    private enum Outcome {
        case taken(rejected: UInt64)
        case refused
        case later(Duration?)
    }

    /// Which statuses may be tried again is OTLP's word ("OTLP/HTTP Response", "Failures"); what did not arrive may too.
    private func post(_ request: HTTPClientRequest, by client: inout HTTPClient) -> Outcome {
        do throws(HTTPClientError) {
            let response = try client.perform(request)
            switch response.status {
            case 200...299: return .taken(rejected: TraceExport.rejectedSpans(response.body))
            case 429, 502, 503, 504:
                return .later(response.field("retry-after").flatMap { UInt32($0) }.map { .seconds(Int64($0)) })
            default: return .refused
            }
        } catch {
            return .later(nil)
        }
    }

    private func add(_ spans: UInt64, to count: WritableKeyPath<Statistics, UInt64>) {
        state.withLock { $0.statistics[keyPath: count] += spans }
    }

    private func rest(_ duration: Duration) {
        if FileWait.readable(wakeUp.descriptor, timeout: duration) { wakeUp.wait() }
    }

    /// A full batch wakes the thread as well, and does not cut a pause short.
    private func restUnlessClosing(_ duration: Duration) {
        let deadline = MonotonicInstant.now + duration
        while !isClosing.load(ordering: .sequentiallyConsistent) {
            let left = deadline.microseconds(since: .now)
            if left == 0 { return }
            rest(.microseconds(Int64(left)))
        }
    }
}

extension [FinishedTrace] {
    fileprivate var spanCount: UInt64 { reduce(0) { $0 + UInt64($1.spans.count) } }
}
