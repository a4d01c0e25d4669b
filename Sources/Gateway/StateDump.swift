internal import Agent
internal import Audit
internal import Auth
internal import Edge
internal import LinuxIO
internal import Telemetry
internal import Threading

extension GatewayServer {
    /// SIGUSR1: one line with what an operator asks first, for when the metrics cannot be reached.
    /// - Parameter start: when the process began.
    static func dumpState(_ services: Services, _ edge: EdgeStatistics, since start: MonotonicInstant) {
        let audit = services.log.statistics()
        let tokens = services.tokens.statistics
        let process = ProcessStatus()
        services.observation.logger?.log(.info, "state") { line in
            line.text("version", portcullisVersion)
            line.number("pid", Int(FileProcess.identifier))
            line.number("uptime_s", MonotonicInstant.now.microseconds(since: start) / 1_000_000)
            line.bool("ready", services.health.isReady)
            line.object("connections") { line in
                line.number("open", edge.openConnections)
                line.numbers("sockets_by_loop", edge.loops.map(\.openConnections))
                line.number("accepted", edge.acceptedConnections)
                line.number("refused", ConnectionLimit.allCases.reduce(0) { $0 + edge.refusedConnections($1) })
                line.number("descriptor_limit", edge.descriptorLimitReached)
            }
            line.object("requests") { line in
                line.number("in_flight", edge.requestsInFlight)
                line.number("served", services.metrics.requestsServed)
            }
            line.object("bytes") { line in
                line.number("received", edge.bytesReceived)
                line.number("sent", edge.bytesSent)
            }
            line.object("queues") { line in
                line.number("audit", audit.queueDepth)
                line.number("knowledge_read", services.knowledge.queueDepths.read)
                line.number("knowledge_write", services.knowledge.queueDepths.write)
                line.number("tickets_read", services.tickets.queueDepths.read)
                line.number("tickets_write", services.tickets.queueDepths.write)
                line.number("traces", services.observation.tracer?.statistics.queued ?? 0)
            }
            line.object("audit") { line in
                line.text("state", services.log.state.name)
                line.number("head_seq", services.log.head.seq)
                line.number("batches", audit.batches)
                line.number("bytes", audit.bytes)
            }
            line.object("tokens") { line in
                line.number("cached", tokens.cachedTokens)
                line.number("hits", tokens.cacheHits)
                line.number("misses", tokens.cacheMisses)
            }
            line.object("process") { line in
                line.number("resident_bytes", process.memoryBytes?.resident ?? 0)
                line.number("open_fds", process.openDescriptors ?? 0)
                line.number("cpu_ms", process.processorMicroseconds / 1000)
            }
            line.number("log_lines_dropped", services.observation.logger?.statistics.dropped ?? 0)
        }
        services.observation.logger?.flush()
    }
}
