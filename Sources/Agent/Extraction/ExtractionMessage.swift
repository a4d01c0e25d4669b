internal import JSON

/// What the process of one extraction says to who started it: the text, or why there is none.
///
/// ```json
/// {"kind":"pdf","title":"Fees","blocks":[{"type":"heading","level":1,"page":1,"text":"Cards"},{"type":"paragraph","page":1,"text":"No fee."}]}
/// {"refused":"too_much","what":"pages","max":2000}
/// ```
///
/// The reader of a hostile document may have been taken over by it, so what it says is a stranger's: strict, bounded.
enum ExtractionMessage {
    /// The message for a text.
    static func encode(_ text: ExtractedText) -> [UInt8] {
        var json = JSONWriter(capacity: 4096)
        json.object { json in
            json.member("kind", text.kind.rawValue)
            json.member("title", text.title)
            json.name("blocks")
            json.array { json in
                for block in text.blocks {
                    json.object { json in
                        json.member("type", name(of: block.kind))
                        if case .heading(let level) = block.kind { json.member("level", level) }
                        if let page = block.page { json.member("page", page) }
                        json.member("text", block.text)
                    }
                }
            }
        }
        return json.bytes
    }

    /// The message for an error.
    static func encode(_ error: ExtractionError) -> [UInt8] {
        var json = JSONWriter()
        json.object { json in
            switch error {
            case .empty: json.member("refused", "empty")
            case .tooLarge(let max):
                json.member("refused", "too_large")
                json.member("max", max)
            case .unsupported(let found):
                json.member("refused", "unsupported")
                json.member("what", found)
            case .wrongKind(let found, let wanted):
                json.member("refused", "wrong_kind")
                json.member("what", found)
                json.member("kind", wanted.rawValue)
            case .polyglot(let found):
                json.member("refused", "polyglot")
                json.member("what", found)
            case .passwordProtected: json.member("refused", "password_protected")
            case .broken(let reason):
                json.member("refused", "broken")
                json.member("what", reason)
            case .tooMuch(let what, let max):
                json.member("refused", "too_much")
                json.member("what", what)
                json.member("max", max)
            case .noText: json.member("refused", "no_text")
            case .tookTooLong: json.member("refused", "took_too_long")
            case .tookTooMuch: json.member("refused", "took_too_much")
            case .busy: json.member("refused", "busy")
            case .unavailable(let reason):
                json.member("refused", "unavailable")
                json.member("what", reason)
            }
        }
        return json.bytes
    }

    /// Reads a message.
    /// - Throws: what it refuses, or `.tookTooMuch` for one that is none: its writer did not come to its end.
    static func decode(_ bytes: [UInt8]) throws(ExtractionError) -> ExtractedText {
        guard bytes.count <= AgentLimits.extractionOutputBytesMax,
            let node = try? JSONParser.parse(bytes, depthMax: 4)
        else { throw .tookTooMuch }
        let text: ExtractedText?
        do throws(JSONShapeError) { text = try Self.text(node) } catch { throw .tookTooMuch }
        if let text { return text }
        let refusal: ExtractionError
        do throws(JSONShapeError) { refusal = try Self.refusal(node) } catch { throw .tookTooMuch }
        throw refusal
    }

    private static func text(_ node: JSONNode) throws(JSONShapeError) -> ExtractedText? {
        let object = try JSONObject(node, allowing: nil)
        guard object.optional("refused") == nil else { return nil }
        let message = try JSONObject(node, allowing: ["kind", "title", "blocks"])
        guard let kind = DocumentKind(rawValue: try message.string("kind")) else {
            throw message.error("kind", found: "another", wanted: "a kind of document")
        }
        var blocks: [ExtractedText.Block] = []
        var bytesLeft = AgentLimits.documentTextBytesMax
        for element in try message.array("blocks") {
            let block = try Self.block(element)
            bytesLeft -= block.text.count
            guard bytesLeft >= 0, blocks.count < AgentLimits.documentBlocksMax else {
                throw message.error("blocks", found: "too many", wanted: "fewer")
            }
            blocks.append(block)
        }
        guard !blocks.isEmpty else { throw message.error("blocks", found: "none", wanted: "some") }
        let title = try message.bytes("title", countRange: 0...AgentLimits.documentTitleBytesMax)
        return ExtractedText(kind: kind, title: CleanLine.of(title), blocks: blocks)
    }

    private static func block(_ node: JSONNode) throws(JSONShapeError) -> ExtractedText.Block {
        let object = try JSONObject(node, allowing: ["type", "level", "page", "text"])
        let page = try object.optionalInteger("page", in: 1...AgentLimits.documentPagesMax)
        // Cleaned once more: what was taken over need not have done it.
        let text = CleanLine.of(try object.bytes("text", countRange: 1...AgentLimits.documentBlockBytesMax))
        guard !text.isEmpty else { throw object.error("text", found: "nothing", wanted: "text") }
        let kind: ExtractedText.Block.Kind
        switch try object.string("type") {
        case "heading": kind = .heading(level: try object.integer("level", in: 1...6))
        case "paragraph": kind = .paragraph
        case "list_item": kind = .listItem
        case "table_row": kind = .tableRow
        default: throw object.error("type", found: "another", wanted: "a type of block")
        }
        return ExtractedText.Block(kind, page: page, text: text)
    }

    private static func refusal(_ node: JSONNode) throws(JSONShapeError) -> ExtractionError {
        let object = try JSONObject(node, allowing: ["refused", "what", "max", "kind"])
        func what() throws(JSONShapeError) -> String { try object.string("what", countRange: 1...512) }
        func max() throws(JSONShapeError) -> Int { try object.integer("max", in: 0...Int(Int32.max)) }
        switch try object.string("refused") {
        case "empty": return .empty
        case "too_large": return .tooLarge(bytesMax: try max())
        case "unsupported": return .unsupported(found: try what())
        case "wrong_kind":
            guard let kind = DocumentKind(rawValue: try object.string("kind")) else { break }
            return .wrongKind(found: try what(), wanted: kind)
        case "polyglot": return .polyglot(found: try what())
        case "password_protected": return .passwordProtected
        case "broken": return .broken(reason: try what())
        case "too_much": return .tooMuch(of: try what(), max: try max())
        case "no_text": return .noText
        case "took_too_long": return .tookTooLong
        case "took_too_much": return .tookTooMuch
        case "unavailable": return .unavailable(reason: try what())
        default: break
        }
        throw object.error("refused", found: "another", wanted: "a reason")
    }

    private static func name(of kind: ExtractedText.Block.Kind) -> String {
        switch kind {
        case .heading: "heading"
        case .paragraph: "paragraph"
        case .listItem: "list_item"
        case .tableRow: "table_row"
        }
    }
}
