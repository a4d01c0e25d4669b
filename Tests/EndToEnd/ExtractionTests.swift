import Foundation
import JSON
import Testing

/// `portcullis extract`, which looks into strangers' documents, with the sandbox that it looks in.
@Suite(.enabled(if: Place.options.isEmpty, "a sanitizer takes more memory and calls than an extraction may"))
struct `Taking text out of documents` {
    private static let documents = Task { () throws -> Scratch in
        let scratch = try Scratch()
        try await succeed(
            "python3", [Place.root.path + "/Tests/EndToEnd/Support/documents.py", scratch.file("documents")],
            scratch: scratch)
        return scratch
    }

    private func extract(_ name: String, as kind: String? = nil) async throws -> JSONNode {
        let scratch = try await Self.documents.value
        let finished = try await run(
            Place.binary, ["extract"] + (kind.map { ["--as", $0] } ?? []), scratch: scratch,
            input: contents(of: scratch.file("documents/\(name)")), within: .seconds(35))
        #expect(finished.status == 0, "\(name): \(finished.errors)")
        return try JSONParser.parse(finished.output)
    }

    /// Blocks as `type/level@page text`.
    private func lines(_ document: JSONNode) -> [String] {
        (document["blocks"]?.elements ?? []).map { block in
            let level = block["level"]?.integer.map { "/\($0)" } ?? ""
            let page = block["page"]?.integer.map { "@\($0)" } ?? ""
            return "\(block["type"]?.text ?? "")\(level)\(page) \(block["text"]?.text ?? "")"
        }
    }

    @Test func `a PDF gives headings by size, paragraphs whole, without margins and unreadably small letters`()
        async throws
    {
        let document = try await extract("good.pdf")
        #expect(document["title"]?.text == "Price list")
        #expect(
            lines(document).prefix(3) == [
                "heading/1@1 Card fees",
                "paragraph@1 The yearly fee is waived for students and for customers under 26.",
                "paragraph@1 Second paragraph here.",
            ])
        #expect(lines(document).count == 9)
    }

    @Test func `a DOCX gives headings by outline level in any language, lists and tables, without hidden text`()
        async throws
    {
        let document = try await extract("good.docx", as: "docx")
        #expect(document["title"]?.text == "Gebühren")
        #expect(
            lines(document) == [
                "heading/2 Karten", "paragraph Eine Karte kostet nichts.", "list_item Punkt",
                "table_row Konto | 0 Euro",
            ])
        #expect(lines(try await extract("elsewhere.docx")) == ["paragraph Small."])
    }

    @Test func `HTML gives what a reader sees`() async throws {
        let document = try await extract("good.html")
        #expect(document["title"]?.text == "Cards & fees")
        #expect(
            lines(document) == [
                "heading/2 Cards", "paragraph A card is free.", "list_item one", "list_item two",
                "table_row Account | Price", "table_row Basic | 0", "paragraph the end",
            ])
        #expect(lines(try await extract("latin.html")) == ["paragraph 5 € für Zoë"])
    }

    @Test func `Markdown gives its text without marks and HTML, and plain text its paragraphs`() async throws {
        let document = try await extract("good.md", as: "markdown")
        #expect(document["title"]?.text == "Cards")
        #expect(
            lines(document) == [
                "heading/1 Cards", "paragraph A card is free — really.", "list_item one", "list_item two",
                "table_row a | b", "table_row 1 | 2",
            ])
        #expect(lines(try await extract("plain.txt")) == ["paragraph One paragraph.", "paragraph Another."])
    }

    @Test(arguments: [
        ("encrypted.pdf", "password_protected"), ("broken.pdf", "broken"), ("header.pdf", "broken"),
        ("scan.pdf", "no_text"), ("pages.pdf", "too_much"), ("polyglot.pdf", "polyglot"), ("bomb.docx", "too_much"),
        ("entries.docx", "too_much"), ("laughs.docx", "broken"), ("outside.docx", "broken"), ("deep.docx", "broken"),
        ("deep.html", "too_much"), ("malformed.docx", "broken"), ("empty.docx", "unsupported"),
        ("truncated.docx", "broken"),
        ("old.doc", "unsupported"), ("program.pdf", "unsupported"), ("wide.txt", "unsupported"),
        ("latin.txt", "broken"), ("nothing.txt", "empty"), ("blank.txt", "no_text"), ("large.txt", "too_much"),
    ]) func `a document that cannot be read is refused with the reason`(name: String, reason: String) async throws {
        let document = try await extract(name)
        #expect(document["refused"]?.text == reason, "\(document)")
        #expect(document["blocks"] == nil)
    }

    @Test(arguments: ["loop.pdf", "huge-page.pdf", "nested.md", "brackets.md"])
    func `a document that is made to exhaust its reader comes to an end`(name: String) async throws {
        let document = try await extract(name, as: name.hasSuffix("md") ? "markdown" : nil)
        #expect((document["blocks"] == nil) != (document["refused"] == nil))
    }

    @Test func `what is not what it is said to be is refused`() async throws {
        let document = try await extract("good.docx", as: "pdf")
        #expect(document["refused"]?.text == "wrong_kind")
        #expect(document["kind"]?.text == "pdf")
        #expect(try await extract("plain.txt", as: "pdf")["refused"]?.text == "wrong_kind")
        #expect(try await extract("good.html", as: "docx")["refused"]?.text == "wrong_kind")
    }

    @Test func `an unknown kind is named`() async throws {
        let scratch = try Scratch()
        let finished = try await portcullis("extract", "--as", "xlsx", scratch: scratch)
        #expect(finished.status == 64)
        #expect(finished.errors.contains("wanted pdf, docx, html, markdown, text"), "\(finished.errors)")
    }

    @Test func `the gateway's helpers are there while it serves and go with it`() async throws {
        let gateway = try await GatewayProcess.start(try await Deployment.make())
        let helpers = Self.helpers(of: gateway.child.pid)
        #expect(helpers.count == 2)
        for helper in helpers {
            let status = String(decoding: contents(of: "/proc/\(helper)/status"), as: UTF8.self)
            #expect(status.contains("NoNewPrivs:\t1\n"))
        }
        gateway.child.signal(SIGKILL)
        try await gateway.child.wait()
        #expect(await eventually { helpers.allSatisfy { contents(of: "/proc/\($0)/cmdline").isEmpty } })
    }

    private static func helpers(of parent: Int32) -> [Int32] {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: "/proc")) ?? []
        return names.compactMap(Int32.init).filter { process in
            let status = String(decoding: contents(of: "/proc/\(process)/status"), as: UTF8.self)
            guard status.contains("PPid:\t\(parent)\n") else { return false }
            return occurs("extract\0--helper", in: contents(of: "/proc/\(process)/cmdline"))
        }
    }
}
