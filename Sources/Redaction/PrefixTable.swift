/// The prefixes of all rows of the catalogue, by their anchors.
struct PrefixTable: Sendable {
    struct Entry: Sendable {
        let prefix: Prefix
        /// Which of its recogniser's prefixes this is.
        let index: Int
        let place: RecogniserPlace
        let recognise: Recogniser.AtPrefix

        var anchorByte: UInt8 { prefix.bytes[prefix.anchor] }
    }

    /// What most times rules a prefix out, apart from its entry, so that looking at it counts no references.
    private struct Probe: Sendable {
        let anchorByte: UInt8
        /// The first two bytes.
        let start: (UInt8, UInt8)
        let anchor: Int
    }

    /// Sorted by the anchor's byte.
    let entries: [Entry]
    /// In the order of `entries`.
    private let probes: [Probe]
    /// For each byte, where the prefixes with this anchor start in `entries`.
    private let firstPlace: [Int]
    private let mayPrecede: AnchorFilter
    /// The anchor and the byte behind it.
    private let mayFollow: BytePairs

    var anchors: [UInt8] { entries.map(\.anchorByte) }

    init() {
        var entries: [Entry] = []
        for case (let place, .prefixes(let all, let recognise)) in RecogniserPlace.all {
            for (index, prefix) in all.enumerated() {
                entries.append(Entry(prefix: prefix, index: index, place: place, recognise: recognise))
            }
        }
        entries.sort { $0.anchorByte < $1.anchorByte }
        var firstPlace = [Int](repeating: entries.count, count: 256)
        for (place, entry) in entries.enumerated().reversed() { firstPlace[Int(entry.anchorByte)] = place }
        probes = entries.map {
            let bytes = $0.prefix.bytes
            return Probe(anchorByte: $0.anchorByte, start: (bytes[0], bytes[1]), anchor: $0.prefix.anchor)
        }
        (mayPrecede, mayFollow) = Self.neighbours(entries.map(\.prefix))
        self.entries = entries
        self.firstPlace = firstPlace
    }

    private static func neighbours(_ prefixes: [Prefix]) -> (before: AnchorFilter, behind: BytePairs) {
        var (before, behind) = (AnchorFilter(), BytePairs())
        for prefix in prefixes {
            let (bytes, anchor) = (prefix.bytes, prefix.anchor)
            before.add(bytes.span, anchoredAt: anchor)
            for byte in UInt8.min...UInt8.max where anchor + 1 == bytes.count || byte == bytes[anchor + 1] {
                behind.add(bytes[anchor], byte)
            }
        }
        return (before, behind)
    }

    /// Whether some prefix may stand around the anchor, by the bytes beside it.
    @inline(__always)
    func mayStand(_ text: Span<UInt8>, anchoredAt anchor: Int) -> Bool {
        anchor + 1 < text.count && mayFollow.holds(text[anchor], text[anchor + 1])
            && mayPrecede.holds(text, anchoredAt: anchor)
    }

    /// Where the prefixes with this anchor start.
    func first(_ anchor: UInt8) -> Int { firstPlace[Int(anchor)] }

    /// The next prefix from `place` on that stands around the anchor, at the start of a word.
    func find(_ text: Span<UInt8>, anchoredAt anchor: Int, from place: Int) -> (place: Int, start: Int)? {
        var place = place
        while place < probes.count, probes[place].anchorByte == text[anchor] {
            let probe = probes[place]
            let start = anchor - probe.anchor
            if start >= 0, start + 1 < text.count, text[start] == probe.start.0, text[start + 1] == probe.start.1,
                start == 0 || !ByteClass.isAlphanumeric(text[start - 1]),
                Bytes.equal(text, at: start, entries[place].prefix.bytes)
            {
                return (place, start)
            }
            place += 1
        }
        return nil
    }
}

/// Anchors with up to two bytes of their word before them.
private struct AnchorFilter: Sendable {
    private static let bitsLog2: UInt32 = 13
    private var bits = [UInt64](repeating: 0, count: 1 << Int(bitsLog2 - 6))

    mutating func add(_ text: Span<UInt8>, anchoredAt anchor: Int) {
        let bit = Self.bit(text, anchor)
        bits[bit >> 6] |= 1 << UInt64(bit & 63)
    }

    /// False for most anchors around which no added prefix stands.
    @inline(__always)
    func holds(_ text: Span<UInt8>, anchoredAt anchor: Int) -> Bool {
        let bit = Self.bit(text, anchor)
        return bits[bit >> 6] >> UInt64(bit & 63) & 1 == 1
    }

    @inline(__always)
    private static func bit(_ text: Span<UInt8>, _ anchor: Int) -> Int {
        var key = UInt32(text[anchor])
        // What is before a word does not count.
        if anchor > 0, ByteClass.isAlphanumeric(text[anchor - 1]) {
            key |= UInt32(text[anchor - 1]) << 8
            if anchor > 1, ByteClass.isAlphanumeric(text[anchor - 2]) { key |= UInt32(text[anchor - 2]) << 16 }
        }
        return Int((key &* 0x9E37_79B1) >> (32 - bitsLog2))
    }
}
