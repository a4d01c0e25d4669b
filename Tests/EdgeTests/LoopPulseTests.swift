import Edge
import Foundation
import Synchronization
import Testing
import WireClient

@Suite(.ownThread) struct `A pulse` {
    @Test func `returns from loops that turn`() async throws {
        let server = try TestServer(EdgeConfiguration(loopCount: 3))
        let pulse = server.edge.pulse()
        #expect(await eventually { pulse.isAnswered })
    }

    @Test func `does not return from a loop that is stuck, and does when it turns again`() async throws {
        let server = try TestServer(EdgeConfiguration(loopCount: 2))
        let gate = Gate()
        server.edge.perform { gate.hold() }
        #expect(await eventually { gate.isHeld })
        let pulse = server.edge.pulse()
        try await Task.sleep(for: .milliseconds(200))
        #expect(!pulse.isAnswered)
        gate.open()
        #expect(await eventually { pulse.isAnswered })
    }
}

/// Holds up the thread that comes to it.
private final class Gate: Sendable {
    private let arrived = Mutex(false)
    private let opened = DispatchSemaphore(value: 0)

    var isHeld: Bool { arrived.withLock { $0 } }

    func hold() {
        arrived.withLock { $0 = true }
        opened.wait()
    }

    func open() { opened.signal() }
}
