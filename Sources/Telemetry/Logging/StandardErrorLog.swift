internal import LinuxIO

extension Logger {
    /// Starts the log on standard error, with priorities where that is the journal. Nil where no thread is left.
    public static func onStandardError(level: LogLevel) -> Logger? {
        start(level: level, hasPriority: StandardStream.error.isJournal) { batch in
            do throws(StreamFailure) {
                try StandardStream.error.write(batch)
                return true
            } catch {
                // Nobody reads it any more; the metrics tell how much was lost.
                return false
            }
        }
    }
}
