internal import LinuxIO

/// Removes stored checkpoints that nobody needs: of those older than seven days, all but the newest of each hour
/// (`docs/formats/audit-log.md` §10).
///
/// A checkpoint is as old as the last record that it covers, and "now" is the newest checkpoint's last record: the log's own
/// times decide and no clock. Never removed: the one that hands over to another key, the last before a stop, one that an
/// export cites, one whose record is not in the log any more, and so the newest of all. Each removal stands for itself: what a crash leaves is
/// removed after the next start. That a file cannot be removed ends nothing; it is only kept.
struct CheckpointThinning<Disk: Storage, State: Storage> {
    private let files: CheckpointFiles<Disk, State>
    private var seeker: RecordSeeker<Disk>
    /// Sizes of stored checkpoints that have not been looked at, in order.
    private var waiting: [UInt64]
    /// The one that was looked at last.
    private var last: (size: UInt64, hour: [UInt8], isKept: Bool)?
    /// When the newest checkpoint's last record was written.
    private var newest: (size: UInt64, time: WallTime)?
    /// Removed so far.
    private(set) var removed: UInt64 = 0

    /// Seven days in microseconds.
    static var ageMicroseconds: Int64 { 7 * 86_400_000_000 }
    /// Checkpoints looked at in one round: some twenty small reads each.
    static var looksPerRound: Int { 32 }

    /// - Parameter sizes: those of all stored checkpoints, in order.
    init(_ files: CheckpointFiles<Disk, State>, stored sizes: [UInt64]) {
        self.files = files
        seeker = RecordSeeker(files.disk)
        waiting = sizes
    }

    /// A checkpoint was published.
    mutating func note(published size: UInt64) {
        guard size > waiting.last ?? last?.size ?? 0 else { return }
        waiting.append(size)
    }

    /// Looks at the next checkpoints that are old enough, and removes those that are not needed.
    mutating func step(newestSize: UInt64) {
        guard let limit = limit(newestSize) else { return }
        var looked = 0
        while looked < min(Self.looksPerRound, waiting.count), waiting[looked] < newestSize {
            let size = waiting[looked]
            let head = size > 0 ? (try? seeker.head(of: size - 1)) ?? nil : nil
            if let head {
                guard head.time < limit else { break }
                if let last, last.hour == head.hour, !last.isKept { remove(last.size) }
            }
            last = head.map { (size, $0.hour, $0.type == .keyRotate || $0.type == .gatewayStop) }
            looked += 1
        }
        waiting.removeFirst(looked)
    }

    /// What was written before this moment is older than seven days.
    private mutating func limit(_ newestSize: UInt64) -> WallTime? {
        if newest?.size != newestSize, newestSize > 0, let head = try? seeker.head(of: newestSize - 1) {
            newest = (newestSize, head.time)
        }
        return newest.map { WallTime(microseconds: $0.time.microseconds - Self.ageMicroseconds) }
    }

    private mutating func remove(_ size: UInt64) {
        guard (try? CitedCheckpoints(files.disk).isCited(size)) == false else { return }
        if (try? files.removeStored(ofSize: size)) != nil { removed += 1 }
    }
}
