internal import Audit
internal import LinuxIO
internal import OpenSSL

/// A directory, such as one on a mounted archive.
public struct DirectoryTarget: ShipTarget {
    private let path: String

    /// The directory at `path`, which must be there: an archive that is not mounted is not made up.
    public init(path: String) { self.path = path }

    /// What stands under the object\'s name.
    /// - Throws: `ShipFailure`
    public func presence(of object: ShipObject) throws(ShipFailure) -> ShipPresence {
        do throws(FileError) {
            let file = try File.open("\(path)/\(object.name)", for: .read)
            guard try file.status().kind == .regular else { return .different }
            let (digest, bytes) = try FileDigest.of(file)
            return digest == object.sha256 && bytes == object.bytes ? .same : .different
        } catch {
            if error.isMissing { return .missing }
            throw .file
        }
    }

    /// Puts the object there, from the file at the path.
    /// - Throws: `ShipFailure`
    public func put(_ object: ShipObject, from source: String) throws(ShipFailure) {
        do throws(FileError) {
            let parts = object.name.split(separator: "/")
            var folder = path
            for part in parts.dropLast() {
                folder += "/\(part)"
                do throws(FileError) {
                    try FileDirectory.make(folder, mode: 0o750)
                    try FileDirectory.synchronise(folder + "/..")
                } catch  where error.isTaken {}
            }
            let temporary = "\(folder)/.\(parts.last ?? "").part"
            do throws(FileError) { try FileDirectory.remove(temporary) } catch  where error.isMissing {}
            try Self.copy(source, to: temporary)
            let target = "\(path)/\(object.name)"
            if object.mayReplace {
                try FileDirectory.replace(target, by: temporary)
            } else {
                try FileDirectory.rename(temporary, toNew: target)
            }
            try FileDirectory.synchronise(folder)
        } catch {
            throw .file
        }
    }

    private static func copy(_ source: String, to target: String) throws(FileError) {
        let input = try File.open(source, for: .read)
        let output = try File.open(target, for: .writeNew, mode: 0o640)
        var offset: UInt64 = 0
        var chunk: [UInt8] = []
        while true {
            chunk.removeAll(keepingCapacity: true)
            guard try input.read(into: &chunk, count: 1 << 20, at: offset) > 0 else { break }
            guard try output.write(chunk.span) == chunk.count else { throw FileError("write", target, code: 0) }
            offset += UInt64(chunk.count)
        }
        try output.synchroniseData()
        // Read back from the disk, not from the memory that it was written through.
        output.dropCache()
    }
}
