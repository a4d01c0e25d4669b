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

    @Test(arguments: ["01-\(trace)-\(span)-01", "fe-\(trace)-\(span)-01-more", "cc-\(trace)-\(span)-01-"])
    func `of a later version is read as far as it is known`(text: String) throws {
        let parent = try #require(read(text))
        #expect(parent.trace.elementsEqual(Self.trace.utf8) && parent.span.elementsEqual(Self.span.utf8))
        #expect(parent.isSampled)
    }

    @Test func `says by the last bit of its flags whether the caller records`() throws {
        for flags in 0...255 {
            let text = String(flags + 256, radix: 16).dropFirst()
            #expect(try #require(read("00-\(Self.trace)-\(Self.span)-\(text)")).isSampled == (flags % 2 == 1))
        }
    }

    @Test func `is read back as it is written`() throws {
        for _ in 0..<200 {
            let span = UInt64.random(in: 1 ... .max)
            let isSampled = Bool.random()
            let field = Traceparent.field(trace: Array(Self.trace.utf8), span: span, isSampled: isSampled)
            let parent = try #require(Traceparent(field[...]))
            #expect(parent.trace.elementsEqual(Self.trace.utf8) && parent.isSampled == isSampled)
            #expect(UInt64(hex: Array(parent.span)) == span)
        }
    }

    /// Against the grammar, written once more as a regular expression.
    @Test func `of random bytes near the form is read exactly where the grammar says`() throws {
        let grammar = try Regex(
            "(?:00-[0-9a-f]{32}-[0-9a-f]{16}-[0-9a-f]{2}|(?!00|ff)[0-9a-f]{2}-[0-9a-f]{32}-[0-9a-f]{16}-[0-9a-f]{2}(?:-.*)?)"
        )
        var generator = SystemRandomNumberGenerator()
        let alphabet = Array("0123456789abcdefABF-g .".utf8)
        for _ in 0..<3000 {
            var bytes = Array("00-\(Self.trace)-\(Self.span)-01".utf8)
            if Bool.random(using: &generator) { bytes[1] = alphabet.randomElement(using: &generator) ?? 0 }
            for _ in 0..<Int.random(in: 0...2, using: &generator) {
                let place = Int.random(in: 0..<bytes.count, using: &generator)
                switch Int.random(in: 0..<4, using: &generator) {
                case 0: bytes.remove(at: place)
                case 1: bytes.insert(alphabet.randomElement(using: &generator) ?? 0, at: place)
                case 2: bytes.append(alphabet.randomElement(using: &generator) ?? 0)
                default: bytes[place] = alphabet.randomElement(using: &generator) ?? 0
                }
            }
            let text = String(decoding: bytes, as: UTF8.self)
            #expect((read(text) != nil) == (text.wholeMatch(of: grammar) != nil), "\(text)")
        }
    }

    @Test(arguments: [
        "", "00", "00-\(trace)-\(span)", "00-\(trace)-\(span)-0", "00-\(trace)-\(span)-001", "00-\(trace)-\(span)-01-x",
        "01-\(trace)-\(span)-01x", "01-\(trace)-\(span)", "0g-\(trace)-\(span)-01", "0F-\(trace)-\(span)-01",
        "FF-\(trace)-\(span)-01", "ff-\(trace)-\(span)-01-x", "ff-\(trace)-\(span)-01", "00_\(trace)-\(span)-01",
        "00-\(trace)_\(span)-01",
        "00-\(trace)-\(span)_01", "00-00000000000000000000000000000000-\(span)-01", "00-\(trace)-0000000000000000-01",
        "00-4BF92F3577B34DA6A3CE929D0E0E4736-\(span)-01", "00-\(trace)-00F067AA0BA902B7-01",
        "00-gbf92f3577b34da6a3ce929d0e0e4736-\(span)-01", "00-\(trace)-\(span)-0g", "00-\(trace)-\(span)-0 ",
        " 00-\(trace)-\(span)-01", "00-\(trace)-\(span)-01 ",
    ])
    func `of any other form is ignored`(text: String) { #expect(read(text) == nil) }
}

@Suite struct `Fields tracestate` {
    private func combined(_ fields: String...) -> String {
        String(decoding: Tracestate.combined(fields.map { Array($0.utf8)[...] }), as: UTF8.self)
    }

    @Test func `become one list`() {
        #expect(combined("a=1") == "a=1")
        #expect(combined("a=1, b=2", "c@v-x*/_=3 4") == "a=1,b=2,c@v-x*/_=3 4")
        #expect(combined("a=1,,\t,b=2") == "a=1,b=2")
        #expect(combined() == "" && combined("") == "" && combined(",") == "")
    }

    @Test(arguments: ["a", "a=", "=1", "A=1", "a=1,a=2", "a=1=2", "a b=1", "-a=1", "a=\u{7}", "a=ü", "a=1,b"])
    func `that are no list are dropped whole`(field: String) { #expect(combined(field) == "") }

    @Test func `are passed on up to their bounds`() {
        let members = (0..<Tracestate.membersMax).map { "k\($0)=v" }
        #expect(combined(members.joined(separator: ",")) == members.joined(separator: ","))
        #expect(combined((members + ["k=v"]).joined(separator: ",")) == "")
        let long = "a=" + String(repeating: "v", count: 256) + ",b=" + String(repeating: "v", count: 251)
        #expect(long.utf8.count == Tracestate.bytesMax && combined(long) == long)
        #expect(combined(long + "v") == "")
        #expect(combined(String(repeating: "k", count: 256) + "=v") != "")
        #expect(combined(String(repeating: "k", count: 257) + "=v") == "")
        #expect(combined("a=" + String(repeating: "v", count: 257)) == "")
    }
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
