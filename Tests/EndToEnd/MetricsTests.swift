import Foundation
import Testing

@Suite struct `The metrics` {
    /// The samples of a page: name and labels as they stand, and the value.
    private func samples(_ page: String) -> [String: Double] {
        var samples: [String: Double] = [:]
        for line in page.split(separator: "\n") where !line.hasPrefix("#") {
            guard let space = line.lastIndex(of: " ") else { continue }
            samples[String(line[..<space])] = Double(line[line.index(after: space)...])
        }
        return samples
    }

    @Test func `pass promtool with real traffic, and are all there`() async throws {
        let deployment = try await Deployment.make()
        let gateway = try await GatewayProcess.start(deployment)
        for _ in 0..<3 { #expect(try await gateway.ask().status == 200) }
        _ = try await gateway.ask("mail jane.doe@example.com please")
        _ = try await gateway.get("/v1/faq?query=card", by: Caller(identity: gateway.customer.identity))
        _ = try await gateway.get("/nowhere", by: gateway.customer)
        _ = try await gateway.get("/healthz", by: Caller())
        let page = try await gateway.metrics()
        let checked = try await run(
            "promtool", ["check", "metrics"], scratch: deployment.scratch, input: Array(page.utf8))
        #expect(checked.status == 0, "\(checked.text) \(checked.errors)")
        #expect(checked.text.isEmpty && checked.errors.isEmpty, "\(checked.text) \(checked.errors)")
        let samples = samples(page)
        #expect(page.contains(#/\nportcullis_build_info\{version="\d[^"]*",policy_version="[^"]+"\} 1\n/#))
        #expect(samples["portcullis_requests_total{route=\"ask\",status=\"200\"}"] == 4)
        #expect(samples["portcullis_stage_duration_seconds_count{stage=\"answer\"}"] == 4)
        #expect(samples["portcullis_stage_duration_seconds_count{stage=\"record\"}"] == 6)
        #expect(samples["portcullis_handshakes_total{result=\"full\"}"] == 6)
        // All by one certificate, which the first of them verified.
        #expect(samples["portcullis_client_chains_known_total"] == 5)
        #expect(samples["portcullis_listener_rests_total"] == 0)
        #expect(samples["portcullis_handshake_duration_seconds_count{result=\"full\"}"] == 6)
        #expect(samples["portcullis_handshake_duration_seconds_count{result=\"failed\"}"] == 1)
        #expect(samples["portcullis_handshakes_total{result=\"certificate_missing\"}"] == 1)
        // A rate needs the series before its first count, and the alert for few resumptions where there is none at all.
        for result in ["resumed", "certificate_expired", "not_tls"] {
            #expect(samples["portcullis_handshakes_total{result=\"\(result)\"}"] == 0, "\(result)")
        }
        #expect(samples["portcullis_token_cache_lookups_total{result=\"hit\"}"] == 4)
        #expect(samples[#"portcullis_redactions_total{type="email_address",action="tokenise",direction="input"}"#] == 1)
        #expect(samples["portcullis_audit_state{state=\"serving\"}"] == 1)
        #expect(samples["portcullis_audit_state{state=\"failed\"}"] == 0)
        for name in [
            "portcullis_received_bytes_total", "portcullis_sent_bytes_total", "process_resident_memory_bytes",
            "process_open_fds", "process_max_fds", "process_cpu_seconds_total", "process_start_time_seconds",
            "portcullis_loop_lag_seconds_count{loop=\"1\"}", "portcullis_audit_batch_records_count",
            "portcullis_log_lines_written_total",
            "portcullis_database_queue_wait_seconds_count{database=\"knowledge\",work=\"read\"}",
        ] { #expect((samples[name] ?? 0) > 0, "\(name)") }
        for name in [
            "portcullis_log_lines_dropped_total", "portcullis_audit_queue_records",
            "portcullis_database_queue_jobs{database=\"tickets\",work=\"write\"}",
            "portcullis_token_cache_evictions_total",
        ] { #expect(samples[name] == 0, "\(name)") }
        try expectHistograms(samples)
        #expect(try await gateway.stop() == .exited(0))
    }

    /// In each histogram the buckets rise, the last is the count, and the sum lies within what the buckets allow.
    private func expectHistograms(_ samples: [String: Double]) throws {
        var series: [String: [(bound: Double, count: Double)]] = [:]
        for (name, count) in samples where name.contains("_bucket{") {
            let match = try #require(name.firstMatch(of: #/,?le="([^"]+)"/#))
            let bound = match.1 == "+Inf" ? Double.infinity : try #require(Double(match.1))
            series[name.replacingCharacters(in: match.range, with: ""), default: []].append((bound, count))
        }
        #expect(series.count > 10)
        for (name, buckets) in series {
            let rising = buckets.sorted { $0.bound < $1.bound }
            #expect(zip(rising, rising.dropFirst()).allSatisfy { $0.count <= $1.count }, "\(name)")
            let base = name.replacing("_bucket{}", with: "_bucket").replacing("_bucket{", with: "_bucket{")
            let count = samples[base.replacing("_bucket", with: "_count")]
            let sum = try #require(samples[base.replacing("_bucket", with: "_sum")], "\(base)")
            #expect(rising.last?.bound == .infinity && rising.last?.count == count, "\(name)")
            var least = 0.0
            for (lower, upper) in zip([(bound: 0.0, count: 0.0)] + rising, rising) {
                least += (upper.count - lower.count) * lower.bound
            }
            // A value is cut to the unit before it is added.
            #expect(sum >= least - 0.01, "\(name)")
        }
    }

    @Test func `rules for alerts pass promtool and name metrics that exist`() async throws {
        let scratch = try Scratch()
        let file = Place.root.path + "/docs/alerts.yml"
        let checked = try await run("promtool", ["check", "rules", file], scratch: scratch)
        #expect(checked.status == 0, "\(checked.text) \(checked.errors)")
        let gateway = try await GatewayProcess.start(try await Deployment.make())
        #expect(try await gateway.ask().status == 200)
        let page = try await gateway.metrics()
        let rules = String(decoding: contents(of: file), as: UTF8.self)
        let names = Set(rules.matches(of: #/\b(portcullis|process)_[a-z_]+\b/#).map { String($0.0) })
        #expect(names.count > 8)
        for name in names {
            let family = name.replacing(#/_(bucket|sum|count)$/#, with: "")
            // Spans are counted only where traces are wanted, witnesses where there are some (`WitnessTests`), and what waits
            // for shipping where it is shipped (`ShippingTests`).
            let elsewhere = ["portcullis_spans", "portcullis_witness_", "portcullis_audit_ship_"]
            let isElsewhere = elsewhere.contains { name.hasPrefix($0) }
            #expect(page.contains("# TYPE \(family) ") || isElsewhere, "\(name)")
        }
        try await gateway.stop()
    }
}
