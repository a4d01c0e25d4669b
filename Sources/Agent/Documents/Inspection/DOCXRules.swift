/// What a DOCX must be and must not have (ECMA-376 parts 1 and 2).
enum DOCXRules {
    static func check(_ bytes: [UInt8]) throws(DocumentRefusal) {
        let entries = try ZipDirectory(bytes).entries
        var names: Set<[UInt8]> = []
        var unpacked = 0
        for entry in entries {
            guard !entry.isEncrypted else { throw .encrypted }
            guard entry.method == 0 || entry.method == 8 else { throw .malformed }
            guard isInside(entry.name) else { throw .pathName }
            // Two parts of one name, or of names that differ in case only (part 2, §6.2.2.3): two readers, two documents.
            guard names.insert(lower(entry.name)).inserted else { throw .polyglot }
            unpacked += entry.unpackedBytes
            if isActive(lower(entry.name)) { throw .active }
        }
        guard unpacked <= AgentLimits.zipUnpackedBytesMax, unpacked <= bytes.count * AgentLimits.zipRatioMax else {
            throw .unpacksTooLarge
        }
        for part in ["[content_types].xml", "word/document.xml"] where !names.contains(Array(part.utf8)) {
            throw .typeNotAllowed
        }
    }

    private static func lower(_ name: [UInt8]) -> [UInt8] { name.map { (0x41...0x5A).contains($0) ? $0 | 0x20 : $0 } }

    /// Whether a name is a plain path inside the archive.
    private static func isInside(_ name: [UInt8]) -> Bool {
        guard !name.isEmpty, !name.contains(where: { $0 < 0x20 || $0 == UInt8(ascii: "\\") || $0 == UInt8(ascii: ":") })
        else { return false }
        let parts = name.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
        // A folder's own entry ends in a slash.
        let whole = parts.last?.isEmpty == true ? parts.dropLast() : parts[...]
        return !whole.isEmpty
            && whole.allSatisfy { !$0.isEmpty && !$0.elementsEqual("..".utf8) && !$0.elementsEqual(".".utf8) }
    }

    /// Macros, controls and files of other programs.
    private static func isActive(_ name: [UInt8]) -> Bool {
        let text = String(decoding: name, as: UTF8.self)
        return text.hasSuffix("vbaproject.bin") || text.hasSuffix("vbadata.xml") || text.contains("/activex/")
            || text.contains("/embeddings/") || text.hasPrefix("customui/")
    }
}
