internal import Bytes

/// Settles overlaps where a policy's own types take part: each byte belongs to the best finding over it, and what sticks
/// out of a better one is still a finding of its own type.
///
/// So nothing that any detector found is let through, and whether a byte is replaced depends on the findings over it
/// alone: a stream that sees a part of a text comes to the same.
enum Ownership {
    /// - Parameters:
    ///   - findings: those of the catalogue: sorted, apart.
    ///   - custom: those of a policy's own types, in any order.
    /// - Returns: all of them, sorted, apart.
    /// - Complexity: linear in the findings' lengths, but for the sorting.
    static func settle(_ findings: [Finding], _ custom: [Finding], in text: Span<UInt8>) -> [Finding] {
        let all = (findings + custom).sorted { $0.range.lowerBound < $1.range.lowerBound }
        var settled: [Finding] = []
        settled.reserveCapacity(all.count)
        var start = 0
        while start < all.count {
            var end = start + 1
            var reach = all[start].range.upperBound
            while end < all.count, all[end].range.lowerBound < reach {
                reach = max(reach, all[end].range.upperBound)
                end += 1
            }
            if end == start + 1 {
                settled.append(all[start])
            } else {
                settle(all[start..<end], upTo: reach, in: text, into: &settled)
            }
            start = end
        }
        return settled
    }

    /// Settles findings that hang together, up to the offset `reach`.
    private static func settle(
        _ cluster: ArraySlice<Finding>, upTo reach: Int, in text: Span<UInt8>, into settled: inout [Finding]
    ) {
        let ranked = cluster.sorted(by: isBetter)
        guard let base = cluster.first?.range.lowerBound else { return }
        var owners = [Int](repeating: ranked.count, count: reach - base)
        for (rank, finding) in ranked.enumerated() {
            for offset in finding.range where owners[offset - base] == ranked.count { owners[offset - base] = rank }
        }
        var start = 0
        while start < owners.count {
            let owner = owners[start]
            var end = start + 1
            while end < owners.count, owners[end] == owner { end += 1 }
            if owner < ranked.count { add(ranked[owner], base + start..<base + end, in: text, into: &settled) }
            start = end
        }
    }

    /// Adds the part of `finding` at `range`, if it has anything to hide.
    private static func add(
        _ finding: Finding, _ range: Range<Int>, in text: Span<UInt8>, into settled: inout [Finding]
    ) {
        guard finding.range != range else { return settled.append(finding) }
        guard range.contains(where: { text[$0] >= 0x80 || ByteClass.isAlphanumeric(text[$0]) }) else { return }
        var part = finding.placed(at: range)
        // The last four of a part say nothing to anybody.
        part.isDisguised = true
        settled.append(part)
    }

    /// The more confident, then a policy's own, then the longer one; the rest is for the order to be one.
    private static func isBetter(_ left: Finding, than right: Finding) -> Bool {
        if left.confidencePPM != right.confidencePPM { return left.confidencePPM > right.confidencePPM }
        if left.type.isCustom != right.type.isCustom { return left.type.isCustom }
        if left.range.count != right.range.count { return left.range.count > right.range.count }
        if left.type.index != right.type.index { return left.type.index < right.type.index }
        if left.range.lowerBound != right.range.lowerBound { return left.range.lowerBound < right.range.lowerBound }
        return left.isDisguised && !right.isDisguised
    }
}
