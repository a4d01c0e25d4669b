internal import CLinux

/// Why a key file was not read or written. Each case names the mend.
public enum KeyFileError: Error, Equatable, Sendable, CustomStringConvertible {
    /// The system said no; `errno` as a number and in words.
    case system(path: String, operation: String, errno: Int32, message: String)
    /// A folder, a device or a pipe.
    case notARegularFile(path: String)
    /// Group or others may do something with it.
    case tooOpen(path: String, mode: UInt32)
    /// It belongs to somebody other than this process' user or root.
    case foreignOwner(path: String, owner: UInt32)
    /// Empty, or more bytes than a key has.
    case badSize(path: String, byteCount: Int, byteCountMax: Int)
    /// It is there already and is never overwritten.
    case exists(path: String)

    /// The sentence for the person who can mend it.
    public var description: String {
        switch self {
        case .system(let path, let operation, _, let message): "\(path): cannot \(operation): \(message)"
        case .notARegularFile(let path): "\(path): found something other than a file, wanted a regular file"
        case .tooOpen(let path, let mode):
            "\(path): found mode \(Self.octal(mode)), wanted 0600: run chmod 600 on it, and replace the key if "
                + "others could have read it"
        case .foreignOwner(let path, let owner):
            "\(path): found owner \(owner), wanted the user of this process or root: run chown on it"
        case .badSize(let path, let byteCount, let byteCountMax):
            "\(path): found \(byteCount) bytes, wanted 1 to \(byteCountMax)"
        case .exists(let path): "\(path): exists already and is not overwritten: move it away first"
        }
    }

    private static func octal(_ mode: UInt32) -> String {
        let digits = String(mode & 0o7777, radix: 8)
        return String(repeating: "0", count: max(0, 4 - digits.count)) + digits
    }
}

/// Files with keys and tokens: read only where nobody else can, written whole or not at all.
public enum KeyFile {
    /// Bytes that a key file may have: an RSA key of 8192 bits in PEM takes 6,400.
    public static let byteCountMax = 65_536

    /// Lends the content of a secret file to `use` and zeroes the buffer after.
    /// - Throws: `KeyFileError` where it is not a regular file of this user or root, or has any permission bit for group
    ///   or others. The open file is what is checked, so that it cannot be exchanged in between.
    public static func readSecret<Result: ~Copyable>(
        _ path: String, _ use: (Span<UInt8>) -> Result
    ) throws(KeyFileError) -> Result {
        let descriptor = try open(path, O_RDONLY | O_NOCTTY | O_NONBLOCK, mode: 0, operation: "open it")
        defer { close(descriptor) }
        let status = try check(descriptor, path)
        guard status.st_mode & 0o077 == 0 else { throw .tooOpen(path: path, mode: status.st_mode) }
        guard status.st_uid == geteuid() || status.st_uid == 0 else {
            throw .foreignOwner(path: path, owner: status.st_uid)
        }
        var content = try readAll(descriptor, path)
        defer { erase(&content) }
        return use(content.span)
    }

    /// The content of a file that is no secret: a certificate or a public key.
    public static func readPublic(_ path: String) throws(KeyFileError) -> [UInt8] {
        let descriptor = try open(path, O_RDONLY | O_NOCTTY | O_NONBLOCK, mode: 0, operation: "open it")
        defer { close(descriptor) }
        _ = try check(descriptor, path)
        return try readAll(descriptor, path)
    }

    /// Writes a new file of mode `mode` (0600 for secrets), whole and on disk when this returns.
    ///
    /// A temporary file in the same folder is synced and then moved in place by a call that refuses to replace.
    /// - Throws: `.exists` where `path` exists; `.system` otherwise. Nothing is left behind then.
    public static func create(_ path: String, mode: UInt32 = 0o600, _ content: Span<UInt8>) throws(KeyFileError) {
        try put(content, at: path, mode: mode) { (temporary: String) throws(KeyFileError) in
            guard unsafe pc_file_rename_new(temporary, path) == 0 else {
                if pc_key_errno() == EEXIST { throw .exists(path: path) }
                throw failure(path, "move it in place")
            }
        }
    }

    /// Writes a file as `create` does, in place of one that may be there: a reader finds the old one or the new one, whole.
    public static func replace(_ path: String, mode: UInt32, _ content: Span<UInt8>) throws(KeyFileError) {
        try put(content, at: path, mode: mode) { (temporary: String) throws(KeyFileError) in
            guard unsafe pc_file_rename(temporary, path) == 0 else { throw failure(path, "move it in place") }
        }
    }

    /// Gives the file at `old` the name `new` in the same folder, in place of what is there; on disk when this returns.
    public static func move(_ old: String, to new: String) throws(KeyFileError) {
        guard unsafe pc_file_rename(old, new) == 0 else { throw failure(old, "move it to \(new)") }
        try syncFolder(of: new)
    }

    /// Removes a file; on disk when this returns.
    public static func remove(_ path: String) throws(KeyFileError) {
        guard unsafe unlink(path) == 0 else { throw failure(path, "remove it") }
        try syncFolder(of: path)
    }

    private static func put(
        _ content: Span<UInt8>, at path: String, mode: UInt32,
        move: (_ temporary: String) throws(KeyFileError) -> Void
    ) throws(KeyFileError) {
        let temporary = path + ".new.\(getpid())"
        let descriptor = try open(
            temporary, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW, mode: 0o600, operation: "create it")
        var isInPlace = false
        defer {
            close(descriptor)
            if !isInPlace { _ = unsafe unlink(temporary) }
        }
        try write(content, to: descriptor, path)
        // fchmod and not the mode of open: the umask must not decide who may read a certificate.
        guard fchmod(descriptor, mode) == 0 else { throw failure(path, "set its mode") }
        guard fsync(descriptor) == 0 else { throw failure(path, "sync it") }
        try move(temporary)
        isInPlace = true
        try syncFolder(of: path)
    }

    private static func open(
        _ path: String, _ flags: Int32, mode: UInt32, operation: String
    ) throws(KeyFileError) -> Int32 {
        let descriptor = unsafe pc_key_open(path, flags, mode)
        guard descriptor >= 0 else { throw failure(path, operation, -descriptor) }
        return descriptor
    }

    private static func check(_ descriptor: Int32, _ path: String) throws(KeyFileError) -> stat {
        var status = stat()
        guard unsafe fstat(descriptor, &status) == 0 else { throw failure(path, "examine it") }
        guard status.st_mode & UInt32(S_IFMT) == UInt32(S_IFREG) else { throw .notARegularFile(path: path) }
        guard (1...byteCountMax).contains(Int(status.st_size)) else {
            throw .badSize(path: path, byteCount: Int(status.st_size), byteCountMax: byteCountMax)
        }
        return status
    }

    /// Reads one byte more than allowed at most, so that a file that grows is noticed.
    private static func readAll(_ descriptor: Int32, _ path: String) throws(KeyFileError) -> [UInt8] {
        var content = [UInt8](repeating: 0, count: byteCountMax + 1)
        var count = 0
        while count < content.count {
            let got = unsafe content.withUnsafeMutableBytes { buffer in
                let rest = unsafe UnsafeMutableRawBufferPointer(rebasing: buffer[count...])
                return unsafe read(descriptor, rest.baseAddress, rest.count)
            }
            if got == 0 { break }
            if got < 0 && pc_key_errno() == EINTR { continue }
            guard got > 0 else { throw failure(path, "read it") }
            count += got
        }
        guard (1...byteCountMax).contains(count) else {
            throw .badSize(path: path, byteCount: count, byteCountMax: byteCountMax)
        }
        content.removeLast(content.count - count)
        return content
    }

    private static func erase(_ content: inout [UInt8]) {
        unsafe content.withUnsafeMutableBytes { buffer in
            if let start = buffer.baseAddress { unsafe explicit_bzero(start, buffer.count) }
        }
    }

    private static func write(_ content: Span<UInt8>, to descriptor: Int32, _ path: String) throws(KeyFileError) {
        var offset = 0
        while offset < content.count {
            let rest = content.extracting(offset...)
            let done = unsafe rest.withUnsafeBytes { unsafe CLinux.write(descriptor, $0.baseAddress, $0.count) }
            if done < 0 && pc_key_errno() == EINTR { continue }
            guard done > 0 else { throw failure(path, "write it") }
            offset += done
        }
    }

    private static func syncFolder(of path: String) throws(KeyFileError) {
        let folder = path.lastIndex(of: "/").map { $0 == path.startIndex ? "/" : String(path[..<$0]) } ?? "."
        let descriptor = try open(folder, O_RDONLY | O_DIRECTORY, mode: 0, operation: "open the folder")
        defer { close(descriptor) }
        guard fsync(descriptor) == 0 else { throw failure(folder, "sync the folder") }
    }

    private static func failure(_ path: String, _ operation: String, _ number: Int32 = pc_key_errno()) -> KeyFileError {
        .system(path: path, operation: operation, errno: number, message: unsafe String(cString: strerror(number)))
    }
}
