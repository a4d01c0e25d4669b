internal import LinuxIO

/// The streams and files of a program that imports nothing but this module.
public enum AuditorConsole {
    /// Writes `text` to standard output.
    /// - Returns: false where not all of it could be written: what is cut short must not look complete.
    public static func print(_ text: String) -> Bool {
        do throws(StreamFailure) { try StandardStream.output.write(Array(text.utf8)) } catch { return false }
        return true
    }

    /// Writes `text` to standard error. There is nowhere to report that it failed.
    public static func printError(_ text: String) { try? StandardStream.error.write(Array(text.utf8)) }

    /// Whether a person watches standard error.
    public static var isWatched: Bool { StandardStream.error.isTerminal }

    /// The content of the file at `path`, of at most `VerifyOptions.GivenFile.bytesMax` bytes.
    /// - Returns: or a sentence that says why it cannot be read.
    public static func read(_ path: String) -> (file: VerifyOptions.GivenFile?, failure: String?) {
        do throws(StreamFailure) {
            let bytes = try SmallFile.read(path, bytesMax: VerifyOptions.GivenFile.bytesMax)
            return (VerifyOptions.GivenFile(name: path, bytes: bytes), nil)
        } catch {
            return (nil, "\(path): \(error.reason)")
        }
    }

    /// Ends the process.
    public static func exit(_ status: Int32) -> Never { exitProcess(status) }
}
