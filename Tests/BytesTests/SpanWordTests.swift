import Bytes
import Testing

@Suite struct SpanWordTests {
    @Test func `a padded word has the bytes from the index on, and zeros behind the end`() {
        for count in 0...20 {
            let bytes = (0..<count).map { UInt8($0 + 1) }
            for index in 0...count {
                var expected: UInt64 = 0
                for place in 0..<8 where index + place < count {
                    expected |= UInt64(bytes[index + place]) << UInt64(8 * place)
                }
                #expect(bytes.span.paddedWord(at: index) == expected, "\(count) bytes, from \(index)")
            }
        }
    }

    @Test func `each byte of a word is marked for itself, whatever stands beside it`() {
        for byte in UInt8.min...UInt8.max {
            for other in [0x00, 0x2F, 0x30, 0x5A, 0x61, 0x7B, 0x80, 0xFF] as [UInt8] {
                for place in 0..<8 {
                    var bytes = [UInt8](repeating: other, count: 8)
                    bytes[place] = byte
                    let word = bytes.span.word(at: 0)
                    let isMarked = { (marks: UInt64) in marks >> UInt64(8 * place) & 0xFF == 0x80 }
                    let isSmall = (0x61...0x7A).contains(byte)
                    #expect(isMarked(LetterMarks.letters(word)) == (isSmall || (0x41...0x5A).contains(byte)))
                    #expect(isMarked(LetterMarks.smallLetters(word)) == isSmall)
                    #expect(isMarked(LetterMarks.digits(word)) == (0x30...0x39).contains(byte))
                }
            }
        }
    }

    @Test func `each byte of a vector is marked for itself`() {
        for byte in UInt8.min...UInt8.max {
            for place in 0..<16 {
                var bytes = [UInt8](repeating: 0x26, count: 17)
                bytes[1 + place] = byte
                let vector = bytes.span.vector(at: 1)
                let isMarked = { (marks: (UInt64, UInt64)) in
                    (place < 8 ? marks.0 : marks.1) >> UInt64(8 * (place % 8)) & 0xFF == 0x80
                }
                #expect(isMarked(vector.marks(of: 0x41).marks) == (byte == 0x41))
                #expect(isMarked(vector.marks(in: 0x25...0x2B).marks) == (0x25...0x2B).contains(byte))
                #expect(isMarked(vector.marks(in: 0x80...0xFF).marks) == (byte >= 0x80))
            }
        }
    }
}
