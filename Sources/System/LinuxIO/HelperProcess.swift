internal import CLinux

/// A process that was started before this one gave up starting any, and the line to it: what is said to it arrives on its
/// standard input, which is a socket that it answers on. It ends when the line is closed.
///
/// For one thread at a time.
public final class HelperProcess: @unchecked Sendable {
    // Unchecked: the process and its descriptor never change after the start, and whoever owns the helper calls it from one
    // thread at a time; two calls at once would mix up messages, not memory.

    /// The line is closed, or did not move in time: the helper is of no use any more.
    public struct Broken: Error, Equatable, Sendable {
        /// Also for who finds that what came over the line makes no sense.
        public init() {}
    }

    /// The process's number.
    public let identifier: Int32
    private let line: Int32

    private init(identifier: Int32, line: Int32) {
        self.identifier = identifier
        self.line = line
    }

    deinit {
        _ = close(line)
        var status: Int32 = 0
        // It ends by itself; where it hangs it is not waited for.
        for _ in 0..<50 where unsafe pc_reap(identifier, 0, &status) == 0 { _ = poll(nil, 0, 10) }
    }

    /// Starts `arguments[0]`, an absolute path, with the rest as its arguments.
    /// - Returns: nil where the system does not start it.
    public static func start(_ arguments: [String]) -> HelperProcess? {
        var ends: [Int32] = [-1, -1]
        guard unsafe pc_stream_pair(&ends) == 0 else { return nil }
        let process = unsafe FedCommand.spawn(arguments, input: ends[1], output: nil)
        _ = close(ends[1])
        guard process > 0 else {
            _ = close(ends[0])
            return nil
        }
        return HelperProcess(identifier: process, line: ends[0])
    }

    /// Says `bytes` to the helper.
    public func send(_ bytes: [UInt8], timeout: Duration) throws(Broken) {
        let deadline = Deadline(timeout)
        var done = 0
        while done < bytes.count {
            guard deadline.waitWritable(line) else { throw Broken() }
            let count = unsafe bytes[done...].withUnsafeBytes {
                unsafe CLinux.send(line, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL) | Int32(MSG_DONTWAIT))
            }
            if count < 0 && (pc_errno() == EAGAIN || pc_errno() == EINTR) { continue }
            guard count > 0 else { throw Broken() }
            done += count
        }
    }

    /// The next `count` bytes that the helper says.
    public func receive(count: Int, timeout: Duration) throws(Broken) -> [UInt8] {
        let deadline = Deadline(timeout)
        var bytes: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: min(65_536, max(1, count)))
        while bytes.count < count {
            guard deadline.waitReadable(line) else { throw Broken() }
            let wanted = min(chunk.count, count - bytes.count)
            let got = unsafe chunk.withUnsafeMutableBytes { unsafe read(line, $0.baseAddress, wanted) }
            if got < 0 && pc_errno() == EINTR { continue }
            guard got > 0 else { throw Broken() }
            bytes += chunk[..<got]
        }
        return bytes
    }
}

/// The helper's own end of the line: standard input.
public enum HelperLine {
    /// The next `count` bytes; nil where the line is closed.
    public static func receive(count: Int) -> [UInt8]? {
        var bytes: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: min(65_536, max(1, count)))
        while bytes.count < count {
            let wanted = min(chunk.count, count - bytes.count)
            let got = unsafe chunk.withUnsafeMutableBytes { unsafe read(0, $0.baseAddress, wanted) }
            if got < 0 && pc_errno() == EINTR { continue }
            guard got > 0 else { return nil }
            bytes += chunk[..<got]
        }
        return bytes
    }

    /// Answers.
    /// - Returns: false where the line is closed.
    public static func send(_ bytes: [UInt8]) -> Bool {
        var done = 0
        while done < bytes.count {
            let count = unsafe bytes[done...].withUnsafeBytes {
                unsafe CLinux.send(0, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
            }
            if count < 0 && pc_errno() == EINTR { continue }
            guard count > 0 else { return false }
            done += count
        }
        return true
    }
}
