/// Which labelled types must be found; those left out may be redacted or left.
public enum EvaluationProfile: String, CaseIterable, Sendable {
    /// All but what says nothing of a person by itself: places, organisations, dates, ages.
    case core
    /// Of those only what has a form: no names and postal addresses either.
    case structured
    /// Whatever is labelled.
    case all

    /// The types left out, by name. Data sets label them; the catalogue has no row for most.
    public var neutralTypes: Set<[UInt8]> {
        switch self {
        case .core: Self.impersonal
        case .structured: Self.impersonal.union(Self.unformed)
        case .all: []
        }
    }

    private static let impersonal = names(
        "AGE", "DATE_TIME", "DOMAIN_NAME", "GPE", "NRP", "ORGANIZATION", "TITLE")
    private static let unformed = names("PERSON", "POSTAL_ADDRESS", "ZIP_CODE")

    private static func names(_ names: String...) -> Set<[UInt8]> { Set(names.map { Array($0.utf8) }) }
}
