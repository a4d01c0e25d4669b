internal import CCurl

/// Any number of requests at once over libcurl's multi interface, on a loop that is somebody else's: it says which
/// descriptors to watch and when to come back, and is told what the loop saw.
///
/// ```swift
/// let transfers = try HTTPTransfers.make(watch: { … }, alarm: { … })
/// let transfer = try transfers.start(request, configuration) { wakeWhoeverWaits() }
/// …                                   // the loop: transfers.act(on: descriptor, …), transfers.timeIsUp()
/// transfer.take(); transfer.end
/// ```
/// As strict as `HTTPClient`. Connections are kept between requests and reused. Names are looked up by threads that libcurl
/// starts for it and that end with the look-up; numeric addresses need none.
///
/// `@safe`: belongs to one thread; the handle is made and freed here, and the callbacks get a box that lives longer.
@safe public final class HTTPTransfers {
    /// Idle connections that are kept for the next request.
    public static let idleConnectionsMax = 256

    /// What a descriptor is to be watched for; neither: no longer.
    public typealias Watch = (_ descriptor: Int32, _ reads: Bool, _ writes: Bool) -> Void
    /// When to call `timeIsUp`, in milliseconds from now, 0 as soon as may be; nil: not at all.
    public typealias Alarm = (_ milliseconds: Int?) -> Void

    private let multi: UnsafeMutableRawPointer
    private let hooks: TransferHooks
    private var running: [UnsafeMutableRawPointer: HTTPTransfer] = unsafe [:]

    /// Requests under way.
    public var count: Int { unsafe running.count }

    private init(adopting multi: UnsafeMutableRawPointer, _ hooks: TransferHooks) {
        unsafe self.multi = multi
        self.hooks = hooks
    }

    deinit {
        for unsafe(handle, _) in unsafe running { unsafe _ = curl_multi_remove_handle(multi, handle) }
        unsafe _ = curl_multi_cleanup(multi)
    }

    /// Makes one. Neither closure may call back in.
    /// - Throws: `HTTPClientError.setup`
    public static func make(
        watch: @escaping Watch, alarm: @escaping Alarm
    ) throws(HTTPClientError) -> HTTPTransfers {
        guard HTTPClient.isPrepared, let multi = unsafe curl_multi_init() else { throw .setup("no memory") }
        let transfers = unsafe HTTPTransfers(adopting: multi, TransferHooks(watch, alarm))
        let box = unsafe Unmanaged.passUnretained(transfers.hooks).toOpaque()
        guard unsafe pc_curl_multi_set_hooks(multi, noteWatch, noteAlarm, box) == CURLM_OK,
            unsafe pc_curl_multi_set_long(multi, CURLMOPT_MAXCONNECTS, idleConnectionsMax) == CURLM_OK
        else { throw .setup("multi interface") }
        return transfers
    }

    /// Begins a request. `changed` is called, never from within this object's own calls into libcurl, whenever there are
    /// more bytes, the head is complete, or it has ended.
    /// - Throws: `HTTPClientError`
    public func start(
        _ request: HTTPClientRequest, _ configuration: HTTPClientConfiguration, changed: @escaping () -> Void
    ) throws(HTTPClientError) -> HTTPTransfer {
        let transfer = try HTTPTransfer.make(request, configuration, of: self, changed)
        guard unsafe curl_multi_add_handle(multi, transfer.handle) == CURLM_OK else { throw .setup("multi interface") }
        unsafe running[transfer.handle] = transfer
        return transfer
    }

    /// The loop saw something of `descriptor`.
    public func act(on descriptor: Int32, reads: Bool, writes: Bool, hasFailed: Bool) {
        var events: Int32 = 0
        if reads { events |= CURL_CSELECT_IN }
        if writes { events |= CURL_CSELECT_OUT }
        if hasFailed { events |= CURL_CSELECT_ERR }
        unsafe _ = pc_curl_multi_act(multi, descriptor, events)
        settle()
    }

    /// The time is up that was asked for last.
    public func timeIsUp() {
        unsafe _ = pc_curl_multi_time_up(multi)
        settle()
    }

    /// Ends all requests as if their servers could not be reached.
    public func abandon() {
        for transfer in unsafe Array(running.values) { end(transfer, .unreachable("abandoned")) }
        tellChanged()
    }

    func resume(_ transfer: HTTPTransfer) {
        unsafe _ = pc_curl_resume(transfer.handle)
        // What became ready in the meantime is not announced again by every version.
        timeIsUp()
    }

    func cancel(_ transfer: HTTPTransfer) {
        guard unsafe running.removeValue(forKey: transfer.handle) != nil else { return }
        unsafe _ = curl_multi_remove_handle(multi, transfer.handle)
    }

    private func settle() {
        var result = CURLE_OK
        while let handle = unsafe pc_curl_multi_ended(multi, &result) {
            guard let transfer = unsafe running[handle] else { continue }
            end(transfer, result == CURLE_OK ? nil : HTTPClientError(result))
        }
        tellChanged()
    }

    private func end(_ transfer: HTTPTransfer, _ error: HTTPClientError?) {
        cancel(transfer)
        transfer.noteEnd(error)
    }

    private func tellChanged() {
        // Whoever is told may start another or end this one.
        while let transfer = hooks.changed.popLast() { transfer.tellChanged() }
    }

    func note(_ transfer: HTTPTransfer) { hooks.changed.append(transfer) }
}

/// What the callbacks get: it outlives the handle, whose end calls them too.
final class TransferHooks {
    fileprivate let watch: HTTPTransfers.Watch
    fileprivate let alarm: HTTPTransfers.Alarm
    fileprivate var changed: [HTTPTransfer] = []

    init(_ watch: @escaping HTTPTransfers.Watch, _ alarm: @escaping HTTPTransfers.Alarm) {
        self.watch = watch
        self.alarm = alarm
    }
}

private func noteWatch(
    _ handle: UnsafeMutableRawPointer?, _ descriptor: curl_socket_t, _ what: Int32, _ box: UnsafeMutableRawPointer?,
    _ own: UnsafeMutableRawPointer?
) -> Int32 {
    guard let box = unsafe box else { return -1 }
    let hooks = unsafe Unmanaged<TransferHooks>.fromOpaque(box).takeUnretainedValue()
    let isGone = what == CURL_POLL_REMOVE
    hooks.watch(descriptor, !isGone && what & CURL_POLL_IN != 0, !isGone && what & CURL_POLL_OUT != 0)
    return 0
}

private func noteAlarm(
    _ multi: UnsafeMutableRawPointer?, _ milliseconds: Int, _ box: UnsafeMutableRawPointer?
) -> Int32 {
    guard let box = unsafe box else { return -1 }
    let hooks = unsafe Unmanaged<TransferHooks>.fromOpaque(box).takeUnretainedValue()
    hooks.alarm(milliseconds < 0 ? nil : milliseconds)
    return 0
}
