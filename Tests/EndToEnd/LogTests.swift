import Foundation
import JSON
import Patience
import Testing

@Suite struct `The log on standard error` {
    private static let trace = "4bf92f3577b34da6a3ce929d0e0e4736"

    @Test func `has a line for each request and connection, and nobody's data`() async throws {
        let deployment = try await Deployment.make()
        let gateway = try await GatewayProcess.start(deployment)
        let message = "My card 4111 1111 1111 1111 and jane.doe@example.com are lost"
        let reply = try await gateway.request(
            "POST", "/v1/ask", by: gateway.customer, body: Array("{\"message\": \"\(message)\"}".utf8),
            options: ["-H", "traceparent: 00-\(Self.trace)-00f067aa0ba902b7-01"])
        #expect(reply.status == 200)
        let line = try #require(try await gateway.lines("request").first)
        #expect(line.word("level") == "info" && line.word("request_id") == reply.field("x-request-id"))
        #expect(line.word("trace_id") == Self.trace && line.word("span_id")?.count == 16)
        #expect(line.word("route") == "ask" && line.word("method") == "POST" && line.number("status") == 200)
        #expect(line.number("bytes") == reply.body.count && line.number("audit_seq") == reply.receipt?.sequence)
        #expect(line.word("peer") == "127.0.0.0/24" && line.word("tls") == "TLSv1.3" && line.flag("resumed") == false)
        #expect(try #require(line.number("duration_us")) > 0 && line.word("subject") != nil)
        let answered = try #require(reply.field("traceresponse"))
        #expect(answered == "00-\(Self.trace)-\(line.word("span_id") ?? "")-00")
        let connection = try #require(try await gateway.lines("connection").first)
        #expect(connection.number("connection") == line.number("connection") && connection.number("requests") == 1)
        #expect(try #require(connection.number("bytes_sent")) > reply.body.count)
        #expect(connection.word("client") != nil)
        let refused = try await gateway.get(
            "/v1/faq?query=jane.doe@example.com", by: Caller(identity: gateway.customer.identity))
        #expect(refused.status == 401 && refused.field("traceresponse") == nil)
        let second = try #require(try await gateway.lines("request", count: 2).last)
        #expect(
            second.word("stage") == "authenticate" && second.word("reason") != nil && second.number("status") == 401)
        #expect(second.word("trace_id")?.count == 32 && second.word("trace_id") != Self.trace)
        // On a busy machine the second connection can end after the drain has begun.
        #expect(try await gateway.lines("connection", count: 2).count == 2)
        #expect(try await gateway.stop() == .exited(0))
        let events = try gateway.events()
        #expect(events.first == "started" && events.suffix(2) == ["draining", "stopped"])
        let checkpoints = try gateway.logLines().filter { $0.word("event") == "audit_checkpoint" }
        // One at the start and one at the stop.
        #expect(checkpoints.count >= 2)
        let fields = try #require(checkpoints.last?.word("message")).split(separator: " ")
        #expect(fields.count == 4 && fields[0] == "audit-checkpoint" && fields[1] == "portcullis.dev/gateway")
        let card = ["4111 1111", "4111111111111111"]
        for secret in card + ["jane.doe", "lost", gateway.deployment.token(.customer), "Bearer", "query="] {
            #expect(!gateway.child.errors.contains(secret), "\(secret)")
        }
    }

    @Test func `is silent about what is switched off, and about health checks unless asked`() async throws {
        let deployment = try await Deployment.make()
        try deployment.set("requests", "false")
        try deployment.set("connections", "false")
        let quiet = try await GatewayProcess.start(deployment)
        #expect(try await quiet.ask().status == 200)
        #expect(try await quiet.get("/healthz", by: quiet.customer).status == 200)
        try await quiet.stop()
        #expect(try quiet.events() == ["started", "draining", "stopped"])
        try deployment.set("level", "\"debug\"")
        let loud = try await GatewayProcess.start(deployment)
        #expect(try await loud.get("/healthz", by: loud.customer).status == 200)
        try await loud.stop()
        #expect(try loud.logLines().contains { $0.word("event") == "probe" && $0.number("status") == 200 })
        try deployment.set("level", "\"error\"")
        let calm = try await GatewayProcess.start(deployment)
        try await calm.stop()
        #expect(calm.child.errors.isEmpty, "\(calm.child.errors)")
    }

    @Test func `says why a connection came to nothing`() async throws {
        let gateway = try await GatewayProcess.start(try await Deployment.make())
        _ = try await gateway.get("/healthz", by: Caller())
        let line = try #require(try await gateway.lines("connection_refused").first)
        #expect(line.word("reason") == "certificate_missing" && line.word("peer") == "127.0.0.0/24")
        try await gateway.stop()
    }

    @Test func `has no more lines of refused connections than the audit log has records`() async throws {
        let gateway = try await GatewayProcess.start(try await Deployment.make())
        let script = """
            import socket, sys
            for _ in range(130):
                connection = socket.create_connection(("127.0.0.1", int(sys.argv[1])))
                connection.sendall(b"GET / HTTP/1.1\\r\\n\\r\\n")
                while True:
                    try:
                        if not connection.recv(4096): break
                    except ConnectionResetError: break
                connection.close()
            """
        try await succeed("python3", ["-c", script, "\(gateway.port)"], scratch: gateway.deployment.scratch)
        #expect(try await gateway.metric("portcullis_handshakes_total{result=\"not_tls\"}") == 130)
        #expect(try await gateway.stop() == .exited(0))
        let lines = try gateway.logLines().filter { $0.word("event") == "connection_refused" }
        let records = try LogFiles(gateway.deployment.logDirectory).records.filter { $0.type == "connection.reject" }
        #expect(lines.count == 100)
        let counts = records.compactMap { $0.json["tls"]?.number("count") }.sorted()
        #expect(counts == [Int](repeating: 1, count: 100) + [30])
    }

    /// systemd.exec(5): `JOURNAL_STREAM` says which stream is the journal's.
    @Test(arguments: [("$(stat -L -c %d:%i /proc/self/fd/2)", "<6>{"), ("1:2", "{")])
    func `has its priority before each line where standard error is the journal`(
        stream: String, start: String
    ) async throws {
        let deployment = try await Deployment.make()
        let words = [
            "serve", "--config", deployment.configuration, "--state", deployment.state, "--port", "0",
            "--metrics-port", "0",
        ]
        let child = try Child(
            "bash", ["-c", "JOURNAL_STREAM=\(stream) exec \"$0\" \"$@\"", Place.binary] + words,
            scratch: deployment.scratch)
        defer { child.signal(SIGTERM) }
        #expect(await eventually { child.errors.contains("\"started\"") || child.ending != nil })
        let line = try #require(child.errors.split(separator: "\n").first { $0.contains("\"started\"") })
        #expect(line.hasPrefix(start), "\(line)")
        child.signal(SIGTERM)
        #expect(try await child.wait() == .exited(0))
    }

    @Test func `never stalls a request when nobody reads it`() async throws {
        let deployment = try await Deployment.make()
        try deployment.raiseRateLimits()
        // A pipe that is full from the start: its other end is open and never read.
        let reader = deployment.scratch.file("stuck")
        try write(
            Array(
                """
                import os, subprocess, sys
                taken, given = os.pipe()
                os.set_blocking(given, False)
                try:
                    while True:
                        os.write(given, b"x" * 4096)
                except BlockingIOError:
                    os.set_blocking(given, True)
                child = subprocess.Popen(sys.argv[1:], stderr=given)
                print("pid", child.pid, file=sys.stderr, flush=True)
                sys.exit(child.wait())
                """.utf8), to: reader)
        let child = try Child(
            "python3",
            [
                reader, Place.binary, "serve", "--config", deployment.configuration, "--state", deployment.state,
                "--port", "0", "--metrics-port", "0",
            ], scratch: deployment.scratch)
        defer {
            if let pid = child.errors.split(separator: "\n").first?.split(separator: " ").last.flatMap({ Int32($0) }) {
                kill(pid, SIGKILL)
            }
            child.signal(SIGKILL)
        }
        let gateway = try await GatewayProcess.adopt(child, deployment)
        let start = ContinuousClock.now
        for _ in 0..<20 { #expect(try await gateway.ask().status == 200) }
        #expect(ContinuousClock.now - start < .seconds(20).stretched)
        #expect(try await gateway.metric("portcullis_log_lines_written_total") == 0)
        let pid = try #require(
            child.errors.split(separator: "\n").first?.split(separator: " ").last.flatMap { Int32($0) })
        kill(pid, SIGTERM)
        #expect(try await child.wait(within: .seconds(30)) == .exited(0), "a stuck log keeps nobody from ending")
    }

    @Test func `SIGUSR1 tells the state in one line`() async throws {
        let gateway = try await GatewayProcess.start(try await Deployment.make())
        let start = ContinuousClock.now
        for _ in 0..<3 { #expect(try await gateway.ask().status == 200) }
        try await Task.sleep(until: start + .milliseconds(1100))
        gateway.child.signal(SIGUSR1)
        let line = try #require(try await gateway.lines("state").first)
        #expect(line.flag("ready") == true && line.number("pid") == Int(gateway.child.pid))
        #expect(try #require(line.number("uptime_s")) >= 1)
        #expect(line["requests"]?.number("served") == 3 && line["requests"]?.number("in_flight") == 0)
        #expect(try #require(line["connections"]?.number("accepted")) >= 3)
        #expect(line["connections"]?["sockets_by_loop"] != nil && line["queues"]?.number("audit") == 0)
        #expect(line["audit"]?.word("state") == "serving")
        #expect(try #require(line["audit"]?.number("head_seq")) >= 3)
        #expect(line["tokens"]?.number("hits") == 2 && line["tokens"]?.number("misses") == 1)
        #expect(try #require(line["process"]?.number("resident_bytes")) > 1_000_000)
        #expect(try #require(line["process"]?.number("open_fds")) > 5)
        #expect(try await gateway.ask().status == 200)
        #expect(try await gateway.stop() == .exited(0))
    }
}
