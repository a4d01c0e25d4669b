internal import CLinux

/// The three descriptors that every process starts with.
public enum StandardStream: Int32, Sendable {
    case input = 0
    case output = 1
    case error = 2

    /// Whether a person sits at the other end (isatty(3)).
    public var isTerminal: Bool { isatty(rawValue) == 1 }

    /// Writes all of `bytes`, however many calls it takes.
    /// - Throws: `StreamFailure` where the other end refuses them (a full disk; a closed pipe where SIGPIPE is ignored).
    public func write(_ bytes: [UInt8]) throws(StreamFailure) {
        try writeAll(bytes, to: rawValue, at: "standard output")
    }

    /// Everything up to the end of the stream.
    /// - Parameter bytesMax: more than this is refused, not cut.
    /// - Throws: `StreamFailure`
    public func readAll(bytesMax: Int) throws(StreamFailure) -> [UInt8] {
        try readUntilEnd(of: rawValue, bytesMax: bytesMax, at: "standard input")
    }
}

/// Ends the process with `status` and runs nothing that `atexit` was given: OpenSSL frees there what other threads may still
/// use. What was written is with the system by then, for no stream has a buffer here.
public func exitProcess(_ status: Int32) -> Never { _exit(status) }

extension StandardStream {
    /// Whether the other end is the systemd journal, as `JOURNAL_STREAM` says (systemd.exec(5)): `device:inode` of it.
    public var isJournal: Bool {
        guard let announced = FileProcess.environment("JOURNAL_STREAM") else { return false }
        var raw = stat()
        guard unsafe pc_file_fstat(rawValue, &raw) == 0 else { return false }
        return announced == "\(raw.st_dev):\(raw.st_ino)"
    }
}
