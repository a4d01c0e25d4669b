/// Writes ZIP archives of stored files, also ones that no honest program would.
struct ZipWriter {
    struct File {
        var name: String
        var content: [UInt8] = Array("<x/>".utf8)
        var flags = 0
        var method = 0
        var unpackedBytes: Int?
        /// The name in the local header, where it is another.
        var localName: String?
    }

    static func docx(_ more: [File] = []) -> [UInt8] {
        write([File(name: "[Content_Types].xml"), File(name: "_rels/.rels"), File(name: "word/document.xml")] + more)
    }

    static func write(_ files: [File], comment: [UInt8] = []) -> [UInt8] {
        var bytes: [UInt8] = []
        var directory: [UInt8] = []
        for file in files {
            let name = Array(file.name.utf8), local = Array((file.localName ?? file.name).utf8)
            let sizes = number(file.content.count, 4) + number(file.unpackedBytes ?? file.content.count, 4)
            let middle = number(file.flags, 2) + number(file.method, 2) + number(0, 8) + sizes
            directory += [0x50, 0x4B, 1, 2] + number(20, 2) + number(20, 2) + middle + number(name.count, 2)
            directory += number(0, 12) + number(bytes.count, 4) + name
            bytes += [0x50, 0x4B, 3, 4] + number(20, 2) + middle + number(local.count, 2) + number(0, 2)
            bytes += local + file.content
        }
        return bytes + directory + end(files.count, directory.count, bytes.count, comment)
    }

    static func end(_ count: Int, _ size: Int, _ start: Int, _ comment: [UInt8] = []) -> [UInt8] {
        [0x50, 0x4B, 5, 6] + number(0, 4) + number(count, 2) + number(count, 2) + number(size, 4) + number(start, 4)
            + number(comment.count, 2) + comment
    }

    static func number(_ value: Int, _ count: Int) -> [UInt8] {
        (0..<count).map { $0 < 8 ? UInt8(truncatingIfNeeded: value >> (8 * $0)) : 0 }
    }
}
