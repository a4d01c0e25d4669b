import Testing

@testable import Gateway

@Suite struct MultipartTests {
    private static let boundary = MultipartBoundary(bytes: Array("X-42".utf8))

    private func form(_ text: String, partBytesMax: Int = 1000) throws -> MultipartForm {
        try MultipartForm(Array(text.utf8), try #require(Self.boundary), partBytesMax: partBytesMax)
    }

    private static let whole =
        "--X-42\r\nContent-Disposition: form-data; name=\"name\"\r\n\r\nstatement\r\n--X-42  \r\n"
        + "content-disposition: FORM-DATA; NAME=file; filename=\"a \\\"b\\\" C:\\dir\\n.pdf\"\r\n"
        + "X-Other: is ignored\r\nContent-Type: application/pdf\r\nContent-Transfer-Encoding: binary\r\n\r\n"
        + "%PDF\r\n--X-4\r\r\n-\r\n--\r\n--X-42--\r\n"

    @Test func `a form is its parts, in their order, and what only looks like a boundary is content`() throws {
        let parts = try form(Self.whole).parts
        try #require(parts.count == 2)
        #expect(parts[0].head.name.elementsEqual("name".utf8) && parts[0].head.fileName == nil)
        #expect(parts[0].head.contentType == nil && parts[0].content.elementsEqual("statement".utf8))
        #expect(parts[1].head.name.elementsEqual("file".utf8))
        #expect(parts[1].head.fileName?.elementsEqual("a \"b\" C:\\dir\\n.pdf".utf8) == true)
        #expect(parts[1].head.contentType?.elementsEqual("application/pdf".utf8) == true)
        #expect(parts[1].content.elementsEqual("%PDF\r\n--X-4\r\r\n-\r\n--".utf8))
        #expect(try form("--X-42--").parts.isEmpty)
        let empty = try form("--X-42\r\nContent-Disposition: form-data; name=a\r\n\r\n\r\n--X-42--")
        #expect(empty.parts.map(\.content) == [[]])
    }

    @Test func `however the bytes are cut, the events are the same`() throws {
        let body = Array(Self.whole.utf8)
        let wanted = try form(Self.whole)
        for cut in 0...body.count {
            var parser = MultipartParser(try #require(Self.boundary), partBytesMax: 1000)
            #expect(try events([body[..<cut], body[cut...]], &parser) == wanted.parts)
        }
        var parser = MultipartParser(try #require(Self.boundary), partBytesMax: 1000)
        #expect(try events(body.indices.map { body[$0...$0] }, &parser) == wanted.parts)
    }

    private func events(
        _ pieces: [ArraySlice<UInt8>], _ parser: inout MultipartParser
    ) throws -> [MultipartForm.Part] {
        var parts: [MultipartForm.Part] = []
        var isOpen = false
        for piece in pieces {
            try parser.consume(piece) { event in
                switch event {
                case .part(let head):
                    #expect(!isOpen)
                    isOpen = true
                    parts.append(MultipartForm.Part(head: head, content: []))
                case .content(let bytes):
                    #expect(isOpen && !bytes.isEmpty)
                    parts[parts.count - 1].content += bytes
                case .partEnd:
                    #expect(isOpen)
                    isOpen = false
                }
            }
        }
        try parser.finish()
        return parts
    }

    private static let head = "Content-Disposition: form-data; name=a\r\n\r\n"

    @Test(arguments: [
        ("", MultipartFault.unfinished), ("--X-42", .unfinished), ("--X-42\r\n", .unfinished),
        ("\r\n--X-42--", .preamble), ("hello\r\n--X-42--", .preamble), ("--X-43--", .preamble),
        ("--X-42--\r\nmore", .epilogue), ("--X-42--\r", .epilogue), ("--X-42--\n", .epilogue),
        ("--X-42x\r\n", .badDelimiter), ("--X-42\n", .badDelimiter), ("--X-42-\r\n", .badDelimiter),
        ("--X-42 --", .badDelimiter), ("--X-42\r\r", .badDelimiter), ("--X-42- -", .badDelimiter),
        ("--X-42\r\n\(head)text\r\n--X-42more\r\n--X-42--", .badDelimiter),
        ("--X-42\r\n\(head)text\r\n--X-42-x", .badDelimiter),
        ("--X-42\r\n\(head)text", .unfinished), ("--X-42\r\n\(head)text\r\n--X-42", .unfinished),
        ("--X-42\r\n\r\ntext\r\n--X-42--", .badDisposition),
        ("--X-42\r\nContent-Disposition: form-data\r\n\r\n", .badDisposition),
        ("--X-42\r\nContent-Disposition: form-data; name=\"\"\r\n\r\n", .badDisposition),
        ("--X-42\r\nContent-Disposition: attachment; name=a\r\n\r\n", .badDisposition),
        ("--X-42\r\nContent-Disposition: form-data; name=a; name=b\r\n\r\n", .badDisposition),
        ("--X-42\r\nContent-Disposition: form-data; name=\"a\r\n\r\n", .badDisposition),
        ("--X-42\r\nContent-Disposition: form-data; name=a; filename*=UTF-8''b\r\n\r\n", .badDisposition),
        ("--X-42\r\nContent-Disposition: form-data; name=a\r\n\(head)", .badDisposition),
        ("--X-42\r\nContent-Disposition: form-data; name=a\r\nContent-Transfer-Encoding: base64\r\n\r\n", .encoded),
        ("--X-42\r\nContent-Type: a/b\r\nContent-Type: a/c\r\n\(head)", .badHeader),
        ("--X-42\r\nContent-Disposition: form-data;\r\n name=a\r\n\r\n", .badHeader),
        ("--X-42\r\nContent-Disposition : form-data; name=a\r\n\r\n", .badHeader),
        ("--X-42\r\nno header\r\n\r\n", .badHeader), ("--X-42\r\nA: b\n\r\n", .badHeader),
        ("--X-42\r\nA: b\rc\r\n", .badHeader), ("--X-42\r\nA: \u{1}\r\n\(head)", .badHeader),
    ])
    func `what two readers could take for two forms is a fault`(text: String, fault: MultipartFault) throws {
        #expect(throws: fault) { try form(text) }
        // Byte by byte it is the same fault, and stays it.
        var parser = MultipartParser(try #require(Self.boundary), partBytesMax: 1000)
        let body = Array(text.utf8)
        #expect(throws: fault) { try events(body.indices.map { body[$0...$0] }, &parser) }
    }

    @Test func `each bound holds, and one past it is a fault`() throws {
        let part = "\r\n--X-42"
        func parts(_ count: Int) -> String {
            "--X-42" + String(repeating: "\r\n\(Self.head)\(part)", count: count) + "--"
        }
        #expect(try form(parts(MultipartLimits.partsMax)).parts.count == MultipartLimits.partsMax)
        #expect(throws: MultipartFault.tooManyParts(partsMax: MultipartLimits.partsMax)) {
            try form(parts(MultipartLimits.partsMax + 1))
        }
        func padded(_ bytes: Int) -> String {
            let filling = bytes - Self.head.utf8.count - "F: \r\n".utf8.count
            return "--X-42\r\nF: \(String(repeating: "x", count: filling))\r\n\(Self.head)\(part)--"
        }
        #expect(try form(padded(MultipartLimits.headerBytesMax)).parts.count == 1)
        #expect(throws: MultipartFault.headerTooLarge(bytesMax: MultipartLimits.headerBytesMax)) {
            try form(padded(MultipartLimits.headerBytesMax + 1))
        }
        let ten = "--X-42\r\n\(Self.head)0123\r\n--89\(part)--"
        #expect(try form(ten, partBytesMax: 10).parts.count == 1)
        #expect(throws: MultipartFault.contentTooLarge(bytesMax: 9)) { try form(ten, partBytesMax: 9) }
        func blanks(_ count: Int) -> String {
            "--X-42\(String(repeating: " ", count: count))\r\n\(Self.head)\(part)--"
        }
        #expect(try form(blanks(MultipartLimits.paddingBytesMax)).parts.count == 1)
        #expect(throws: MultipartFault.badDelimiter) { try form(blanks(MultipartLimits.paddingBytesMax + 1)) }
    }

    @Test(arguments: [
        ("multipart/form-data; boundary=X-42", "X-42"), ("Multipart/Form-Data;boundary=\"a b\"; charset=utf-8", "a b"),
        ("multipart/form-data; boundary=\"\"", nil), ("multipart/form-data; boundary=\"a \"", nil),
        ("multipart/form-data", nil), ("multipart/mixed; boundary=a", nil), ("multipart/form-data; boundary=a b", nil),
        ("multipart/form-data; boundary=a; boundary=b", nil), ("multipart/form-data; boundary=a; other=b", nil),
        ("multipart/form-data; boundary=\"a\u{e9}\"", nil), ("multipart/form-data; boundary=\"a", nil),
    ])
    func `a boundary is read from Content-Type`(field: String, boundary: String?) {
        #expect(MultipartBoundary(contentType: Array(field.utf8)[...])?.bytes == boundary.map { Array($0.utf8) })
    }

    @Test func `a boundary has at most 70 characters`() {
        let longest = [UInt8](repeating: UInt8(ascii: "x"), count: MultipartLimits.boundaryBytesMax)
        #expect(MultipartBoundary(bytes: longest)?.bytes == longest)
        #expect(MultipartBoundary(bytes: longest + longest.prefix(1)) == nil)
    }
}
