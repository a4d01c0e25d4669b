import Foundation
import JSON
import Testing
import WireClient

@testable import Gateway

@Suite struct DocumentPipelineTests {
    private let gateway: TestGateway

    init() async throws {
        gateway = try await TestGateway { folder in
            let key = folder + "/certs/content.key"
            #expect(
                FileManager.default.createFile(
                    atPath: key, contents: Data((String(repeating: "A", count: 43) + "=\n").utf8),
                    attributes: [.posixPermissions: 0o600]))
        }
    }

    private static let pdf = """
        %PDF-1.4
        1 0 obj <</Type /Catalog>> endobj
        trailer <</Root 1 0 R>>
        startxref
        0
        %%EOF

        """

    private func upload(
        _ body: String, as type: String, query: String = "", token: String
    ) async throws -> WireReply {
        try await gateway.send("POST", "/v1/documents" + query, token: token, body: body, type: type)
    }

    private func json(_ reply: WireReply) throws -> JSONNode { try JSONParser.parse(reply.body) }

    @Test func `a document is kept, listed, fetched and archived, and each change is on record before its answer`()
        async throws
    {
        let token = try gateway.token("customer")
        let stored = try await upload(
            Self.pdf, as: "application/pdf", query: "?name=..%2Fkontoauszug%20m%C3%A4rz.pdf", token: token)
        #expect(stored.status == 201)
        let document = try json(stored)
        let id = try #require(document["id"]?.text)
        #expect(stored.fields["location"] == "/v1/documents/\(id)")
        #expect(document["name"]?.text == "kontoauszug märz.pdf" && document["type"]?.text == "application/pdf")
        #expect(document["bytes"]?.integer == Int64(Self.pdf.utf8.count) && document["version"]?.integer == 1)

        let records = try gateway.records()
        let begin = try #require(
            records.firstIndex { $0.contains("\"request.begin\"") && $0.contains("/v1/documents") })
        let change = try #require(records.firstIndex { $0.contains("\"document.change\"") })
        let end = try #require(records.lastIndex { $0.contains("\"request.end\"") && $0.contains("/v1/documents") })
        #expect(begin < change && change < end)
        let record = try #require(try JSONParser.parse(Array(records[change].utf8))["document"])
        #expect(record["action"]?.text == "store" && record["id"]?.text == id && record["digest"]?.text?.count == 64)
        #expect(!records.contains { $0.contains("kontoauszug") })

        let again = try await upload(
            Self.pdf, as: "application/pdf", query: "?name=kontoauszug%20m%C3%A4rz.pdf", token: token)
        #expect(try again.status == 200 && json(again)["id"]?.text == id)

        let fetched = try await gateway.send("GET", "/v1/documents/\(id)", token: token)
        #expect(fetched.status == 200 && fetched.body.elementsEqual(Self.pdf.utf8))
        #expect(fetched.fields["content-type"] == "application/pdf")
        #expect(
            fetched.fields["content-disposition"] == "attachment; filename*=UTF-8''kontoauszug%20m%C3%A4rz.pdf")
        #expect(fetched.fields["x-content-type-options"] == "nosniff")

        let list = try await gateway.send("GET", "/v1/documents", token: token)
        #expect(try json(list)["documents"]?.elements?.map { $0["id"]?.text } == [id])
        let archived = try await gateway.send("POST", "/v1/documents/\(id)/archive", token: token)
        #expect(try archived.status == 200 && json(archived)["state"]?.text == "archived")
        let empty = try await gateway.send("GET", "/v1/documents", token: token)
        #expect(try json(empty)["documents"]?.elements?.isEmpty == true)
        let all = try await gateway.send("GET", "/v1/documents?archived=true", token: token)
        #expect(try json(all)["documents"]?.elements?.count == 1)
    }

    @Test func `a form brings a document as well`() async throws {
        let token = try gateway.token("customer")
        let form =
            "--b\r\nContent-Disposition: form-data; name=\"customer\"\r\n\r\nC-77\r\n"
            + "--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"note.txt\"\r\n"
            + "Content-Type: text/plain\r\n\r\nplease change my address\r\n--b--\r\n"
        let stored = try await upload(form, as: "multipart/form-data; boundary=b", token: token)
        #expect(stored.status == 201)
        let id = try #require(try json(stored)["id"]?.text)
        let fetched = try await gateway.send("GET", "/v1/documents/\(id)?customer=C-77", token: token)
        #expect(fetched.status == 200 && fetched.body.elementsEqual("please change my address".utf8))
        // Without the customer, or with another, there is no such document.
        for query in ["", "?customer=C-78", "?session_id=session-1"] {
            let other = try await gateway.send("GET", "/v1/documents/\(id)\(query)", token: token)
            #expect(other.status == 404, "\(query)")
        }
        // Nor for anybody else.
        let other = try await gateway.send(
            "GET", "/v1/documents/\(id)?customer=C-77", token: try gateway.token("customer", subject: "mallory"))
        #expect(other.status == 404)
    }

    @Test(arguments: [
        ("--b\r\nContent-Disposition: form-data; name=a\r\n\r\nx\r\n--b--", 400, "multipart"),
        ("--b\r\nContent-Disposition: form-data; name=name\r\n\r\nx\r\n--b--", 400, "multipart"),
        ("not a form", 400, "multipart"),
        (
            "--b\r\nContent-Disposition: form-data; name=a; filename=a\r\n\r\nx\r\n"
                + "--b\r\nContent-Disposition: form-data; name=b; filename=b\r\n\r\nx\r\n--b--", 400, "multipart"
        ),
        (
            "--b\r\nContent-Disposition: form-data; name=customer\r\n\r\nC-1\r\n--b\r\nContent-Disposition: form-data; "
                + "name=session_id\r\n\r\nsession-1\r\n--b\r\nContent-Disposition: form-data; name=a; filename=a\r\n\r\nx\r\n"
                + "--b--", 400, "query"
        ),
    ])
    func `a form that is none or has something else is refused`(form: String, status: Int, reason: String) async throws
    {
        let reply = try await upload(form, as: "multipart/form-data; boundary=b", token: try gateway.token("customer"))
        #expect(reply.status == status)
        #expect(try gateway.record(of: reply).steps.last?.hasSuffix(":\(reason)") == true)
    }

    @Test(arguments: [
        ("application/pdf", "plain words", 415, "document_type_mismatch"),
        ("text/plain", "%PDF-1.4", 415, "document_type_mismatch"),
        ("text/html", "<html><body>hi</body></html>", 415, "document_type"),
        ("application/x-sh", "#!/bin/sh\n", 415, "document_type"),
        ("application/pdf", "%PDF-1.4\n1 0 obj <</Encrypt 2 0 R>>\n%%EOF\n", 400, "document_encrypted"),
        ("application/pdf", "%PDF-1.4\n1 0 obj <</JavaScript (x)>>\n%%EOF\n", 400, "document_active"),
        ("application/pdf", "%PDF-1.4\n%%EOF\n<html>", 400, "document_polyglot"),
        ("application/pdf", "%PDF-1.4\n", 400, "document_malformed"), ("text/plain", "", 400, "document_empty"),
    ])
    func `what is not taken is refused with its reason`(
        type: String, body: String, status: Int, reason: String
    ) async throws {
        let reply = try await upload(body, as: type, token: try gateway.token("customer"))
        #expect(reply.status == status)
        #expect(reply.fields["content-type"] == "application/problem+json")
        #expect(try gateway.record(of: reply).steps.last == "answer:deny:\(reason)")
        let list = try await gateway.send("GET", "/v1/documents", token: try gateway.token("customer"))
        #expect(try json(list)["documents"]?.elements?.isEmpty == true)
    }

    @Test(arguments: [
        "?other=1", "?name=", "?customer=a&session_id=session-1", "?customer=a&customer=b", "?customer=a%20b",
        "?customer=anna%40example.com", "?session_id=short", "?version=1",
    ])
    func `a query that says something else is refused`(query: String) async throws {
        let reply = try await upload("words", as: "text/plain", query: query, token: try gateway.token("customer"))
        #expect(reply.status == 400)
    }

    @Test func `who may erase makes all of an owner's documents unreadable, and only theirs`() async throws {
        let token = try gateway.token("agent")
        var ids: [String: String] = [:]
        for customer in ["C-1", "C-2"] {
            let stored = try await upload("words", as: "text/plain", query: "?customer=\(customer)", token: token)
            ids[customer] = try json(stored)["id"]?.text
        }
        let denied = try await gateway.send(
            "DELETE", "/v1/documents?customer=C-1", token: try gateway.token("customer"))
        #expect(denied.status == 403)
        for _ in 0..<2 {
            let erased = try await gateway.send("DELETE", "/v1/documents?customer=C-1", token: token)
            #expect(erased.status == 200)
        }
        for (customer, status) in [("C-1", 404), ("C-2", 200)] {
            let id = try #require(ids[customer])
            let found = try await gateway.send("GET", "/v1/documents/\(id)?customer=\(customer)", token: token)
            #expect(found.status == status, "\(customer)")
        }
        #expect(try gateway.records().contains { $0.contains(#""document":{"action":"erase"}"#) })
        let files = try FileManager.default.contentsOfDirectory(atPath: gateway.folder + "/var/documents/files")
        #expect(files.count == 1)
    }

    @Test func `only who may write writes, and who may read reads`() async throws {
        let auditor = try gateway.token("auditor")
        #expect(try await upload("words", as: "text/plain", token: auditor).status == 403)
        #expect(try await gateway.send("GET", "/v1/documents", token: auditor).status == 403)
        #expect(try await gateway.send("GET", "/v1/documents").status == 401)
    }
}

@Suite struct DocumentSettingsTests {
    @Test func `without a key there are no documents, and a gateway says so`() async throws {
        let gateway = try await TestGateway()
        let reply = try await gateway.send("GET", "/v1/documents", token: try gateway.token("customer"))
        #expect(reply.status == 503)
        #expect(try gateway.record(of: reply).steps.last == "answer:error:documents_off")
    }

    @Test func `a document has at most so many bytes, alone and in a form`() async throws {
        let gateway = try await TestGateway(settings: [("bytes_max: 10485760", "bytes_max: 1024")]) { folder in
            #expect(
                FileManager.default.createFile(
                    atPath: folder + "/certs/content.key",
                    contents: Data((String(repeating: "A", count: 43) + "=\n").utf8),
                    attributes: [.posixPermissions: 0o600]))
        }
        let token = try gateway.token("customer")
        func send(_ body: String, _ type: String) async throws -> Int {
            try await gateway.send("POST", "/v1/documents", token: token, body: body, type: type).status
        }
        let text = String(repeating: "a", count: 1024)
        #expect(try await send(text, "text/plain") == 201)
        #expect(try await send(text + "b", "text/plain") == 413)
        let head = "--b\r\nContent-Disposition: form-data; name=f; filename=f\r\n\r\n"
        #expect(try await send(head + text + "\r\n--b--", "multipart/form-data; boundary=b") == 201)
        #expect(try await send(head + text + "b\r\n--b--", "multipart/form-data; boundary=b") == 413)
    }

    @Test func `uploads at once are bounded`() throws {
        let places = UploadPlaces()
        var held: [UploadPlace] = []
        for _ in 0..<UploadPlaces.countMax { held.append(try #require(places.take())) }
        #expect(places.take() == nil)
        held.removeLast()
        #expect(places.take() != nil)
    }
}
