import Edge
import EdgeTracing
import Foundation
import Testing

/// SplitMix64: a run is repeated by its seed.
struct SeededGenerator: RandomNumberGenerator {
    let seed: UInt64
    private var state: UInt64

    init(seed: UInt64? = nil) {
        let given = ProcessInfo.processInfo.environment["PORTCULLIS_SEED"].flatMap { UInt64($0) }
        self.seed = seed ?? given ?? .random(in: 0 ... .max)
        state = self.seed
    }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}

@Suite struct `HTTP/1.1 parsing does not depend on luck` {
    @Test func `random cuts of random mutations give the same events`() {
        var random = SeededGenerator()
        print("seed \(random.seed)")
        let rows = RequestRow.all.filter { $0.bytes.count < 400 }
        for _ in 0..<4000 {
            let bytes = Mutation.mutate(rows.randomElement(using: &random)?.bytes ?? [], using: &random)
            let cuts = (0..<Int.random(in: 0...6, using: &random))
                .map { _ in Int.random(in: 0...bytes.count, using: &random) }.sorted()
            if HTTP1Trace.run(bytes) != HTTP1Trace.run(bytes, cuts: cuts) {
                Issue.record("seed \(random.seed): \(String(decoding: bytes, as: UTF8.self)) cut at \(cuts)")
                return
            }
        }
    }

    @Test func `a generated request comes back as it was made`() {
        var random = SeededGenerator()
        print("seed \(random.seed)")
        for _ in 0..<2000 {
            let made = RequestMaker.make(using: &random)
            let trace = HTTP1Trace.run(made.bytes, bodyBytesMax: 4096)
            guard case .request(let summary, let end)? = trace.events.first else {
                Issue.record("seed \(random.seed): \(String(decoding: made.bytes, as: UTF8.self)) \(trace.events)")
                return
            }
            #expect(summary.method == made.method)
            #expect(summary.target[2] == made.path)
            #expect(summary.fields == made.fields)
            #expect(summary.body == made.body)
            #expect(end == made.bytes.count)
        }
    }

    @Test func `chunked framing agrees with a slow obvious reading`() {
        var random = SeededGenerator()
        print("seed \(random.seed)")
        for _ in 0..<6000 {
            let bytes = Mutation.mutate(
                RequestMaker.chunks(of: RequestMaker.body(using: &random), using: &random), using: &random)
            var body: [UInt8] = []
            var decoder = BodyDecoder(framing: .chunked, limits: HTTPLimits(), bodyBytesMax: 4096)
            let result = decoder.decode(bytes.span, into: &body)
            let model = ChunkModel.read(bytes)
            let agrees =
                switch (result.outcome, model) {
                case (.complete, .complete(let wanted, let end)): body == wanted && result.consumed == end
                case (.needsMore, .needsMore), (.fault, .fault): true
                // The machine sees a fault at its byte; the model reads whole lines and waits for their ends.
                case (.fault, .needsMore): true
                default: false
                }
            if !agrees {
                Issue.record("seed \(random.seed): \(String(decoding: bytes, as: UTF8.self)): \(result) but \(model)")
                return
            }
        }
    }
}

/// Small damage: a byte changed, put in, taken out or repeated.
enum Mutation {
    private static let telling = Array("\r\n\t :;,%/0aF\0\u{7F}".utf8) + [0x80, 0xFF]

    static func mutate(_ bytes: [UInt8], using random: inout SeededGenerator) -> [UInt8] {
        var bytes = bytes
        for _ in 0..<Int.random(in: 0...2, using: &random) where !bytes.isEmpty {
            let index = Int.random(in: bytes.indices, using: &random)
            let byte = telling.randomElement(using: &random) ?? 0
            switch Int.random(in: 0...3, using: &random) {
            case 0: bytes[index] = byte
            case 1: bytes.insert(byte, at: index)
            case 2: bytes.remove(at: index)
            default: bytes.insert(bytes[index], at: index)
            }
        }
        return bytes
    }
}

/// Valid requests and what they must come back as.
struct RequestMaker {
    let bytes: [UInt8], method: [UInt8], path: [UInt8], fields: [[UInt8]], body: [UInt8]

    static func make(using random: inout SeededGenerator) -> RequestMaker {
        let method = Array(["GET", "POST", "PUT", "X-CUSTOM"].randomElement(using: &random) ?? "GET").map {
            $0.asciiValue ?? 0
        }
        var path: [UInt8] = []
        var raw: [UInt8] = []
        for _ in 0..<Int.random(in: 1...4, using: &random) {
            path.append(UInt8(ascii: "/"))
            raw.append(UInt8(ascii: "/"))
            for byte in Array(["ab", "c d", "é", "q?q", "100%", "~"].randomElement(using: &random)?.utf8 ?? "x".utf8) {
                path.append(byte)
                let plain = (0x61...0x7A).contains(byte) || byte == 0x7E
                raw += plain && Bool.random(using: &random) ? [byte] : Array(String(format: "%%%02x", Int(byte)).utf8)
            }
        }
        var fields: [[UInt8]] = [Array("Host".utf8), Array("a.example:8443".utf8)]
        var text = "\r\nHost:  a.example:8443 \r\n".utf8.map { $0 }
        for index in 0..<Int.random(in: 0...20, using: &random) {
            let value = (0..<Int.random(in: 0...40, using: &random)).map { _ in
                UInt8.random(in: 0x21...0x7E, using: &random)
            }
            fields += [Array("X-Field-\(index)".utf8), value]
            text += Array("X-Field-\(index):\(Bool.random(using: &random) ? "\t " : "")".utf8) + value + [13, 10]
        }
        var content = body(using: &random)
        var wire: [UInt8] = []
        switch Int.random(in: 0...2, using: &random) {
        case 0: content = []
        case 1:
            fields += [Array("Content-Length".utf8), Array("\(content.count)".utf8)]
            text += Array("Content-Length: \(content.count)\r\n".utf8)
            wire = content
        default:
            fields += [Array("Transfer-Encoding".utf8), Array("chunked".utf8)]
            text += Array("Transfer-Encoding: chunked\r\n".utf8)
            wire = chunks(of: content, using: &random)
        }
        let head = method + [0x20] + raw + Array(" HTTP/1.1".utf8) + text + [13, 10]
        return RequestMaker(bytes: head + wire, method: method, path: path, fields: fields, body: content)
    }

    static func body(using random: inout SeededGenerator) -> [UInt8] {
        (0..<Int.random(in: 0...60, using: &random)).map { _ in UInt8.random(in: 0...255, using: &random) }
    }

    static func chunks(of content: [UInt8], using random: inout SeededGenerator) -> [UInt8] {
        var wire: [UInt8] = []
        var rest = content[...]
        while !rest.isEmpty {
            let piece = rest.prefix(Int.random(in: 1...20, using: &random))
            rest = rest.dropFirst(piece.count)
            let suffix = Bool.random(using: &random) ? ";a=\"b\"" : ""
            wire += Array("\(String(piece.count, radix: 16, uppercase: Bool.random(using: &random)))\(suffix)\r\n".utf8)
            wire += piece + [13, 10]
        }
        return wire + Array((Bool.random(using: &random) ? "0\r\n\r\n" : "00\r\nX-A: b\r\n\r\n").utf8)
    }
}

/// Chunked framing read in whole lines, with nothing clever: what `BodyDecoder` must agree with.
enum ChunkModel {
    enum Reading: Equatable {
        case complete([UInt8], end: Int)
        case needsMore
        case fault
    }

    static func read(_ bytes: [UInt8]) -> Reading {
        var body: [UInt8] = []
        var position = 0
        while true {
            guard let line = line(bytes, &position) else { return .needsMore }
            guard let size = size(line) else { return .fault }
            guard body.count + size <= 4096 else { return .fault }
            if size == 0 { break }
            body += bytes[position..<min(bytes.count, position + size)]
            position += size
            guard position + 2 <= bytes.count else {
                return position < bytes.count && bytes[position] != 13 ? .fault : .needsMore
            }
            guard bytes[position] == 13, bytes[position + 1] == 10 else { return .fault }
            position += 2
        }
        while true {
            guard let line = line(bytes, &position) else { return .needsMore }
            if line.isEmpty { return .complete(body, end: position) }
            guard isTrailer(line) else { return .fault }
        }
    }

    /// The bytes before the next LF, whose last must be CR; a lone CR or LF makes a line that no rule accepts.
    private static func line(_ bytes: [UInt8], _ position: inout Int) -> [UInt8]? {
        guard position <= bytes.count, let end = bytes[position...].firstIndex(of: 10) else { return nil }
        let line = bytes[position..<end]
        position = end + 1
        return line.last == 13 ? Array(line.dropLast()) : [0]
    }

    private static func size(_ line: [UInt8]) -> Int? {
        let digits = line.prefix { $0 != UInt8(ascii: ";") }
        let suffix = line.dropFirst(digits.count)
        guard suffix.allSatisfy({ $0 == 9 || (0x20..<0x7F).contains($0) }),
            suffix.isEmpty || String(decoding: suffix, as: UTF8.self).wholeMatch(of: extensions) != nil
        else { return nil }
        guard (1...16).contains(digits.count),
            digits.allSatisfy({ Character(Unicode.Scalar($0)).isHexDigit && $0 < 128 })
        else { return nil }
        return Int(String(decoding: digits, as: UTF8.self), radix: 16)
    }

    /// RFC 9112 §7.1.1, with no white space before the first semicolon and none at the end.
    private static var extensions: Regex<Substring> {
        #/
        (?: ; [\t\x20]* [!\#$%&'*+\-.^_`|~0-9A-Za-z]+
            (?: [\t\x20]* = [\t\x20]*
                (?: [!\#$%&'*+\-.^_`|~0-9A-Za-z]+ | " (?: [\t\x20!\x23-\x5B\x5D-\x7E] | \\ [\t\x20-\x7E] )* " ) )?
            (?: [\t\x20]* (?=;) )? )*
        /#
    }

    private static func isTrailer(_ line: [UInt8]) -> Bool {
        guard let colon = line.firstIndex(of: UInt8(ascii: ":")), colon > 0 else { return false }
        let tokens = Set("!#$%&'*+-.^_`|~0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ".utf8)
        return line[..<colon].allSatisfy(tokens.contains)
            && line[(colon + 1)...].allSatisfy { $0 == 9 || ($0 >= 32 && $0 != 127) }
    }
}
