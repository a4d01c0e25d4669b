import Bytes
import Curl
import LinuxIO
import Patience
import Testing
import Threading

@testable import Telemetry

@Suite struct `The tracer` {
    private func configuration(
        _ server: ScriptedServer, queueMax: Int = 100, ratio: Int = 1_000_000, timeout: Duration = .seconds(5).stretched
    ) -> TracerConfiguration {
        TracerConfiguration(
            endpoint: server.url, samplesPerMillion: ratio, queueMax: queueMax, interval: .milliseconds(10),
            retryPause: .milliseconds(5), service: .init(name: "s", version: "1", instanceID: "i"),
            client: HTTPClientConfiguration(totalTimeout: timeout, responseBytesMax: 1000, allowsPlain: true))
    }

    private func trace(_ number: UInt64 = 1, spans: Int = 2) -> FinishedTrace {
        FinishedTrace(
            traceID: Array("4bf92f3577b34da6a3ce929d0e0e4736".utf8), state: [],
            spans: (0..<UInt64(spans)).map {
                TraceSpan(
                    spanID: number + $0, parentID: nil, name: "n", kind: .server, startNanoseconds: 1,
                    endNanoseconds: 2, attributes: [("a", .text("b"))], isError: false)
            })
    }

    @Test func `posts what it is given`() throws {
        let server = try ScriptedServer { _, _ in .status(200) }
        let tracer = try #require(Tracer.start(configuration(server)))
        tracer.record(trace())
        #expect(eventually { tracer.statistics.exported == 2 })
        let request = try #require(server.requests.first)
        #expect(request.head.hasPrefix("POST /v1/traces HTTP/1.1\r\n"))
        #expect(request.head.contains("Content-Type: application/x-protobuf"))
        #expect(!request.body.isEmpty)
        tracer.close()
        server.stop()
    }

    @Test(arguments: [429, 502, 503, 504])
    func `tries again where the collector asks for it`(status: Int) throws {
        let server = try ScriptedServer { number, _ in number < 2 ? .status(status) : .status(200) }
        let tracer = try #require(Tracer.start(configuration(server)))
        tracer.record(trace())
        #expect(eventually { tracer.statistics.exported == 2 })
        let requests = server.requests
        #expect(requests.count == 3 && requests.allSatisfy { $0.body == requests[0].body })
        tracer.close()
        server.stop()
    }

    @Test func `waits as long as Retry-After says`() throws {
        let server = try ScriptedServer { number, _ in
            number == 0 ? .status(503, fields: "Retry-After: 1\r\n") : .status(200)
        }
        let tracer = try #require(Tracer.start(configuration(server)))
        let start = MonotonicInstant.now
        tracer.record(trace())
        #expect(eventually { tracer.statistics.exported == 2 })
        #expect(MonotonicInstant.now.microseconds(since: start) >= 1_000_000)
        tracer.close()
        server.stop()
    }

    @Test func `gives a batch up after the last attempt`() throws {
        let server = try ScriptedServer { _, _ in .status(503) }
        let tracer = try #require(Tracer.start(configuration(server)))
        tracer.record(trace())
        #expect(eventually { tracer.statistics.droppedUndelivered == 2 })
        #expect(server.requests.count == TelemetryLimits.attemptsMax)
        tracer.close()
        server.stop()
    }

    @Test(arguments: [400, 401, 404, 413, 500])
    func `does not insist where the collector refuses`(status: Int) throws {
        let server = try ScriptedServer { _, _ in .status(status) }
        let tracer = try #require(Tracer.start(configuration(server)))
        tracer.record(trace())
        #expect(eventually { tracer.statistics.droppedRejected == 2 })
        #expect(server.requests.count == 1)
        tracer.close()
        server.stop()
    }

    @Test func `counts what a partial success leaves out`() throws {
        var partial = ProtobufWriter()
        partial.message(1) { inner in
            inner.varint(1, 1)
            inner.text(2, "one was bad")
        }
        let body = partial.bytes
        let server = try ScriptedServer { _, _ in .status(200, body: body) }
        let tracer = try #require(Tracer.start(configuration(server)))
        tracer.record(trace())
        #expect(eventually { tracer.statistics.exported == 1 && tracer.statistics.droppedRejected == 1 })
        tracer.close()
        server.stop()
    }

    @Test func `nobody waits for a collector that is slow, and the queue has a bound`() throws {
        let server = try ScriptedServer { _, _ in
            var answer = ScriptedServer.Answer.status(200)
            answer.delay = .milliseconds(500).stretched
            return answer
        }
        let tracer = try #require(Tracer.start(configuration(server, queueMax: 10)))
        tracer.record(trace())
        // Until the exporter hangs in the first post.
        #expect(eventually { server.requests.count == 1 })
        let start = MonotonicInstant.now
        for _ in 0..<10 { tracer.record(trace()) }
        #expect(tracer.statistics.droppedQueueFull == 0 && tracer.statistics.queued == 10)
        tracer.record(trace(spans: 3))
        #expect(tracer.statistics.droppedQueueFull == 3 && tracer.statistics.queued == 10)
        #expect(MonotonicInstant.now.microseconds(since: start) < 400_000 * patienceFactor)
        #expect(eventually { tracer.statistics.exported == 22 })
        tracer.close()
        server.stop()
    }

    @Test func `a collector that is away costs no more than its spans`() throws {
        let server = try ScriptedServer { _, _ in nil }
        let tracer = try #require(Tracer.start(configuration(server)))
        for number in 1...5 { tracer.record(trace(UInt64(number))) }
        #expect(eventually { tracer.statistics.droppedUndelivered == 10 })
        tracer.close()
        server.stop()
    }

    @Test func `what is left is sent at the end, and the end has a limit`() throws {
        let server = try ScriptedServer { _, _ in .status(200) }
        var patient = configuration(server)
        patient.interval = .seconds(60)
        let tracer = try #require(Tracer.start(patient))
        tracer.record(trace())
        tracer.close(within: .seconds(20).stretched)
        #expect(tracer.statistics.exported == 2)
        server.stop()
        let slow = try ScriptedServer { _, _ in
            var answer = ScriptedServer.Answer.status(200)
            answer.delay = .seconds(5).stretched
            return answer
        }
        let stuck = try #require(Tracer.start(configuration(slow)))
        stuck.record(trace())
        #expect(eventually { slow.requests.count == 1 })
        let start = MonotonicInstant.now
        stuck.close(within: .milliseconds(100))
        #expect(MonotonicInstant.now.microseconds(since: start) < 3_000_000 * patienceFactor)
        slow.stop()
    }

    @Test(arguments: [0, 1, 250_000, 999_999, 1_000_000])
    func `samples as many of a million as it is told`(perMillion: Int) throws {
        let server = try ScriptedServer { _, _ in nil }
        let tracer = try #require(Tracer.start(configuration(server, ratio: perMillion)))
        var generator = SystemRandomNumberGenerator()
        var taken = 0
        for _ in 0..<20_000 {
            var buffer = ByteBuffer(capacity: 32)
            buffer.append(hex: generator.next() as UInt64)
            buffer.append(hex: generator.next() as UInt64)
            let digits = buffer.array()
            if tracer.samples(digits, callerDecided: nil) { taken += 1 }
            #expect(tracer.samples(digits, callerDecided: true) && !tracer.samples(digits, callerDecided: false))
        }
        let wanted = Double(perMillion) * 0.02
        #expect(abs(Double(taken) - wanted) <= max(2, 6 * wanted.squareRoot()), "\(taken) for \(wanted)")
        if perMillion == 0 { #expect(taken == 0) }
        if perMillion == 1_000_000 { #expect(taken == 20_000) }
        let all = Array(String(repeating: "f", count: 32).utf8)
        #expect(tracer.samples(all, callerDecided: nil) == (perMillion == 1_000_000))
        tracer.close()
        server.stop()
    }

    @Test(
        arguments: [
            ("https://c.example", 443), ("https://c.example:4318/x", 4318), ("http://127.0.0.1/", 80),
            ("http://[::1]:4318", 4318), ("http://c.example", nil), ("https://c.example:0", nil), ("", nil),
        ] as [(String, UInt16?)])
    func `knows the port that the sandbox has to allow`(endpoint: String, port: UInt16?) {
        #expect(TracerConfiguration.port(of: endpoint) == port)
    }

    @Test func `any bytes are a message or none, without a trap`() {
        var generator = SystemRandomNumberGenerator()
        for _ in 0..<20_000 {
            let bytes = (0..<Int.random(in: 0...24, using: &generator)).map { _ in
                UInt8.random(in: .min ... .max, using: &generator)
            }
            _ = TraceExport.rejectedSpans(bytes)
        }
        #expect(ProtobufReader.fields([0x08, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0x01])?.count == 1)
        #expect(ProtobufReader.fields([0x08, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0x02]) == nil)
        #expect(ProtobufReader.fields([0x0A, 0x05, 0x00]) == nil)
        // A count below zero is none.
        var writer = ProtobufWriter()
        writer.message(1) { $0.varint(1, UInt64(bitPattern: -1)) }
        #expect(TraceExport.rejectedSpans(writer.bytes) == 0)
    }
}
