/// The messages of OTLP's trace service (opentelemetry-proto 1.x: `collector/trace/v1`, `trace/v1`, `resource/v1`,
/// `common/v1`), by their field numbers.
enum TraceExport {
    /// `ExportTraceServiceRequest`: one resource, one scope, all spans.
    static func request(_ traces: [FinishedTrace], _ service: TracerConfiguration.Service) -> [UInt8] {
        var writer = ProtobufWriter()
        writer.message(1) { resourceSpans in
            resourceSpans.message(1) { resource in
                attribute(&resource, 1, "service.name", .text(service.name))
                attribute(&resource, 1, "service.version", .text(service.version))
                attribute(&resource, 1, "service.instance.id", .text(service.instanceID))
            }
            resourceSpans.message(2) { scopeSpans in
                scopeSpans.message(1) { scope in
                    scope.text(1, service.name)
                    scope.text(2, service.version)
                }
                for trace in traces {
                    for span in trace.spans { scopeSpans.message(2) { write(span, of: trace, to: &$0) } }
                }
            }
        }
        return writer.bytes
    }

    private static func write(_ span: TraceSpan, of trace: FinishedTrace, to message: inout ProtobufWriter) {
        message.bytes(1, octets(hex: trace.traceID))
        message.bytes(2, octets(span.spanID))
        if !trace.state.isEmpty { message.bytes(3, trace.state) }
        if let parent = span.parentID { message.bytes(4, octets(parent)) }
        message.text(5, span.name)
        message.varint(6, span.kind.rawValue)
        message.fixed64(7, span.startNanoseconds)
        message.fixed64(8, span.endNanoseconds)
        for (name, value) in span.attributes { attribute(&message, 9, "\(name)", value) }
        if span.isError { message.message(15) { $0.varint(3, 2) } }
        // Sampled, and of the parent: known, and remote where it is the caller's (bits 8 and 9).
        message.fixed32(16, 0x101 | (span.hasRemoteParent ? 0x200 : 0))
    }

    private static func attribute(
        _ message: inout ProtobufWriter, _ field: UInt64, _ key: String, _ value: TraceSpan.Value
    ) {
        message.message(field) { pair in
            pair.text(1, key)
            pair.message(2) { any in
                switch value {
                case .text(let text): any.text(1, text)
                case .bytes(let bytes): any.text(1, String(decoding: bytes, as: UTF8.self))
                case .bool(let bool): any.varint(2, bool ? 1 : 0)
                case .integer(let integer): any.varint(3, UInt64(bitPattern: integer))
                }
            }
        }
    }

    private static func octets(_ value: UInt64) -> [UInt8] {
        stride(from: UInt64(56), through: 0, by: -8).map { UInt8(truncatingIfNeeded: value >> $0) }
    }

    private static func octets(hex: [UInt8]) -> [UInt8] {
        stride(from: 0, to: hex.count - 1, by: 2).map { index in nibble(hex[index]) << 4 | nibble(hex[index + 1]) }
    }

    private static func nibble(_ digit: UInt8) -> UInt8 {
        digit >= UInt8(ascii: "a") ? digit - UInt8(ascii: "a") + 10 : digit - UInt8(ascii: "0")
    }

    /// `ExportTraceServiceResponse`: how many spans the collector refused; 0 where it says nothing or cannot be read,
    /// since the status has said that it took them.
    static func rejectedSpans(_ response: [UInt8]) -> UInt64 {
        guard case .bytes(let partial)? = ProtobufReader.fields(response)?.last(where: { $0.field == 1 })?.value,
            case .varint(let count)? = ProtobufReader.fields(partial)?.last(where: { $0.field == 1 })?.value
        else { return 0 }
        return Int64(bitPattern: count) > 0 ? count : 0
    }
}
