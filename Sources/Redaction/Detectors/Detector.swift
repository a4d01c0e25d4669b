/// What a recogniser found: a place and how sure it is, in millionths.
struct Match {
    let range: Range<Int>
    let confidencePPM: Int
}

/// How one type of personal data is known.
struct Detector: Sendable {
    /// What `mask` leaves of a value.
    enum Masking: Sendable {
        /// Nothing: `<TYPE>`.
        case placeholder
        /// The last four letters or digits, and what stands between.
        case lastFour
    }

    /// `EMAIL_ADDRESS`.
    let name: StaticString
    /// `email_address`.
    let auditLabel: StaticString
    /// `EMAIL` in `[EMAIL_1]`: upper-case letters alone.
    let tokenStem: StaticString
    let masking: Masking
    let actionByDefault: RedactionPolicy.Action
    let recognisers: [Recogniser]
    /// Texts with the values in ‹ ›; the detector's tests.
    let examples: [String]
    /// Texts in which this type is not found: the nearest misses.
    let counterExamples: [String]
}

/// A recogniser under the trigger that calls it. Triggers are what the one pass over the bytes can see; a recogniser
/// decides on what is around one.
enum Recogniser: Sendable {
    /// A word that starts with a digit.
    case digits(@Sendable (Span<UInt8>, DigitGroups) -> Match?)
    /// An `@`, by its offset.
    case at(@Sendable (Span<UInt8>, Int) -> Match?)
    /// A `:` between hexadecimal digits or colons, by its offset.
    case colon(@Sendable (Span<UInt8>, Int) -> Match?)
    /// A word of two letters and two digits first, by its offset.
    case countryAndDigits(@Sendable (Span<UInt8>, Int) -> Match?)
    /// A word of at least `Scanner.longWordBytesMin` letters and digits, both present.
    case longWord(@Sendable (Span<UInt8>, Range<Int>) -> Match?)
    /// A word that starts with one of these prefixes; which prefix, and its offset.
    case prefixes([[UInt8]], @Sendable (Span<UInt8>, Int, Int) -> Match?)
}
