internal import Synchronization

/// Where the newest checkpoint is shown to everyone else.
final class CheckpointOutlet: Sendable {
    private struct Values {
        var note: [UInt8] = []
        var statistics = PublishingStatistics()
    }

    private let values = Mutex(Values())
    private let onCheckpoint: (@Sendable (PublishedCheckpoint) -> Void)?

    /// Called when the last one is published; what comes of it is taken when it returns.
    let onLastCheckpoint: (@Sendable () -> Void)?

    init(
        onCheckpoint: (@Sendable (PublishedCheckpoint) -> Void)?, onLastCheckpoint: (@Sendable () -> Void)? = nil
    ) {
        self.onCheckpoint = onCheckpoint
        self.onLastCheckpoint = onLastCheckpoint
    }

    /// The newest checkpoint with its cosignatures; empty before the first.
    var note: [UInt8] { values.withLock { $0.note } }
    var statistics: PublishingStatistics { values.withLock { $0.statistics } }

    func publish(_ note: SignedNote, _ statistics: PublishingStatistics) {
        values.withLock { values in
            values.note = note.bytes
            values.statistics = statistics
        }
        onCheckpoint?(PublishedCheckpoint(note: note))
    }

    /// `note` has a signature more. An older one than what is shown is shown no more.
    func update(_ note: SignedNote) {
        values.withLock { values in
            guard values.note.starts(with: note.text) else { return }
            values.note = note.bytes
        }
    }
}

/// A checkpoint that has just been published.
public struct PublishedCheckpoint: Sendable {
    package let note: SignedNote

    /// The signed note.
    public var bytes: [UInt8] { note.bytes }

    /// The line that goes to standard error, where other machines may keep it: `audit-checkpoint <origin> <size> <root>`.
    public var line: [UInt8] {
        let fields = note.text.split(separator: 0x0A)
        return Array("audit-checkpoint".utf8) + fields.flatMap { [0x20] + $0 }
    }
}
