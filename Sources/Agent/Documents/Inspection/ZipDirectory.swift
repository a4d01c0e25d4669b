/// The central directory of a ZIP archive (PKWARE APPNOTE 6.3, §4.3), which is read as strictly as it can be: one archive, from
/// the first byte to the last, without a second reading. Nothing is unpacked.
struct ZipDirectory: Sendable {
    /// One file of the archive.
    struct Entry: Hashable, Sendable {
        let name: [UInt8]
        let isEncrypted: Bool
        /// 0 stored, 8 deflated.
        let method: Int
        let packedBytes: Int, unpackedBytes: Int
        /// Where its local header begins.
        let offset: Int
    }

    /// What a local header begins with.
    static let localSignature: [UInt8] = [0x50, 0x4B, 0x03, 0x04]
    private static let centralSignature: [UInt8] = [0x50, 0x4B, 0x01, 0x02]
    private static let endSignature: [UInt8] = [0x50, 0x4B, 0x05, 0x06]
    private static let endBytes = 22, centralBytes = 46, localBytes = 30

    let entries: [Entry]

    /// Where the end record of an archive begins in `bytes`: the last whose comment reaches at most to their end.
    static func endRecord(of bytes: [UInt8]) -> Int? {
        guard bytes.count >= endBytes else { return nil }
        var start = bytes.count - endBytes
        let first = max(0, bytes.count - AgentLimits.zipEndBytesMax)
        while start >= first {
            if bytes[start] == 0x50, bytes[start...].starts(with: endSignature),
                start + endBytes + number(bytes, start + 20, 2) <= bytes.count
            {
                return start
            }
            start -= 1
        }
        return nil
    }

    /// Reads the directory of an archive that is all of `bytes`.
    /// - Throws: `DocumentRefusal`
    init(_ bytes: [UInt8]) throws(DocumentRefusal) {
        guard bytes.starts(with: Self.localSignature), let end = Self.endRecord(of: bytes) else { throw .malformed }
        guard end + Self.endBytes + Self.number(bytes, end + 20, 2) == bytes.count else { throw .polyglot }
        let count = Self.number(bytes, end + 10, 2)
        let size = Self.number(bytes, end + 12, 4), start = Self.number(bytes, end + 16, 4)
        // One disk; and no ZIP64, which no document of a sane size needs.
        guard Self.number(bytes, end + 4, 4) == 0, Self.number(bytes, end + 8, 2) == count, count > 0,
            start + size == end
        else { throw .malformed }
        guard count <= AgentLimits.zipEntriesMax else { throw .unpacksTooLarge }
        var entries: [Entry] = []
        var place = start
        for _ in 0..<count { entries.append(try Self.entry(bytes, at: &place, before: end)) }
        guard place == end else { throw .malformed }
        self.entries = entries
        try checkPlaces(bytes, directory: start)
    }

    private static func entry(
        _ bytes: [UInt8], at place: inout Int, before end: Int
    ) throws(DocumentRefusal) -> Entry {
        guard place + centralBytes <= end, bytes[place...].starts(with: centralSignature) else { throw .malformed }
        let nameBytes = number(bytes, place + 28, 2)
        let next = place + centralBytes + nameBytes + number(bytes, place + 30, 2) + number(bytes, place + 32, 2)
        guard next <= end else { throw .malformed }
        defer { place = next }
        let nameStart = place + centralBytes
        return Entry(
            name: Array(bytes[nameStart..<nameStart + nameBytes]),
            isEncrypted: number(bytes, place + 8, 2) & 0x2041 != 0,
            method: number(bytes, place + 10, 2), packedBytes: number(bytes, place + 20, 4),
            unpackedBytes: number(bytes, place + 24, 4), offset: number(bytes, place + 42, 4))
    }

    /// Each entry has bytes of its own: files that share them are how a small archive unpacks to a very large one (Fifield
    /// 2019). And what the local headers say is what the directory says.
    private func checkPlaces(_ bytes: [UInt8], directory: Int) throws(DocumentRefusal) {
        var free = 0
        for entry in entries.sorted(by: { $0.offset < $1.offset }) {
            let start = entry.offset
            guard start >= free else { throw .unpacksTooLarge }
            guard start + Self.localBytes <= directory, bytes[start...].starts(with: Self.localSignature) else {
                throw .malformed
            }
            let nameBytes = Self.number(bytes, start + 26, 2)
            let content = start + Self.localBytes + nameBytes + Self.number(bytes, start + 28, 2)
            guard content + entry.packedBytes <= directory else { throw .malformed }
            let name = bytes[(start + Self.localBytes)..<(start + Self.localBytes + nameBytes)]
            guard name.elementsEqual(entry.name) else { throw .polyglot }
            free = content + entry.packedBytes
        }
        guard let first = entries.map(\.offset).min(), first == 0 else { throw .polyglot }
    }

    /// A number of `count` bytes, the lowest first.
    private static func number(_ bytes: [UInt8], _ start: Int, _ count: Int) -> Int {
        (0..<count).reduce(0) { $0 | Int(bytes[start + $1]) << (8 * $1) }
    }
}
