package import LinuxIO

extension Storage {
    /// The whole content of a small file, or nil where there is none.
    /// - Parameter bytesMax: a larger file is an error, and not cut.
    package func contents(of name: String, bytesMax: Int) throws(FileError) -> [UInt8]? {
        let file: OpenFile
        do throws(FileError) { file = try open(name) } catch {
            if error.isMissing { return nil }
            throw error
        }
        var bytes: [UInt8] = []
        while bytes.count <= bytesMax {
            let wanted = bytesMax + 1 - bytes.count
            if try file.read(into: &bytes, count: wanted, at: UInt64(bytes.count)) == 0 { return bytes }
        }
        throw FileError("read", "\(self.name)/\(name)", code: FileError.tooLargeCode)
    }

    /// Puts `bytes` at `name`, whole or not at all, in the place of what was there.
    /// - Parameter isDurable: whether a power cut after the return leaves it there.
    package func put(_ bytes: [UInt8], as name: String, isDurable: Bool) throws(FileError) {
        let cut = name.lastIndex(of: "/")
        let folder = cut.map { String(name[..<$0]) }
        let base = cut.map { String(name[name.index(after: $0)...]) } ?? name
        let temporary = (folder.map { $0 + "/" } ?? "") + ".\(base).tmp"
        do throws(FileError) { try remove(temporary) } catch  where error.isMissing {}
        let file = try create(temporary)
        guard try file.write(bytes.span) == bytes.count else { throw FileError("write", name, code: 0) }
        if isDurable { try file.synchroniseData() }
        try replace(name, by: temporary)
        guard isDurable else { return }
        if let folder { try synchroniseNames(in: folder) } else { try synchroniseNames() }
    }
}
