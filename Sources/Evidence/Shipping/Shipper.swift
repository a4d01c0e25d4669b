package import Audit
internal import LinuxIO
internal import OpenSSL

/// Brings a log's finished segments and checkpoints to other storage: at least once, in order, each checked by its hash there.
///
/// It runs in a process of its own (`portcullis audit ship`), not in the gateway: the archive's credentials are then not where
/// strangers send bytes, a gateway that was taken over cannot reach the archive, its sandbox needs no further host, folder
/// or program, and nothing that shipping does can hold up a request. The gateway only looks at the ledger, for its metrics.
///
/// A value without a clock or a thread: `round` does what there is to do, and says how long to wait.
package struct Shipper<Target: ShipTarget & ~Copyable, Disk: Storage, State: Storage>: ~Copyable {
    /// What a round came to.
    package struct Outcome: Equatable, Sendable {
        /// Names of what is there now and was not, in order.
        package var shipped: [String] = []
        /// What the round stopped at.
        package var failure: ShipFailure?
        /// The object that it stopped at.
        package var failed: String?
        /// Whether it stopped since it was asked to.
        package var isCutShort = false
        /// Milliseconds to wait before the next round; 0 where there is more to do.
        package var waitMilliseconds: UInt64

        fileprivate var cutShort: Outcome {
            var outcome = self
            outcome.failed = nil
            outcome.isCutShort = true
            return outcome
        }
    }

    /// The most notes of one round.
    package static var notesPerRound: Int { 1000 }

    private let disk: Disk
    private let state: State
    private let directory: String
    private var target: Target
    private let idleMilliseconds: UInt64
    private var backoff = Backoff()
    private var random: any RandomNumberGenerator
    private var ledger: ShippingLedger
    /// Failures since the start.
    package private(set) var failures: [ShipFailure: UInt64] = [:]

    /// - Parameters:
    ///   - disk: the log's directory, and `directory` its path.
    ///   - state: the state directory, for the ledger.
    ///   - idleMilliseconds: the wait after a round that had nothing left to do.
    /// - Throws: `EvidenceError.storage` where there is a ledger that cannot be read.
    package init(
        _ disk: Disk, directory: String, state: State, target: consuming Target, idleMilliseconds: UInt64,
        random: any RandomNumberGenerator = SystemRandomNumberGenerator()
    ) throws(EvidenceError) {
        self.disk = disk
        self.directory = directory
        self.state = state
        self.idleMilliseconds = idleMilliseconds
        self.random = random
        ledger = try .read(state)
        self.target = target
    }

    /// Ships what is not there yet, until there is nothing left or something fails.
    /// - Parameters:
    ///   - progress: objects done, and objects that there are to do.
    ///   - isStopping: asked before each object: the round ends there.
    package mutating func round(
        progress: ((Int, Int) -> Void)? = nil, isStopping: () -> Bool = { false }
    ) -> Outcome {
        var outcome = Outcome(waitMilliseconds: idleMilliseconds)
        do throws(ShipFailure) {
            let segments = try list()
            let waiting = segments.filter { ledger.segments[$0.name] == nil }
            let notes = try listNotes()
            let total = waiting.count + notes.count
            for segment in waiting {
                if isStopping() { return outcome.cutShort }
                outcome.failed = segment.name
                ledger.add(try ship(segment.name, mayReplace: false))
                try record()
                outcome.shipped.append(segment.name)
                progress?(outcome.shipped.count, total)
            }
            for note in notes.prefix(Self.notesPerRound) {
                if isStopping() {
                    try record()
                    return outcome.cutShort
                }
                outcome.failed = note.name
                _ = try ship(note.name, mayReplace: true)
                ledger.notesSize = note.size
                outcome.shipped.append(note.name)
                progress?(outcome.shipped.count, total)
            }
            if !notes.isEmpty { try record() }
            if isStopping() { return outcome.cutShort }
            try shipHead(&outcome)
            outcome.failed = nil
            if notes.count > Self.notesPerRound { outcome.waitMilliseconds = 0 }
            backoff.succeed()
            try forgetRemoved(segments)
        } catch {
            failures[error, default: 0] += 1
            outcome.failure = error
            outcome.waitMilliseconds = backoff.fail(&random)
            // What was shipped of this round before stays known; if that fails too, it is found there again.
            try? ledger.put(on: state)
        }
        return outcome
    }

    /// Sends what is not there, and holds what is there against the file's hash.
    private mutating func ship(_ name: String, mayReplace: Bool) throws(ShipFailure) -> ShipObject {
        let digest: SHA256Digest
        let bytes: UInt64
        do throws(FileError) { (digest, bytes) = try FileDigest.of(try disk.open(name)) } catch { throw .file }
        let object = ShipObject(name: name, bytes: bytes, sha256: digest, mayReplace: mayReplace)
        switch try target.presence(of: object) {
        case .same: return object
        case .different where !mayReplace: throw .conflict
        case .different, .missing: break
        }
        try target.put(object, from: "\(directory)/\(name)")
        guard try target.presence(of: object) == .same else { throw .hash }
        return object
    }

    /// The newest checkpoint, whose file is replaced by each that follows and by each cosignature.
    private mutating func shipHead(_ outcome: inout Outcome) throws(ShipFailure) {
        let name = "checkpoint"
        do throws(FileError) {
            let (digest, _) = try FileDigest.of(try disk.open(name))
            if digest == ledger.head { return }
        } catch {
            if error.isMissing { return }
            throw .file
        }
        outcome.failed = name
        ledger.head = try ship(name, mayReplace: true).sha256
        try record()
        outcome.shipped.append(name)
    }

    private func list() throws(ShipFailure) -> [FinishedSegment] {
        do throws(FileError) { return try FinishedSegment.list(disk) } catch { throw .file }
    }

    /// Notes that are settled: a later one was published, so cosignatures come to that one, and this stays as it is.
    private func listNotes() throws(ShipFailure) -> [(size: UInt64, name: String)] {
        let names: [String]
        do throws(FileError) { names = try disk.names(in: "checkpoints") } catch { throw .file }
        let sizes = names.compactMap { name -> UInt64? in
            guard name.utf8.count == 25, name.hasSuffix(".note") else { return nil }
            return UInt64(name.dropLast(5))
        }
        return sizes.sorted().dropLast().filter { $0 > ledger.notesSize }.map { size in
            let digits = String(size)
            return (size, "checkpoints/\(String(repeating: "0", count: 20 - digits.utf8.count))\(digits).note")
        }
    }

    /// What was pruned needs no line any more. Never on the word of an empty listing.
    private mutating func forgetRemoved(_ segments: [FinishedSegment]) throws(ShipFailure) {
        guard let first = segments.first, ledger.segments.keys.contains(where: { $0 < first.name }) else { return }
        ledger.keep(only: Set(segments.map(\.name)))
        try record()
    }

    private func record() throws(ShipFailure) {
        do throws(FileError) { try ledger.put(on: state) } catch { throw .file }
    }
}
