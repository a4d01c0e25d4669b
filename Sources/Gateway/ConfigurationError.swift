internal import JSON

/// Why the gateway does not start: the file, the place in it, what stands there, what was wanted, and so the mend.
public struct ConfigurationError: Error, Sendable, CustomStringConvertible {
    /// The file at fault.
    public let file: String
    /// Line in the file, counted from 1; nil where the file as a whole is at fault.
    public let line: Int?
    /// What is wrong and how to mend it.
    public let message: String
    /// The status that the process ends with (sysexits.h): 78 for configuration unless said otherwise.
    public let exitStatus: Int32

    /// Makes an error about `file`.
    public init(file: String, line: Int? = nil, message: String, exitStatus: Int32 = 78) {
        self.file = file
        self.line = line
        self.message = message
        self.exitStatus = exitStatus
    }

    /// `file:line: message`.
    public var description: String { line.map { "\(file):\($0): \(message)" } ?? "\(file): \(message)" }
}

extension ConfigurationError {
    init(file: String, text: [UInt8], _ error: JSONShapeError) {
        self.init(
            file: file, line: TextPosition(of: error.offset, in: text).line,
            message: "\(error.pointer.isEmpty ? "/" : error.pointer): found \(error.found), wanted \(error.wanted)")
    }

    init(file: String, _ error: JSONSyntaxError) {
        self.init(file: file, line: error.line, message: "column \(error.column): \(error.message)")
    }
}
