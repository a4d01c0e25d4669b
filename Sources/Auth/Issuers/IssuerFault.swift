/// Why an issuer's keys could not be had. For the operator's log, never for a client.
public enum IssuerFault: Error, Equatable, Sendable, CustomStringConvertible {
    /// The server could not be reached, proved to be nobody, or broke off; in words.
    case unreachable(String)
    /// It answered with something else than 200, a redirection among others: none is followed.
    case status(Int)
    /// The answer is larger than the bound.
    case tooLarge
    /// It took too long.
    case timedOut
    /// The answer is not what it should be; in words.
    case malformed(String)
    /// The discovery document is another issuer's, or points where it may not.
    case refused(String)

    /// The sentence for the operator.
    public var description: String {
        switch self {
        case .unreachable(let words): "cannot be reached: \(words)"
        case .status(let status): "answered with status \(status), wanted 200 (redirections are not followed)"
        case .tooLarge: "the answer is larger than \(AuthLimits.issuerAnswerBytesMax) bytes"
        case .timedOut: "did not answer in time"
        case .malformed(let words): words
        case .refused(let words): words
        }
    }
}
