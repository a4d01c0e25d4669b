import Magic
import Testing

@testable import Agent

@Suite struct DocumentInspectorTests {
    private let magic: Magic

    init() throws { magic = try Magic.load() }

    private func inspect(
        _ bytes: [UInt8], as declared: String?, allowed: Set<DocumentType> = Set(DocumentType.allCases)
    ) throws -> DocumentType {
        try DocumentInspector.inspect(
            bytes, declared: declared.map { Array($0.utf8) }, sniffed: try magic.mediaType(of: bytes.span),
            allowed: allowed
        ).type
    }

    static func pdf(_ more: String = "") -> [UInt8] {
        Array(
            """
            %PDF-1.4
            1 0 obj <</Type /Catalog /Pages 2 0 R>> endobj
            2 0 obj <</Type /Pages /Kids [] /Count 0>> endobj
            \(more)
            trailer <</Root 1 0 R>>
            startxref
            0
            %%EOF

            """.utf8)
    }

    static func png(_ more: [UInt8] = []) -> [UInt8] {
        func chunk(_ type: String, _ data: [UInt8]) -> [UInt8] {
            [0, 0, 0, UInt8(data.count)] + Array(type.utf8) + data + [1, 2, 3, 4]
        }
        return ImageRules.pngSignature + chunk("IHDR", [0, 0, 0, 1, 0, 0, 0, 1, 8, 0, 0, 0, 0])
            + chunk("tEXt", Array("Comment".utf8) + [0] + more) + chunk("IDAT", [1]) + chunk("IEND", [])
    }

    static func jpeg(_ more: [UInt8] = []) -> [UInt8] {
        [0xFF, 0xD8, 0xFF, 0xE0, 0, 16] + Array("JFIF".utf8) + [0, 1, 1, 0, 0, 1, 0, 1, 0, 0] + [0xFF, 0xFE]
            + [0, UInt8(2 + more.count)] + more + [0xFF, 0xDA, 0, 2, 1, 2, 3, 0xFF, 0xD9]
    }

    private static let docxType = DocumentType.docx.mediaType

    @Test func `what is what it says, or says nothing, is taken as what it is`() throws {
        let text = Array("# Dear bank\n\nmy address is new: <b>9 High Street</b>, café\n".utf8)
        let page = Array("<!DOCTYPE html><html><body>hi</body></html>".utf8)
        let taken: [([UInt8], String?, DocumentType)] = [
            (Self.pdf(), "application/pdf", .pdf), (Self.pdf(), nil, .pdf),
            (Self.pdf(), "application/octet-stream", .pdf), (Self.png(), "image/png", .png), (Self.png(), nil, .png),
            (Self.jpeg(), "image/jpeg", .jpeg), (Self.jpeg(), nil, .jpeg),
            (ZipWriter.docx(), Self.docxType, .docx), (ZipWriter.docx(), nil, .docx), (text, "text/plain", .text),
            (text, "text/markdown", .markdown), (text, "text/csv", .csv), (text, nil, .text),
            (page, "text/html", .html),
            (page, nil, .html), (page, "text/markdown", .markdown),
            (Array("{\"a\": 1}".utf8), "text/plain", .text), (Array("a,b\n1,2\n3,4\n".utf8), "text/csv", .csv),
            (Array("[section]\na=b\n".utf8), "text/plain", .text), (Array("ok".utf8), "text/plain", .text),
        ]
        for (bytes, declared, type) in taken { #expect(try inspect(bytes, as: declared) == type) }
    }

    @Test func `what is something else than it says is not taken`() throws {
        let text = Array("plain words\n".utf8)
        for (bytes, declared) in [
            (Self.pdf(), "image/png"), (Self.png(), "image/jpeg"), (text, "application/pdf"),
            (Self.pdf(), "text/plain"),
            (Array("<html><script>1</script></html>".utf8), "text/plain"), (ZipWriter.docx(), "application/pdf"),
        ] {
            #expect(throws: DocumentRefusal.typeMismatch) { try inspect(bytes, as: declared) }
        }
    }

    @Test func `what is not on the list is not taken, whatever it is called`() throws {
        let elf = [0x7F] + Array("ELF".utf8) + [2, 1, 1] + [UInt8](repeating: 0, count: 60)
        let program = Array("MZ".utf8) + [UInt8](repeating: 0, count: 200)
        let gzip: [UInt8] = [0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 3, 1, 2, 3]
        let compound: [UInt8] = [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1] + [UInt8](repeating: 0, count: 600)
        for bytes in [
            elf, program, gzip, compound, [UInt8](repeating: 0, count: 100), Array("GIF89a".utf8) + [1, 0, 1, 0],
        ] {
            for declared in [nil, "application/pdf", "text/plain"] {
                #expect(throws: DocumentRefusal.self) { try inspect(bytes, as: declared) }
            }
        }
        #expect(throws: DocumentRefusal.typeNotAllowed) { try inspect(Self.pdf(), as: "application/zip") }
        #expect(throws: DocumentRefusal.typeNotAllowed) { try inspect(Self.pdf(), as: nil, allowed: [.png, .docx]) }
        #expect(throws: DocumentRefusal.typeNotAllowed) {
            try inspect(ZipWriter.write([ZipWriter.File(name: "a.txt")]), as: nil)
        }
    }

    /// Found by the fuzzer.
    @Test func `what is empty is not taken, whatever it is called`() throws {
        for type in DocumentType.allCases {
            #expect(throws: DocumentRefusal.typeNotAllowed) {
                try DocumentInspector.inspect(
                    [], declared: Array(type.mediaType.utf8), sniffed: "text/plain", allowed: Set(DocumentType.allCases)
                )
            }
        }
    }

    @Test func `a file of two kinds is not taken`() throws {
        let zip = ZipWriter.docx()
        let html = Array("<html><script>alert(1)</script>".utf8)
        for bytes in [
            Self.pdf() + zip, Self.png() + zip, Self.jpeg() + zip, Self.png() + html, Self.jpeg() + html,
            Self.pdf() + html, Self.png(html), Self.jpeg(html), Self.png(Array("%PDF-1.4".utf8)),
            Self.jpeg(Array("%PDF-1.4".utf8)), Self.pdf("<HTML>"), zip + html, zip + Self.pdf(),
            zip + zip, Array("text\n".utf8) + zip,
            ZipWriter.write([
                ZipWriter.File(name: "%PDF-1.4"), ZipWriter.File(name: "[Content_Types].xml"),
                ZipWriter.File(name: "word/document.xml"),
            ]),
            ZipWriter.docx([ZipWriter.File(name: "WORD/document.xml")]),
            ZipWriter.docx([ZipWriter.File(name: "a.xml", localName: "b.xml")]),
        ] {
            #expect(throws: DocumentRefusal.self) { try inspect(bytes, as: nil) }
        }
    }

    @Test(arguments: [
        ("/Encrypt 5 0 R", DocumentRefusal.encrypted), ("/Encrypt<</V 4>>", .encrypted),
        ("/#45ncrypt 5 0 R", .encrypted), ("/OpenAction <</S /JavaScript /JS (app.alert(1))>>", .active),
        ("/S /J#61vaScript /J#53 6 0 R", .active), ("/S /Launch /F (cmd)", .active), ("/EmbeddedFiles 7 0 R", .active),
        ("/XFA [1]", .active),
    ])
    func `an encrypted or active PDF is not taken`(object: String, refusal: DocumentRefusal) throws {
        #expect(throws: refusal) { try inspect(Self.pdf("9 0 obj <<\(object)>> endobj"), as: "application/pdf") }
    }

    @Test(arguments: ["/EncryptMetadata", "/JSON 1 0 R", "/Type /Launcher 1", "(see /JS)", "/JS"])
    func `a PDF that only looks so is taken`(object: String) throws {
        #expect(try inspect(Self.pdf("9 0 obj \(object) endobj"), as: "application/pdf") == .pdf)
    }

    @Test func `a document that is cut short is not taken, wherever`() throws {
        for whole in [Self.pdf(), Self.png(), Self.jpeg(), ZipWriter.docx()] {
            for count in stride(from: 1, to: whole.count - 2, by: 7) {
                // A prefix that is text by itself says so: it is not taken as what it was.
                let type = try? inspect(Array(whole[..<count]), as: nil)
                #expect(type == nil || type == .text, "\(count) bytes")
            }
        }
    }

    @Test func `a DOCX with macros, a password, bad names or a bomb is not taken`() throws {
        func refusal(_ files: [ZipWriter.File]) -> DocumentRefusal? {
            do throws(DocumentRefusal) {
                try DOCXRules.check(ZipWriter.docx(files))
                return nil
            } catch { return error }
        }
        #expect(refusal([]) == nil)
        #expect(refusal([ZipWriter.File(name: "word/media/image1.png")]) == nil)
        #expect(refusal([ZipWriter.File(name: "word/media/")]) == nil)
        #expect(refusal([ZipWriter.File(name: "word/vbaProject.bin")]) == .active)
        #expect(refusal([ZipWriter.File(name: "word/activeX/activeX1.xml")]) == .active)
        #expect(refusal([ZipWriter.File(name: "word/embeddings/oleObject1.bin")]) == .active)
        #expect(refusal([ZipWriter.File(name: "a", flags: 1)]) == .encrypted)
        #expect(refusal([ZipWriter.File(name: "a", flags: 0x40)]) == .encrypted)
        #expect(refusal([ZipWriter.File(name: "a", method: 14)]) == .malformed)
        for name in ["../a", "/a", "a//b", "a/../b", "a\\b", "C:a", "", "a/./b", "a\u{0}b"] {
            #expect(refusal([ZipWriter.File(name: name)]) == .pathName, "\(name)")
        }
        let size = ZipWriter.docx([ZipWriter.File(name: "a", method: 8, unpackedBytes: 0)]).count
        let allowed = size * AgentLimits.zipRatioMax - 12
        #expect(refusal([ZipWriter.File(name: "a", method: 8, unpackedBytes: allowed)]) == nil)
        #expect(refusal([ZipWriter.File(name: "a", method: 8, unpackedBytes: allowed + 1)]) == .unpacksTooLarge)
        let many = (0..<AgentLimits.zipEntriesMax - 3).map { ZipWriter.File(name: "\($0)") }
        #expect(refusal(many) == nil)
        #expect(refusal(many + [ZipWriter.File(name: "x")]) == .unpacksTooLarge)
    }

    @Test func `files of an archive that share their bytes are a bomb`() throws {
        // The same local file under two entries.
        let one = ZipWriter.File(name: "[Content_Types].xml")
        var bytes = ZipWriter.write([one])
        let end = bytes.suffix(22)
        bytes.removeLast(22)
        let size = Int(end[end.startIndex + 12]), start = Int(end[end.startIndex + 16])
        let entry = bytes[start...]
        bytes += Array(entry) + ZipWriter.end(2, 2 * size, start)
        #expect(throws: DocumentRefusal.unpacksTooLarge) { try ZipDirectory(bytes) }
    }

    @Test func `a text with controls or that is no UTF-8 is not taken`() throws {
        for bytes: [UInt8] in [[0x61, 0xFF, 0x62], [0x61, 0x1B, 0x5B], [0x61, 0x7F]] {
            #expect(throws: DocumentRefusal.self) { try inspect(bytes, as: "text/plain") }
        }
    }

    @Test func `no bytes at all make the rules stumble`() throws {
        var generator = SeededGenerator.announced("inspector")
        let seeds = [Self.pdf("9 0 obj <</A#4 /B>> endobj"), Self.png(), Self.jpeg(), ZipWriter.docx()]
        for _ in 0..<400 {
            var bytes = seeds.randomElement(using: &generator) ?? []
            for _ in 0..<Int.random(in: 1...6, using: &generator) {
                switch Int.random(in: 0...2, using: &generator) {
                case 0:
                    bytes[Int.random(in: bytes.indices, using: &generator)] = UInt8.random(
                        in: 0...255, using: &generator)
                case 1: bytes.removeLast(Int.random(in: 0..<min(40, bytes.count), using: &generator))
                default:
                    bytes += (0..<Int.random(in: 1...30, using: &generator)).map { _ in
                        .random(in: 0...255, using: &generator)
                    }
                }
                if bytes.isEmpty { bytes = [0] }
            }
            _ = try? inspect(bytes, as: nil)
            _ = try? ZipDirectory(bytes)
            _ = try? PDFRules.check(bytes)
            for isPNG in [true, false] where bytes.count > 8 { _ = try? ImageRules.check(bytes, isPNG: isPNG) }
        }
    }
}
