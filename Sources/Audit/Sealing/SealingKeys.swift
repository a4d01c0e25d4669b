internal import LinuxIO
internal import OpenSSL
internal import Synchronization
internal import Threading

/// Gives each request the key that its records are sealed with.
///
/// A subject that was seen lately has its key in memory: a lookup is a hash and a lock. Any other is looked for, and if need be
/// made, by a thread of its own, for that takes reads and durable writes, which an event loop must not wait for: the request
/// is suspended as it is for the log itself. So a key is on the disk, and found by its subject's name, before the first record
/// that is sealed with it is encoded, let alone durable: no crash leaves a record that an erasure would miss (D1 and erasure
/// both hold). Keys made ahead and assigned in memory would save a new subject these milliseconds, once in its life, at the
/// price of a second log whose order against the first would have to be proven.
///
/// Where a key cannot be had, the request fails as it does without a log: nothing is recorded unsealed.
public final class SealingKeys: Sendable {
    /// The most keys in memory.
    package static let cachedMax = 8192
    /// The most requests that wait for a key; a further one gets `AuditError.backpressure`.
    package static let waitingMax = 1024

    private let shared: Shared
    private let master: KeyEncryptionKey
    private let origin: [UInt8]
    private let members: SealedMembers

    private init(shared: Shared, master: KeyEncryptionKey, origin: String, members: SealedMembers) {
        self.shared = shared
        self.master = master
        self.origin = Array(origin.utf8)
        self.members = members
    }

    deinit { shared.stop() }

    /// Opens the key store in `stateDirectory`, or makes it.
    /// - Parameters:
    ///   - keyFile: the key-encryption key: mode 0600, 32 bytes in base64.
    ///   - origin: the log's, which sealed values are bound to.
    ///   - members: what is sealed.
    /// - Throws: `AuditError`; `configuration` where the file is not fit, or not the one that the store was made with.
    public static func open(
        stateDirectory: String, keyFile: String, origin: String, members: SealedMembers = [.tokenSubject, .peer]
    ) throws(AuditError) -> SealingKeys {
        let master = try KeyEncryptionKey.read(keyFile)
        let disk: DirectoryStorage
        do throws(FileError) { disk = try DirectoryStorage(path: stateDirectory, isPrivate: true) } catch {
            throw .storage(error)
        }
        return try open(KeyStore(disk, master: master), origin: origin, members: members)
    }

    static func open<Disk: Storage>(
        _ store: KeyStore<Disk>, origin: String, members: SealedMembers
    ) throws(AuditError) -> SealingKeys {
        try store.prepare()
        guard let wakeUp = WakeUp(blocking: true) else { throw .exhausted("descriptors") }
        let shared = Shared(wakeUp: wakeUp)
        let isStarted = SystemThread.start(named: "audit-keys") {
            while let orders = shared.take() {
                for (name, order) in orders { Self.carryOut(order, name, in: store, shared) }
            }
        }
        guard isStarted else { throw .exhausted("thread") }
        return SealingKeys(shared: shared, master: store.master, origin: origin, members: members)
    }

    /// What to seal the records of `subject` with.
    /// - Throws: `AuditError`: `backpressure` where too many wait, else what the key store failed at.
    public func seal(for subject: SealSubject) async throws(AuditError) -> RecordSeal {
        let name = master.name(of: subject)
        if let key = shared.cached(name) { return RecordSeal(key: key, origin: origin, members: members) }
        let result: Result<DataKey, AuditError> = await suspend { shared.ask(name, $0) }
        return RecordSeal(key: try result.get(), origin: origin, members: members)
    }

    /// Destroys the key of `subject`: what was sealed with it is unreadable from here on, for everybody.
    /// - Returns: the key's identifier for `privacy.erase`; nil where nothing is known of the subject.
    public func erase(_ subject: SealSubject) async throws(AuditError) -> [UInt8]? {
        let name = master.name(of: subject)
        let result: Result<[UInt8]?, AuditError> = await suspend { shared.erase(name, $0) }
        return try result.get()
    }

    /// Keys in memory, for tests of the bound.
    var cachedCount: Int { shared.cachedCount }

    private static func carryOut<Disk: Storage>(
        _ order: Shared.Order, _ name: SHA256Digest, in store: KeyStore<Disk>, _ shared: Shared
    ) {
        switch order {
        case .find(let waiters):
            let result = Result { () throws(AuditError) -> DataKey in
                if let key = try store.key(ofSubjectNamed: name) { return key }
                return try store.makeKey(forSubjectNamed: name)
            }
            if case .success(let key) = result { shared.keep(key, name) }
            for waiter in waiters { waiter.resume(returning: result) }
        case .erase(let waiter):
            let result = Result { () throws(AuditError) -> [UInt8]? in
                guard let identifier = try store.identifier(ofSubjectNamed: name) else { return nil }
                shared.drop(name)
                try store.destroyKey(identifier)
                return identifier
            }
            waiter.resume(returning: result)
        }
    }
}

extension SealingKeys {
    /// What callers and the thread share.
    final class Shared: Sendable {
        typealias KeyWaiter = Resumption<Result<DataKey, AuditError>>
        typealias ErasureWaiter = Resumption<Result<[UInt8]?, AuditError>>

        enum Order: Sendable {
            case find([KeyWaiter])
            case erase(ErasureWaiter)
        }

        private struct Values {
            /// Keys used lately, and those used before: a full `young` becomes `old`, which is forgotten.
            var young: [SHA256Digest: DataKey] = [:]
            var old: [SHA256Digest: DataKey] = [:]
            var wanted: [SHA256Digest: [KeyWaiter]] = [:]
            var erasures: [(SHA256Digest, ErasureWaiter)] = []
            var waiting = 0
            var isStopped = false

            mutating func keep(_ key: DataKey, _ name: SHA256Digest) {
                if young.count >= cachedMax / 2, young[name] == nil {
                    old = young
                    young = [:]
                }
                young[name] = key
            }
        }

        private let values = Mutex(Values())
        private let wakeUp: WakeUp

        init(wakeUp: WakeUp) { self.wakeUp = wakeUp }

        func cached(_ name: SHA256Digest) -> DataKey? {
            values.withLock { values in
                if let key = values.young[name] { return key }
                guard let key = values.old[name] else { return nil }
                values.keep(key, name)
                return key
            }
        }

        func keep(_ key: DataKey, _ name: SHA256Digest) { values.withLock { $0.keep(key, name) } }

        func drop(_ name: SHA256Digest) {
            values.withLock { values in
                values.young[name] = nil
                values.old[name] = nil
            }
        }

        var cachedCount: Int { values.withLock { Set($0.young.keys).union($0.old.keys).count } }

        /// Each waiter is answered once: here where it is refused, else by the thread.
        func ask(_ name: SHA256Digest, _ waiter: KeyWaiter) {
            let refusal: AuditError? = values.withLock { values in
                if values.isStopped { return .unavailable }
                guard values.waiting < waitingMax else { return .backpressure }
                values.waiting += 1
                values.wanted[name, default: []].append(waiter)
                return nil
            }
            if let refusal { waiter.resume(returning: .failure(refusal)) } else { wakeUp.signal() }
        }

        func erase(_ name: SHA256Digest, _ waiter: ErasureWaiter) {
            let refusal: AuditError? = values.withLock { values in
                if values.isStopped { return .unavailable }
                guard values.waiting < waitingMax else { return .backpressure }
                values.waiting += 1
                values.erasures.append((name, waiter))
                return nil
            }
            if let refusal { waiter.resume(returning: .failure(refusal)) } else { wakeUp.signal() }
        }

        func stop() {
            values.withLock { $0.isStopped = true }
            wakeUp.signal()
        }

        /// What there is to do, after sleeping until there is something; nil at the end, when all that waited is answered.
        func take() -> [(SHA256Digest, Order)]? {
            while true {
                let (orders, isStopped): ([(SHA256Digest, Order)], Bool) = values.withLock { values in
                    defer {
                        values.wanted = [:]
                        values.erasures = []
                        values.waiting = 0
                    }
                    let orders =
                        values.wanted.map { ($0, Order.find($1)) } + values.erasures.map { ($0, Order.erase($1)) }
                    return (orders, values.isStopped)
                }
                if !orders.isEmpty { return orders }
                if isStopped { return nil }
                wakeUp.wait()
            }
        }
    }
}
