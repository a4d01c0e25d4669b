internal import CLinux

/// Another program that is given bytes and gives back bytes, with a bound on its time and its output. No shell.
public enum FedCommand {
    /// How the program ended.
    public enum Ending: Equatable, Sendable {
        /// By itself, with its status and all that it wrote.
        case exited(status: Int32, output: [UInt8])
        /// By a signal that was not ours.
        case signalled(Int32)
        /// It was stopped, for its time was over.
        case timedOut
        /// It was stopped, for it wrote more than it might.
        case tooMuchOutput
        /// The system did not start it.
        case notStarted
    }

    /// Runs `arguments[0]`, an absolute path, with the rest as its arguments and `input` as its standard input. It is a
    /// process group of its own, which is killed where its time or its room is over.
    ///
    /// Blocks the calling thread.
    public static func run(_ arguments: [String], input: [UInt8], timeout: Duration, outputBytesMax: Int) -> Ending {
        let file = unsafe input.withUnsafeBytes { unsafe pc_memory_file($0.baseAddress, $0.count) }
        guard file >= 0 else { return .notStarted }
        defer { _ = close(file) }
        var descriptor: Int32 = -1
        let process = unsafe spawn(arguments, input: file, output: &descriptor)
        guard process > 0 else { return .notStarted }
        defer { _ = close(descriptor) }
        let deadline = Deadline(timeout)
        var output: [UInt8] = []
        let stop = collect(descriptor, into: &output, bytesMax: outputBytesMax, until: deadline)
        if stop != nil { _ = kill(-process, SIGKILL) }
        let status = wait(for: process, until: deadline)
        if let stop { return stop }
        guard let status else { return .timedOut }
        return status & 0x7F == 0 ? .exited(status: status >> 8 & 0xFF, output: output) : .signalled(status & 0x7F)
    }

    static func spawn(_ arguments: [String], input: Int32, output: UnsafeMutablePointer<Int32>?) -> pid_t {
        var words: [UnsafeMutablePointer<CChar>?] = unsafe arguments.map { unsafe strdup($0) }
        unsafe words.append(nil)
        defer { unsafe words.forEach { unsafe free($0) } }
        return unsafe pc_spawn_fed(&words, input, output)
    }

    /// Reads until the program closes its output; why it has to be stopped where that does not come.
    private static func collect(
        _ descriptor: Int32, into output: inout [UInt8], bytesMax: Int, until deadline: Deadline
    ) -> Ending? {
        var chunk = [UInt8](repeating: 0, count: 65_536)
        while true {
            guard deadline.waitReadable(descriptor) else { return .timedOut }
            let count = unsafe chunk.withUnsafeMutableBytes { unsafe read(descriptor, $0.baseAddress, $0.count) }
            if count < 0 && pc_stream_errno() == EINTR { continue }
            if count <= 0 { return nil }
            output += chunk[..<count]
            if output.count > bytesMax { return .tooMuchOutput }
        }
    }

    /// The program's status; nil where it had closed its output, did not end in its time, and was stopped.
    private static func wait(for process: pid_t, until deadline: Deadline) -> Int32? {
        var status: Int32 = 0
        while !deadline.isOver {
            guard unsafe pc_reap(process, 0, &status) == 0 else { return status }
            _ = poll(nil, 0, 2)
        }
        _ = kill(-process, SIGKILL)
        _ = unsafe pc_reap(process, 1, &status)
        return nil
    }
}

/// A moment that waiting ends at.
struct Deadline {
    private let end: Int64

    init(_ timeout: Duration) {
        let (seconds, attoseconds) = timeout.components
        end = pc_clock_nanoseconds(CLOCK_MONOTONIC) + seconds * 1_000_000_000 + attoseconds / 1_000_000_000
    }

    private var left: Int64 { end - pc_clock_nanoseconds(CLOCK_MONOTONIC) }

    var isOver: Bool { left <= 0 }

    /// Whether `descriptor` can be read, or its other end is gone, before the end.
    func waitReadable(_ descriptor: Int32) -> Bool { wait(descriptor, POLLIN) }

    func waitWritable(_ descriptor: Int32) -> Bool { wait(descriptor, POLLOUT) }

    private func wait(_ descriptor: Int32, _ events: Int32) -> Bool {
        while case let left = left, left > 0 {
            var waited = pollfd(fd: descriptor, events: Int16(events), revents: 0)
            if unsafe poll(&waited, 1, Int32(clamping: left / 1_000_000 + 1)) > 0 { return true }
        }
        return false
    }
}
