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
    let recognisers: [Recognition]
    /// Texts with the values in ‹ ›; the detector's tests.
    let examples: [String]
    /// Texts in which this type is not found: the nearest misses.
    let counterExamples: [String]
}

/// One way in which a type is known, and what is said of it to people who ask why something was redacted.
struct Recognition: Sendable {
    /// What names it within its row: lower case and `_`.
    let name: String
    let recogniser: Recogniser
    /// What a value was matched by and which check held, in words without a value: they end a sentence with "is".
    let reason: String
    /// What words before a value, or behind it, may have spoken for it.
    let labels: LabelSet

    init(_ name: String, _ recogniser: Recogniser, labels: [Label] = [], reason: String) {
        self.name = name
        self.recogniser = recogniser
        self.reason = reason
        switch recogniser {
        case .named(let named, _): self.labels = LabelSet(named)
        case .namedWord(let named, _): self.labels = LabelSet(named)
        default: self.labels = LabelSet(labels)
        }
    }
}

/// Which recogniser of which row, in two bytes.
struct RecogniserPlace: Equatable, Sendable {
    /// The type's row in the catalogue.
    private let row: UInt8
    /// Index in the row's recognisers.
    let index: UInt8

    init(type: DetectorType, index: UInt8) {
        row = type.index
        self.index = index
    }

    var type: DetectorType { DetectorType(index: row) }

    /// Those of the catalogue, each with its recogniser, in order.
    static var all: [(place: RecogniserPlace, recogniser: Recogniser)] {
        DetectorType.all.flatMap { type in
            type.detector.recognisers.enumerated().map { index, recognition in
                (RecogniserPlace(type: type, index: UInt8(index)), recognition.recogniser)
            }
        }
    }
}

/// A recogniser under the trigger that calls it. Triggers are what the one pass over the bytes can see; a recogniser
/// decides on what is around one.
enum Recogniser: Sendable {
    typealias OfDigits = @Sendable (Span<UInt8>, DigitGroups) -> Match?
    typealias AtOffset = @Sendable (Span<UInt8>, Int) -> Match?
    typealias OfWord = @Sendable (Span<UInt8>, Range<Int>) -> Match?
    typealias OfNamed = @Sendable (Span<UInt8>, DigitGroups, Context.Labels) -> Match?
    typealias OfNamedWord = @Sendable (Span<UInt8>, Range<Int>, Context.Labels) -> Match?
    typealias AtPrefix = @Sendable (Span<UInt8>, Int, Int) -> Match?

    /// A word that starts with a digit.
    case digits(OfDigits)
    /// The same, where a group of digits ends after one of these numbers of digits.
    case number(digits: [Int], OfDigits)
    /// A number of three digits or more of which the words before say one of these things.
    case named([Label], OfNamed)
    /// A word of letters and digits of so many bytes.
    case mixedWord(bytes: ClosedRange<Int>, OfWord)
    /// A word of letters and digits, of at most `Scanner.mixedWordBytesMax` bytes, of which the words before say one of
    /// these things.
    case namedWord([Label], OfNamedWord)
    /// An `@`, by its offset.
    case at(AtOffset)
    /// A `:` between hexadecimal digits or colons, by its offset.
    case colon(AtOffset)
    /// A word of two letters and two digits first, by its offset.
    case countryAndDigits(AtOffset)
    /// A word of at least `Scanner.longWordBytesMin` letters and digits, a digit among them.
    case longWord(OfWord)
    /// A word of two or four letters and digits, a digit among them, as in addresses of machines.
    case hexGroup(OfWord)
    /// What follows `://`, by its offset.
    case authority(AtOffset)
    /// A word of letters alone that is in this list, whatever its case.
    case words([String], OfWord)
    /// A word of letters alone that starts with a capital and is in this list.
    case names([String], OfWord)
    /// A word of letters alone that starts with a capital.
    case capital(OfWord)
    /// A word that starts with one of these prefixes; its offset, and which prefix.
    case prefixes([Prefix], AtPrefix)
}

/// The first bytes of a key, and the one among them by which the pass notices it: a byte that is rare in text, so that
/// ordinary words cost nothing.
struct Prefix: Sendable {
    let bytes: [UInt8]
    /// Index in `bytes` of that byte.
    let anchor: Int

    /// - Parameter text: ASCII, with a byte that is neither a digit nor a small letter.
    init(_ text: String) {
        let bytes = Array(text.utf8)
        self.bytes = bytes
        anchor = bytes.indices.min { Self.frequency(bytes[$0]) < Self.frequency(bytes[$1]) } ?? 0
        precondition(!ByteClass.isLower(bytes[anchor]), "the pass steps over small letters")
    }

    /// How common a byte is in text, roughly; digits are never anchors, since they have a trigger of their own.
    private static func frequency(_ byte: UInt8) -> Int {
        switch byte {
        case UInt8(ascii: "_"): 0
        case UInt8(ascii: "J"), UInt8(ascii: "K"): 1
        case UInt8(ascii: "-"): 2
        case UInt8(ascii: "."): 3
        case UInt8(ascii: "A")...UInt8(ascii: "Z"): 4
        case UInt8(ascii: "0")...UInt8(ascii: "9"): 6
        default: 5
        }
    }
}
