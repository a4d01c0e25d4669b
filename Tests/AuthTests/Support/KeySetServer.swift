import LinuxIO
import Synchronization
import Testing
import Threading

/// A server on loopback that answers every request with one body, or none ever.
final class KeySetServer: Sendable {
    private let port: UInt16
    private let isStopped: SharedFlag

    private final class SharedFlag: Sendable { let value = Atomic(false) }

    /// - Parameter body: what to answer; nil for nothing, as a server that hangs.
    init(_ body: [UInt8]?) throws {
        let loopback = try #require(SocketAddress(numeric: "127.0.0.1", port: 0))
        let listener = try Socket.listen(at: loopback, backlog: 16, sharesPort: false)
        port = Socket.localPort(of: listener)
        let flag = SharedFlag()
        isStopped = flag
        let isStarted = SystemThread.start(named: "key-set") {
            var connections: [Int32] = []
            while !flag.value.load(ordering: .relaxed) {
                guard case .connection(let descriptor, _) = Socket.accept(from: listener) else {
                    FileWait.pause(.milliseconds(1))
                    continue
                }
                if let body { Self.answer(descriptor, body) }
                connections.append(descriptor)
            }
            for descriptor in connections + [listener] { Socket.close(descriptor) }
        }
        try #require(isStarted)
    }

    deinit { isStopped.value.store(true, ordering: .relaxed) }

    /// Where the key set is.
    var url: String { "http://127.0.0.1:\(port)/keys" }

    private static func answer(_ descriptor: Int32, _ body: [UInt8]) {
        var room = [UInt8](repeating: 0, count: 4096)
        var head: [UInt8] = []
        while !head.suffix(4).elementsEqual([0x0D, 0x0A, 0x0D, 0x0A]) {
            var span = room.mutableSpan
            guard let count = Socket.read(descriptor, into: &span) else {
                FileWait.pause(.milliseconds(1))
                continue
            }
            if count <= 0 { return }
            head += room.prefix(count)
        }
        let answer = Array("HTTP/1.1 200 OK\r\nContent-Length: \(body.count)\r\nConnection: close\r\n\r\n".utf8) + body
        var offset = 0
        while offset < answer.count {
            guard let count = Socket.write(descriptor, answer.span.extracting(offset...)) else {
                FileWait.pause(.milliseconds(1))
                continue
            }
            if count <= 0 { return }
            offset += count
        }
        Socket.shutdownWriting(descriptor)
    }
}
