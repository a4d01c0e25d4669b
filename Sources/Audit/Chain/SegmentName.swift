/// The name of a segment: `seg-00000000000000000042.jsonl`, with the number of its first record.
struct SegmentName: Hashable, Sendable {
    let firstSeq: UInt64

    init(firstSeq: UInt64) { self.firstSeq = firstSeq }

    /// The segment that `name` names, or nil where it is not exactly such a name.
    init?(_ name: String) {
        let bytes = Array(name.utf8)
        guard bytes.count == 30, name.hasPrefix("seg-"), name.hasSuffix(".jsonl") else { return nil }
        var number: UInt64 = 0
        for byte in bytes[4..<24] {
            guard (0x30...0x39).contains(byte) else { return nil }
            let (tens, overflow) = number.multipliedReportingOverflow(by: 10)
            let (sum, carry) = tens.addingReportingOverflow(UInt64(byte - 0x30))
            if overflow || carry { return nil }
            number = sum
        }
        firstSeq = number
    }

    /// Whether `name` claims to be a segment, rightly or not.
    static func isClaimed(by name: String) -> Bool { name.utf8.starts(with: "seg-".utf8) }

    var text: String {
        let digits = String(firstSeq)
        return "seg-" + String(repeating: "0", count: 20 - digits.utf8.count) + digits + ".jsonl"
    }
}
