/// What became of one call of a tool, for the audit record.
public struct ToolReport: Hashable, Sendable {
    /// How a call ended.
    public enum Outcome: Hashable, Sendable { case done, denied, failed }

    /// The tool, as it was called; at most 64 bytes.
    public let name: [UInt8]
    /// How it ended.
    public let outcome: Outcome
    /// Why it did not what it was called for: a word of the program's; nil where it did.
    public let reason: String?
    /// How long it took.
    public let microseconds: UInt64
    /// The arguments as JSON, redacted and at most `AgentLimits.recordedArgumentsBytesMax` bytes; nil where they may not be
    /// recorded.
    public let arguments: [UInt8]?
    /// A keyed digest of the result; nil where there is none.
    public let resultDigest: [UInt8]?

    /// A report.
    public init(
        name: [UInt8], outcome: Outcome, reason: String? = nil, microseconds: UInt64, arguments: [UInt8]? = nil,
        resultDigest: [UInt8]? = nil
    ) {
        self.name = name
        self.outcome = outcome
        self.reason = reason
        self.microseconds = microseconds
        self.arguments = arguments
        self.resultDigest = resultDigest
    }
}

extension ToolReport {
    /// The report of a call that was carried out, and whose result is kept from the model.
    var withheld: ToolReport {
        ToolReport(
            name: name, outcome: ToolError.withheld.outcome, reason: ToolError.withheld.reason,
            microseconds: microseconds, arguments: arguments, resultDigest: resultDigest)
    }
}

extension ToolError {
    /// The word in records: `[a-z_]{1,32}`.
    public var reason: String {
        switch self {
        case .badCall: "bad_call"
        case .denied: "denied"
        case .notVerified: "customer_not_verified"
        case .notConfirmed: "not_confirmed"
        case .notFound: "not_found"
        case .tooLarge: "too_large"
        case .unavailable: "unavailable"
        case .timedOut: "timed_out"
        case .withheld: "result_withheld"
        }
    }

    var outcome: ToolReport.Outcome {
        switch self {
        case .denied, .notVerified, .notConfirmed: .denied
        case .badCall, .notFound, .tooLarge, .unavailable, .timedOut, .withheld: .failed
        }
    }
}
