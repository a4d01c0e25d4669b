/// A value that has no greatest length, and so may not end within what a stream looks ahead: a signed token, a key file.
///
/// A stream holds back a text from where one may have begun. A detector for another such value needs a case here; one
/// whose values are shorter than `RedactionStream.lookaheadBytes` does not.
enum LongValue: CaseIterable, Hashable {
    /// `eyJ…`: base64url and full stops (RFC 7519 §3).
    case jsonWebToken
    /// `-----BEGIN … PRIVATE KEY-----` to `-----END … -----` (RFC 7468 §2; RFC 9580 §6.2 for `PGP PRIVATE KEY BLOCK`).
    case privateKey

    /// The name of the type in the catalogue.
    var typeName: StaticString {
        switch self {
        case .jsonWebToken: "JWT"
        case .privateKey: "PRIVATE_KEY"
        }
    }

    /// The least offset in `range` at which such a value begins that has not ended where the text ends.
    func openStart(_ text: Span<UInt8>, in range: Range<Int>) -> Int? {
        switch self {
        case .jsonWebToken: Self.openToken(text, in: range)
        case .privateKey: Self.openKey(text, in: range)
        }
    }

    private static func openToken(_ text: Span<UInt8>, in range: Range<Int>) -> Int? {
        var runStart = text.count
        while runStart > range.lowerBound, isTokenByte(text[runStart - 1]) { runStart -= 1 }
        guard runStart < range.upperBound else { return nil }
        return (runStart..<range.upperBound).first { index in
            text[index] == UInt8(ascii: "e") && index + 3 <= text.count
                && Bytes.equal(text, index..<index + 3, tokenStart)
                && (index == 0 || !ByteClass.isAlphanumeric(text[index - 1]))
        }
    }

    private static func openKey(_ text: Span<UInt8>, in range: Range<Int>) -> Int? {
        var index = range.lowerBound
        while index < range.upperBound {
            guard text[index] == UInt8(ascii: "-"), isKeyLabel(text, at: index) else {
                index += 1
                continue
            }
            let afterStart = index + keyStart.count
            guard let end = find(keyEnd, text, in: afterStart..<text.count) else { return index }
            index = end
        }
        return nil
    }

    /// Whether `-----BEGIN` and a label with `PRIVATE KEY` stand at `index`.
    private static func isKeyLabel(_ text: Span<UInt8>, at index: Int) -> Bool {
        let labelStart = index + keyStart.count
        guard labelStart <= text.count, Bytes.equal(text, index..<labelStart, keyStart) else { return false }
        return find(keyLabel, text, in: labelStart..<min(text.count, labelStart + labelBytesMax)) != nil
    }

    private static func find(_ wanted: [UInt8], _ text: Span<UInt8>, in range: Range<Int>) -> Int? {
        guard range.count >= wanted.count, let first = wanted.first else { return nil }
        return (range.lowerBound...range.upperBound - wanted.count).first { index in
            text[index] == first && Bytes.equal(text, index..<index + wanted.count, wanted)
        }
    }

    static func isTokenByte(_ byte: UInt8) -> Bool {
        ByteClass.isAlphanumeric(byte) || byte == UInt8(ascii: "-") || byte == UInt8(ascii: "_")
            || byte == UInt8(ascii: ".")
    }

    private static let tokenStart = Array("eyJ".utf8)
    private static let keyStart = Array("-----BEGIN ".utf8)
    private static let keyLabel = Array("PRIVATE KEY".utf8)
    static let keyEnd = Array("-----END ".utf8)
    /// Bytes of a label: `ENCRYPTED PRIVATE KEY` and a margin.
    private static let labelBytesMax = 64
}

/// Swallows the rest of a value that grew too long to be held.
struct LongValueRest: Hashable, Sendable {
    private enum Place: Hashable {
        case inRun
        /// So many bytes of `-----END ` seen.
        case inKey(matched: Int)
        /// Behind it, with so many hyphens seen in a row.
        case inKeyEnd(hyphens: Int)
    }

    private var place: Place

    init(of value: LongValue?) { place = value == .privateKey ? .inKey(matched: 0) : .inRun }

    /// Steps over the value's bytes from `start` on.
    /// - Returns: the offset behind them, which is that of the end where the value may go on.
    mutating func skip(_ bytes: [UInt8], from start: Int) -> (next: Int, hasEnded: Bool) {
        var index = start
        while index < bytes.count {
            let byte = bytes[index]
            switch place {
            case .inRun:
                guard LongValue.isTokenByte(byte) || "+/=~".utf8.contains(byte) else { return (index, true) }
            case .inKey(let matched):
                let next = Self.match(byte, after: matched)
                place = next == LongValue.keyEnd.count ? .inKeyEnd(hyphens: 0) : .inKey(matched: next)
            case .inKeyEnd(let hyphens):
                let next = byte == UInt8(ascii: "-") ? hyphens + 1 : 0
                if next == 5 { return (index + 1, true) }
                place = .inKeyEnd(hyphens: next)
            }
            index += 1
        }
        return (index, false)
    }

    /// How much of `-----END ` is matched by `byte` behind `matched` bytes of it.
    private static func match(_ byte: UInt8, after matched: Int) -> Int {
        if byte == LongValue.keyEnd[matched] { return matched + 1 }
        guard byte == UInt8(ascii: "-") else { return 0 }
        return matched == 5 ? 5 : 1
    }
}
