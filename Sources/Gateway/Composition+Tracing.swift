internal import Bytes
internal import Curl
internal import Edge
internal import LinuxIO
internal import Telemetry

extension Composition {
    /// What sends traces, or nil where none are wanted.
    func makeTracer() throws(CommandFailure) -> Tracer? {
        let settings = configuration.tracing
        guard !settings.endpoint.isEmpty else { return nil }
        if !settings.key.isEmpty {
            do throws(KeyFileError) {
                try KeyFile.readSecret(path(settings.key)) { _ in () }
            } catch {
                throw CommandFailure(.configuration, description: error.description)
            }
        }
        let client = HTTPClientConfiguration(
            connectTimeout: .milliseconds(settings.timeoutMilliseconds),
            totalTimeout: .milliseconds(settings.timeoutMilliseconds),
            responseBytesMax: TelemetryLimits.responseBytesMax, allowsPlain: settings.endpoint.hasPrefix("http:"),
            caFile: file(settings.clientCA), certificateFile: file(settings.certificate), keyFile: file(settings.key))
        let tracer = Tracer.start(
            TracerConfiguration(
                endpoint: settings.endpoint, samplesPerMillion: Int((settings.sampleRatio * 1_000_000).rounded()),
                queueMax: settings.queueMax, interval: .milliseconds(settings.intervalMilliseconds),
                service: TracerConfiguration.Service(
                    name: settings.serviceName, version: portcullisVersion, instanceID: Self.instanceIdentifier()),
                client: client))
        guard let tracer else { throw CommandFailure(EdgeError.noResources) }
        return tracer
    }

    private func file(_ name: String) -> String? { name.isEmpty ? nil : path(name) }

    /// A UUID of version 4: another for each start, as `service.instance.id` should be.
    private static func instanceIdentifier() -> String {
        let high = UInt64.random(in: 0 ... .max) & ~0xF000 | 0x4000
        let low = UInt64.random(in: 0 ... .max) & ~(3 << 62) | 1 << 63
        var digits = ByteBuffer(capacity: 32)
        digits.append(hex: high)
        digits.append(hex: low)
        let text = String(decoding: digits.array(), as: UTF8.self)
        var groups: [Substring] = []
        var rest = text[...]
        for count in [8, 4, 4, 4, 12] {
            groups.append(rest.prefix(count))
            rest = rest.dropFirst(count)
        }
        return groups.joined(separator: "-")
    }
}
