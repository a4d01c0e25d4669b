/// What a PDF must be and must not have (ISO 32000-1), as far as its bytes show without being unpacked. Objects in compressed
/// streams are not seen here: what reads them is the extraction of text, in a process of its own, and a virus scanner.
enum PDFRules {
    /// Names of dictionaries and actions that run, load or carry something else (§12.6.4, §7.11.4), or that encrypt (§7.6).
    private static let active: Set<[UInt8]> = Set(
        ["JavaScript", "JS", "Launch", "EmbeddedFile", "EmbeddedFiles", "RichMedia", "XFA", "SubmitForm", "ImportData"]
            .map { Array($0.utf8) })
    private static let encrypt = Array("Encrypt".utf8)
    /// Longer names are none of these.
    private static let nameBytesMax = 16

    static func check(_ bytes: [UInt8]) throws(DocumentRefusal) {
        try checkEnd(bytes)
        var index = bytes.startIndex
        while let slash = bytes[index...].firstIndex(of: UInt8(ascii: "/")) {
            index = slash + 1
            var end = index
            guard let name = name(in: bytes, from: &end) else { continue }
            if name == encrypt, hasValue(bytes, at: end) { throw .encrypted }
            if active.contains(name), hasValue(bytes, at: end) { throw .active }
        }
    }

    /// It ends with its mark: what stands after it is another file's.
    private static func checkEnd(_ bytes: [UInt8]) throws(DocumentRefusal) {
        let tail = bytes.suffix(AgentLimits.leadingBytes)
        guard ByteRun.contains("%%EOF", in: tail) else { throw .malformed }
        var last = tail.startIndex
        while let found = ByteRun.first("%%EOF", in: tail[last...]) { last = found + 5 }
        guard tail[last...].allSatisfy(isWhite) else { throw .polyglot }
    }

    /// The name that begins at `end`, with `#xx` as the byte it stands for (§7.3.5); `end` is after it then.
    private static func name(in bytes: [UInt8], from end: inout Int) -> [UInt8]? {
        var name: [UInt8] = []
        while end < bytes.count, name.count <= nameBytesMax, !isWhite(bytes[end]), !isDelimiter(bytes[end]) {
            if bytes[end] == UInt8(ascii: "#"), end + 2 < bytes.count, let high = digit(bytes[end + 1]),
                let low = digit(bytes[end + 2])
            {
                name.append(high << 4 | low)
                end += 3
            } else {
                name.append(bytes[end])
                end += 1
            }
        }
        return name.isEmpty || name.count > nameBytesMax ? nil : name
    }

    /// Whether a key's value can follow: so a random run of bytes in a stream is seldom taken for a key.
    private static func hasValue(_ bytes: [UInt8], at start: Int) -> Bool {
        guard let next = bytes[start...].first(where: { !isWhite($0) }) else { return false }
        switch next {
        case UInt8(ascii: "("), UInt8(ascii: "<"), UInt8(ascii: "["), UInt8(ascii: "/"), UInt8(ascii: ">"),
            UInt8(ascii: "0")...UInt8(ascii: "9"):
            return true
        default: return false
        }
    }

    private static func isWhite(_ byte: UInt8) -> Bool {
        switch byte {
        case 0x00, 0x09, 0x0A, 0x0C, 0x0D, 0x20: true
        default: false
        }
    }

    private static func isDelimiter(_ byte: UInt8) -> Bool { "()<>[]{}/%".utf8.contains(byte) }

    private static func digit(_ byte: UInt8) -> UInt8? {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): byte - UInt8(ascii: "0")
        case UInt8(ascii: "a")...UInt8(ascii: "f"): byte - UInt8(ascii: "a") + 10
        case UInt8(ascii: "A")...UInt8(ascii: "F"): byte - UInt8(ascii: "A") + 10
        default: nil
        }
    }
}
