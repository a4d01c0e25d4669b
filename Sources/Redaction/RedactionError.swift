internal import JSON

/// Why a text was not redacted. No case carries any of the text.
public enum RedactionError: Error, Equatable, Sendable {
    /// The policy blocks texts with these types; each is named once, in the order of the catalogue.
    case blocked(types: [DetectorType])
    /// The text is longer than the redactor takes.
    case textTooLong(limitBytes: Int)
    /// The vault has no room: `limit` values for `Vault.valuesMax`, bytes for `Vault.valueBytesMax`.
    case vaultFull(limit: Int)
}

/// What is wrong in a redaction policy, and where.
public struct RedactionPolicyError: Error, Equatable, Sendable, CustomStringConvertible {
    /// Line, counted from 1.
    public let line: Int
    /// Column in bytes, counted from 1.
    public let column: Int
    /// JSON Pointer (RFC 6901) of the value; empty for the whole document and for text that is not JSON5.
    public let pointer: String
    /// What stands there.
    public let found: String
    /// What was wanted instead.
    public let wanted: String

    /// "line 3, column 5 (/types/IBAN_CODE): found …, wanted …".
    public var description: String {
        let place = "line \(line), column \(column)"
        return "\(place)\(pointer.isEmpty ? "" : " (\(pointer))"): found \(found), wanted \(wanted)"
    }

    init(_ error: JSONSyntaxError) {
        line = error.line
        column = error.column
        pointer = ""
        found = error.message
        wanted = "a JSON5 object"
    }

    init(_ error: JSONShapeError, in text: [UInt8]) {
        let place = TextPosition(of: error.offset, in: text)
        line = place.line
        column = place.column
        pointer = error.pointer
        found = error.found
        wanted = error.wanted
    }
}
