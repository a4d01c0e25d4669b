public import LinuxIO

/// What the audit log refuses or fails at.
public enum AuditError: Error, Equatable, Sendable, CustomStringConvertible {
    /// A setting, a mode or a place that the log must not be opened with.
    case configuration(setting: String, found: String, wanted: String)
    /// Another process holds the log.
    case busy(path: String)
    /// The log on disk is not one that may be continued: broken, shortened, or another gateway's.
    case refused(segment: String, seq: UInt64, detail: String)
    /// The system refused a file operation.
    case storage(FileError)
    /// The log file is not what the writer left: removed, replaced, truncated, or written by others.
    case interference(path: String, detail: String)
    /// The system has no thread or descriptor left for the writer.
    case exhausted(String)
    /// The queue stayed full for `AuditConfiguration.queueFullWait`. Nothing was recorded.
    case backpressure
    /// Free space is below `AuditConfiguration.spaceStopBytes`. Nothing was recorded; service returns by itself.
    case lowSpace
    /// No checkpoint covers this record yet.
    case notCovered(UInt64)
    /// A hash of the tree is in no tile: the tiles have to be made again from the records.
    case missingHash(String)
    /// The log has failed or is closed. The record may or may not be on disk; nothing may be answered on its strength.
    case unavailable

    /// The process's exit status for an error at start (sysexits.h).
    ///
    /// 65 a log that may not be continued, 74 input/output, 75 held by another process, 78 configuration.
    public var exitStatus: Int32 {
        switch self {
        case .configuration: 78
        case .busy: 75
        case .refused: 65
        case .storage, .interference, .exhausted, .backpressure, .lowSpace, .missingHash, .notCovered,
            .unavailable:
            74
        }
    }

    /// One line that says where, what was found, what was wanted and the mend.
    public var description: String {
        switch self {
        case .configuration(let setting, let found, let wanted): "\(setting): found \(found), wanted \(wanted)"
        case .busy(let path): "\(path): held by another process; one log belongs to one gateway"
        case .refused(let segment, let seq, let detail):
            "\(segment): seq \(seq): \(detail); nothing was changed. Run `portcullis audit verify`, keep the directory, "
                + "and start a new log in a new directory with a new origin"
        case .storage(let error): error.description
        case .interference(let path, let detail): "\(path): \(detail)"
        case .exhausted(let what): "no \(what) for the audit writer"
        case .backpressure: "the audit queue is full"
        case .lowSpace: "the audit log's file system is almost full"
        case .notCovered(let seq): "no checkpoint covers record \(seq) yet"
        case .missingHash(let what): "no tile has the hash \(what)"
        case .unavailable: "the audit log is not available"
        }
    }
}
