import Edge
import Foundation
import LinuxIO
import Synchronization
import Testing
import WireClient

@Suite struct `A loop that fails` {
    /// In a process of its own, because the descriptor is taken away beneath the loop.
    @Test func `ends its connections and tells who started it, once`() async {
        await #expect(processExitsWith: .success) {
            let (failures, notes) = (Failures(), HandlerNotes())
            let before = try epollDescriptors()
            let edge = try EdgeServer.start(
                EdgeConfiguration(loopCount: 1), onTurnEnd: failures.noteTurn, onFailure: failures.note)
            let address = try #require(SocketAddress(numeric: "127.0.0.1", port: 0))
            let port = try edge.listen(
                ListenerConfiguration(address: address, transport: .plain), handler: TestHandler(notes: notes))
            var clients: [WireClient] = []
            for _ in 0..<8 {
                let client = try WireClient(port: port)
                guard try await client.exchange(WireClient.get("/one")).text == "/one" else { exit(2) }
                clients.append(client)
            }
            let held = try WireClient(port: port)
            await held.send(WireClient.get("/hold"))
            guard await eventually({ notes.now.held == 1 }) else { exit(9) }
            let descriptors = try epollDescriptors().subtracting(before)
            guard descriptors.count == 1 else { exit(3) }
            // Its number is not left free, where whatever opened a file next would get it.
            for descriptor in descriptors { dup2(1, descriptor) }
            // Whoever sleeps in the set of a closed descriptor sleeps on until an event.
            for client in clients { await client.send(WireClient.get("/two")) }
            guard await eventually({ failures.all.count == 1 }) else { exit(4) }
            guard
                failures.all.allSatisfy({ if case .loopFailed(let error) = $0 { error.code == EINVAL } else { false } })
            else { exit(5) }
            // Who drains waits for what is in flight.
            guard !edge.isStopped, edge.statistics.openConnections > 0 else { exit(6) }
            let turns = failures.turns
            guard await eventually({ failures.turns > turns }) else { exit(10) }
            notes.release()
            guard await eventually({ edge.isStopped }), edge.statistics.openConnections == 0 else { exit(7) }
            guard failures.all.count == 1 else { exit(8) }
            exit(0)
        }
    }

    /// In a process of its own, because the bound on memory is the process's.
    @Test func `to start leaves none of the others running`() async {
        await #expect(processExitsWith: .success) {
            // Every thread takes address space for its stack: after a few there is none left.
            let used = try addressSpaceBytes()
            var limit = rlimit(rlim_cur: used + 40_000_000, rlim_max: .max)
            guard unsafe setrlimit(__rlimit_resource_t(RLIMIT_AS.rawValue), &limit) == 0 else { exit(2) }
            do throws(EdgeError) {
                _ = try EdgeServer.start(EdgeConfiguration(loopCount: 64)) { _ in exit(3) }
                exit(4)
            } catch {
                guard error == .noResources else { exit(5) }
            }
            limit.rlim_cur = .max
            guard unsafe setrlimit(__rlimit_resource_t(RLIMIT_AS.rawValue), &limit) == 0 else { exit(6) }
            guard await eventually({ (try? edgeThreads()) == 0 }) else { exit(7) }
            exit(0)
        }
    }
}

private final class Failures: Sendable {
    private let values = Mutex<[EdgeError]>([])
    private let turnCount = Atomic<Int>(0)
    var all: [EdgeError] { values.withLock { $0 } }
    var turns: Int { turnCount.load(ordering: .relaxed) }
    @Sendable func noteTurn() { turnCount.add(1, ordering: .relaxed) }
    @Sendable func note(_ failure: EdgeError) { values.withLock { $0.append(failure) } }
}

private func epollDescriptors() throws -> Set<Int32> {
    let files = FileManager.default
    let descriptors = try files.contentsOfDirectory(atPath: "/proc/self/fd").compactMap { name in
        let target = try? files.destinationOfSymbolicLink(atPath: "/proc/self/fd/" + name)
        return target == "anon_inode:[eventpoll]" ? Int32(name) : nil
    }
    return Set(descriptors)
}

private func threadNames() throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: "/proc/self/task").compactMap {
        try? String(contentsOfFile: "/proc/self/task/\($0)/comm", encoding: .utf8)
    }
}

private func edgeThreads() throws -> Int { try threadNames().count { $0.hasPrefix("edge-") } }

private func addressSpaceBytes() throws -> UInt {
    let pages = try String(contentsOfFile: "/proc/self/statm", encoding: .utf8).split(separator: " ").first ?? "0"
    return (UInt(pages) ?? 0) * 4096
}
