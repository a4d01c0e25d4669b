/// Why nobody was asked, or no answer judged.
public enum VerificationRefusal: Error, Equatable, Sendable {
    /// Too many wrong guesses for the customer, or by the caller: none is taken before this second since 1970.
    case locked(until: Int64)
    /// There is no challenge that could be answered.
    case noChallenge
    /// The answer was right, and its challenge had ended or been replaced meanwhile.
    case challengeOver
    /// As many sessions as may be are being verified.
    case sessionsFull
    /// As many ledgers of guesses as may be are kept: a guess that cannot be written down is not judged.
    case guessesFull
    /// Too much waits for the database.
    case busy
    /// The database cannot be read or written.
    case storage(AuthError)
}
