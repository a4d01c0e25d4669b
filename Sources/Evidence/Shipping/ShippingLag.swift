public import Audit
internal import LinuxIO

/// How far shipping is behind, as the ledger and the log tell: right whether or not the shipping process lives.
public struct ShippingLag: Hashable, Sendable {
    /// Finished segments that are not known to be elsewhere.
    public var segments: UInt64
    /// Seconds since the oldest of them was finished; 0 where there is none.
    public var seconds: UInt64

    /// A lag from its parts.
    public init(segments: UInt64, seconds: UInt64) {
        self.segments = segments
        self.seconds = seconds
    }

    /// Looks at the log in `directory` and at the ledger in `stateDirectory`. Reads two small pieces a segment: not for an event
    /// loop.
    /// - Parameter now: microseconds since 1970.
    /// - Throws: `EvidenceError.storage`
    public static func measure(
        directory: String, stateDirectory: String, now: Int64
    ) throws(EvidenceError) -> ShippingLag {
        do throws(FileError) {
            let state = try DirectoryStorage(path: stateDirectory)
            let disk = try DirectoryStorage(path: directory)
            return try measure(disk, ledger: Result { () throws(EvidenceError) in try .read(state) }, now: now)
        } catch {
            throw .storage(error)
        }
    }

    static func measure(
        _ disk: some Storage, ledger: Result<ShippingLedger, EvidenceError>, now: Int64
    ) throws(FileError) -> ShippingLag {
        // A ledger that cannot be read vouches for nothing.
        let shipped = (try? ledger.get()) ?? ShippingLedger()
        let waiting = try FinishedSegment.list(disk).filter { shipped.segments[$0.name] == nil }
        let oldest = waiting.compactMap { $0.finished?.microseconds }.min() ?? now
        return ShippingLag(segments: UInt64(waiting.count), seconds: UInt64(max(0, now - oldest)) / 1_000_000)
    }
}

/// Decides when a lag is worth a record: once when it passes the limit, and again only after it was below.
public struct ShippingAlarm: Sendable {
    private let limitSeconds: UInt64
    private var isRaised = false

    /// - Parameter limitSeconds: a longer lag is worth a record.
    public init(limitSeconds: UInt64) { self.limitSeconds = limitSeconds }

    /// The record was not taken: the next lag that is too long is worth one again.
    public mutating func lower() { isRaised = false }

    /// The record that `lag` is worth, if any.
    public mutating func observe(_ lag: ShippingLag) -> EncodedRecord? {
        let isLate = lag.seconds > limitSeconds
        defer { isRaised = isLate }
        guard isLate, !isRaised else { return nil }
        return .shippingPressure(segments: lag.segments, lagSeconds: lag.seconds, limitSeconds: limitSeconds)
    }
}
