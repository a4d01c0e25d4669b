import Foundation
import Testing

@testable import Agent

@Suite struct `the knowledge file` {
    private static let header = "id,question,answer,category,variants"

    private func file(_ rows: String) throws(AgentError) -> KnowledgeFile {
        try KnowledgeFile(Array((Self.header + "\n" + rows).utf8))
    }

    @Test(arguments: ["\n", "\r\n"])
    func `is read with either line end, quotes and variants`(end: String) throws {
        let rows = ["a,\"Why, \"\"so\"\"?\",\"one\(end)two\",C,v 1| v 2 ||", "b,Q?,A,,"]
        let file = try KnowledgeFile(Array(([Self.header] + rows).joined(separator: end).utf8))
        #expect(file.refused.isEmpty)
        #expect(file.passages.map { text($0.id) } == ["a", "b"])
        let first = try #require(file.passages.first)
        #expect(text(first.question) == "Why, \"so\"?")
        #expect(text(first.answer) == "one\(end)two")
        #expect(first.variants.map(text) == ["v 1", "v 2"])
        #expect(file.passages[1].variants.isEmpty && file.passages[1].category.isEmpty)
    }

    @Test(arguments: [
        "", "id,question,answer,category", "id,question,answer,category,variants,more", "\u{FEFF}" + header,
        "question,id,answer,category,variants", "ID,question,answer,category,variants", "\"id,question",
    ])
    func `with another header is refused whole`(header: String) {
        let error = #expect(throws: AgentError.self) { _ = try KnowledgeFile(Array((header + "\na,b,c,d,e\n").utf8)) }
        guard case .knowledgeHeader(_, let wanted) = error else {
            Issue.record("\(String(describing: error))")
            return
        }
        #expect(wanted == Self.header)
    }

    static let badRows: [(String, RefusedRow.Reason)] = [
        ("a,b,c,d", .columnCount(found: 4, wanted: 5)),
        ("a,b,c,d,e,f", .columnCount(found: 6, wanted: 5)),
        ("a,b\"c,d,e,f", .brokenQuotes),
        ("a,\"b\"c,d,e,f", .brokenQuotes),
        ("a,b,c,d,\"e", .brokenQuotes),
        ("a,b,c,d,e\rx", .brokenQuotes),
        ("a b,b,c,d,e", .badID),
        (",b,c,d,e", .badID),
        ("a,,c,d,e", .empty(field: "question")),
        ("a,b,  ,d,e", .empty(field: "answer")),
        ("a,b,c\u{0},d,e", .controlCharacter(field: "answer")),
        ("a,b\u{7F},c,d,e", .controlCharacter(field: "question")),
        ("good,b,c,d,e", .repeatedID(firstLine: 2)),
    ]

    @Test(arguments: badRows)
    func `loses a bad row and keeps the others`(row: String, reason: RefusedRow.Reason) throws {
        let file = try file("good,q,a,c,\n\(row)\nlast,q,a,c,\n")
        #expect(file.passages.map { text($0.id) } == ["good", "last"])
        #expect(file.refused == [RefusedRow(line: 3, reason: reason)])
        #expect(file.rowsRefused == 1)
        #expect(!file.refused[0].message.isEmpty)
    }

    @Test func `counts lines through line ends inside quotes`() throws {
        let file = try file("a,q,\"1\n2\n3\",c,\n\n\nbad,q\nb,q,a,c,\n")
        #expect(file.passages.count == 2)
        #expect(file.refused.map(\.line) == [7])
    }

    @Test func `refuses a row that is not UTF-8`() throws {
        var bytes = Array((Self.header + "\na,q,").utf8)
        bytes += [0xC3, 0x28] + Array(",c,\nb,q,a,c,\n".utf8)
        let file = try KnowledgeFile(bytes)
        #expect(file.refused == [RefusedRow(line: 2, reason: .invalidUTF8(field: "answer"))])
        #expect(file.passages.count == 1)
    }

    @Test func `bounds a field`() throws {
        let limit = AgentLimits.knowledgeFieldBytesMax
        for quote in ["", "\""] {
            let longest = quote + String(repeating: "x", count: limit) + quote
            let tooLong = quote + String(repeating: "x", count: limit + 1) + quote
            let file = try file("a,q,\(longest),c,\nb,q,\(tooLong),c,\nc,q,a,c,\n")
            #expect(file.passages.map { text($0.id) } == ["a", "c"])
            #expect(file.refused == [RefusedRow(line: 3, reason: .fieldTooLong(bytesMax: limit))])
        }
    }

    @Test func `bounds the id and the variants`() throws {
        let id = String(repeating: "i", count: AgentLimits.identifierBytesMax)
        let variantsMax = AgentLimits.phrasingsPerRowMax - 1
        let variants = Array(repeating: "v", count: variantsMax).joined(separator: "|")
        let file = try file("\(id),q,a,c,\(variants)\n\(id)i,q,a,c,\nb,q,a,c,\(variants)|v\n")
        #expect(file.passages.count == 1)
        #expect(file.refused.map(\.reason) == [.badID, .tooManyVariants(variantsMax: variantsMax)])
    }

    @Test func `bounds the bytes`() throws {
        var bytes = Array((Self.header + "\na,q,a,c,\n").utf8)
        bytes += Array(repeating: UInt8(ascii: "\n"), count: AgentLimits.knowledgeBytesMax - bytes.count)
        #expect(try KnowledgeFile(bytes).passages.count == 1)
        bytes.append(UInt8(ascii: "\n"))
        #expect(throws: AgentError.knowledgeTooLarge(bytesMax: AgentLimits.knowledgeBytesMax)) {
            _ = try KnowledgeFile(bytes)
        }
    }

    @Test func `bounds the rows and the refused rows that it lists`() throws {
        let limit = AgentLimits.knowledgeRowsMax
        let rows = "a,q,a,c,\n" + String(repeating: "a,q,a,c,\n", count: limit - 1)
        let file = try file(rows)
        #expect(file.rowsRefused == limit - 1)
        #expect(file.refused.count == AgentLimits.refusedRowsListedMax)
        #expect(throws: AgentError.knowledgeTooManyRows(rowsMax: limit)) { _ = try self.file(rows + "b,q,a,c,\n") }
    }

    @Test func `without a good row is refused with the reasons`() {
        #expect(throws: AgentError.knowledgeWithoutRows(refused: [RefusedRow(line: 2, reason: .badID)])) {
            _ = try file("!,q,a,c,\n")
        }
        #expect(throws: AgentError.knowledgeWithoutRows(refused: [])) { _ = try file("") }
    }

    @Test func `that ships is taken to the last row`() throws {
        let file = try KnowledgeFile(try shippedFAQ())
        #expect(file.passages.count == 106)
        #expect(file.rowsRefused == 0)
    }

    @Test func `is read to the end whatever bytes it is made of`() throws {
        var generator = SeededGenerator.announced("knowledge file")
        let alphabet = Array("a,\"|\n\r \u{0}\u{80}".utf8)
        for _ in 0..<500 {
            let count = Int.random(in: 0..<200, using: &generator)
            let body = (0..<count).map { _ in alphabet[Int.random(in: 0..<alphabet.count, using: &generator)] }
            var reader = CSVReader(body, fieldBytesMax: 64)
            var lastLine = 0
            while let record = reader.next() {
                #expect(reader.recordLine > lastLine)
                lastLine = reader.recordLine
                guard case .fields(let fields) = record else { continue }
                #expect(!fields.isEmpty)
            }
            #expect(lastLine <= 1 + body.count { $0 == 0x0A })
        }
    }
}
