internal import Bytes

/// base64url without padding (RFC 4648 §5, RFC 7515 §2), in its one canonical form.
package enum Base64URL {
    /// The decoded bytes, or nil for padding, white space, bytes outside the alphabet, an impossible length, or bits left
    /// over that are not zero: two spellings of one signature would be two tokens to a cache or a deny list.
    package static func decode(_ text: Span<UInt8>) -> [UInt8]? { Base64Digits.decode(text) }

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
