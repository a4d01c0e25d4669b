internal import Threading

/// Writes the Prometheus text exposition format, version 0.0.4.
struct PrometheusText {
    private(set) var bytes: [UInt8] = []

    /// Starts a metric family. `kind` is `counter`, `gauge` or `histogram`.
    mutating func family(_ name: String, _ kind: String, _ help: String) {
        bytes.append(contentsOf: "# HELP \(name) \(help)\n# TYPE \(name) \(kind)\n".utf8)
    }

    /// One sample. Label values are escaped; names must be right already.
    mutating func sample(_ name: String, _ labels: [(String, String)] = [], _ value: String) {
        bytes.append(contentsOf: name.utf8)
        if !labels.isEmpty {
            bytes.append(UInt8(ascii: "{"))
            for (index, label) in labels.enumerated() {
                if index > 0 { bytes.append(UInt8(ascii: ",")) }
                bytes.append(contentsOf: "\(label.0)=\"".utf8)
                for byte in label.1.utf8 { append(escaped: byte) }
                bytes.append(UInt8(ascii: "\""))
            }
            bytes.append(UInt8(ascii: "}"))
        }
        bytes.append(contentsOf: " \(value)\n".utf8)
    }

    /// One sample with an integer.
    mutating func sample(_ name: String, _ labels: [(String, String)] = [], _ value: some FixedWidthInteger) {
        sample(name, labels, String(value))
    }

    /// One sample with decimals, given in units of which `perWhole` (a power of ten) are one.
    mutating func sample(_ name: String, _ labels: [(String, String)] = [], _ value: UInt64, perWhole: UInt64) {
        sample(name, labels, Self.decimal(value, perWhole: perWhole))
    }

    /// A histogram's series; bounds and sum are in units of which `perWhole` (a power of ten) are one of the series'.
    mutating func histogram(
        _ name: String, _ labels: [(String, String)], _ counts: HistogramCounts, perWhole: UInt64 = 1_000_000
    ) {
        var total: UInt64 = 0
        for (index, count) in counts.buckets.enumerated() {
            total += count
            let bound = index < counts.bounds.count ? Self.decimal(counts.bounds[index], perWhole: perWhole) : "+Inf"
            sample(name + "_bucket", labels + [("le", bound)], total)
        }
        sample(name + "_sum", labels, counts.sum, perWhole: perWhole)
        sample(name + "_count", labels, total)
    }

    /// `value / perWhole` without trailing zeros.
    static func decimal(_ value: UInt64, perWhole: UInt64) -> String {
        let whole = value / perWhole
        var fraction = String(perWhole + value % perWhole).dropFirst()
        while fraction.hasSuffix("0") { fraction.removeLast() }
        return fraction.isEmpty ? "\(whole)" : "\(whole).\(fraction)"
    }

    private mutating func append(escaped byte: UInt8) {
        switch byte {
        case UInt8(ascii: "\\"), UInt8(ascii: "\""):
            bytes.append(UInt8(ascii: "\\"))
            bytes.append(byte)
        case 0x0A: bytes.append(contentsOf: "\\n".utf8)
        default: bytes.append(byte)
        }
    }
}
