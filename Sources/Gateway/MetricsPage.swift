internal import Agent
internal import Audit
internal import Auth
internal import Edge
internal import Evidence
internal import LinuxIO
internal import OpenSSL
internal import Telemetry
internal import Threading

/// Everything that is counted, as one page for Prometheus. Names, units and labels are listed in the README.
struct MetricsPage: Sendable {
    let services: Services
    let edge: EdgeStatistics
    /// Of the policy in force.
    let policyVersion: @Sendable () -> String
    let policyReloads: @Sendable () -> PolicyReload.Counts
    /// Handshakes whose client certificate was known to chain to a root.
    let knownChains: @Sendable () -> UInt64
    let process = ProcessStatus()
    private let startMicroseconds = WallClock.microseconds

    init(
        services: Services, edge: EdgeStatistics, policyVersion: @escaping @Sendable () -> String,
        policyReloads: @escaping @Sendable () -> PolicyReload.Counts, knownChains: @escaping @Sendable () -> UInt64
    ) {
        self.services = services
        self.edge = edge
        self.policyVersion = policyVersion
        self.policyReloads = policyReloads
        self.knownChains = knownChains
    }

    /// The page.
    var text: [UInt8] {
        var text = PrometheusText()
        text.family("portcullis_build_info", "gauge", "Version of the gateway and of the policy in force.")
        text.sample(
            "portcullis_build_info", [("version", portcullisVersion), ("policy_version", policyVersion())], 1)
        writePolicyReloads(&text)
        writeRequests(&text)
        writeConnections(&text)
        writeHandshakes(&text)
        writeLoops(&text)
        writeDecisions(&text)
        writeTokens(&text)
        writeIssuers(&text)
        writeVerification(&text)
        writeAudit(&text)
        writeWitnesses(&text)
        writeQueues(&text)
        writeEmbedding(&text)
        writeTelemetry(&text)
        writeProcess(&text)
        return text.bytes
    }

    private func writePolicyReloads(_ text: inout PrometheusText) {
        let counts = policyReloads()
        text.family(
            "portcullis_policy_reloads_total", "counter", "Reloads of the policies, on SIGHUP, by what came of them.")
        for (result, count) in [
            ("loaded", counts.loaded), ("refused", counts.refused), ("unchanged", counts.unchanged),
        ] {
            text.sample("portcullis_policy_reloads_total", [("result", result)], count)
        }
    }

    private func writeRequests(_ text: inout PrometheusText) {
        text.family("portcullis_requests_total", "counter", "Requests answered, by route and status.")
        for route in Route.allCases {
            for (status, count) in services.metrics.answers(of: route) {
                text.sample(
                    "portcullis_requests_total", [("route", route.rawValue), ("status", String(status))], count)
            }
        }
        text.family(
            "portcullis_request_duration_seconds", "histogram",
            "Time from a request's head to its durable record, by route.")
        for route in Route.allCases where !services.metrics.answers(of: route).isEmpty {
            text.histogram(
                "portcullis_request_duration_seconds", [("route", route.rawValue)], services.metrics.latency(of: route))
        }
        text.family(
            "portcullis_stage_duration_seconds", "histogram",
            "Time that requests spend in each stage of the decision path, and in the wait for their record.")
        for (stage, times) in services.metrics.stageTimes where times.count > 0 {
            text.histogram("portcullis_stage_duration_seconds", [("stage", stage)], times)
        }
        text.family("portcullis_requests_in_flight", "gauge", "Requests being answered now.")
        text.sample("portcullis_requests_in_flight", [], edge.requestsInFlight)
    }

    private func writeConnections(_ text: inout PrometheusText) {
        text.family("portcullis_connections_open", "gauge", "Connections open now.")
        text.sample("portcullis_connections_open", [], edge.openConnections)
        text.family("portcullis_connections_resting", "gauge", "Open connections that idle and hold no task.")
        text.sample("portcullis_connections_resting", [], edge.restingConnections)
        text.family("portcullis_connections_accepted_total", "counter", "Connections accepted.")
        text.sample("portcullis_connections_accepted_total", [], edge.acceptedConnections)
        text.family(
            "portcullis_connections_refused_total", "counter", "Connections closed as they came, by reason.")
        for limit in ConnectionLimit.allCases {
            text.sample(
                "portcullis_connections_refused_total", [("reason", limit.rawValue)], edge.refusedConnections(limit))
        }
        text.family(
            "portcullis_listener_rests_total", "counter",
            "Times that a listener rested because there was no descriptor for the next connection.")
        text.sample("portcullis_listener_rests_total", [], edge.descriptorLimitReached)
        text.family("portcullis_requests_shed_total", "counter", "Requests turned away in an overload, by importance.")
        for importance in Importance.allCases {
            text.sample(
                "portcullis_requests_shed_total", [("importance", importance.rawValue)], edge.shedRequests(importance))
        }
        text.family(
            "portcullis_slow_peers_total", "counter", "Peers cut off because they were too slow, by what they did.")
        text.sample("portcullis_slow_peers_total", [("doing", "sending")], edge.slowRequestBodies)
        text.sample("portcullis_slow_peers_total", [("doing", "reading")], edge.slowAnswerReaders)
        text.family("portcullis_received_bytes_total", "counter", "Bytes of HTTP received, without TLS.")
        text.sample("portcullis_received_bytes_total", [], edge.bytesReceived)
        text.family("portcullis_sent_bytes_total", "counter", "Bytes of HTTP sent, without TLS.")
        text.sample("portcullis_sent_bytes_total", [], edge.bytesSent)
    }

    private func writeHandshakes(_ text: inout PrometheusText) {
        text.family("portcullis_handshakes_total", "counter", "TLS handshakes by result.")
        // All of them, for a rate is told from the second sample on, and a ratio where neither part is missing.
        let handshakes = edge.handshakes
        for result in EdgeStatistics.Handshake.all {
            text.sample("portcullis_handshakes_total", [("result", result.name)], handshakes[result] ?? 0)
        }
        text.family(
            "portcullis_client_chains_known_total", "counter",
            "Handshakes whose client certificate had been verified before, and cost no check of its chain.")
        text.sample("portcullis_client_chains_known_total", [], knownChains())
        text.family(
            "portcullis_handshake_duration_seconds", "histogram",
            "Time from a peer's first bytes to the end of its TLS handshake, by result.")
        for (result, times) in edge.handshakeDurations {
            text.histogram("portcullis_handshake_duration_seconds", [("result", result)], times)
        }
    }

    private func writeLoops(_ text: inout PrometheusText) {
        text.family(
            "portcullis_loop_lag_seconds", "histogram",
            "Time from the kernel's announcement of events to the loop's next look at its sockets.")
        for (index, loop) in edge.loops.enumerated() {
            text.histogram(
                "portcullis_loop_lag_seconds", [("loop", String(index + 1))], loop.lag, perWhole: 1_000_000_000)
        }
        text.family("portcullis_loop_connections", "gauge", "Sockets open on each loop.")
        for (index, loop) in edge.loops.enumerated() {
            text.sample("portcullis_loop_connections", [("loop", String(index + 1))], loop.openConnections)
        }
    }

    private func writeDecisions(_ text: inout PrometheusText) {
        text.family("portcullis_rate_limit_decisions_total", "counter", "Rate-limit decisions by limit and result.")
        for limit in RateLimitName.all {
            for (result, isAllowed) in [("allowed", true), ("refused", false)] {
                text.sample(
                    "portcullis_rate_limit_decisions_total", [("limit", limit.text), ("result", result)],
                    services.metrics.decisions(of: limit, isAllowed: isAllowed))
            }
        }
        text.family(
            "portcullis_redactions_total", "counter",
            "Personal values replaced, by type, action and direction; with action block, texts refused for them.")
        for row in services.metrics.redactions {
            text.sample(
                "portcullis_redactions_total",
                [("type", row.type), ("action", row.action), ("direction", row.direction)], row.count)
        }
        let sessions = services.sessions.statistics
        text.family("portcullis_vault_sessions", "gauge", "Sessions whose originals are kept.")
        text.sample("portcullis_vault_sessions", [], sessions.sessions)
        text.family("portcullis_vault_bytes", "gauge", "Memory of their vaults, roughly.")
        text.sample("portcullis_vault_bytes", [], sessions.bytes)
        text.family(
            "portcullis_vault_sessions_dropped_total", "counter", "Sessions whose originals were dropped, by reason.")
        text.sample("portcullis_vault_sessions_dropped_total", [("reason", "room")], sessions.evictions)
        text.sample("portcullis_vault_sessions_dropped_total", [("reason", "idle")], sessions.expirations)
        text.family("portcullis_answers_total", "counter", "Answers of the assistant, by how they came about.")
        for (route, count) in services.metrics.answersByRoute {
            text.sample("portcullis_answers_total", [("route", route)], count)
        }
    }

    private func writeTokens(_ text: inout PrometheusText) {
        let tokens = services.tokens.statistics
        text.family(
            "portcullis_token_cache_lookups_total", "counter", "Look-ups in the cache of verified tokens, by result.")
        text.sample("portcullis_token_cache_lookups_total", [("result", "hit")], tokens.cacheHits)
        text.sample("portcullis_token_cache_lookups_total", [("result", "miss")], tokens.cacheMisses)
        text.family("portcullis_token_cache_evictions_total", "counter", "Verified tokens dropped for room.")
        text.sample("portcullis_token_cache_evictions_total", [], tokens.cacheEvictions)
        text.family("portcullis_token_cache_tokens", "gauge", "Verified tokens in the cache.")
        text.sample("portcullis_token_cache_tokens", [], tokens.cachedTokens)
        writeRevocations(&text)
    }

    private func writeAudit(_ text: inout PrometheusText) {
        let audit = services.log.statistics()
        text.family("portcullis_audit_records_total", "counter", "Durable audit records, by type.")
        for type in RecordType.allCases where audit.records(of: type) > 0 {
            text.sample("portcullis_audit_records_total", [("type", type.rawValue)], audit.records(of: type))
        }
        text.family("portcullis_audit_written_bytes_total", "counter", "Bytes of durable audit records.")
        text.sample("portcullis_audit_written_bytes_total", [], audit.bytes)
        text.family("portcullis_audit_sync_duration_seconds", "histogram", "Time of one fdatasync of the log.")
        text.histogram(
            "portcullis_audit_sync_duration_seconds", [],
            HistogramCounts(
                bounds: AuditStatistics.syncBoundsMicroseconds, buckets: audit.syncsByDuration,
                sum: audit.syncMicroseconds))
        text.family("portcullis_audit_batch_records", "histogram", "Records written at once.")
        text.histogram(
            "portcullis_audit_batch_records", [],
            HistogramCounts(
                bounds: AuditStatistics.batchBounds, buckets: audit.batchesBySize, sum: audit.batchedRecords),
            perWhole: 1)
        text.family("portcullis_audit_queue_records", "gauge", "Records that wait for the log's writer.")
        text.sample("portcullis_audit_queue_records", [], audit.queueDepth)
        let publishing = services.log.publishing
        text.family("portcullis_audit_checkpoints_total", "counter", "Checkpoints published.")
        text.sample("portcullis_audit_checkpoints_total", [], publishing.count)
        text.family("portcullis_audit_checkpoint_records", "gauge", "Records that the newest checkpoint covers.")
        text.sample("portcullis_audit_checkpoint_records", [], publishing.size)
        if let published = publishing.publishedAt {
            text.family("portcullis_audit_checkpoint_age_seconds", "gauge", "Time since the newest checkpoint.")
            text.sample(
                "portcullis_audit_checkpoint_age_seconds", [], MonotonicInstant.now.microseconds(since: published),
                perWhole: 1_000_000)
        }
        if let lag = services.shipping?.lag {
            text.family(
                "portcullis_audit_ship_waiting_segments", "gauge", "Finished segments not known to be elsewhere.")
            text.sample("portcullis_audit_ship_waiting_segments", [], lag.segments)
            text.family(
                "portcullis_audit_ship_lag_seconds", "gauge", "Age of the oldest of them since it was finished.")
            text.sample("portcullis_audit_ship_lag_seconds", [], lag.seconds)
        }
        text.family("portcullis_audit_state", "gauge", "1 for the state that the audit log is in.")
        let state = services.log.state.name
        for name in AuditLog.State.names {
            text.sample("portcullis_audit_state", [("state", name)], name == state ? 1 : 0)
        }
        text.family("portcullis_ready", "gauge", "Whether requests are served.")
        text.sample("portcullis_ready", [], services.health.isReady ? 1 : 0)
    }

    private func writeQueues(_ text: inout PrometheusText) {
        text.family("portcullis_database_queue_jobs", "gauge", "Jobs that wait for a database's threads.")
        for (database, depths) in [
            ("knowledge", services.knowledge.queueDepths), ("tickets", services.tickets.queueDepths),
        ] {
            for (work, depth) in [("read", depths.read), ("write", depths.write)] {
                text.sample("portcullis_database_queue_jobs", [("database", database), ("work", work)], depth)
            }
        }
        text.family(
            "portcullis_database_queue_wait_seconds", "histogram", "Time that jobs wait for a database's threads.")
        for (database, waits) in [
            ("knowledge", services.knowledge.queueWaits), ("tickets", services.tickets.queueWaits),
        ] {
            for (work, times) in [("read", waits.read), ("write", waits.write)] {
                text.histogram(
                    "portcullis_database_queue_wait_seconds", [("database", database), ("work", work)], times)
            }
        }
    }

    private func writeTelemetry(_ text: inout PrometheusText) {
        guard let lines = services.observation.logger?.statistics else { return }
        text.family("portcullis_log_lines_written_total", "counter", "Lines written to standard error.")
        text.sample("portcullis_log_lines_written_total", [], lines.written)
        text.family(
            "portcullis_log_lines_dropped_total", "counter", "Lines dropped because standard error took no more.")
        text.sample("portcullis_log_lines_dropped_total", [], lines.dropped)
        guard let spans = services.observation.tracer?.statistics else { return }
        text.family("portcullis_spans_exported_total", "counter", "Spans that the collector took.")
        text.sample("portcullis_spans_exported_total", [], spans.exported)
        text.family("portcullis_spans_dropped_total", "counter", "Spans that the collector did not get, by reason.")
        text.sample("portcullis_spans_dropped_total", [("reason", "queue_full")], spans.droppedQueueFull)
        text.sample("portcullis_spans_dropped_total", [("reason", "rejected")], spans.droppedRejected)
        text.sample("portcullis_spans_dropped_total", [("reason", "undelivered")], spans.droppedUndelivered)
        text.family("portcullis_trace_queue_requests", "gauge", "Requests whose spans wait for the collector.")
        text.sample("portcullis_trace_queue_requests", [], spans.queued)
    }

    /// The names that every Prometheus client library gives to what the system counts for a process.
    private func writeProcess(_ text: inout PrometheusText) {
        text.family("process_cpu_seconds_total", "counter", "Processor time spent, in user and system mode.")
        text.sample("process_cpu_seconds_total", [], process.processorMicroseconds, perWhole: 1_000_000)
        if let memory = process.memoryBytes {
            text.family("process_resident_memory_bytes", "gauge", "Resident memory.")
            text.sample("process_resident_memory_bytes", [], memory.resident)
            text.family("process_virtual_memory_bytes", "gauge", "Mapped memory.")
            text.sample("process_virtual_memory_bytes", [], memory.mapped)
        }
        if let count = process.openDescriptors {
            text.family("process_open_fds", "gauge", "Descriptors open.")
            text.sample("process_open_fds", [], count)
        }
        if let most = process.descriptorsMax {
            text.family("process_max_fds", "gauge", "Descriptors that may be open.")
            text.sample("process_max_fds", [], most)
        }
        text.family("process_start_time_seconds", "gauge", "When the process began to serve, since 1970-01-01.")
        text.sample("process_start_time_seconds", [], UInt64(max(0, startMicroseconds)), perWhole: 1_000_000)
    }
}

extension EdgeStatistics.Handshake {
    /// The result's name in metrics.
    var name: String {
        switch self {
        case .full: "full"
        case .resumed: "resumed"
        case .failed(let failure): failure.rawValue
        }
    }
}

extension AuditLog.State {
    static let names = ["serving", "low_space", "failed", "closed"]

    /// The state's name in metrics and in the log.
    var name: String {
        switch self {
        case .serving: "serving"
        case .lowSpace: "low_space"
        case .failed: "failed"
        case .closed: "closed"
        }
    }
}
