import OpenSSL
import Testing

@testable import Agent

@Suite struct DocumentToolTests {
    private let directory: TemporaryDirectory
    private let store: DocumentStore
    private let principal = PrincipalKey(issuer: [1], subject: [2])

    private struct Reader: DocumentTextReader {
        func text(of bytes: [UInt8], as type: DocumentType) async throws(ExtractionError) -> [UInt8] {
            guard type != .png else { throw .unsupported(found: "an image") }
            guard !bytes.starts(with: "gone".utf8) else { throw .unavailable(reason: "/srv/secret") }
            return Array("text: ".utf8) + bytes
        }
    }

    init() throws {
        directory = try TemporaryDirectory()
        let key = ContentKeyEncryptionKey(SecretBytes(copying: [UInt8](repeating: 1, count: 32)))
        store = try DocumentStore.open(
            directory.path, keyring: try ContentKeyring.open(path: directory.file("keys.db"), key: key),
            bounds: DocumentBounds(bytesMax: 10_000, ownerBytesMax: 12_000, totalBytesMax: 100_000))
    }

    private var tools: DocumentTools { DocumentTools(store: store, reader: Reader()) }

    private func context(customer: String?, session: String? = "session-1") throws -> ToolContext {
        ToolContext(
            principal: principal, sessionID: try session.map { try SessionID(clean($0)) }, requestID: [9], callID: [8],
            customer: customer.map {
                VerifiedCustomer(reference: Array($0.utf8), account: Array("1001".utf8), holder: Array("ada".utf8))
            }, original: { $0 })
    }

    private func staged(_ content: String) async throws -> Document {
        try await store.put(
            DocumentDraft(
                owner: .session(principal, try SessionID(clean("session-1"))), name: Array("letter.txt".utf8),
                inspected: InspectedContent(Array(content.utf8), .text))
        ).document
    }

    private func call(
        _ tool: AssistantTool, _ id: [UInt8]? = nil, customer: String? = "anna", session: String? = "session-1"
    ) async throws -> String {
        let arguments = ToolArguments(id.map { ["document_id": .text($0)] } ?? [:])
        return text(try await tools.run(tool, arguments, in: try context(customer: customer, session: session)).json)
    }

    @Test func `carries out the four, and says which of them change something`() {
        let effects = Dictionary(uniqueKeysWithValues: tools.descriptions.map { ($0.tool, $0.hasEffect) })
        #expect(
            effects == [
                .createCustomerFolder: true, .uploadDocument: true, .retrieveDocument: false, .archiveDocument: true,
            ])
    }

    @Test func `what was sent before the customer was known is filed once they are, and once only`() async throws {
        let letter = try await staged("my new address")
        let session = try await call(.retrieveDocument, letter.id, customer: nil)
        #expect(session.contains("letter.txt") && session.contains("text: my new address"))
        for tool in [AssistantTool.uploadDocument, .createCustomerFolder, .archiveDocument] {
            await #expect(throws: ToolError.notVerified) { try await call(tool, letter.id, customer: nil) }
        }
        #expect(try await call(.createCustomerFolder) == #"{"documents":[]}"#)
        let filed = try await call(.uploadDocument, letter.id)
        #expect(try await call(.uploadDocument, letter.id) == filed)
        let anna = DocumentOwner.customer(reference: Array("anna".utf8))
        let documents = try await store.list(of: anna, withArchived: true)
        #expect(documents.count == 1)
        let found = try #require(documents.first)
        #expect(filed.contains(text(found.id)) && found.id != letter.id)

        // In another conversation the customer finds it, and another customer does not.
        #expect(try await call(.retrieveDocument, found.id, session: "session-2").contains("letter.txt"))
        for tool in [AssistantTool.retrieveDocument, .archiveDocument] {
            await #expect(throws: ToolError.notFound) { try await call(tool, found.id, customer: "berta") }
        }
        await #expect(throws: ToolError.notFound) { try await call(.uploadDocument, letter.id, session: "session-2") }
        await #expect(throws: ToolError.notFound) { try await call(.uploadDocument, letter.id, session: nil) }
        #expect(try await call(.archiveDocument, found.id).contains("\"archived\""))
        #expect(try await call(.archiveDocument, found.id).contains("\"archived\""))
    }

    @Test func `of a single document it is said how it begins, and of one without a text why not`() async throws {
        _ = try await staged("my new address")
        let found = try await tools.run(.retrieveDocument, ToolArguments([:]), in: try context(customer: nil))
        #expect(text(found.sentence) == "The document letter.txt begins: text: my new address")
        for (content, type, reason) in [
            ("photo", DocumentType.png, "it is an image; wanted PDF, DOCX, HTML, Markdown or text"),
            ("gone", .text, "it cannot be read at the moment; try again later"),
        ] {
            let document = try await store.put(
                DocumentDraft(
                    owner: .customer(reference: Array("anna".utf8)), name: nil,
                    inspected: InspectedContent(Array(content.utf8), type))
            ).document
            let json = try await call(.retrieveDocument, document.id)
            #expect(json.contains(#""unreadable":"\#(reason)"#) && !json.contains("excerpt"), "\(json)")
        }
        let list = try await tools.run(.retrieveDocument, ToolArguments([:]), in: try context(customer: "anna"))
        #expect(text(list.sentence).hasPrefix("There are 3 documents: "))
    }

    @Test func `a text is taken out of every kind but images`() {
        let kinds = DocumentType.allCases.map(\.extracted)
        #expect(kinds == [.pdf, .docx, .text, .markdown, .html, .text, nil, nil])
    }

    @Test func `a result is bounded, whatever the documents are`() async throws {
        let long = try await staged(String(repeating: "é", count: 4_000))
        let json = try await call(.retrieveDocument, long.id)
        #expect(json.utf8.count < AgentLimits.toolResultBytesMax)
        #expect(!json.contains("\u{FFFD}"))
        for number in 0..<30 {
            _ = try await store.put(
                DocumentDraft(
                    owner: .customer(reference: Array("anna".utf8)),
                    name: Array("\(number)\(String(repeating: "n", count: 200)).txt".utf8),
                    inspected: InspectedContent([UInt8(number)], .text)))
        }
        let list = try await call(.retrieveDocument)
        #expect(list.utf8.count < AgentLimits.toolResultBytesMax)
    }

    @Test func `what does not fit, and an argument that is missing, is said so`() async throws {
        let letter = try await staged(String(repeating: "a", count: 10_000))
        _ = try await store.put(
            DocumentDraft(
                owner: .customer(reference: Array("anna".utf8)), name: nil,
                inspected: InspectedContent([UInt8](repeating: 7, count: 3_000), .text)))
        await #expect(throws: ToolError.tooLarge(detail: "a customer may have 12000 bytes of documents")) {
            try await call(.uploadDocument, letter.id)
        }
        await #expect(throws: ToolError.self) { try await call(.uploadDocument) }
        await #expect(throws: ToolError.self) { try await call(.transactionHistory) }
    }
}
