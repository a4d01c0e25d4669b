internal import LinuxIO
internal import Threading

/// One loop's share of a listening address: its own socket on the shared port.
///
/// Belongs to the loop's thread. At the descriptor limit it stops watching for a moment, because a
/// level-triggered listener that cannot accept would spin.
final class LoopListener {
    /// Connections taken before the loop turns to those it has.
    private static let acceptsPerTurn = 16
    /// How long a listener rests at the descriptor limit.
    static let pause = Duration.milliseconds(50)

    private let descriptor: Int32
    private let accepted: (EventLoop, Int32, SocketAddress) -> Void
    private let refused: () -> Void
    private var token: UInt64 = 0
    private var epoll: Epoll?
    private var pausedUntil: MonotonicInstant?

    /// Whether it waits for a descriptor to become free.
    var isPaused: Bool { pausedUntil != nil }

    init(
        descriptor: Int32, accepted: @escaping (EventLoop, Int32, SocketAddress) -> Void,
        atDescriptorLimit refused: @escaping () -> Void
    ) {
        self.descriptor = descriptor
        self.accepted = accepted
        self.refused = refused
    }

    func attach(to epoll: Epoll, token: UInt64) {
        self.token = token
        self.epoll = epoll
        watch()
    }

    func acceptWaiting(on loop: EventLoop) {
        for _ in 0..<Self.acceptsPerTurn {
            switch Socket.accept(from: descriptor) {
            case .connection(let descriptor, let peer): accepted(loop, descriptor, peer)
            case .none: return
            case .vanished: continue
            case .descriptorLimit:
                pause()
                return
            }
        }
    }

    private func pause() {
        refused()
        pausedUntil = .now + Self.pause
        epoll?.remove(descriptor)
    }

    /// Watches again once the pause is over: this process or another may have closed something.
    func resume(at now: MonotonicInstant) {
        guard let until = pausedUntil, until <= now else { return }
        pausedUntil = nil
        watch()
    }

    /// A kernel that has no watch left today may have one in a moment: the listener is never given up in silence.
    private func watch() {
        if epoll?.addLevelTriggered(descriptor, token: token) != true { pause() }
    }

    func close(_ epoll: Epoll) {
        epoll.remove(descriptor)
        Socket.close(descriptor)
    }
}
