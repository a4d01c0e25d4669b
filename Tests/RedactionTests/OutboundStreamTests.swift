import Redaction
import Testing

@Suite struct `What a model says to a caller while it says it` {
    private let redactor = Redactor(policy: .mask)

    private func feed(_ pieces: [String]) -> (given: [String], rest: String) {
        var stream = OutboundStream(redactor)
        let given = pieces.map { piece in
            String(decoding: stream.feed(Array(piece.utf8)[...]) { _, _ in false }, as: UTF8.self)
        }
        return (given, String(decoding: stream.finish { _, _ in false }, as: UTF8.self))
    }

    private func said(_ pieces: [String]) -> String {
        let (given, rest) = feed(pieces)
        return given.joined() + rest
    }

    @Test func `gives ordinary words at once, the first before its blank`() {
        let (given, rest) = feed(["Hello", " there", ", your", " money", " is safe. "])
        #expect(given == ["Hello", " there", ", your", " money", " is safe. "] && rest.isEmpty)
    }

    @Test func `holds what may become a value until plain words stand behind it`() {
        let (given, rest) = feed(["pay ", "20 ", "euros ", "to ", "us ", "by card"])
        #expect(given == ["pay ", "", "", "", "20 euros to us ", "by card"] && rest.isEmpty)
    }

    @Test func `lets a redaction token through like a word`() {
        #expect(feed(["write to ", "[EMAIL_1], ", "please "]).given == ["write to ", "[EMAIL_1], ", "please "])
    }

    private static let values: [(text: String, value: String)] = [
        ("Please write to maria.lopez@example.com about it and wait", "maria.lopez"),
        ("Your card 4111 1111 1111 1111 is blocked as of today", "4111"),
        ("Send it to DE89 3704 0044 0532 0130 00 before the evening comes", "3704"),
        ("You can call +44 20 7946 0958 at any time you like", "7946"),
        ("Please ask our colleague Maria Fernandez about it when you can", "Fernandez"),
        ("maria.lopez@example.com", "lopez"), ("it is 4111111111111111", "4111"),
    ]

    /// Whatever the cut: no part of the value is left, and what is not a value comes through.
    @Test(arguments: values.indices)
    func `shows no value, wherever it is cut`(index: Int) {
        let (text, value) = Self.values[index]
        let bytes = Array(text.utf8)
        let whole = String(decoding: redactor.guarded(bytes).bytes, as: UTF8.self)
        #expect(!whole.contains(value))
        for cut in stride(from: 0, through: bytes.count, by: 3) {
            let pieces = [bytes[..<cut], bytes[cut...]].map { String(decoding: $0, as: UTF8.self) }
            #expect(said(pieces) == whole, "cut at \(cut)")
        }
        #expect(said(bytes.map { String(decoding: [$0], as: UTF8.self) }) == whole)
    }

    @Test func `spares what the caller sent`() {
        var stream = OutboundStream(redactor)
        let text = Array("write to maria.lopez@example.com as you said before".utf8)
        let given = stream.feed(text[...]) { value, _ in value.elementsEqual("maria.lopez@example.com".utf8) }
        let rest = stream.finish { value, _ in value.elementsEqual("maria.lopez@example.com".utf8) }
        #expect(given + rest == text && stream.counts.isEmpty)
    }

    @Test func `counts what it masks`() {
        var stream = OutboundStream(redactor)
        _ = stream.feed(Array("write to maria.lopez@example.com or pay".utf8)[...]) { _, _ in false }
        _ = stream.finish { _, _ in false }
        #expect(stream.counts.map(\.count) == [1])
    }

    /// A value without end is neither held without end nor let through.
    @Test func `swallows a value that is longer than it holds`() {
        var stream = OutboundStream(redactor)
        var given = stream.feed(Array("token eyJhbGciOiJIUzI1NiJ9.".utf8)[...]) { _, _ in false }
        for _ in 0..<200 {
            given += stream.feed(Array(repeating: UInt8(ascii: "Q"), count: 100)[...]) { _, _ in false }
            #expect(stream.heldCount <= OutboundStream.heldBytesMax)
        }
        given += stream.feed(Array(" and more of it".utf8)[...]) { _, _ in false }
        given += stream.finish { _, _ in false }
        let text = String(decoding: given, as: UTF8.self)
        #expect(text.hasPrefix("token ") && text.hasSuffix(" and more of it"))
    }
}

extension RedactionPolicy {
    /// Everything is masked.
    fileprivate static var mask: RedactionPolicy {
        let text = #"{version: 1, confidence_min_ppm: 500000, otherwise: "mask", types: {}}"#
        do { return try parse(Array(text.utf8)) } catch {
            preconditionFailure("a policy that is written here parses: \(error)")
        }
    }
}
