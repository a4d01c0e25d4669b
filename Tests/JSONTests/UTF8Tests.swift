import JSON
import Testing

@Suite struct UTF8Tests {
    /// The corners of table 3-7 of the Unicode Standard.
    @Test(
        arguments: [
            [0x00], [0x7F], [0xC2, 0x80], [0xDF, 0xBF], [0xE0, 0xA0, 0x80], [0xEC, 0xBF, 0xBF], [0xED, 0x9F, 0xBF],
            [0xEE, 0x80, 0x80], [0xEF, 0xBF, 0xBF], [0xF0, 0x90, 0x80, 0x80], [0xF3, 0xBF, 0xBF, 0xBF],
            [0xF4, 0x8F, 0xBF, 0xBF],
        ] as [[UInt8]])
    func `a well-formed sequence is known with its length`(_ bytes: [UInt8]) {
        #expect(UTF8Validation.sequenceLength(in: bytes, at: 0) == bytes.count)
        #expect(UTF8Validation.firstInvalid(in: [0x61] + bytes + [0x62]) == nil)
        #expect(bytes.count == 1 || UTF8Validation.sequenceLength(in: bytes.dropLast(), at: 0) == nil)
    }

    @Test(
        arguments: [
            [0x80], [0xBF], [0xC0, 0x80], [0xC1, 0xBF], [0xC2], [0xC2, 0x7F], [0xC2, 0xC0], [0xE0, 0x9F, 0xBF],
            [0xE1, 0x80],
            [0xE1, 0x80, 0xC0], [0xED, 0xA0, 0x80], [0xED, 0xBF, 0xBF], [0xF0, 0x8F, 0xBF, 0xBF], [0xF1, 0x80, 0x80],
            [0xF4, 0x90, 0x80, 0x80], [0xF5, 0x80, 0x80, 0x80], [0xF8, 0x88, 0x80, 0x80, 0x80], [0xFE], [0xFF],
        ] as [[UInt8]])
    func `an ill-formed sequence is found, alone and inside a JSON string`(_ bytes: [UInt8]) {
        #expect(UTF8Validation.sequenceLength(in: bytes, at: 0) == nil)
        #expect(UTF8Validation.firstInvalid(in: Array("é".utf8) + bytes) == 2)
        let error = parse(Array("\"é".utf8) + bytes + Array("\"".utf8)).error
        #expect(error?.reason == .invalidUTF8)
        #expect(error?.offset == 3)
    }

    @Test func `validation agrees with the standard library on random bytes`() {
        var random = SeededRandom.fromEnvironment()
        let leads: [UInt8] = [0x41, 0x80, 0x90, 0x9F, 0xA0, 0xBF, 0xC2, 0xE0, 0xED, 0xEF, 0xF0, 0xF4, 0xF5]
        for _ in 0..<20_000 {
            let bytes = (0..<Int.random(in: 0...6, using: &random)).map { _ in leads.randomElement(using: &random) ?? 0
            }
            let isValid = String(validating: bytes, as: UTF8.self) != nil
            #expect((UTF8Validation.firstInvalid(in: bytes) == nil) == isValid, "\(bytes)")
        }
    }
}
