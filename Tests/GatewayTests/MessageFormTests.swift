import Testing

@testable import Gateway

@Suite struct `A message in a form` {
    private static let boundary = "bound"

    private func part(_ name: String, _ content: String, file: String? = nil, type: String? = nil) -> String {
        let fileName = file.map { "; filename=\"\($0)\"" } ?? ""
        let line = type.map { "Content-Type: \($0)\r\n" } ?? ""
        return "--bound\r\nContent-Disposition: form-data; name=\"\(name)\"\(fileName)\r\n\(line)\r\n\(content)\r\n"
    }

    private func message(_ parts: [String], bytesMax: Int = 100) throws -> MessageContent {
        let boundary = try #require(
            MultipartBoundary(contentType: Array("multipart/form-data; boundary=bound".utf8)[...]))
        return try MessageContent(
            form: Array((parts.joined() + "--bound--\r\n").utf8), boundary, session: Array("s-1".utf8),
            filesBytesMax: bytesMax, place: nil)
    }

    private func refusal(_ parts: [String], bytesMax: Int = 100) -> Refusal? {
        do {
            _ = try message(parts, bytesMax: bytesMax)
            return nil
        } catch {
            return error as? Refusal
        }
    }

    @Test func `has a text and up to four files, wherever each stands`() throws {
        let files = (0..<MessageContent.attachmentsMax).map {
            part("file", "content \($0)", file: "\($0).txt", type: "Text/Plain; charset=utf-8")
        }
        let message = try message(
            files.prefix(2) + [part("message", "Here they are"), part("customer_id", "C-1")] + files.dropFirst(2))
        #expect(message.text.elementsEqual("Here they are".utf8) && message.session.elementsEqual("s-1".utf8))
        #expect(message.customerID?.elementsEqual("C-1".utf8) == true)
        #expect(message.attachments.count == 4)
        #expect(message.attachments[3].bytes.elementsEqual("content 3".utf8))
        #expect(message.attachments[3].name?.elementsEqual("3.txt".utf8) == true)
        #expect(message.attachments[3].mediaType?.elementsEqual("text/plain".utf8) == true)
        #expect(try self.message([part("message", "x")]).attachments.isEmpty)
        let five = refusal(files + [part("file", "5", file: "5.txt"), part("message", "x")])
        #expect(five?.detail == "form: wanted at most 4 files")
    }

    @Test func `without a text, with one twice, with another field or too many bytes is refused`() throws {
        let text = part("message", "x")
        for (parts, detail) in [
            ([part("file", "a", file: "a.txt")], "message"), ([part("message", "")], "message"),
            ([text, text], "each once"), ([text, part("session_id", "s-2")], "each once"),
            ([text, part("customer_id", String(repeating: "c", count: 65))], "customer_id"),
            ([text, part("customer_id", "")], "customer_id"),
        ] {
            let refusal = refusal(parts)
            #expect(refusal?.problem == .invalidBody && refusal?.detail?.contains(detail) == true, "\(parts)")
        }
        let half = part("file", String(repeating: "a", count: 50), file: "a.txt")
        #expect(try message([text, half, half]).attachments.count == 2)
        #expect(refusal([text, half, half, part("file", "b", file: "b.txt")])?.problem == .contentTooLarge)
    }
}
