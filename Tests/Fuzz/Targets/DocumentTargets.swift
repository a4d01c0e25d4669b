@testable internal import Agent

/// Documents: whatever the bytes are, the rules come to an end, and what they let pass is what its kind's signature says and
/// nothing else at its end.
enum DocumentTarget {
    private static let sniffed = [
        "application/pdf", "application/zip", "image/png", "image/jpeg", "text/plain", "text/html",
        "application/octet-stream", "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ]

    /// The first byte chooses what libmagic would say, and what the sender does.
    static func run(_ input: [UInt8]) {
        guard let first = input.first else { return }
        let bytes = Array(input.dropFirst())
        let declared = DocumentType(rawValue: first >> 4).map { Array($0.mediaType.utf8) }
        do throws(DocumentRefusal) {
            let content = try DocumentInspector.inspect(
                bytes, declared: declared, sniffed: sniffed[Int(first & 7)], allowed: Set(DocumentType.allCases))
            check(content)
        } catch {
            precondition(!error.detail.isEmpty, "a refusal says what to do")
        }
        if let directory = try? ZipDirectory(bytes) {
            precondition((1...AgentLimits.zipEntriesMax).contains(directory.entries.count), "entries are bounded")
            precondition(
                directory.entries.reduce(0) { $0 + $1.packedBytes } <= bytes.count, "entries share no bytes")
        }
        let name = DocumentName(bytes, of: .pdf)
        precondition((1...AgentLimits.documentNameBytesMax).contains(name.bytes.count), "a name is bounded")
        precondition(!name.bytes.contains { $0 < 0x20 || "/\\".utf8.contains($0) }, "a name is no path")
        precondition(DocumentName(name.bytes, of: .pdf) == name, "a harmless name stays as it is")
    }

    private static func check(_ content: InspectedContent) {
        precondition(!content.bytes.isEmpty, "a document says something")
        switch content.type {
        case .pdf: precondition(content.bytes.starts(with: "%PDF-".utf8), "a PDF begins as one")
        case .docx: precondition((try? ZipDirectory(content.bytes)) != nil, "a DOCX is one archive")
        case .png: precondition(content.bytes.starts(with: ImageRules.pngSignature), "a PNG begins as one")
        case .jpeg: precondition(content.bytes.suffix(2).elementsEqual([0xFF, 0xD9]), "a JPEG ends as one")
        case .text, .markdown, .html, .csv: precondition(!content.bytes.contains(0), "a text has no zeros")
        }
    }
}

/// A virus scanner's answers: any cutting gives the same verdict, and only the one answer lets a document pass.
enum ScanAnswerTarget {
    static func run(_ input: [UInt8]) {
        let whole = verdict([input[...]])
        precondition(verdict(input.indices.map { input[$0...$0] }) == whole, "cuts change nothing")
        if whole == .success(.clean) { precondition(input.starts(with: "stream: OK\0".utf8), "one answer is clean") }
    }

    private static func verdict(_ pieces: [ArraySlice<UInt8>]) -> Result<ScanExchange.Verdict, ScanExchange.Fault> {
        Result { () throws(ScanExchange.Fault) in
            var exchange = ScanExchange()
            for piece in pieces { if let verdict = try exchange.consume(piece) { return verdict } }
            throw exchange.finish()
        }
    }
}
