import LinuxIO
import Patience
import Synchronization
import Testing
import Threading

/// A server on loopback that notes what comes and answers what it is told, byte for byte.
final class ScriptedServer: Sendable {
    /// What came: the head as text, the body as bytes.
    struct Received: Sendable {
        let head: String
        let body: [UInt8]
    }

    /// What to answer.
    struct Answer: Sendable {
        var bytes: [UInt8]
        var delay = Duration.zero

        init(_ text: String, delay: Duration = .zero) {
            bytes = Array(text.utf8)
            self.delay = delay
        }

        static func status(_ status: Int, fields: String = "", body: [UInt8] = []) -> Answer {
            var answer = Answer("HTTP/1.1 \(status) X\r\nContent-Length: \(body.count)\r\n\(fields)\r\n")
            answer.bytes += body
            return answer
        }
    }

    let port: UInt16
    private let work: Work

    /// Starts it.
    /// - Parameter script: the answer to the request of this number, from 0; nil closes the connection.
    init(_ script: @escaping @Sendable (Int, Received) -> Answer?) throws {
        let loopback = try #require(SocketAddress(numeric: "127.0.0.1", port: 0))
        let listener = try Socket.listen(at: loopback, backlog: 16, sharesPort: false)
        port = Socket.localPort(of: listener)
        let work = Work()
        self.work = work
        let isStarted = SystemThread.start(named: "scripted") {
            while !work.isStopped.load(ordering: .relaxed) {
                guard case .connection(let descriptor, _) = Socket.accept(from: listener) else {
                    FileWait.pause(.milliseconds(1))
                    continue
                }
                // One thread for each connection: a client may keep one while another comes.
                let isServed = SystemThread.start(named: "scripted-c") {
                    work.serve(descriptor, script)
                    Socket.close(descriptor)
                }
                if !isServed { Socket.close(descriptor) }
            }
            Socket.close(listener)
        }
        try #require(isStarted)
    }

    deinit { stop() }

    func stop() { work.isStopped.store(true, ordering: .relaxed) }

    var url: String { "http://127.0.0.1:\(port)" }
    var requests: [Received] { work.received.withLock { $0 } }
}

/// What the threads of a server hold: the server itself goes with its test, and tells them to end.
private final class Work: Sendable {
    typealias Received = ScriptedServer.Received
    typealias Answer = ScriptedServer.Answer

    let received = Mutex<[Received]>([])
    let isStopped = Atomic<Bool>(false)

    func serve(_ descriptor: Int32, _ script: @Sendable (Int, Received) -> Answer?) {
        var pending: [UInt8] = []
        while let request = next(descriptor, &pending) {
            let number = received.withLock { list in
                list.append(request)
                return list.count - 1
            }
            guard let answer = script(number, request) else { return }
            FileWait.pause(answer.delay)
            var offset = 0
            while offset < answer.bytes.count {
                guard let count = Socket.write(descriptor, answer.bytes.span.extracting(offset...)) else {
                    FileWait.pause(.milliseconds(1))
                    continue
                }
                if count <= 0 { return }
                offset += count
            }
        }
    }

    private func next(_ descriptor: Int32, _ pending: inout [UInt8]) -> Received? {
        var room = [UInt8](repeating: 0, count: 65_536)
        let deadline = MonotonicInstant.now + .seconds(20).stretched
        while MonotonicInstant.now < deadline && !isStopped.load(ordering: .relaxed) {
            if let request = split(&pending) { return request }
            var span = room.mutableSpan
            guard let count = Socket.read(descriptor, into: &span) else {
                FileWait.pause(.milliseconds(1))
                continue
            }
            if count <= 0 { return nil }
            pending += room.prefix(count)
        }
        return nil
    }

    private func split(_ pending: inout [UInt8]) -> Received? {
        // What speaks TLS to us gets an answer too.
        if pending.first == 0x16 {
            let hello = Received(head: "TLS", body: pending)
            pending = []
            return hello
        }
        guard let end = pending.firstRange(of: Array("\r\n\r\n".utf8)) else { return nil }
        let head = String(decoding: pending[..<end.lowerBound], as: UTF8.self)
        let length =
            head.split(separator: "\r\n").first { $0.lowercased().hasPrefix("content-length:") }
            .flatMap { Int($0.split(separator: " ").last ?? "") } ?? 0
        guard pending.count >= end.upperBound + length else { return nil }
        let body = Array(pending[end.upperBound..<end.upperBound + length])
        pending.removeFirst(end.upperBound + length)
        return Received(head: head, body: body)
    }
}

/// Looks every few milliseconds whether `condition` holds.
func eventually(within limit: Duration = .seconds(20), _ condition: () -> Bool) -> Bool {
    let deadline = MonotonicInstant.now + limit.stretched
    while !condition() {
        if MonotonicInstant.now > deadline { return false }
        FileWait.pause(.milliseconds(2))
    }
    return true
}
