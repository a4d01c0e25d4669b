internal import JSON

/// What is wrong in a policy file, where, and what to write instead.
public struct PolicyError: Error, Equatable, Sendable, CustomStringConvertible {
    /// The file as it was named by the caller.
    public let file: String
    /// Line and column (in bytes), counted from 1.
    public let line: Int, column: Int
    /// Where in the document: a JSON Pointer (RFC 6901), empty for the whole.
    public let pointer: String
    /// What stands there.
    public let found: String
    /// What to write instead.
    public let wanted: String

    /// "policies/rbac.json5:12:34: /roles/agent/permissions/0: found …, wanted …".
    public var description: String {
        "\(file):\(line):\(column): \(pointer.isEmpty ? "/" : pointer): found \(found), wanted \(wanted)"
    }
}

/// A text with its name, which turns places into lines.
struct PolicySource {
    let file: String
    let bytes: [UInt8]

    func error(at offset: Int, _ pointer: String, found: String, wanted: String) -> PolicyError {
        let place = TextPosition(of: offset, in: bytes)
        return PolicyError(
            file: file, line: place.line, column: place.column, pointer: pointer, found: found, wanted: wanted)
    }

    func error(_ error: JSONShapeError) -> PolicyError {
        self.error(at: error.offset, error.pointer, found: error.found, wanted: error.wanted)
    }

    func error(_ error: JSONSyntaxError) -> PolicyError {
        self.error(at: error.offset, "", found: error.message, wanted: "JSON5")
    }
}
