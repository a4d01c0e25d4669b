public import LinuxIO
internal import Threading

/// ClamAV's daemon on this machine. It blocks: the threads that inspect documents ask it. A document that it does not call
/// clean is not taken, and while it is away none is.
public struct VirusScanner: Sendable {
    /// Where it listens: a loopback address, since documents go there as they are.
    public let address: SocketAddress
    /// How long one document may take, from the first byte to the verdict.
    public let timeout: Duration

    /// A scanner; nil where the address is another machine's.
    public init?(at address: SocketAddress, timeout: Duration) {
        guard address.isLoopback else { return nil }
        self.address = address
        self.timeout = timeout
    }

    /// Has a document scanned.
    /// - Throws: `.refused(.infected)`; `.scannerAway` where there is no verdict.
    func scan(_ document: [UInt8]) throws(DocumentError) {
        let answer: Result<ScanExchange.Verdict, ScanExchange.Fault>
        do throws(SocketError) { answer = try exchange(document) } catch {
            throw .scannerAway(reason: "\(address.text): \(error.call): \(error.message)")
        }
        switch answer {
        case .success(.clean): return
        case .success(.infected): throw .refused(.infected)
        case .failure(.refused(let text)):
            throw .scannerAway(reason: "\(address.text): it says: \(String(decoding: text, as: UTF8.self))")
        case .failure(.noAnswer): throw .scannerAway(reason: "\(address.text): what it answers is no verdict")
        }
    }

    private func exchange(
        _ document: [UInt8]
    ) throws(SocketError) -> Result<ScanExchange.Verdict, ScanExchange.Fault> {
        let end = MonotonicInstant.now + timeout
        let stream = try ClientStream.connect(to: address, milliseconds: Self.milliseconds(until: end))
        do throws(SocketError) {
            try send(document, to: stream, until: end)
        } catch {
            // A daemon that refuses a document says why and closes while more is sent: that is worth more to the operator.
            guard let answer = try? receive(from: stream, until: end) else { throw error }
            return answer
        }
        return try receive(from: stream, until: end)
    }

    private func send(
        _ document: [UInt8], to stream: borrowing ClientStream, until end: MonotonicInstant
    ) throws(SocketError) {
        let (opening, closing) = (ScanExchange.opening, ScanExchange.closing)
        try stream.send(opening.span, milliseconds: Self.milliseconds(until: end))
        var start = 0
        while start < document.count {
            let count = min(ScanExchange.pieceBytes, document.count - start)
            let length = ScanExchange.length(of: count)
            try stream.send(length.span, milliseconds: Self.milliseconds(until: end))
            try stream.send(
                document.span.extracting(start..<start + count), milliseconds: Self.milliseconds(until: end))
            start += count
        }
        try stream.send(closing.span, milliseconds: Self.milliseconds(until: end))
    }

    private func receive(
        from stream: borrowing ClientStream, until end: MonotonicInstant
    ) throws(SocketError) -> Result<ScanExchange.Verdict, ScanExchange.Fault> {
        var exchange = ScanExchange()
        while true {
            var bytes: [UInt8] = []
            let isOpen = try stream.receive(into: &bytes, atMost: 1_024, milliseconds: Self.milliseconds(until: end))
            do throws(ScanExchange.Fault) {
                if let verdict = try exchange.consume(bytes[...]) { return .success(verdict) }
            } catch {
                return .failure(error)
            }
            guard isOpen else { return .failure(exchange.finish()) }
        }
    }

    /// What is left; 0 where the time is over, which a wait takes for its end.
    private static func milliseconds(until end: MonotonicInstant) -> Int32 {
        let now = MonotonicInstant.now
        return now < end ? Int32(clamping: (end.microseconds(since: now) + 999) / 1000) : 0
    }
}
