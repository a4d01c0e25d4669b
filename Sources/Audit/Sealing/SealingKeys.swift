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

    /// Whether records show this member only to who has its subject's key.
    public func seals(_ member: SealedMembers) -> Bool { members.contains(member) }

    /// What to seal the records of `subject` with.
    /// - Throws: `AuditError`: `backpressure` where too many wait, else what the key store failed at.
    public func seal(for subject: SealSubject) async throws(AuditError) -> RecordSeal {
        let name = master.name(of: subject)
        if let key = shared.cached(name) { return RecordSeal(key: key, origin: origin, members: members) }
        let result: Result<DataKey, AuditError> = await suspend { shared.ask(name, .find([$0])) }
        return RecordSeal(key: try result.get(), origin: origin, members: members)
    }

    /// Destroys the keys of `subject`: what was sealed with them is unreadable from here on, for everybody. Once each is
    /// recorded, `forget` is the last step; until then it can all be done again.
    /// - Returns: the keys' identifiers for `privacy.erase`; none where nothing is known of the subject.
    public func erase(_ subject: SealSubject) async throws(AuditError) -> [[UInt8]] {
        let name = master.name(of: subject)
        let result: Result<[[UInt8]], AuditError> = await suspend { shared.ask(name, .erase($0)) }
        return try result.get()
    }

    /// Forgets that `subject` had these keys, whose erasure is recorded.
    public func forget(_ identifiers: [[UInt8]], of subject: SealSubject) async throws(AuditError) {
        let name = master.name(of: subject)
        let result: Result<[[UInt8]], AuditError> = await suspend { shared.ask(name, .forget(identifiers, $0)) }
        _ = try result.get()
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
            let result = Result { () throws(AuditError) -> [[UInt8]] in
                let identifiers = try store.identifiers(ofSubjectNamed: name)
                shared.drop(name)
                for identifier in identifiers { try store.destroyKey(identifier) }
                return identifiers
            }
            waiter.resume(returning: result)
        case .forget(let identifiers, let waiter):
            let result = Result { () throws(AuditError) -> [[UInt8]] in
                for identifier in identifiers { try store.forget(identifier, ofSubjectNamed: name) }
                return identifiers
            }
            waiter.resume(returning: result)
        }
    }
}

extension SealingKeys {
    /// What callers and the thread share.
    final class Shared: Sendable {
        typealias KeyWaiter = Resumption<Result<DataKey, AuditError>>
        typealias ErasureWaiter = Resumption<Result<[[UInt8]], AuditError>>

        enum Order: Sendable {
            case find([KeyWaiter])
            case erase(ErasureWaiter)
            case forget([[UInt8]], ErasureWaiter)

            func refuse(_ error: AuditError) {
                switch self {
                case .find(let waiters): for waiter in waiters { waiter.resume(returning: .failure(error)) }
                case .erase(let waiter), .forget(_, let waiter): waiter.resume(returning: .failure(error))
                }
            }
        }

        private struct Values {
            /// Keys used lately, and those used before: a full `young` becomes `old`, which is forgotten.
            var young: [SHA256Digest: DataKey] = [:]
            var old: [SHA256Digest: DataKey] = [:]
            var wanted: [SHA256Digest: [KeyWaiter]] = [:]
            var erasures: [(SHA256Digest, Order)] = []
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

        /// Whoever waits is answered once: here where it is refused, else by the thread.
        func ask(_ name: SHA256Digest, _ order: Order) {
            let refusal: AuditError? = values.withLock { values in
                if values.isStopped { return .unavailable }
                guard values.waiting < waitingMax else { return .backpressure }
                values.waiting += 1
                switch order {
                case .find(let waiters): values.wanted[name, default: []] += waiters
                case .erase, .forget: values.erasures.append((name, order))
                }
                return nil
            }
            if let refusal { order.refuse(refusal) } else { wakeUp.signal() }
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
                    return (values.wanted.map { ($0, Order.find($1)) } + values.erasures, values.isStopped)
                }
                if !orders.isEmpty { return orders }
                if isStopped { return nil }
                wakeUp.wait()
            }
        }
    }
}
