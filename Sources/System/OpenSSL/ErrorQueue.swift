internal import COpenSSL

/// What OpenSSL could not do and why, in its own words. For start-up messages and the journal, never for a client.
public struct OpenSSLError: Error, Equatable, Sendable, CustomStringConvertible {
    /// What was attempted, as the end of "cannot …".
    public let operation: String
    /// The library's reasons, oldest first; empty where it gave none.
    public let reasons: [String]

    /// An error for an operation that failed for `reasons`.
    public init(operation: String, reasons: [String] = []) {
        self.operation = operation
        self.reasons = reasons
    }

    /// "cannot …: reason; reason".
    public var description: String {
        "cannot \(operation)" + (reasons.isEmpty ? "" : ": " + reasons.joined(separator: "; "))
    }
}

/// The calling thread's queue of OpenSSL errors: cleared before a call, drained right after a failure, so that no call
/// is blamed for an earlier one.
enum ErrorQueue {
    /// A queue holds 16 (`ERR_NUM_ERRORS`); the bound is against a library that never ends.
    private static let reasonsMax = 16

    static func clear() { ERR_clear_error() }

    static func drain(_ operation: String) -> OpenSSLError {
        var reasons: [String] = []
        while reasons.count < reasonsMax {
            let code = ERR_get_error()
            guard code != 0 else { break }
            if let text = unsafe ERR_reason_error_string(code) {
                reasons.append(unsafe String(cString: text))
            } else {
                reasons.append("error 0x" + String(code, radix: 16))
            }
        }
        ERR_clear_error()
        return OpenSSLError(operation: operation, reasons: reasons)
    }
}
