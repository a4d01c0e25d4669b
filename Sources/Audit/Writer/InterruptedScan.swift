internal import JSON

/// Finds the requests that a dead process had begun and not decided.
///
/// Only `request.begin` records are parsed, and `request.end` records only while something is open: most logs have neither.
struct InterruptedScan {
    private var open: [UInt64: [UInt8]] = [:]

    /// The open requests by number.
    var requests: [InterruptedRequest] {
        open.map { InterruptedRequest(identifier: $0.value, seq: $0.key) }.sorted { $0.seq < $1.seq }
    }

    /// Takes a line of the dead process, without its LF.
    mutating func take(_ line: Span<UInt8>, seq: UInt64, type: RecordType?) {
        switch type {
        case .requestBegin: open[seq] = Self.parse(line)?["req"]?["id"]?.bytes ?? []
        case .requestEnd where !open.isEmpty:
            if let begin = Self.parse(line)?["begin"]?.integer { open[UInt64(clamping: begin)] = nil }
        default: return
        }
    }

    private static func parse(_ line: Span<UInt8>) -> JSONNode? {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(line.count)
        for index in 0..<line.count { bytes.append(line[index]) }
        return try? JSONParser.parse(bytes)
    }
}
