internal import JSON

/// A kind of personal data: one that the module knows, such as `EMAIL_ADDRESS`, or one that a policy adds.
///
/// A type that the module knows is a row of `Catalogue.detectors` and nothing else: names, actions and examples all come
/// from that row. A type of a policy's own carries its name, so that findings, counts and errors tell it without the
/// policy; as plain bytes, so that findings are copied without counting references.
public struct DetectorType: Hashable, Sendable, CustomStringConvertible {
    /// The row in `Catalogue.detectors`, or for a policy's own type its place behind them.
    let index: UInt8
    private let customMasking: Detector.Masking
    /// Empty for types of the catalogue.
    let customName: InlineName

    /// Every type that the module knows, in the order of the catalogue; a policy's own are in its `types`.
    public static let all: [DetectorType] = Catalogue.detectors.indices.map { DetectorType(index: UInt8($0)) }

    /// The type called `name` (`EMAIL_ADDRESS`) that the module knows, or nil where there is none.
    public init?(named name: some Sequence<UInt8>) {
        let name = Array(name)
        guard let index = Catalogue.detectors.firstIndex(where: { name.isEqual(to: $0.name) }) else { return nil }
        self.init(index: UInt8(index))
    }

    init(index: UInt8) {
        self.index = index
        customMasking = .placeholder
        customName = InlineName()
    }

    /// The type that a policy has at `place` of its own.
    init(custom name: InlineName, place: Int, masking: Detector.Masking) {
        index = UInt8(Catalogue.detectors.count + place)
        customMasking = masking
        customName = name
    }

    /// Whether a policy added it.
    var isCustom: Bool { !customName.isEmpty }

    /// The row of a type that the module knows.
    var detector: Detector { Catalogue.detectors[Int(index)] }

    var masking: Detector.Masking { isCustom ? customMasking : detector.masking }

    /// The name in policies, findings and placeholders: upper case, ASCII letters and `_`.
    public var name: String { isCustom ? String(decoding: customName.bytes, as: UTF8.self) : "\(detector.name)" }

    /// The label in the audit record and in metrics: the name in lower case.
    public var auditLabel: String { isCustom ? name.lowercased() : "\(detector.auditLabel)" }

    /// `EMAIL` in `[EMAIL_1]`; the whole name of a policy's own type.
    var tokenStem: [UInt8] { isCustom ? customName.bytes : Catalogue.tokenStems[Int(index)] }

    /// Same as `name`.
    public var description: String { name }

    /// A policy's own type is the same as another policy's of that name, wherever it stands there.
    public static func == (left: DetectorType, right: DetectorType) -> Bool {
        left.customName == right.customName && (left.isCustom || left.index == right.index)
    }

    /// Hashes what `==` compares.
    public func hash(into hasher: inout Hasher) {
        hasher.combine(customName)
        if !isCustom { hasher.combine(index) }
    }
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
