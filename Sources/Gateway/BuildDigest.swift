internal import LinuxIO
internal import OpenSSL

/// Which build this is, for `gateway.start`.
enum BuildDigest {
    /// SHA-256 of this process's executable file. About 10 ms.
    static func ofThisProcess() throws(CommandFailure) -> SHA256Digest {
        let path = "/proc/self/exe"
        do throws(FileError) {
            let file = try File.open(path, for: .reading)
            var hasher = SHA256()
            var buffer: [UInt8] = []
            var offset: UInt64 = 0
            while true {
                let count = try file.read(into: &buffer, count: 1_048_576, at: offset)
                if count == 0 { return hasher.finish() }
                hasher.update(buffer.span.extracting(0..<count))
                offset += UInt64(count)
            }
        } catch {
            throw CommandFailure(.inputOutput, path, error.description)
        }
    }
}
