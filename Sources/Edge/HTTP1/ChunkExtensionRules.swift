/// The syntax of chunk extensions behind the first semicolon (RFC 9112 §7.1.1), a byte at a time.
///
/// ```
/// start ─ tchar ─► name ──┬─ ";" ─► start
///   BWS ↺           BWS ─►┤
///                         └─ "=" ─► value ─┬─ tchar ─► token ──────┬─ ";" ─► start
///                             BWS ↺        └─ quote ─► quoted ─►───┘
/// ```
/// Nobody needs what they say, but two readers who disagree about where an open quote or an empty name ends disagree
/// about where the chunk begins (the "TERM.EXT" and "EXT.TERM" attacks of 2025).
struct ChunkExtensionRules: Sendable {
    private enum State: Sendable { case start, name, behindName, value, token, quoted, escaped, behindValue }

    private var state = State.start

    /// Whether the line may end here.
    var mayEnd: Bool {
        switch state {
        case .name, .token: true
        // White space that nothing follows is no BWS of the grammar; an end of quotes is one of a value.
        case .behindValue: !endsInSpace
        case .start, .behindName, .value, .quoted, .escaped: false
        }
    }

    private var endsInSpace = false

    /// Takes the next byte, or returns false where the grammar has no place for it.
    mutating func take(_ byte: UInt8) -> Bool {
        let isSpace = byte == Octets.space || byte == Octets.tab
        defer { endsInSpace = isSpace }
        switch state {
        case .start:
            guard Octets.isToken(byte) else { return isSpace }
            state = .name
        case .name, .behindName:
            switch byte {
            case UInt8(ascii: ";"): state = .start
            case UInt8(ascii: "="): state = .value
            case _ where isSpace: state = .behindName
            default: return state == .name && Octets.isToken(byte)
            }
        case .value:
            if byte == UInt8(ascii: "\"") {
                state = .quoted
            } else if Octets.isToken(byte) {
                state = .token
            } else {
                return isSpace
            }
        case .token, .behindValue:
            if byte == UInt8(ascii: ";") {
                state = .start
            } else if isSpace {
                state = .behindValue
            } else {
                return state == .token && Octets.isToken(byte)
            }
        case .quoted:
            switch byte {
            case UInt8(ascii: "\""): state = .behindValue
            case UInt8(ascii: "\\"): state = .escaped
            default: return isText(byte)
            }
        case .escaped:
            state = .quoted
            return isText(byte)
        }
        return true
    }

    /// Without obs-text, which the grammar allows in quotes and no client sends.
    private func isText(_ byte: UInt8) -> Bool { byte == Octets.tab || (0x20..<0x7F).contains(byte) }
}
