internal import Curl
internal import LinuxIO
internal import OpenSSL
internal import Synchronization
internal import Threading

/// Keeps the keys of external issuers fresh, each on a thread of its own: a slow server is a matter between it and its
/// thread, never of an event loop or of another issuer.
public final class IssuerService: Sendable {
    /// What is told to the operator, on an issuer's thread.
    public enum Event: Sendable {
        /// Keys were fetched that differ from those before: the `kid` of each that tokens are verified with from now on,
        /// and those that they are not verified with.
        case replaced(keyIDs: [[UInt8]], refused: [JWKSet.Refused])
        /// A fetch failed; keys that were fetched before stay as they are. Told at the first failure of several.
        case failed(IssuerFault)
        /// No fetch has succeeded for so long that the keys are good no longer.
        case forgotten
    }

    /// Counts of one issuer since the start, and what is true now.
    public struct Statistics: Sendable {
        /// The value of `iss`.
        public let issuer: String
        /// Keys that tokens are verified with now.
        public var keys = 0
        /// Fetches that succeeded, and that failed.
        public var succeeded: UInt64 = 0, failed: UInt64 = 0
        /// Seconds since the last fetch that succeeded; nil where there was none.
        public var ageSeconds: UInt64?
        /// Requests that asked for an unknown key and were refused at once.
        public var refused: UInt64 = 0
    }

    private let issuers: [[UInt8]: IssuerThread]

    private init(_ issuers: [[UInt8]: IssuerThread]) { self.issuers = issuers }

    /// Starts the threads. Returns before the first keys are there.
    /// - Parameter onEvent: told what happens, with the issuer's name.
    /// - Throws: `AuthError.setting` for an issuer that cannot be used, `.library` where no thread or descriptor is left.
    public static func start(
        _ issuers: [FetchedIssuer], for verifier: TokenVerifier,
        onEvent: @escaping @Sendable (_ issuer: String, _ event: Event) -> Void
    ) throws(AuthError) -> IssuerService {
        guard issuers.count <= AuthLimits.fetchedIssuersMax else {
            throw .setting(
                name: "issuers", found: "\(issuers.count) whose keys are fetched",
                wanted: "at most \(AuthLimits.fetchedIssuersMax)")
        }
        var threads: [[UInt8]: IssuerThread] = [:]
        for issuer in issuers {
            try issuer.check()
            threads[Array(issuer.name.utf8)] = try IssuerThread.start(issuer, verifier, onEvent)
        }
        return IssuerService(threads)
    }

    /// Waits for a fetch of the issuer's keys, since a token names one that is not known. Requests that ask at the same time
    /// wait for the same fetch; each waits at most two time-outs of its issuer.
    /// - Returns: whether a fetch was made, so that it is worth verifying the token again; false at once where the issuer is
    ///   none of these, was asked only just now, or has too many that wait.
    public nonisolated(nonsending) func refresh(_ issuer: [UInt8]) async -> Bool {
        guard let thread = issuers[issuer] else { return false }
        return await suspend { thread.demand($0) }
    }

    /// Ends the threads; whoever waits is let go.
    public func stop() { for thread in issuers.values { thread.stop() } }

    /// What was counted, in the order of the issuers' names.
    public func statistics() -> [Statistics] {
        issuers.values.map { $0.statistics(now: .now) }.sorted { $0.issuer < $1.issuer }
    }
}

/// One issuer's thread and what it shares with requests.
private final class IssuerThread: Sendable {
    private struct State {
        var refresh: KeyRefresh
        var statistics: IssuerService.Statistics
        /// Who waits for the fetch under way, and for the one after it.
        var current: [Resumption<Bool>] = [], next: [Resumption<Bool>] = []
        var isFetching = false
        var isStopping = false

        /// Whether the one who asks has been put on a list.
        mutating func takes(_ waiter: Resumption<Bool>, now: MonotonicInstant) -> Bool {
            guard !isStopping, current.count + next.count < AuthLimits.keyWaitersMax else { return false }
            // The first fetch is on its way without anybody's asking, and is nobody's one fetch in a pause.
            if refresh.expiry == nil, isFetching {
                current.append(waiter)
                return true
            }
            // A fetch under way may have asked before the key was there; who may cause one of his own does.
            if !next.isEmpty || refresh.demand(now: now) {
                next.append(waiter)
            } else if isFetching {
                current.append(waiter)
            } else {
                return false
            }
            return true
        }
    }

    private let issuer: FetchedIssuer
    private let verifier: TokenVerifier
    private let onEvent: @Sendable (String, IssuerService.Event) -> Void
    private let state: Mutex<State>
    private let wakeUp: WakeUp

    private init(
        _ issuer: FetchedIssuer, _ verifier: TokenVerifier,
        _ onEvent: @escaping @Sendable (String, IssuerService.Event) -> Void, _ wakeUp: WakeUp
    ) {
        self.issuer = issuer
        self.verifier = verifier
        self.onEvent = onEvent
        self.wakeUp = wakeUp
        let settings = KeyRefresh.Settings(
            interval: .seconds(issuer.refreshSeconds), outageMax: .seconds(issuer.outageSeconds),
            demandPause: .seconds(issuer.unknownKeySeconds))
        state = Mutex(
            State(
                refresh: KeyRefresh(settings, now: .now), statistics: IssuerService.Statistics(issuer: issuer.name)))
    }

    static func start(
        _ issuer: FetchedIssuer, _ verifier: TokenVerifier,
        _ onEvent: @escaping @Sendable (String, IssuerService.Event) -> Void
    ) throws(AuthError) -> IssuerThread {
        guard let wakeUp = WakeUp(blocking: false) else { throw .library("issuers: no descriptor is left") }
        let thread = IssuerThread(issuer, verifier, onEvent, wakeUp)
        // Made here too, so that what is wrong with it stops the start.
        _ = try KeyFetcher.make(issuer)
        guard SystemThread.start(named: "issuer-keys", { thread.run() }) else {
            throw .library("issuers: no thread is left")
        }
        return thread
    }

    func demand(_ waiter: Resumption<Bool>) {
        let isWaiting = state.withLock { state in
            let isTaken = state.takes(waiter, now: .now)
            if !isTaken { state.statistics.refused += 1 }
            return isTaken
        }
        if isWaiting { wakeUp.signal() } else { waiter.resume(returning: false) }
    }

    func stop() {
        state.withLock { $0.isStopping = true }
        wakeUp.signal()
    }

    func statistics(now: MonotonicInstant) -> IssuerService.Statistics {
        state.withLock { state in
            var statistics = state.statistics
            statistics.ageSeconds = state.refresh.age(now: now)
            return statistics
        }
    }

    // MARK: On the thread

    private func run() {
        var known: SHA256Digest?
        var isFailing = false
        // It was made once before, with the same settings.
        guard var fetcher = try? KeyFetcher.make(issuer) else { return }
        while let pause = pause() {
            if pause > .zero {
                _ = FileWait.readable(wakeUp.descriptor, timeout: pause)
                wakeUp.wait()
                continue
            }
            state.withLock { state in
                (state.current, state.next) = (state.current + state.next, [])
                state.isFetching = true
            }
            do throws(IssuerFault) {
                try take(try fetcher.fetch(), &known)
                isFailing = false
            } catch {
                state.withLock { state in
                    state.refresh.fail(now: .now)
                    state.statistics.failed += 1
                }
                if !isFailing { onEvent(issuer.name, .failed(error)) }
                isFailing = true
                forgetWhereOld(&known)
            }
            letGo()
        }
        state.withLock { state in (state.current, state.next) = (state.current + state.next, []) }
        letGo()
    }

    /// How long to sleep; zero where a fetch is due, nil at the end.
    private func pause() -> Duration? {
        state.withLock { state in
            if state.isStopping { return nil }
            let now = MonotonicInstant.now
            if !state.next.isEmpty || state.refresh.due <= now { return .zero }
            return .microseconds(Int64(state.refresh.due.microseconds(since: now)) + 1)
        }
    }

    private func take(_ text: [UInt8], _ known: inout SHA256Digest?) throws(IssuerFault) {
        let digest = SHA256Digest(of: text)
        guard digest != known else {
            succeed(keys: nil)
            return
        }
        let set = try JWKSet(parsing: text, algorithms: issuer.algorithms)
        do throws(AuthError) { try verifier.replaceKeys(of: issuer.name, with: set.keys) } catch {
            throw .malformed("\(error)")
        }
        known = digest
        var keyIDs: [[UInt8]] = []
        for id in set.keys.map({ $0.id ?? [] }) where !keyIDs.contains(id) { keyIDs.append(id) }
        succeed(keys: keyIDs.count)
        onEvent(issuer.name, .replaced(keyIDs: keyIDs, refused: set.refused))
    }

    private func succeed(keys: Int?) {
        state.withLock { state in
            state.refresh.succeed(now: .now)
            state.statistics.succeeded += 1
            if let keys { state.statistics.keys = keys }
        }
    }

    private func forgetWhereOld(_ known: inout SHA256Digest?) {
        let isOld = state.withLock { state in
            guard let expiry = state.refresh.expiry, expiry <= .now else { return false }
            state.refresh.forget()
            state.statistics.keys = 0
            return true
        }
        guard isOld else { return }
        known = nil
        do throws(AuthError) { try verifier.replaceKeys(of: issuer.name, with: []) } catch {
            onEvent(issuer.name, .failed(.malformed("\(error)")))
        }
        onEvent(issuer.name, .forgotten)
    }

    private func letGo() {
        let waiters = state.withLock { state in
            state.isFetching = false
            defer { state.current = [] }
            return state.current
        }
        for waiter in waiters { waiter.resume(returning: true) }
    }
}
