import LinuxIO
import OpenSSL
import Synchronization
import Testing
import Threading

@testable import Audit

/// A C2SP witness on loopback that does its work, and does it wrong where it is told to.
///
/// The fault model: before a request is looked at, a script may answer in the witness's place with any bytes, after any time;
/// it may reset or close the connection; it may change the witness's memory. One client, one request at a time.
final class FaultyWitness: Sendable {
    /// What the script says to the request of a number, from 0.
    enum Fault: Sendable {
        /// The witness does its work.
        case none
        /// These bytes, in whole.
        case bytes([UInt8])
        /// This answer.
        case answer(Int, fields: String = "", body: [UInt8] = [])
        /// Nothing, for so long, then the end of the connection.
        case silence(Duration)
        /// RST.
        case reset
        /// The end, without an answer.
        case close
        /// The work done, and the answer lost.
        case lose
        /// The work done, with a clock that is so much ahead.
        case clock(Int64)
    }

    struct Memory: Sendable {
        var size: UInt64 = 0
        var root = MerkleTree.emptyRoot
        var requests: [[UInt8]] = []
        var heads: [String] = []
    }

    let port: UInt16
    let name = "witness.example/w1"
    let memory = Mutex(Memory())
    private let seed = Array(UInt8(32)..<64)
    private let isStopped = Atomic<Bool>(false)

    var key: VerifierKey {
        get throws {
            VerifierKey(name: name, publicKey: try testKey(seed).publicKey, kind: .witness)
        }
    }
    var url: String { "http://127.0.0.1:\(port)/prefix" }
    var requests: [[UInt8]] { memory.withLock { $0.requests } }

    init(_ script: @escaping @Sendable (Int) -> Fault = { _ in .none }) throws {
        let loopback = try #require(SocketAddress(numeric: "127.0.0.1", port: 0))
        let listener = try Socket.listen(at: loopback, backlog: 16, sharesPort: false)
        port = Socket.localPort(of: listener)
        let isStarted = SystemThread.start(named: "faulty") { [weak self] in
            while let witness = self, !witness.isStopped.load(ordering: .relaxed) {
                guard case .connection(let descriptor, _) = Socket.accept(from: listener) else {
                    FileWait.pause(.milliseconds(1))
                    continue
                }
                witness.serve(descriptor, script)
                Socket.close(descriptor)
            }
            Socket.close(listener)
        }
        try #require(isStarted)
    }

    deinit { stop() }

    func stop() { isStopped.store(true, ordering: .relaxed) }

    private func serve(_ descriptor: Int32, _ script: (Int) -> Fault) {
        var pending: [UInt8] = []
        while let body = next(descriptor, &pending) {
            let number = memory.withLock { memory in
                memory.requests.append(body)
                return memory.requests.count - 1
            }
            switch script(number) {
            case .none: write(descriptor, work(body))
            case .bytes(let bytes): write(descriptor, bytes)
            case .answer(let status, let fields, let body): write(descriptor, Self.answer(status, fields, body))
            case .silence(let time):
                let end = MonotonicInstant.now + time
                while MonotonicInstant.now < end, !isStopped.load(ordering: .relaxed) {
                    FileWait.pause(.milliseconds(5))
                }
                return
            case .reset:
                Socket.resetWhenClosed(descriptor)
                return
            case .close: return
            case .lose:
                _ = work(body)
                return
            case .clock(let seconds): write(descriptor, work(body, ahead: seconds))
            }
        }
    }

    static func answer(_ status: Int, _ fields: String = "", _ body: [UInt8] = []) -> [UInt8] {
        Array("HTTP/1.1 \(status) X\r\nContent-Length: \(body.count)\r\n\(fields)\r\n".utf8) + body
    }

    /// The protocol, as a witness must follow it.
    private func work(_ body: [UInt8], ahead: Int64 = 0) -> [UInt8] {
        guard let gap = body.firstRange(of: [0x0A, 0x0A]) else { return Self.answer(400) }
        let lines = body[..<gap.lowerBound].split(separator: 0x0A)
        guard let first = lines.first, first.starts(with: Array("old ".utf8)),
            let old = UInt64(plainDecimal: first.dropFirst(4)), lines.count <= 64,
            let note = try? SignedNote(Array(body[gap.upperBound...])),
            let checkpoint = try? Checkpoint(text: note.text)
        else { return Self.answer(400) }
        let proof = lines.dropFirst().compactMap { Base64.decode(Array($0)).flatMap { SHA256Digest(bytes: $0) } }
        guard proof.count == lines.count - 1, old <= checkpoint.size else { return Self.answer(400) }
        return memory.withLock { memory in
            guard old == memory.size else {
                return Self.answer(409, "Content-Type: text/x.tlog.size\r\n", Array("\(memory.size)\n".utf8))
            }
            guard
                MerkleProof.extends(
                    old, root: memory.root, to: checkpoint.size, root: checkpoint.root, by: proof)
            else { return Self.answer(422) }
            memory.size = checkpoint.size
            memory.root = checkpoint.root
            return Self.answer(200, "", line(note.text, ahead: ahead))
        }
    }

    func line(_ text: [UInt8], ahead: Int64 = 0) -> [UInt8] {
        let time = UInt64(WallClock.seconds + ahead)
        guard let signer = Ed25519PrivateKey.make(seed: seed),
            let signature = signer.sign(Cosignature.message(text, time: time))
        else { return [] }
        let key = VerifierKey(name: name, publicKey: signer.publicKey, kind: .witness)
        let clock = (0..<8).map { UInt8(truncatingIfNeeded: time >> (56 - 8 * UInt64($0))) }
        return SignedNote.Signature(name: name, keyIdentifier: key.identifier, bytes: clock + signature).line
    }

    private func write(_ descriptor: Int32, _ bytes: [UInt8]) {
        var offset = 0
        let end = MonotonicInstant.now + .seconds(20)
        while offset < bytes.count, MonotonicInstant.now < end {
            guard let count = Socket.write(descriptor, bytes.span.extracting(offset...)) else {
                FileWait.pause(.milliseconds(1))
                continue
            }
            if count <= 0 { return }
            offset += count
        }
    }

    private func next(_ descriptor: Int32, _ pending: inout [UInt8]) -> [UInt8]? {
        var room = [UInt8](repeating: 0, count: 65_536)
        let end = MonotonicInstant.now + .seconds(60)
        while MonotonicInstant.now < end && !isStopped.load(ordering: .relaxed) {
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

    private func split(_ pending: inout [UInt8]) -> [UInt8]? {
        guard let end = pending.firstRange(of: Array("\r\n\r\n".utf8)) else { return nil }
        let head = String(decoding: pending[..<end.lowerBound], as: UTF8.self)
        let length =
            head.split(separator: "\r\n").first { $0.lowercased().hasPrefix("content-length:") }
            .flatMap { Int($0.split(separator: " ").last ?? "") } ?? 0
        guard pending.count >= end.upperBound + length else { return nil }
        let body = Array(pending[end.upperBound..<end.upperBound + length])
        pending.removeFirst(end.upperBound + length)
        memory.withLock { $0.heads.append(head) }
        return body
    }
}
