internal import LinuxIO
internal import OpenSSL

/// Which build this is, for `gateway.start`.
enum BuildDigest {
    /// SHA-256 of this process's executable file. About 10 ms.
    static func ofThisProcess() throws(CommandFailure) -> SHA256Digest {
        do throws(FileError) {
            let file = try File.open(try FileProcess.executablePath(), for: .read)
            var hasher = SHA256()
            var buffer: [UInt8] = []
            var offset: UInt64 = 0
            while true {
                buffer.removeAll(keepingCapacity: true)
                let count = try file.read(into: &buffer, count: 1_048_576, at: offset)
                if count == 0 { return hasher.finish() }
                hasher.update(buffer)
                offset += UInt64(count)
            }
        } catch {
            throw CommandFailure(.inputOutput, description: error.description)
        }
    }
}
