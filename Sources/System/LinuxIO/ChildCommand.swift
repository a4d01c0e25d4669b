internal import CLinux

/// Another program, run to its end with a bound on its time and its output. No shell: each argument is one word.
public enum ChildCommand {
    /// How a program ended.
    public struct Ending: Equatable, Sendable {
        /// Its exit code; nil where a signal ended it, or its time was over.
        public let status: Int32?
        /// What it wrote to standard output.
        public let output: [UInt8]
    }

    /// The most bytes of output that are kept; a program that writes more is stopped.
    public static let outputBytesMax = 65_536

    /// Runs `arguments[0]`, an absolute path, with the rest as its arguments, an empty standard input, and an environment
    /// of `PATH` alone.
    /// - Returns: nil where it cannot be started.
    public static func run(_ arguments: [String], timeout: Duration) -> Ending? {
        guard let program = arguments.first, program.hasPrefix("/"), let (process, descriptor) = spawn(arguments) else {
            return nil
        }
        defer { _ = close(descriptor) }
        let deadline = pc_clock_nanoseconds(CLOCK_MONOTONIC) + nanoseconds(timeout)
        var output: [UInt8] = []
        let isOver = collect(descriptor, into: &output, until: deadline)
        if !isOver { _ = kill(-process, SIGKILL) }
        guard let status = wait(for: process, until: isOver ? deadline : Int64.max) else {
            return Ending(status: nil, output: output)
        }
        let isExit = isOver && status & 0x7F == 0
        return Ending(status: isExit ? (status >> 8) & 0xFF : nil, output: output)
    }

    private static func spawn(_ arguments: [String]) -> (pid_t, Int32)? {
        var words: [UnsafeMutablePointer<CChar>?] = unsafe arguments.map { unsafe strdup($0) }
        unsafe words.append(nil)
        var output: Int32 = -1
        let process = unsafe pc_spawn(&words, &output)
        unsafe words.forEach { unsafe free($0) }
        return process > 0 ? (process, output) : nil
    }

    /// Reads until the program closes its output; false where the time or the room is over before.
    private static func collect(_ descriptor: Int32, into output: inout [UInt8], until deadline: Int64) -> Bool {
        var chunk = [UInt8](repeating: 0, count: 4096)
        while true {
            let left = deadline - pc_clock_nanoseconds(CLOCK_MONOTONIC)
            guard left > 0 else { return false }
            var waited = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
            guard unsafe poll(&waited, 1, Int32(clamping: left / 1_000_000 + 1)) > 0 else { continue }
            let count = unsafe chunk.withUnsafeMutableBytes { unsafe read(descriptor, $0.baseAddress, $0.count) }
            if count <= 0 { return true }
            output += chunk[..<count]
            if output.count > outputBytesMax { return false }
        }
    }

    /// A program that has closed its output and does not end is stopped at its deadline.
    private static func wait(for process: pid_t, until deadline: Int64) -> Int32? {
        var status: Int32 = 0
        var waits: Int32 = deadline == Int64.max ? 1 : 0
        while true {
            switch unsafe pc_reap(process, waits, &status) {
            case 1: return status
            case 0 where pc_clock_nanoseconds(CLOCK_MONOTONIC) > deadline:
                _ = kill(-process, SIGKILL)
                waits = 1
            case 0: _ = poll(nil, 0, 10)
            default: return nil
            }
        }
    }

    private static func nanoseconds(_ duration: Duration) -> Int64 {
        let (seconds, attoseconds) = duration.components
        return seconds * 1_000_000_000 + attoseconds / 1_000_000_000
    }
}
