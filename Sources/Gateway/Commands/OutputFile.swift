internal import LinuxIO

/// A file that a command makes: it has its name when it is whole, and not before.
final class OutputFile {
    private let path: String
    private let temporary: String
    private let file: File
    private let replaces: Bool
    private var isFinished = false

    /// Begins the file at `path`, which must not be there unless it is to be replaced.
    /// - Throws: `CommandFailure` (73)
    init(_ path: String, mode: UInt32 = 0o640, replaces: Bool = false) throws(CommandFailure) {
        guard replaces || !SmallFile.exists(path) else {
            throw CommandFailure(.cannotCreate, path, "exists already and is not overwritten")
        }
        self.path = path
        self.replaces = replaces
        let cut = path.lastIndex(of: "/").map { path.index(after: $0) } ?? path.startIndex
        temporary = "\(path[..<cut]).\(path[cut...]).tmp"
        do throws(FileError) {
            do throws(FileError) { try FileDirectory.remove(temporary) } catch  where error.isMissing {}
            file = try File.open(temporary, for: .writeNew, mode: mode)
        } catch {
            throw CommandFailure(.cannotCreate, path, "cannot make it: \(error)")
        }
    }

    deinit { if !isFinished { try? FileDirectory.remove(temporary) } }

    /// Appends `bytes`.
    /// - Throws: `CommandFailure` (74)
    func write(_ bytes: [UInt8]) throws(CommandFailure) {
        var done = 0
        do throws(FileError) {
            while done < bytes.count { done += try file.write(bytes.span.extracting(done..<bytes.count)) }
        } catch {
            throw CommandFailure(.inputOutput, path, "cannot write it: \(error)")
        }
    }

    /// Brings it to the disk and gives it its name.
    /// - Throws: `CommandFailure` (74)
    func finish() throws(CommandFailure) {
        do throws(FileError) {
            try file.synchroniseData()
            if replaces {
                try FileDirectory.replace(path, by: temporary)
            } else {
                try FileDirectory.rename(temporary, toNew: path)
            }
            isFinished = true
        } catch {
            throw CommandFailure(.inputOutput, path, "cannot write it: \(error)")
        }
    }
}
