internal import JSON

/// A kind of personal data that the module knows, such as `EMAIL_ADDRESS`.
///
/// A type is a row of `Catalogue.detectors` and nothing else: names, actions and examples all come from that row.
public struct DetectorType: Hashable, Sendable, CustomStringConvertible {
    /// The row in `Catalogue.detectors`.
    let index: UInt8

    /// Every type, in the order of the catalogue.
    public static let all: [DetectorType] = Catalogue.detectors.indices.map { DetectorType(index: UInt8($0)) }

    /// The type called `name` (`EMAIL_ADDRESS`), or nil where there is none.
    public init?(named name: some Sequence<UInt8>) {
        let name = Array(name)
        guard let index = Catalogue.detectors.firstIndex(where: { name.isEqual(to: $0.name) }) else { return nil }
        self.init(index: UInt8(index))
    }

    init(index: UInt8) { self.index = index }

    var detector: Detector { Catalogue.detectors[Int(index)] }

    /// The name in policies, findings and placeholders: upper case, ASCII letters and `_`.
    public var name: StaticString { detector.name }

    /// The label in the audit record and in metrics: lower case, ASCII letters and `_`.
    public var auditLabel: StaticString { detector.auditLabel }

    /// Same as `name`.
    public var description: String { "\(detector.name)" }
}

/// A place in a text that holds personal data.
public struct Finding: Equatable, Sendable {
    /// Byte offsets in the text, half-open, on UTF-8 boundaries.
    public let range: Range<Int>
    /// What was found.
    public let type: DetectorType
    /// How sure the detector is, in millionths: 1 to 1,000,000.
    public let confidencePPM: Int
    /// Whether the value is written otherwise than it is looked for (escapes, other scripts' digits, words for digits),
    /// so that stars for its letters and digits would not hide it: its mask is `<TYPE>`.
    public internal(set) var isDisguised = false
    /// Which of the type's recognisers found it.
    var recogniser: UInt8 = 0
}
