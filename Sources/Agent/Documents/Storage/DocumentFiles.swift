internal import Bytes
internal import LinuxIO

/// The sealed files of the documents, in one folder, under names that say nothing: 32 random hexadecimal digits.
///
/// A file is whole or not there: it is written under another name, brought to the disk, renamed, and its folder too. What a
/// crash left behind has a name that no row knows, and goes with the next start.
struct DocumentFiles: Sendable {
    /// What a file's name ends in while it is written.
    static let unfinishedSuffix = ".new"

    let folder: String

    /// A name for a new file.
    static func makeName() throws(DocumentError) -> [UInt8] {
        ByteBuffer.hex(
            try DocumentError.translating { () throws(ContentError) in try SaltedCipher.randomBytes(16) })
    }

    /// Seals `bytes` into the new file `name`. It is on the disk when this returns; where it throws, nothing is at that name.
    func write(_ bytes: [UInt8], to name: [UInt8], key: ContentKey) throws(DocumentError) {
        let path = path(of: name), unfinished = path + Self.unfinishedSuffix
        let file = try Self.checked { () throws(FileError) in try File.open(unfinished, for: .writeNew) }
        do throws(DocumentError) {
            try seal(bytes, into: file, name, key)
            try Self.checked { () throws(FileError) in
                try file.synchroniseData()
                try FileDirectory.rename(unfinished, toNew: path)
                try FileDirectory.synchronise(folder)
            }
        } catch {
            // Where this fails too, the next start removes it.
            try? FileDirectory.remove(unfinished)
            throw error
        }
    }

    private func seal(
        _ bytes: [UInt8], into file: File, _ name: [UInt8], _ key: ContentKey
    ) throws(DocumentError) {
        var sealer = try DocumentError.translating { () throws(ContentError) in
            try ChunkedCipher.Sealer(key, name: name)
        }
        try Self.append(sealer.head, to: file)
        var start = 0
        while start < bytes.count {
            let end = min(start + AgentLimits.documentChunkBytes, bytes.count)
            let isLast = end == bytes.count
            try Self.append(sealer.seal(bytes.span.extracting(start..<end), isLast: isLast), to: file)
            start = end
        }
    }

    /// The document in the file `name`, which has `count` bytes.
    /// - Throws: `.damaged` where a bit is not as it was written; `.storage`.
    func read(_ name: [UInt8], count: Int, key: ContentKey) throws(DocumentError) -> [UInt8] {
        let file: File
        let size: UInt64
        do throws(FileError) {
            file = try File.open(path(of: name), for: .read)
            size = try file.status().size
        } catch {
            throw error.isMissing ? .damaged : DocumentError(error)
        }
        guard count > 0, size == UInt64(ChunkedCipher.fileBytes(of: count)) else { throw .damaged }
        let head = try Self.take(ChunkedCipher.headBytes, from: file, at: 0)
        var output: [UInt8] = []
        output.reserveCapacity(count)
        try DocumentError.translating { () throws(ContentError) in
            _ = try ChunkedCipher.Opener(key, name: name, head: head)
        }
        var opener = try DocumentError.translating { () throws(ContentError) in
            try ChunkedCipher.Opener(key, name: name, head: head)
        }
        var offset = ChunkedCipher.headBytes
        while offset < Int(size) {
            let end = min(offset + ChunkedCipher.sealedChunkBytes, Int(size))
            let sealed = try Self.take(end - offset, from: file, at: offset)
            do throws(ContentError) {
                try opener.open(sealed.span, isLast: end == Int(size), into: &output)
            } catch {
                throw DocumentError(error)
            }
            offset = end
        }
        guard output.count == count else { throw .damaged }
        return output
    }

    /// Removes the file `name`, if it is there.
    func remove(_ name: [UInt8]) throws(DocumentError) {
        do throws(FileError) { try FileDirectory.remove(path(of: name)) } catch {
            guard error.isMissing else { throw DocumentError(error) }
        }
    }

    /// The names of all files, finished or not.
    func names() throws(DocumentError) -> [[UInt8]] {
        try Self.checked { () throws(FileError) in try FileDirectory.names(in: folder).map { Array($0.utf8) } }
    }

    private func path(of name: [UInt8]) -> String { folder + "/" + String(decoding: name, as: UTF8.self) }

    private static func append(_ bytes: [UInt8], to file: File) throws(DocumentError) {
        var done = 0
        while done < bytes.count {
            done += try checked { () throws(FileError) in try file.write(bytes.span.extracting(done...)) }
        }
    }

    private static func take(_ count: Int, from file: File, at offset: Int) throws(DocumentError) -> [UInt8] {
        var bytes: [UInt8] = []
        while bytes.count < count {
            let got = try checked { () throws(FileError) in
                try file.read(into: &bytes, count: count - bytes.count, at: UInt64(offset + bytes.count))
            }
            guard got > 0 else { throw .damaged }
        }
        return bytes
    }

    static func checked<Value>(_ body: () throws(FileError) -> Value) throws(DocumentError) -> Value {
        do { return try body() } catch { throw DocumentError(error) }
    }
}
