/// Why a document's content is not taken. The raw value is the reason in records and metrics.
public enum DocumentRefusal: String, Error, Hashable, Sendable, CaseIterable {
    /// Its content is of no kind that is taken here.
    case typeNotAllowed = "document_type"
    /// It is not what the sender says it is.
    case typeMismatch = "document_type_mismatch"
    /// It does not have the form that its kind has, or is cut short.
    case malformed = "document_malformed"
    /// It is of two kinds at once, so that two programs would show two documents.
    case polyglot = "document_polyglot"
    /// It is encrypted: nobody can look into it.
    case encrypted = "document_encrypted"
    /// It holds macros, scripts or other files.
    case active = "document_active"
    /// It unpacks to more than it may.
    case unpacksTooLarge = "document_bomb"
    /// It names a file outside of itself.
    case pathName = "document_path"
    /// The virus scanner knows it.
    case infected = "document_infected"

    /// The sentence for whoever sent it.
    public var detail: String {
        switch self {
        case .typeNotAllowed: "the document's content is of no type that is taken here"
        case .typeMismatch: "the document's content is not what Content-Type says: send the type that it is"
        case .malformed: "the document is damaged or cut short: save it anew"
        case .polyglot: "the document holds another kind of file as well: save it anew, as one kind"
        case .encrypted: "the document is encrypted: save it without a password"
        case .active: "the document holds macros, scripts or other files: save it without them"
        case .unpacksTooLarge: "the document unpacks to more than is taken"
        case .pathName: "the document's archive names files outside of itself"
        case .infected: "the virus scanner does not let the document pass"
        }
    }
}
