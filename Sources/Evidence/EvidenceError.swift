public import Audit
public import LinuxIO

/// What reading a log for people, proving it to others, or bringing it elsewhere fails at.
public enum EvidenceError: Error, Equatable, Sendable, CustomStringConvertible {
    /// The system refused a file operation.
    case storage(FileError)
    /// The log's own files are not as they must be.
    case log(AuditError)
    /// The index cannot be made or used. It can be removed at any time.
    case index(path: String, detail: String)
    /// A request, a record or a subject that the log does not have.
    case notFound(String)
    /// A record that no stored checkpoint covers yet; or one does, and its signatures are not those that the policy asks for.
    case unproved(seq: UInt64, isCovered: Bool)
    /// A setting or an argument that cannot be used.
    case configuration(setting: String, found: String, wanted: String)

    /// One line that says where, what was found and the mend.
    public var description: String {
        switch self {
        case .storage(let error): error.description
        case .log(let error): error.description
        case .index(let path, let detail): "\(path): \(detail)"
        case .notFound(let what): "\(what): not in this log"
        case .unproved(let seq, false): "record \(seq): no checkpoint covers it yet"
        case .unproved(let seq, true): "record \(seq): no checkpoint that covers it is signed as the policy asks"
        case .configuration(let setting, let found, let wanted): "\(setting): found \(found), wanted \(wanted)"
        }
    }
}
