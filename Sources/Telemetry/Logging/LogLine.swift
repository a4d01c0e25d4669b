internal import Bytes

/// Writes lines of JSON into one buffer that is used again and again.
///
/// Member names are literals of the program, and a caller keeps them unique. Texts may be anything: what is no UTF-8
/// becomes U+FFFD, and what could move a terminal's cursor, end a line or turn its direction is escaped.
public struct LogLine: ~Copyable, Sendable {
    private(set) var bytes = ByteBuffer(capacity: 512)

    /// Starts a line: everything up to its first member.
    mutating func begin(
        _ level: LogLevel, _ event: StaticString, microseconds: Int64, hasPriority: Bool
    ) {
        if hasPriority { bytes.append(literal: level.priority) }
        bytes.append(literal: #"{"time":""#)
        bytes.append(timestamp: microseconds)
        bytes.append(literal: #"","level":"#)
        bytes.append(quoted: level.name)
        bytes.append(literal: #","event":"#)
        bytes.append(quoted: event)
    }

    mutating func end() { bytes.append(literal: "}\n") }

    /// Gives all lines away for an empty buffer.
    mutating func exchange(with buffer: inout ByteBuffer) { swap(&bytes, &buffer) }

    // MARK: Members

    /// A text of the program, which needs no escape.
    public mutating func literal(_ name: StaticString, _ text: StaticString) {
        self.name(name)
        bytes.append(quoted: text)
    }

    /// A text, cut after `TelemetryLimits.textBytesMax` bytes.
    public mutating func text(_ name: StaticString, _ text: [UInt8]) {
        self.name(name)
        bytes.append(UInt8(ascii: "\""))
        let cut = text.span.extracting(first: TelemetryLimits.textBytesMax)
        if cut.plainRunEnd(from: 0) == cut.count {
            bytes.append(cut)
        } else {
            append(escaping: text.prefix(cut.count))
        }
        bytes.append(UInt8(ascii: "\""))
    }

    /// A text, cut after `TelemetryLimits.textBytesMax` bytes.
    public mutating func text(_ name: StaticString, _ text: String) { self.text(name, Array(text.utf8)) }

    /// A number.
    public mutating func number(_ name: StaticString, _ value: UInt64) {
        self.name(name)
        bytes.append(decimal: value)
    }

    /// A number.
    public mutating func number(_ name: StaticString, _ value: Int) {
        self.name(name)
        bytes.append(decimal: value)
    }

    /// True or false.
    public mutating func bool(_ name: StaticString, _ value: Bool) {
        self.name(name)
        bytes.append(literal: value ? "true" : "false")
    }

    /// 16 hexadecimal digits.
    public mutating func hex(_ name: StaticString, _ value: UInt64) {
        self.name(name)
        bytes.append(UInt8(ascii: "\""))
        bytes.append(hex: value)
        bytes.append(UInt8(ascii: "\""))
    }

    /// Members that were written before, by `fragment`.
    public mutating func members(_ fragment: [UInt8]) { bytes.append(fragment) }

    /// An object.
    public mutating func object(_ name: StaticString, _ body: (inout LogLine) -> Void) {
        self.name(name)
        bytes.append(UInt8(ascii: "{"))
        body(&self)
        bytes.append(UInt8(ascii: "}"))
    }

    /// An array of numbers.
    public mutating func numbers(_ name: StaticString, _ values: [Int]) {
        self.name(name)
        bytes.append(UInt8(ascii: "["))
        for (index, value) in values.enumerated() {
            if index > 0 { bytes.append(UInt8(ascii: ",")) }
            bytes.append(decimal: value)
        }
        bytes.append(UInt8(ascii: "]"))
    }

    /// Members to put into many lines: written once, copied after.
    public static func fragment(_ body: (inout LogLine) -> Void) -> [UInt8] {
        var line = LogLine()
        // As if after another member, so that the fragment starts with its comma.
        line.bytes.append(UInt8(ascii: "\""))
        body(&line)
        return line.bytes.array(from: 1)
    }

    private mutating func name(_ name: StaticString) {
        if bytes.last != UInt8(ascii: "{") { bytes.append(UInt8(ascii: ",")) }
        bytes.append(quoted: name)
        bytes.append(UInt8(ascii: ":"))
    }

    private mutating func append(escaping text: ArraySlice<UInt8>) {
        for scalar in String(decoding: text, as: UTF8.self).unicodeScalars {
            switch scalar {
            case "\"", "\\":
                bytes.append(UInt8(ascii: "\\"))
                bytes.append(UInt8(truncatingIfNeeded: scalar.value))
            case " "..."~": bytes.append(UInt8(truncatingIfNeeded: scalar.value))
            default:
                switch scalar.properties.generalCategory {
                case .control, .format, .lineSeparator, .paragraphSeparator, .privateUse, .unassigned:
                    for unit in UTF16.encode(scalar) ?? UTF16.encodedReplacementCharacter {
                        bytes.append(literal: #"\u"#)
                        bytes.append(hex: UInt64(unit), digits: 4)
                    }
                default: for byte in UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter { bytes.append(byte) }
                }
            }
        }
    }
}
