internal import Bytes

/// base64url without padding (RFC 4648 §5, RFC 7515 §2), in its one canonical form.
package enum Base64URL {
    /// The decoded bytes, or nil for padding, white space, bytes outside the alphabet, an impossible length, or bits left
    /// over that are not zero: two spellings of one signature would be two tokens to a cache or a deny list.
    package static func decode(_ text: Span<UInt8>) -> [UInt8]? {
        let tail = text.count % 4
        guard tail != 1 else { return nil }
        let whole = text.count - tail
        var seen: UInt8 = 0
        var rest: UInt32 = 0
        let output = [UInt8](capacity: text.count * 3 / 4) { output in
            var index = 0
            while index < whole {
                let (a, b) = (Base64Digits.value(of: text[index]), Base64Digits.value(of: text[index + 1]))
                let (c, d) = (Base64Digits.value(of: text[index + 2]), Base64Digits.value(of: text[index + 3]))
                seen |= a | b | c | d
                output.append(a << 2 | b >> 4)
                output.append(b << 4 | c >> 2)
                output.append(c << 6 | d)
                index += 4
            }
            guard tail > 0 else { return }
            for index in whole..<text.count {
                let digit = Base64Digits.value(of: text[index])
                seen |= digit
                rest = rest << 6 | UInt32(digit)
            }
            // Two digits are a byte and four bits, three are two bytes and two bits.
            let bits = UInt32(tail == 2 ? 4 : 2)
            if tail == 3 { output.append(UInt8(truncatingIfNeeded: rest >> 10)) }
            output.append(UInt8(truncatingIfNeeded: rest >> bits))
            rest &= (1 << bits) - 1
        }
        return seen < 64 && rest == 0 ? output : nil
    }

    /// The decoded bytes of a part of an array.
    package static func decode(_ text: ArraySlice<UInt8>) -> [UInt8]? { decode(text.span) }

    /// The canonical encoding.
    static func encode(_ bytes: [UInt8]) -> [UInt8] {
        var output: [UInt8] = []
        output.reserveCapacity((bytes.count * 4 + 2) / 3)
        var buffer: UInt32 = 0
        var bits = 0
        for byte in bytes {
            buffer = (buffer << 8 | UInt32(byte)) & 0xFFFF
            bits += 8
            while bits >= 6 {
                bits -= 6
                output.append(alphabet[Int(buffer >> UInt32(bits) & 63)])
            }
        }
        if bits > 0 { output.append(alphabet[Int(buffer << UInt32(6 - bits) & 63)]) }
        return output
    }

    private static let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_".utf8)
}
