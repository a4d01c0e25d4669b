internal import LinuxIO
internal import Threading

/// The command's standard streams and clock, for a module that sees no system calls.
public enum Console {
    /// Writes `text` and a line end to standard output.
    /// - Throws: `CommandFailure` (74) where it cannot be written: output that is cut short must not look complete.
    public static func printLine(_ text: String) throws(CommandFailure) { try print(Array((text + "\n").utf8)) }

    /// Writes `bytes` as they are to standard output.
    /// - Throws: `CommandFailure` (74)
    public static func print(_ bytes: [UInt8]) throws(CommandFailure) {
        do throws(StreamFailure) {
            try StandardStream.output.write(bytes)
        } catch {
            throw CommandFailure(.inputOutput, "standard output", "cannot write it: \(error.reason)")
        }
    }

    /// Writes `text`, as it is, to standard error. There is nowhere to report that it failed.
    public static func writeError(_ text: String) { try? StandardStream.error.write(Array(text.utf8)) }

    /// Whether standard error is a terminal, so that a progress bar makes sense.
    public static var errorIsTerminal: Bool { StandardStream.error.isTerminal }

    /// Whether standard output is a terminal, so that colours make sense.
    public static var outputIsTerminal: Bool { StandardStream.output.isTerminal }

    /// A variable of the environment that the process was started with.
    public static func environment(_ name: String) -> String? { FileProcess.environment(name) }

    /// Nanoseconds of a clock that never goes back.
    public static var nanoseconds: UInt64 { MonotonicInstant.now.nanoseconds }

    /// Ends the process.
    public static func exit(_ status: Int32) -> Never { exitProcess(status) }
}

/// Opens a command's input to be read piece by piece: the file at `path`, or standard input where `path` is `-`.
func openInput(_ path: String) throws(CommandFailure) -> ChunkedInput {
    do throws(StreamFailure) { return try ChunkedInput(path) } catch { throw CommandFailure(reading: error) }
}

extension ChunkedInput {
    /// The next bytes; none at the end.
    func next() throws(CommandFailure) -> [UInt8] {
        do throws(StreamFailure) { return try read() } catch { throw CommandFailure(reading: error) }
    }
}

/// Reads a command's input: the file at `path`, or standard input where `path` is `-`.
/// - Parameter bytesMax: a larger input is refused.
func readInput(_ path: String, bytesMax: Int) throws(CommandFailure) -> [UInt8] {
    do throws(StreamFailure) {
        return path == "-"
            ? try StandardStream.input.readAll(bytesMax: bytesMax) : try SmallFile.read(path, bytesMax: bytesMax)
    } catch {
        throw CommandFailure(reading: error)
    }
}
