import Dispatch
import Synchronization
import Testing

@testable import Gateway

@Suite struct `Identifiers of requests` {
    @Test func `never repeat, on any thread`() {
        let identifiers = RequestIdentifiers()
        let parts = Mutex<[[[UInt8]]]>([])
        DispatchQueue.concurrentPerform(iterations: 4) { _ in
            var made: [[UInt8]] = []
            made.reserveCapacity(250_000)
            for _ in 0..<250_000 { made.append(identifiers.next().id) }
            parts.withLock { $0.append(made) }
        }
        var seen = Set<[UInt8]>(minimumCapacity: 1_000_000)
        for part in parts.withLock({ $0 }) { seen.formUnion(part) }
        #expect(seen.count == 1_000_000)
    }

    @Test func `have 26 digits of Crockford's alphabet and sort by their time`() {
        let digits = Set("0123456789ABCDEFGHJKMNPQRSTVWXYZ".utf8)
        let identifiers = RequestIdentifiers()
        var earlier: ArraySlice<UInt8> = []
        for _ in 0..<2000 {
            let (id, trace, span) = identifiers.next()
            #expect(span != 0)
            #expect(id.count == 26 && id.allSatisfy(digits.contains))
            #expect(
                trace.count == 32
                    && Traceparent((Array("00-".utf8) + trace + Array("-00f067aa0ba902b7-01".utf8))[...]) != nil)
            #expect(!id.prefix(10).lexicographicallyPrecedes(earlier))
            earlier = id.prefix(10)
        }
    }

    @Test func `of one millisecond begin alike, of two processes do not end alike`() {
        let (one, other) = (RequestIdentifiers(), RequestIdentifiers())
        var agreed = false
        for _ in 0..<100 where !agreed { agreed = one.next().id.prefix(10) == one.next().id.prefix(10) }
        #expect(agreed)
        #expect(Set((0..<1000).flatMap { _ in [one.next().id.suffix(16), other.next().id.suffix(16)] }).count == 2000)
    }
}

@Suite struct `A traceparent field` {
    private static let trace = "4bf92f3577b34da6a3ce929d0e0e4736"
    private static let span = "00f067aa0ba902b7"

    private func read(_ text: String) -> Traceparent? {
        // As the parser hands it out: a slice that does not begin at 0.
        let padded = Array("x\(text)y".utf8)
        return Traceparent(padded[1..<padded.count - 1])
    }

    @Test(arguments: ["00", "01", "ff"])
    func `of version 00 is read`(flags: String) throws {
        let parent = try #require(read("00-\(Self.trace)-\(Self.span)-\(flags)"))
        #expect(parent.trace.elementsEqual(Self.trace.utf8) && parent.span.elementsEqual(Self.span.utf8))
    }

    @Test(arguments: [
        "", "00", "00-\(trace)-\(span)", "00-\(trace)-\(span)-0", "00-\(trace)-\(span)-001", "00-\(trace)-\(span)-01-x",
        "01-\(trace)-\(span)-01", "ff-\(trace)-\(span)-01", "00_\(trace)-\(span)-01", "00-\(trace)_\(span)-01",
        "00-\(trace)-\(span)_01", "00-00000000000000000000000000000000-\(span)-01", "00-\(trace)-0000000000000000-01",
        "00-4BF92F3577B34DA6A3CE929D0E0E4736-\(span)-01", "00-\(trace)-00F067AA0BA902B7-01",
        "00-gbf92f3577b34da6a3ce929d0e0e4736-\(span)-01", "00-\(trace)-\(span)-0g", "00-\(trace)-\(span)-0 ",
        " 00-\(trace)-\(span)-01", "00-\(trace)-\(span)-01 ",
    ])
    func `of any other form is ignored`(text: String) { #expect(read(text) == nil) }
}

@Suite struct `A media type` {
    private func isJSON(_ text: String) -> Bool {
        let padded = Array("x\(text)y".utf8)
        return MediaType(padded[1..<padded.count - 1])?.isUTF8("application/json") ?? false
    }

    @Test(arguments: [
        "application/json", "Application/JSON", "application/json;charset=utf-8", "application/json; charset=utf-8",
        "application/json ;\tcharset=UTF-8", "application/json; charset=\"utf-8\"", "application/json; CharSet=Utf-8 ",
    ])
    func `is JSON in UTF-8`(text: String) { #expect(isJSON(text)) }

    @Test(arguments: [
        "", " ", ";", "application/jsonx", "application/jso", "text/json", "application/json, text/html",
        "application/json; charset=utf-16", "application/json; charset=", "application/json; boundary=x",
        "application/json; charset=utf-8; charset=utf-8", "application/json; charset=utf-8; q=1",
        "application / json", "application/json charset=utf-8", "application/json; charset=\"utf-8", "x/y",
        "application/json; charset=u\"tf-8", "application/json; charset=\"\"utf-8\"\"",
    ])
    func `is nothing else`(text: String) { #expect(!isJSON(text)) }
}
