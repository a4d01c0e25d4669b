internal import Bytes

/// Takes the text of the member `answer` out of a structured answer while it is being written, so that it can be read along.
///
/// ```
///            {                  "answer" :            "               "
/// outside ──────► in object ───────────────► value ──────► in answer ──────► behind it
///                    └─ another member: its value is skipped ─┘
/// ```
/// What stands in front of the object (thoughts, a fence of Markdown) is skipped. Escapes are undone; a surrogate without its
/// partner is U+FFFD. That the whole is well-formed is judged at its end by `StructuredAnswer`, not here.
struct AnswerTextStream: Hashable {
    private enum State: Hashable {
        case outside
        /// Before a name of the object itself.
        case beforeName
        case inName
        case afterName
        /// Within a value that is not wanted; `depth` counts its brackets.
        case skipping(depth: Int, inString: Bool, isEscaped: Bool)
        case inAnswer
        case escaped
        case unicode(digits: Int, value: UInt32)
        case done
    }

    private var state = State.outside
    private var name: [UInt8] = []
    private var high: UInt32?
    /// Bytes that may be the beginning of `<think>`, in which brackets mean nothing.
    private var opening: [UInt8] = []
    private var isThinking = false

    /// Bytes of a name that are kept: longer than the one that is looked for.
    private static let nameBytesMax = 16

    /// Whether any of the answer was seen.
    private(set) var hasBegun = false

    /// Takes the next piece.
    /// - Returns: the answer's text in it.
    mutating func take(_ bytes: ArraySlice<UInt8>) -> [UInt8] {
        var text: [UInt8] = []
        for byte in bytes { step(byte, &text) }
        return text
    }

    private mutating func step(_ byte: UInt8, _ text: inout [UInt8]) {
        switch state {
        case .outside: lookForObject(byte)
        case .beforeName:
            switch byte {
            case UInt8(ascii: "\""):
                name = []
                state = .inName
            case UInt8(ascii: "}"): state = .done
            default: break
            }
        case .inName:
            if byte == UInt8(ascii: "\"") {
                state = .afterName
            } else if name.count < Self.nameBytesMax {
                name.append(byte)
            }
        case .afterName: beginValue(byte)
        case .skipping(let depth, let inString, let isEscaped):
            skip(byte, depth: depth, inString: inString, isEscaped: isEscaped)
        case .inAnswer:
            switch byte {
            case UInt8(ascii: "\\"): state = .escaped
            case UInt8(ascii: "\""):
                flushHigh(&text)
                state = .done
            default:
                flushHigh(&text)
                text.append(byte)
            }
        case .escaped: unescape(byte, &text)
        case .unicode(let digits, let value): unescape(byte, digits, value, &text)
        case .done: break
        }
    }

    private mutating func lookForObject(_ byte: UInt8) {
        opening.append(byte)
        if opening.count > 8 { opening.removeFirst() }
        if isThinking {
            if opening.suffix(8).elementsEqual("</think>".utf8) { isThinking = false }
        } else if opening.suffix(7).elementsEqual("<think>".utf8) {
            isThinking = true
        } else if byte == UInt8(ascii: "{") {
            state = .beforeName
        }
    }

    private mutating func beginValue(_ byte: UInt8) {
        switch byte {
        case UInt8(ascii: ":"), 0x20, 0x09, 0x0A, 0x0D: break
        case UInt8(ascii: "\""):
            if name.elementsEqual("answer".utf8) {
                hasBegun = true
                state = .inAnswer
            } else {
                state = .skipping(depth: 0, inString: true, isEscaped: false)
            }
        case UInt8(ascii: "{"), UInt8(ascii: "["): state = .skipping(depth: 1, inString: false, isEscaped: false)
        default: state = .skipping(depth: 0, inString: false, isEscaped: false)
        }
    }

    private mutating func skip(_ byte: UInt8, depth: Int, inString: Bool, isEscaped: Bool) {
        if inString {
            if isEscaped {
                state = .skipping(depth: depth, inString: true, isEscaped: false)
            } else if byte == UInt8(ascii: "\\") {
                state = .skipping(depth: depth, inString: true, isEscaped: true)
            } else if byte == UInt8(ascii: "\"") {
                state = .skipping(depth: depth, inString: false, isEscaped: false)
            }
            return
        }
        switch byte {
        case UInt8(ascii: "\""): state = .skipping(depth: depth, inString: true, isEscaped: false)
        case UInt8(ascii: "{"), UInt8(ascii: "["):
            state = .skipping(depth: min(depth + 1, 1_000), inString: false, isEscaped: false)
        case UInt8(ascii: "}"), UInt8(ascii: "]"):
            state = depth == 0 ? .done : .skipping(depth: depth - 1, inString: false, isEscaped: false)
        case UInt8(ascii: ",") where depth == 0: state = .beforeName
        default: break
        }
    }

    // MARK: Escapes

    private mutating func unescape(_ byte: UInt8, _ text: inout [UInt8]) {
        state = .inAnswer
        if byte == UInt8(ascii: "u") {
            state = .unicode(digits: 0, value: 0)
            return
        }
        flushHigh(&text)
        switch byte {
        case UInt8(ascii: "n"): text.append(0x0A)
        case UInt8(ascii: "t"): text.append(0x09)
        case UInt8(ascii: "r"): text.append(0x0D)
        case UInt8(ascii: "b"), UInt8(ascii: "f"): text.append(0x20)
        default: text.append(byte)
        }
    }

    private mutating func unescape(_ byte: UInt8, _ digits: Int, _ value: UInt32, _ text: inout [UInt8]) {
        guard let digit = Character(Unicode.Scalar(byte)).hexDigitValue, byte < 0x80 else {
            state = .inAnswer
            return
        }
        let value = value << 4 | UInt32(digit)
        guard digits == 3 else {
            state = .unicode(digits: digits + 1, value: value)
            return
        }
        state = .inAnswer
        switch value {
        case 0xD800...0xDBFF:
            flushHigh(&text)
            high = value
        case 0xDC00...0xDFFF:
            guard let first = high else { return append(0xFFFD, &text) }
            high = nil
            append(0x1_0000 + (first - 0xD800) << 10 + (value - 0xDC00), &text)
        default:
            flushHigh(&text)
            append(value, &text)
        }
    }

    private mutating func flushHigh(_ text: inout [UInt8]) {
        guard high != nil else { return }
        high = nil
        append(0xFFFD, &text)
    }

    private func append(_ value: UInt32, _ text: inout [UInt8]) {
        text += Array(String(Unicode.Scalar(value).map(Character.init) ?? "\u{FFFD}").utf8)
    }
}
