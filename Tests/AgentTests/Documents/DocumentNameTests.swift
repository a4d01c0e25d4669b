import Testing

@testable import Agent

@Suite struct DocumentNameTests {
    @Test(arguments: [
        ("statement.pdf", "statement.pdf"), ("Kontoauszug März.PDF", "Kontoauszug März.pdf"), (nil, "document.pdf"),
        ("", "document.pdf"), (".", "document.pdf"), ("..", "document.pdf"), ("../../etc/passwd", "passwd.pdf"),
        ("C:\\Users\\anna\\a.pdf", "a.pdf"), ("/etc/", "document.pdf"), (".hidden.pdf", "hidden.pdf"),
        ("-rf.pdf", "rf.pdf"), ("a.pdf.exe", "a.pdf.exe.pdf"), ("invoice\u{202E}fdp.exe", "invoicefdp.exe.pdf"),
        ("a\u{0}b\r\nc.pdf", "abc.pdf"), ("a\u{200B}\u{FEFF}b.pdf", "ab.pdf"), ("  a   b .pdf", "a b .pdf"),
        ("con.pdf", "_con.pdf"), ("COM1.backup.pdf", "_COM1.backup.pdf"), ("com10.pdf", "com10.pdf"),
        ("a<b>c:d\"e|f?g*.pdf", "a_b_c_d_e_f_g_.pdf"), (".pdf", "pdf.pdf"), ("pdf", "pdf.pdf"), ("a.pdf. . ", "a.pdf"),
        ("\u{E000}\u{10FFFF}", "document.pdf"),
    ])
    func `a name is made harmless`(raw: String?, name: String) {
        #expect(text(DocumentName(raw.map { Array($0.utf8) }, of: .pdf).bytes) == name)
    }

    @Test func `bytes that are no UTF-8 make a name as well`() {
        #expect(text(DocumentName([0xFF, 0x61], of: .pdf).bytes) == "\u{FFFD}a.pdf")
    }

    @Test func `a name has at most 120 bytes, whole characters, and keeps its ending`() {
        let longest = String(repeating: "a", count: AgentLimits.documentNameBytesMax - 4)
        #expect(text(DocumentName(Array((longest + ".pdf").utf8), of: .pdf).bytes) == longest + ".pdf")
        #expect(text(DocumentName(Array((longest + "b.pdf").utf8), of: .pdf).bytes) == longest + ".pdf")
        let wide = text(DocumentName(Array((String(repeating: "é", count: 100) + ".pdf").utf8), of: .pdf).bytes)
        #expect(wide == String(repeating: "é", count: 58) + ".pdf")
    }

    @Test func `made harmless twice it is the same`() {
        var generator = SeededGenerator.announced("names")
        let parts = ["a", ".", "/", " ", "\u{202E}", "con", "pdf", "é", "\u{0}", "-", "\u{301}", ":", "x.pdf"]
        for _ in 0..<500 {
            let raw = (0..<Int.random(in: 0...12, using: &generator)).map { _ in
                parts.randomElement(using: &generator) ?? ""
            }.joined()
            let once = DocumentName(Array(raw.utf8), of: .pdf)
            #expect(DocumentName(once.bytes, of: .pdf) == once, "\(raw.debugDescription)")
            #expect(!once.bytes.contains(UInt8(ascii: "/")) && once.bytes.first != UInt8(ascii: "."))
        }
    }
}
