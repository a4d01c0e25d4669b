internal import Threading

/// Whose session it is and how it is called: another principal's of the same name is another session.
struct SessionKey: Hashable, Sendable {
    let issuer: [UInt8]
    let subject: [UInt8]
    let session: [UInt8]

    /// Bytes of the names.
    var byteCount: Int { issuer.count + subject.count + session.count }
}

/// The sessions' vaults in the order of their last use: a value without a lock or a clock.
///
/// Every method that drops vaults hands them back in `dropped`, so that they are zeroed and freed outside the lock.
struct SessionTable {
    /// What sessions may take up.
    struct Bounds: Sendable {
        let sessionsMax: Int
        /// Memory of all vaults together.
        let bytesMax: Int
        /// A session that was not used for longer than this is forgotten.
        let idleMax: Duration
    }

    /// A session and its vault.
    typealias Session = (key: SessionKey, vault: SharedVault)

    private struct Slot {
        let key: SessionKey
        let vault: SharedVault
        var bytes: Int
        var used: MonotonicInstant
        var older: Int?
        var newer: Int?
    }

    /// What a session takes beside its vault and its names.
    static let overheadBytes = 256

    let bounds: Bounds
    private var slots: [Slot?] = []
    private var free: [Int] = []
    private var places: [SessionKey: Int] = [:]
    private var oldest: Int?
    private var newest: Int?
    /// What all of them take.
    private(set) var bytes = 0
    /// Sessions that were dropped to make room, and those that were idle too long.
    private(set) var evictions: UInt64 = 0, expirations: UInt64 = 0

    init(bounds: Bounds) { self.bounds = bounds }

    var count: Int { places.count }

    /// All of them, in no order.
    var sessions: [Session] { slots.compactMap { slot in slot.map { ($0.key, $0.vault) } } }

    /// The session's vault, which is thereby used; nil where there is none, or it was idle too long.
    mutating func find(_ key: SessionKey, now: MonotonicInstant, dropping dropped: inout [Session]) -> SharedVault? {
        dropIdle(now: now, dropping: &dropped)
        guard let place = places[key] else { return nil }
        use(place, now)
        return slots[place]?.vault
    }

    /// Keeps `vault` as the session's, unless another request has done so with another one, and makes room for it by dropping
    /// the sessions that were idle longest.
    /// - Returns: the vault that is kept, not `vault` where the other request's stays; and whether it has grown.
    mutating func keep(
        _ vault: SharedVault, bytes vaultBytes: Int, for key: SessionKey, now: MonotonicInstant,
        dropping dropped: inout [Session]
    ) -> (vault: SharedVault, hasGrown: Bool) {
        dropIdle(now: now, dropping: &dropped)
        let place = places[key] ?? add(key, vault)
        use(place, now)
        guard let kept = slots[place]?.vault else { preconditionFailure("a place that the index names is taken") }
        let hasGrown = kept === vault && grow(place, to: vaultBytes + key.byteCount + Self.overheadBytes)
        while count > bounds.sessionsMax || bytes > bounds.bytesMax, let oldest, oldest != place {
            evictions += 1
            drop(oldest, &dropped)
        }
        return (kept, hasGrown)
    }

    /// Drops the sessions that have been idle too long.
    mutating func dropIdle(now: MonotonicInstant, dropping dropped: inout [Session]) {
        while let oldest, let slot = slots[oldest], slot.used + bounds.idleMax < now {
            expirations += 1
            drop(oldest, &dropped)
        }
    }

    /// Drops one session, where it is here.
    mutating func forget(_ key: SessionKey, dropping dropped: inout [Session]) {
        if let place = places[key] { drop(place, &dropped) }
    }

    private mutating func add(_ key: SessionKey, _ vault: SharedVault) -> Int {
        let slot = Slot(key: key, vault: vault, bytes: 0, used: MonotonicInstant(nanoseconds: 0))
        let place = free.popLast() ?? slots.count
        if place == slots.count { slots.append(slot) } else { slots[place] = slot }
        places[key] = place
        link(place)
        return place
    }

    /// A vault only grows: of two requests that end at once, the greater number is the later one.
    private mutating func grow(_ place: Int, to count: Int) -> Bool {
        let before = slots[place]?.bytes ?? 0
        guard count > before else { return false }
        slots[place]?.bytes = count
        bytes += count - before
        return true
    }

    private mutating func use(_ place: Int, _ now: MonotonicInstant) {
        unlink(place)
        link(place)
        slots[place]?.used = now
    }

    private mutating func drop(_ place: Int, _ dropped: inout [Session]) {
        unlink(place)
        guard let slot = slots[place] else { return }
        slots[place] = nil
        free.append(place)
        places[slot.key] = nil
        bytes -= slot.bytes
        dropped.append((slot.key, slot.vault))
    }

    // MARK: The order of use

    private mutating func link(_ place: Int) {
        slots[place]?.older = newest
        slots[place]?.newer = nil
        if let newest { slots[newest]?.newer = place }
        newest = place
        oldest = oldest ?? place
    }

    private mutating func unlink(_ place: Int) {
        let (older, newer) = (slots[place]?.older, slots[place]?.newer)
        if let older { slots[older]?.newer = newer } else { oldest = newer }
        if let newer { slots[newer]?.older = older } else { newest = older }
    }
}
