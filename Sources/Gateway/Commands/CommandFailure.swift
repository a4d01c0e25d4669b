internal import LinuxIO

/// How a command ends, in the numbers of sysexits(3), which scripts and service managers know.
public enum ExitStatus: Int32, Sendable, CaseIterable {
    /// Done.
    case success = 0
    /// The command line is wrong.
    case usage = 64
    /// An input is not what it should be.
    case data = 65
    /// An input file is missing or unreadable.
    case noInput = 66
    /// Something that is needed is not there.
    case unavailable = 69
    /// A fault of this program.
    case software = 70
    /// An output file cannot be made.
    case cannotCreate = 73
    /// Reading or writing failed.
    case inputOutput = 74
    /// Busy now; another time it may work.
    case temporary = 75
    /// Not permitted.
    case noPermission = 77
    /// The configuration is wrong.
    case configuration = 78
    /// A second signal cut the end short: 128 and SIGINT's number, what shells give for work that was broken off.
    case interrupted = 130
}

/// Why a command could not do its work: what a person reads as `portcullis: SUBJECT: WHAT; MEND`.
public struct CommandFailure: Error, Equatable, Sendable, CustomStringConvertible {
    /// How the process ends.
    public let status: ExitStatus
    /// The file, option or setting at fault.
    public let subject: String
    /// What is wrong with it.
    public let what: String
    /// What to do about it; empty where `what` says it.
    public let mend: String

    /// Makes a failure.
    public init(_ status: ExitStatus, _ subject: String, _ what: String, mend: String = "") {
        self.status = status
        self.subject = subject
        self.what = what
        self.mend = mend
    }

    /// `SUBJECT: WHAT; MEND`.
    public var description: String { "\(subject): \(what)" + (mend.isEmpty ? "" : "; \(mend)") }
}

extension CommandFailure {
    /// An input file that could not be read.
    init(reading failure: StreamFailure, mend: String = "") {
        self.init(.noInput, failure.path, "cannot read it: \(failure.reason)", mend: mend)
    }
}
