import JSON
import Redaction
import Testing

@testable import Gateway

@Suite struct `Printing what was redacted` {
    /// What is printed of `text` in pieces of `pieceBytes`.
    private func json(_ text: String, pieceBytes: Int) throws -> [JSONNode] {
        var stream = RedactionStream(Redactor(), stepBytes: 256, isExplaining: true)
        var printer = RedactionPrinter(.json, isColored: false, file: "f")
        var vault = Vault()
        var printed: [UInt8] = []
        let bytes = Array(text.utf8)
        for start in stride(from: 0, to: bytes.count, by: pieceBytes) {
            let piece = Array(bytes[start..<min(bytes.count, start + pieceBytes)])
            let output = try stream.feed(piece, into: &vault)
            printer.see(piece)
            printer.take(output, stream.takeFindings())
            printed += printer.takeText()
            printer.forget(before: stream.settledOffset)
        }
        let rest = try stream.finish(into: &vault)
        printer.take(rest, stream.takeFindings())
        printer.finish()
        printed += printer.takeText()
        return try printed.split(separator: 0x0A).map { try JSONParser.parse(Array($0)) }
    }

    @Test(arguments: [1, 700, 100_000])
    func `keeps a value of several lines in one object, and counts its lines`(pieceBytes: Int) throws {
        let filler = String(repeating: "a quiet line of words\n", count: 300)
        let text = filler + "card 4111 1111\n1111 1111\n" + filler + "jane@example.org\n"
        let lines = try json(text, pieceBytes: pieceBytes)
        #expect(lines.count == 300 + 1 + 300 + 1)
        let card = lines[300]
        #expect(card["text"]?.text == "card **** ****\n**** 1111" && card["line"]?.integer == 301)
        #expect(lines[301]["line"]?.integer == 303)
        let mail = try #require(lines[601]["findings"]?.elements?.first)
        #expect(mail["line"]?.integer == 603 && mail["column"]?.integer == 1)
        #expect(mail["byte_start"]?.integer == Int64(text.utf8.count - 17))
        #expect(lines[601]["byte_start"]?.integer == Int64(text.utf8.count - 17))
    }

    @Test func `ends an object within a line past its bound, between characters`() throws {
        let text = String(repeating: "é", count: RedactionPrinter.lineBytesMax)
        let lines = try json(text, pieceBytes: 10_000)
        #expect(lines.count == 2 && lines.allSatisfy { $0["line"]?.integer == 1 })
        #expect(lines.compactMap { $0["text"]?.text }.joined() == text)
        #expect(lines[1]["byte_start"]?.integer == Int64(RedactionPrinter.lineBytesMax))
    }

    @Test func `an index of lines forgets no line that is still asked for`() {
        var index = LineIndex()
        index.add(Array("a\nbc\n\nd".utf8))
        #expect(index.position(of: 0) == (1, 1) && index.position(of: 1) == (1, 2))
        #expect(index.position(of: 2) == (2, 1) && index.position(of: 5) == (3, 1) && index.position(of: 6) == (4, 1))
        index.forget(before: 3)
        #expect(index.position(of: 3) == (2, 2) && index.position(of: 6) == (4, 1))
        index.add(Array("e\nf".utf8))
        index.forget(before: 9)
        #expect(index.position(of: 9) == (5, 1))
    }
}
