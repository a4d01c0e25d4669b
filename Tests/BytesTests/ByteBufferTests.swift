import Bytes
import Testing

@Suite struct `A buffer of bytes` {
    @Test func `holds what was appended, however small it began`() {
        var buffer = ByteBuffer(capacity: 0)
        var wanted: [UInt8] = []
        for number in 0..<500 {
            buffer.append(decimal: number)
            buffer.append(UInt8(ascii: ","))
            buffer.append(Array("run \(number)".utf8))
            buffer.append(literal: "literal")
            buffer.append(quoted: "quoted")
            wanted += "\(number),run \(number)literal\"quoted\"".utf8
        }
        #expect(buffer.array() == wanted && buffer.count == wanted.count && buffer.last == UInt8(ascii: "\""))
        #expect(buffer.array(from: 5) == Array(wanted.dropFirst(5)))
        #expect(buffer.withSpan { $0.count } == wanted.count)
    }

    @Test(arguments: 0...70)
    func `grows at its bound and one past it`(count: Int) {
        var buffer = ByteBuffer(capacity: 64)
        let filler = [UInt8](repeating: UInt8(ascii: "x"), count: count)
        buffer.append(filler)
        buffer.append(quoted: "ab")
        #expect(buffer.array() == filler + Array("\"ab\"".utf8))
    }

    @Test(arguments: [Int64.min, -1, 0, 9, 10, 99, 100, 12_345, Int64.max])
    func `writes integers as the standard library does`(value: Int64) {
        var buffer = ByteBuffer(capacity: 64)
        buffer.append(decimal: value)
        buffer.append(decimal: UInt64.max)
        #expect(String(decoding: buffer.array(), as: UTF8.self) == "\(value)\(UInt64.max)")
    }

    @Test func `writes every byte in hexadecimal`() {
        var buffer = ByteBuffer(capacity: 64)
        let bytes = (0...255).map { UInt8($0) }
        buffer.append(hex: bytes.span)
        let wanted = bytes.map { (byte: UInt8) in (byte < 16 ? "0" : "") + String(byte, radix: 16) }.joined()
        #expect(String(decoding: buffer.array(), as: UTF8.self) == wanted)
    }

    @Test(arguments: [(UInt64.max, 16, "ffffffffffffffff"), (0xAB, 4, "00ab"), (0x12345, 2, "45"), (0, 3, "000")])
    func `writes the last digits of a number in hexadecimal`(value: UInt64, digits: Int, wanted: String) {
        var buffer = ByteBuffer(capacity: 64)
        buffer.append(hex: value, digits: digits)
        #expect(String(decoding: buffer.array(), as: UTF8.self) == wanted)
    }

    @Test func `is cut and rewritten inside its bytes`() {
        var buffer = ByteBuffer(capacity: 64)
        buffer.append(literal: "abc-def")
        buffer.replace(from: 4) { $0 &- 0x20 }
        buffer.truncate(to: 6)
        #expect(buffer.array() == Array("abc-DE".utf8))
        buffer.truncate(to: 0)
        #expect(buffer.array().isEmpty && buffer.last == nil)
    }
}

@Suite struct `Runs and digits` {
    @Test func `a plain run ends at the first byte that is not plain, wherever it stands`() {
        for byte in UInt8.min...UInt8.max {
            let isPlain = (0x20...0x7E).contains(byte) && byte != 0x22 && byte != 0x5C
            for length in 1...20 {
                for position in 0..<length {
                    var text = [UInt8](repeating: UInt8(ascii: "a"), count: length)
                    text[position] = byte
                    // A second one behind the first must not be found before it.
                    if position + 1 < length { text[length - 1] = 0 }
                    let wanted = isPlain ? (position + 1 < length ? length - 1 : length) : position
                    #expect(text.span.plainRunEnd(from: 0) == wanted, "\(byte) at \(position) of \(length)")
                }
            }
        }
    }

    @Test func `a low byte or the other one is found, and the first of several`() {
        for byte in UInt8.min...UInt8.max {
            let isWanted = byte <= 0x20 || byte == 0x2C
            for length in 1...20 {
                for position in 0..<length {
                    var text = [UInt8](repeating: UInt8(ascii: "a"), count: length)
                    text[position] = byte
                    #expect(text.span.firstIndex(from: 0, upTo: 0x20, or: 0x2C) == (isWanted ? position : nil))
                }
            }
        }
    }

    @Test func `a run that starts after something special is its own`() {
        let text = Array("\"\\ab\"cdefgh\u{7F}".utf8)
        #expect(text.span.plainRunEnd(from: 2) == 4 && text.span.plainRunEnd(from: 5) == 11)
        #expect(text.span.plainRunEnd(from: text.count) == text.count)
    }

    @Test func `a base64url digit has its value and nothing else has one`() {
        let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_".utf8)
        for byte in UInt8.min...UInt8.max {
            let wanted = alphabet.firstIndex(of: byte).map { UInt8($0) } ?? 64
            #expect(Base64Digits.value(of: byte) == wanted)
        }
    }
}
