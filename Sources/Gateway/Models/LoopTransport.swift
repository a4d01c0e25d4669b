internal import Agent
internal import Curl
internal import Edge
internal import Synchronization
internal import Threading

/// Calls other servers on the event loop of whoever calls: a slow server costs a descriptor and some kilobytes, and no
/// thread. A task that is cancelled, such as a connection's whose peer has left, goes on at once.
///
/// Only tasks that run on a loop can use it; work beside the connections comes there by `EdgeServer.perform`.
final class LoopTransport: ModelTransport {
    private let transfersMax: Int

    /// - Parameter transfersMax: requests under way on one loop.
    init(transfersMax: Int = TransportLimits.transfersPerLoopMax) { self.transfersMax = transfersMax }

    func open(_ request: TransportRequest) async throws(TransportError) -> any TransportResponse {
        guard let endpoint = HTTPEndpoint(request.url, allowsQuery: true),
            request.fields.count <= TransportLimits.fieldsMax
        else {
            throw .badRequest
        }
        // Without a loop there is nobody to watch the descriptor.
        guard let transfers = LoopSockets.guest(ObjectIdentifier(self), { LoopTransfers($0) }) else {
            throw .unreachable
        }
        guard transfers.count < transfersMax else { throw .busy }
        let response = try transfers.start(request, isPlain: endpoint.isPlain)
        try await response.awaitHead()
        return response
    }
}

/// The requests of one loop.
final class LoopTransfers: LoopGuest {
    private let sockets: LoopSockets
    private let transfers: HTTPTransfers
    /// When libcurl wants to be called.
    private let alarm: Alarm
    private var waiting: [ObjectIdentifier: LoopResponse] = [:]
    private var nextSweep: MonotonicInstant?
    /// Answers of which nothing more is wanted, until they are whole or out of time.
    private var ending: [(transfer: HTTPTransfer, deadline: MonotonicInstant)] = []

    private final class Alarm {
        var instant: MonotonicInstant?
    }

    /// nil where libcurl has no memory.
    init?(_ sockets: LoopSockets) {
        self.sockets = sockets
        let alarm = Alarm()
        self.alarm = alarm
        do throws(HTTPClientError) {
            transfers = try HTTPTransfers.make { descriptor, reads, writes in
                sockets.watch(descriptor, reads: reads, writes: writes)
            } alarm: { milliseconds in
                alarm.instant = milliseconds.map { .now + .milliseconds($0) }
            }
        } catch {
            return nil
        }
    }

    /// Requests under way.
    var count: Int { transfers.count }

    func start(_ request: TransportRequest, isPlain: Bool) throws(TransportError) -> LoopResponse {
        let response = LoopResponse(self, idleTimeout: request.idleTimeout)
        do throws(HTTPClientError) {
            response.transfer = try transfers.start(
                HTTPClientRequest(
                    request.body == nil ? "GET" : "POST", request.url,
                    fields: request.fields.map { HTTPClientField($0.name, $0.value) }, body: request.body),
                HTTPClientConfiguration(
                    connectTimeout: request.connectTimeout, totalTimeout: request.totalTimeout, allowsPlain: isPlain,
                    caFile: request.caFile)
            ) { [waiting = response.waiting] in waiting.wake() }
        } catch {
            throw TransportError(error)
        }
        setAlarm()
        return response
    }

    // MARK: The loop

    func descriptor(_ descriptor: Int32, isReadable: Bool, isWritable: Bool, hasFailed: Bool) {
        transfers.act(on: descriptor, reads: isReadable, writes: isWritable, hasFailed: hasFailed)
        setAlarm()
    }

    func timeIsUp() {
        let now = MonotonicInstant.now
        if let sweep = nextSweep, sweep <= now {
            for response in waiting.values where response.deadline <= now { response.waiting.wake() }
            ending.removeAll { one in
                if one.transfer.end == nil && one.deadline > now { return false }
                one.transfer.cancel()
                return true
            }
            nextSweep = waiting.isEmpty && ending.isEmpty ? nil : now + TransportLimits.sweep
        }
        if let instant = alarm.instant, instant <= now {
            alarm.instant = nil
            transfers.timeIsUp()
        }
        setAlarm()
    }

    func abandon() {
        transfers.abandon()
        setAlarm()
    }

    /// Sets the loop's alarm to whatever comes first. After every call into libcurl.
    func setAlarm() {
        sockets.setAlarm([alarm.instant, nextSweep].compactMap { $0 }.min())
    }

    // MARK: Who waits

    func enter(_ response: LoopResponse) {
        waiting[ObjectIdentifier(response)] = response
        if nextSweep == nil {
            nextSweep = .now + TransportLimits.sweep
            setAlarm()
        }
    }

    /// Lets `transfer` come to its end by itself, if it does so soon.
    func letEnd(_ transfer: HTTPTransfer) {
        guard transfer.end == nil else { return }
        guard ending.count < TransportLimits.endingMax else { return transfer.cancel() }
        ending.append((transfer, .now + TransportLimits.endingTime))
        nextSweep = nextSweep ?? .now + TransportLimits.sweep
        setAlarm()
    }

    func leave(_ response: LoopResponse) { waiting[ObjectIdentifier(response)] = nil }
}

/// An answer that is still coming. It stays on the loop of the task that opened it.
final class LoopResponse: TransportResponse {
    private let transfers: LoopTransfers
    private let idleTimeout: Duration
    fileprivate let waiting = WaitingTask()
    fileprivate var transfer: HTTPTransfer?
    private var isFinished = false
    /// When whoever waits has waited long enough.
    private(set) var deadline = MonotonicInstant(nanoseconds: 0)

    init(_ transfers: LoopTransfers, idleTimeout: Duration) {
        self.transfers = transfers
        self.idleTimeout = idleTimeout
    }

    deinit {
        if !isFinished { transfer?.cancel() }
    }

    var status: Int { transfer?.status ?? 0 }

    func field(_ name: String) -> String? { transfer?.field(name) }

    func cancel() {
        transfer?.cancel()
        transfers.setAlarm()
    }

    func finish() {
        guard let transfer, !isFinished else { return }
        isFinished = true
        // What is here already would keep the rest from coming.
        _ = transfer.take()
        transfers.letEnd(transfer)
    }

    func awaitHead() async throws(TransportError) {
        guard let transfer else { throw .unreachable }
        try await wait { transfer.status > 0 || transfer.end != nil }
        if transfer.status == 0, let error = transfer.error { throw TransportError(error) }
        // An answer that ended without a head is none.
        guard transfer.status > 0 else { throw .badAnswer }
    }

    func next() async throws(TransportError) -> [UInt8]? {
        guard let transfer else { return nil }
        try await wait { transfer.hasBytes || transfer.end != nil }
        let bytes = transfer.take()
        transfers.setAlarm()
        if !bytes.isEmpty { return bytes }
        if let error = transfer.error { throw TransportError(error) }
        return nil
    }

    /// Waits until `isDone`, for as long as the server may be silent.
    private func wait(until isDone: () -> Bool) async throws(TransportError) {
        deadline = .now + idleTimeout
        while !isDone() {
            // The peer for whom this is done has left, or nobody wants it any more.
            guard !Task.isCancelled else { throw giveUp(.cancelled) }
            guard MonotonicInstant.now < deadline else { throw giveUp(.timedOut) }
            transfers.enter(self)
            await waiting.wait()
            transfers.leave(self)
        }
    }

    private func giveUp(_ error: TransportError) -> TransportError {
        cancel()
        return error
    }
}

/// The one task that waits, and whoever wakes it: the transfer, the clock, or its own cancellation.
final class WaitingTask: Sendable {
    private let resumption = Mutex<Resumption<Void>?>(nil)

    /// Suspends the calling task until somebody wakes it, or it is cancelled.
    func wait() async {
        await withTaskCancellationHandler {
            await suspend { resumption in
                self.resumption.withLock { $0 = resumption }
                // A cancellation that came before found nobody to wake.
                if Task.isCancelled { wake() }
            }
        } onCancel: {
            wake()
        }
    }

    /// Wakes whoever waits. Whoever takes the resumption out resumes it, so that it happens once.
    func wake() {
        let waiting = resumption.withLock { $0.take() }
        waiting?.resume()
    }
}

extension HTTPTransfer {
    fileprivate var error: HTTPClientError? {
        if case .failed(let error) = end { error } else { nil }
    }
}

extension TransportError {
    /// What went wrong, without words that name a server.
    init(_ error: HTTPClientError) {
        switch error {
        case .setup, .unreachable: self = .unreachable
        case .badRequest: self = .badRequest
        case .tls: self = .tls
        case .timedOut: self = .timedOut
        case .answerTooLarge, .badAnswer: self = .badAnswer
        }
    }
}
