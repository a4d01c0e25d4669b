import Foundation
import JSON
import Patience
import Testing

@Suite struct `Traces` {
    private static let trace = "4bf92f3577b34da6a3ce929d0e0e4736"

    /// A collector that decodes by the published protobuf definitions.
    private struct Collector {
        let child: Child
        let port: Int

        init(_ options: [String] = [], scratch: Scratch) async throws {
            let made = try await run(Place.root.path + "/scripts/python-venv.sh", [], scratch: scratch)
            try #require(made.status == 0, "\(made.errors)")
            let python = made.text.trimmingCharacters(in: .whitespacesAndNewlines)
            let child = try Child(
                python, [Place.root.path + "/Tests/EndToEnd/Support/collector.py"] + options, scratch: scratch)
            var found: Int?
            _ = await eventually(within: .seconds(60)) {
                let first = String(decoding: child.output, as: UTF8.self).split(separator: "\n").first
                found = first.flatMap { $0.hasPrefix("port ") ? Int($0.dropFirst(5)) : nil }
                return found != nil || child.ending != nil
            }
            port = try #require(found, "\(child.errors)")
            self.child = child
        }

        var lines: [JSONNode] {
            String(decoding: child.output, as: UTF8.self).split(separator: "\n").dropFirst()
                .compactMap { try? JSONParser.parse(Array($0.utf8)) }
        }
        var spans: [JSONNode] { lines.filter { $0["span"] != nil } }

        func stop() { child.signal(SIGKILL) }
    }

    private func deploy(_ endpoint: String, ratio: String = "1") async throws -> Deployment {
        let deployment = try await Deployment.make()
        try deployment.raiseRateLimits()
        try deployment.set("endpoint", "\"\(endpoint)\"")
        try deployment.set("sample_ratio", ratio)
        try deployment.set("interval_ms", "50")
        return deployment
    }

    @Test func `show a request and each of its stages`() async throws {
        let scratch = try Scratch()
        let collector = try await Collector(scratch: scratch)
        defer { collector.stop() }
        let gateway = try await GatewayProcess.start(try await deploy("http://127.0.0.1:\(collector.port)"))
        let reply = try await gateway.request(
            "POST", "/v1/ask", by: gateway.customer, body: Array(#"{"message": "How do I order a card?"}"#.utf8),
            options: [
                "-H", "traceparent: 00-\(Self.trace)-00f067aa0ba902b7-01", "-H", "tracestate: a=1, b=2",
            ])
        #expect(reply.status == 200)
        #expect(await eventually { collector.spans.count >= 10 }, "\(collector.child.errors)")
        let spans = collector.spans
        let names = spans.compactMap { $0.word("name") }
        #expect(
            names == [
                "POST /v1/ask", "edge", "identify", "authenticate", "authorise", "admit", "redact", "answer", "restore",
                "record",
            ])
        #expect(spans.allSatisfy { $0.word("trace") == Self.trace && $0.word("state") == "a=1,b=2" })
        #expect(Set(spans.compactMap { $0.word("span") }).count == spans.count)
        let root = try #require(spans.first)
        #expect(root.word("parent") == "00f067aa0ba902b7" && root.number("kind") == 2 && root.number("status") == 0)
        #expect(root.number("flags") == 0x301)
        #expect(reply.field("traceresponse") == "00-\(Self.trace)-\(root.word("span") ?? "")-01")
        let start = try #require(root.number("start"))
        let end = try #require(root.number("end"))
        var last = start
        for span in spans.dropFirst() {
            #expect(span.word("parent") == root.word("span") && span.number("kind") == 1)
            let (from, to) = (try #require(span.number("start")), try #require(span.number("end")))
            #expect(start <= from && from <= to && to <= end && last <= from + 1, "\(span.word("name") ?? "")")
            last = from
        }
        let attributes = try #require(root["attributes"])
        #expect(attributes.word("http.request.method") == "POST" && attributes.word("http.route") == "/v1/ask")
        #expect(attributes.number("http.response.status_code") == 200 && attributes.word("url.scheme") == "https")
        #expect(attributes.word("url.path") == "/v1/ask" && attributes.word("network.protocol.version") == "1.1")
        #expect(attributes.word("tls.protocol.version") == "1.3" && attributes.flag("tls.resumed") == false)
        #expect(attributes.word("portcullis.request_id") == reply.field("x-request-id"))
        #expect(attributes.number("portcullis.audit_seq") == reply.receipt?.sequence)
        let resource = try #require(root["resource"])
        #expect(resource.word("service.name") == "portcullis" && resource.word("service.version") != nil)
        #expect(
            resource.word("service.instance.id")?.wholeMatch(of: #/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/#) != nil)
        #expect(try await gateway.stop() == .exited(0))
    }

    @Test func `show a refusal by its reason, and no query`() async throws {
        let scratch = try Scratch()
        let collector = try await Collector(scratch: scratch)
        defer { collector.stop() }
        let gateway = try await GatewayProcess.start(try await deploy("http://127.0.0.1:\(collector.port)"))
        let bare = Caller(identity: gateway.customer.identity)
        #expect(try await gateway.get("/v1/faq?query=jane.doe@example.com", by: bare).status == 401)
        #expect(await eventually { collector.spans.count >= 5 })
        let root = try #require(collector.spans.first)
        #expect(root.word("name") == "GET /v1/faq" && root.word("parent") == "" && root.number("status") == 0)
        #expect(root["attributes"]?.word("error.type")?.isEmpty == false && root.number("flags") == 0x101)
        #expect(collector.spans.compactMap { $0.word("name") }.suffix(2) == ["authenticate", "record"])
        #expect(!String(decoding: collector.child.output, as: UTF8.self).contains("jane"))
        try await gateway.stop()
    }

    @Test func `have names that no client can invent, and texts with an end`() async throws {
        let scratch = try Scratch()
        let collector = try await Collector(scratch: scratch)
        defer { collector.stop() }
        let gateway = try await GatewayProcess.start(try await deploy("http://127.0.0.1:\(collector.port)"))
        let path = "/" + String(repeating: "a", count: 2000)
        _ = try await gateway.request("BREW", path, by: gateway.customer)
        _ = try await gateway.request("DELETE", path, by: gateway.customer)
        #expect(await eventually { collector.spans.filter { $0.number("kind") == 2 }.count == 2 })
        let roots = collector.spans.filter { $0.number("kind") == 2 }
        let brewed = try #require(roots.first { $0.word("name") == "HTTP" }?["attributes"])
        #expect(brewed.word("http.request.method") == "_OTHER")
        #expect(brewed.word("http.request.method_original") == "BREW" && brewed.word("url.path")?.utf8.count == 1024)
        let deleted = try #require(roots.first { $0.word("name") == "DELETE" }?["attributes"])
        #expect(deleted.word("http.request.method") == "DELETE" && deleted["http.request.method_original"] == nil)
        #expect(try await gateway.stop() == .exited(0))
    }

    @Test func `are sent as the caller decided, else by the ratio`() async throws {
        let scratch = try Scratch()
        let collector = try await Collector(scratch: scratch)
        defer { collector.stop() }
        let gateway = try await GatewayProcess.start(
            try await deploy("http://127.0.0.1:\(collector.port)", ratio: "0"))
        #expect(try await gateway.ask().status == 200)
        for (flags, parent) in [("00", "00f067aa0ba902b7"), ("01", "00f067aa0ba902b8")] {
            _ = try await gateway.request(
                "GET", "/v1/faq?query=card", by: gateway.customer,
                options: ["-H", "traceparent: 00-\(Self.trace)-\(parent)-\(flags)"])
        }
        try await gateway.stop()
        #expect(Set(collector.spans.compactMap { $0.word("trace") }) == [Self.trace])
        #expect(collector.spans.filter { $0.number("kind") == 2 }.map { $0.word("parent") } == ["00f067aa0ba902b8"])
    }

    @Test func `arrive over TLS with a verified collector only`() async throws {
        let scratch = try Scratch()
        let authority = try await Authority.make("collectors", scratch: scratch)
        var leaf = Authority.Leaf()
        leaf.purpose = "serverAuth"
        leaf.alternativeName = "DNS:localhost"
        let identity = try await authority.issue(leaf)
        let collector = try await Collector(
            ["--certificate", identity.certificate, "--key", identity.key], scratch: scratch)
        defer { collector.stop() }
        // By name: the C library looks it up in the sandbox.
        let deployment = try await deploy("https://localhost:\(collector.port)")
        let untrusting = try await GatewayProcess.start(deployment)
        #expect(try await untrusting.ask().status == 200)
        try await untrusting.stop()
        #expect(collector.spans.isEmpty)
        try deployment.set("ca", "\"\(authority.identity.certificate)\"")
        let trusting = try await GatewayProcess.start(deployment)
        #expect(try await trusting.ask().status == 200)
        #expect(await eventually { collector.spans.count >= 10 }, "\(collector.child.errors)")
        try await trusting.stop()
    }

    @Test func `wait as the collector asks and arrive in the end`() async throws {
        let scratch = try Scratch()
        let collector = try await Collector(["--failures", "1", "--retry-after", "1"], scratch: scratch)
        defer { collector.stop() }
        let gateway = try await GatewayProcess.start(try await deploy("http://127.0.0.1:\(collector.port)"))
        #expect(try await gateway.ask().status == 200)
        #expect(await eventually { collector.spans.count >= 10 })
        let times = collector.lines.compactMap { line -> Double? in
            guard case .double(let time)? = line["at"]?.value else { return nil }
            return time
        }
        #expect(times.count >= 2 && times[1] - times[0] >= 0.9)
        #expect(await eventually { (try? await gateway.metric("portcullis_spans_exported_total")) == 10 })
        try await gateway.stop()
    }

    @Test(arguments: [true, false])
    func `cost no request anything when the collector is slow or away`(isAway: Bool) async throws {
        let scratch = try Scratch()
        let collector = try await Collector(["--delay", "\(3 * patienceFactor)"], scratch: scratch)
        defer { collector.stop() }
        if isAway {
            collector.stop()
            try await collector.child.wait()
        }
        let deployment = try await deploy("http://127.0.0.1:\(collector.port)")
        try deployment.set("queue_max", "3")
        let gateway = try await GatewayProcess.start(deployment)
        for _ in 0..<12 { #expect(try await gateway.ask().status == 200) }
        let durations = try await gateway.lines("request", count: 12).compactMap { $0.number("duration_us") }
        // One that waited for the collector would have taken its three seconds; on a busy machine a few take long.
        #expect(durations.count == 12 && durations.filter { $0 < 3_000_000 }.count > 8, "\(durations)")
        let page = try await gateway.metrics()
        #expect(page.contains("portcullis_spans_dropped_total{reason=\"queue_full\"}"))
        if !isAway {
            #expect(
                (try await gateway.metric("portcullis_spans_dropped_total{reason=\"queue_full\"}") ?? 0) > 0, "\(page)")
        } else {
            #expect(
                await eventually(within: .seconds(60)) {
                    (try? await gateway.metric("portcullis_spans_dropped_total{reason=\"undelivered\"}")) ?? 0 > 0
                })
        }
        #expect(try await gateway.stop() == .exited(0))
    }
}
