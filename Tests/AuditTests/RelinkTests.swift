import Bytes
import OpenSSL
import Testing

@testable import Audit

/// What an attacker gets who computes every hash anew: the rules of the format still hold.
struct RelinkedMiddle: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let code: TamperCode
    let middle: String

    init(_ description: String, _ code: TamperCode, _ middle: String) {
        testDescription = description
        self.code = code
        self.middle = middle
    }

    private static let manyNames = (0..<20).map { "\"a\($0)\":0" }.joined(separator: ",")

    static let all: [RelinkedMiddle] = [
        .init("a name twice", .jsonDuplicateKey, #""type":"a.b","x":1,"x":2"#),
        .init("a name twice below", .jsonDuplicateKey, #""type":"a.b","x":[{"y":{},"z":0,"y":1}]"#),
        .init("a name twice among many", .jsonDuplicateKey, #""type":"a.b",\#(manyNames),"a3":0"#),
        .init("a second seq", .jsonDuplicateKey, #""type":"a.b","seq":1"#),
        .init("a second hash below the line's end", .jsonDuplicateKey, #""type":"a.b","hash":"0""#),
        .init("a blank", .jsonWhitespace, #""type":"a.b","x": 1"#),
        .init("a blank after a value", .jsonWhitespace, #""type":"a.b","x":1 "#),
        .init("an escaped slash", .jsonEscape, #""type":"a.b","x":"\/""#),
        .init("an escaped letter", .jsonEscape, #""type":"a.b","x":"\u0061""#),
        .init("the long form of a short escape", .jsonEscape, #""type":"a.b","x":"\u000a""#),
        .init("uppercase digits of an escape", .jsonEscape, #""type":"a.b","x":"\u001B""#),
        .init("an escaped surrogate", .jsonEscape, #""type":"a.b","x":"\ud83d\ude00""#),
        .init("an escape cut short", .jsonEscape, #""type":"a.b","x":"\u00""#),
        .init("a raw U+202E", .jsonEscape, "\"type\":\"a.b\",\"x\":\"\u{202E}\""),
        .init("a raw U+2028", .jsonEscape, "\"type\":\"a.b\",\"x\":\"\u{2028}\""),
        .init("a raw U+0085", .jsonEscape, "\"type\":\"a.b\",\"x\":\"\u{85}\""),
        .init("a raw U+FEFF", .jsonEscape, "\"type\":\"a.b\",\"x\":\"\u{FEFF}\""),
        .init("a raw U+2066", .jsonEscape, "\"type\":\"a.b\",\"x\":\"\u{2066}\""),
        .init("a raw U+007F", .controlByte, "\"type\":\"a.b\",\"x\":\"\u{7F}\""),
        .init("a fraction", .jsonNumber, #""type":"a.b","x":1.0"#),
        .init("an exponent", .jsonNumber, #""type":"a.b","x":1e3"#),
        .init("minus zero", .jsonNumber, #""type":"a.b","x":-0"#),
        .init("a leading zero", .jsonNumber, #""type":"a.b","x":01"#),
        .init("2^53", .jsonNumber, #""type":"a.b","x":9007199254740992"#),
        .init("-2^53", .jsonNumber, #""type":"a.b","x":-9007199254740992"#),
        .init("a lone minus", .jsonNumber, #""type":"a.b","x":-"#),
        .init("nine levels", .jsonDepth, #""type":"a.b","x":[[[[[[[[0]]]]]]]]"#),
        .init("a word", .jsonSyntax, #""type":"a.b","x":yes"#),
        .init("a comma too many", .jsonSyntax, #""type":"a.b","x":[1,]"#),
        .init("an object without end", .jsonSyntax, #""type":"a.b","x":{"y":1"#),
        .init("a name without quotes", .jsonSyntax, #""type":"a.b",x:1"#),
        .init("a skew of nothing", .clockSkew, #""type":"a.b","clock_skew_us":0"#),
        .init("a skew although time went on", .clockSkew, #""type":"a.b","clock_skew_us":5"#),
        .init("a type in capitals", .shape, #""type":"A.b""#),
        .init("no type", .shape, #""tipe":"a.b""#),
        .init("a second genesis", .header, #""type":"log.genesis","log":{}"#),
        .init("a header inside a segment", .header, #""type":"segment.open","segment":{}"#),
        .init("a start in the middle", .structure, #""type":"gateway.start""#),
    ]
}

@Suite struct `Edits with every hash computed anew` {
    /// A log of one segment whose record 3 has `middle`.
    func log(middle: String) -> FaultyStorage {
        let disk = FaultyStorage()
        var chain = ChainBuilder(disk)
        chain.add(
            LogRecords.genesis(
                origin: TamperSample.origin, key: VerifierKey(name: TamperSample.origin, publicKey: TamperSample.key)))
        chain.addStart()
        chain.add(chain.small)
        chain.add(middle: Array(middle.utf8))
        chain.add(chain.small)
        chain.finish()
        return disk
    }

    @Test(arguments: RelinkedMiddle.all)
    func `a line outside the profile is found although its hash is right`(edit: RelinkedMiddle) {
        let report = log(middle: edit.middle).verify()
        #expect(report.text.hasPrefix("TAMPERED code=\(edit.code.rawValue) seq=3 "), "\(report.text)")
    }

    @Test(arguments: [
        #""type":"a.b""#, #""type":"a.b","x":9007199254740991,"y":-9007199254740991"#,
        #""type":"a.b","x":[[[[[[[0]]]]]]]"#, #""type":"a.b","x":{"y":true,"z":[null,false,"é\u0085\n"]},"x_y":0"#,
        #""type":"x_vendor.thing","":{}"#,
    ])
    func `a line inside the profile is accepted, known or not`(middle: String) {
        let report = log(middle: middle).verify()
        #expect(report.exitStatus == 0, "\(report.text)")
    }

    @Test func `an edit that keeps to the format is invisible to the chain alone`() {
        let report = log(middle: #""type":"policy.load","policy":{"version":"forged"}"#).verify()
        #expect(report.exitStatus == 0)
        #expect(report.text.contains("WARNING no checkpoint covers these records"))
    }

    @Test func `a time before the record before is found`() {
        let disk = FaultyStorage()
        var chain = ChainBuilder(disk)
        chain.add(
            LogRecords.genesis(
                origin: TamperSample.origin, key: VerifierKey(name: TamperSample.origin, publicKey: TamperSample.key)))
        chain.finish()
        let genesis = disk[SegmentName(firstSeq: 0).text].dropLast()
        var end = ChainEnd()
        end.nextSeq = 1
        end.hash = SHA256Digest(hex: Array(genesis.suffix(66).prefix(64)))
        var assembler = LineAssembler(continuing: end)
        var line = ByteBuffer(capacity: 0)
        _ = assembler.append(Array(#""type":"a.b""#.utf8), at: WallTime(microseconds: 0), to: &line)
        disk[SegmentName(firstSeq: 0).text] += line.array()
        #expect(disk.verify().text.hasPrefix("TAMPERED code=TIME_ORDER seq=1 "))
    }

    @Test(arguments: ["2026-02-29T00:00:00.000000Z", "2026-01-01T24:00:00.000000Z", "2026-01-01 00:00:00.000000Z"])
    func `a time that is none is found`(time: String) {
        var expected = LineExpectation()
        expected.seq = 0
        let part = #"{"v":1,"seq":0,"time":"\#(time)","type":"a.b","prev":"\#(String(repeating: "0", count: 64))""#
        let hash = SHA256Digest(of: Chain.domain + Array(part.utf8))
        let line = Array(part.utf8) + Array(#","hash":""#.utf8) + hash.hex + Array(#""}"#.utf8)
        #expect(throws: LineFault(.timeFormat, at: 23, "not a time of the form YYYY-MM-DDTHH:MM:SS.ffffffZ")) {
            try Verifier.checkLine(line, against: expected)
        }
    }

    @Test(arguments: ["index", "name", "records", "bytes", "recovery", "operator", "torn"])
    func `a header that does not fit the segment before is found`(member: String) {
        let disk = FaultyStorage()
        var chain = ChainBuilder(disk)
        chain.add(
            LogRecords.genesis(
                origin: TamperSample.origin, key: VerifierKey(name: TamperSample.origin, publicKey: TamperSample.key)))
        chain.addStart()
        chain.add(LogRecords.gatewayStop(reason: "shutdown", requests: 0))
        chain.open(.start) { opening in
            switch member {
            case "index": opening.index = 2
            case "name": opening.previousName = "seg-1"
            case "records": opening.previousRecords = 2
            case "bytes": opening.previousBytes += 1
            case "recovery": opening.reason = .recovery
            case "operator": opening.reason = .operator
            default: opening.torn = TornTail(offset: 3, bytes: 4, sha256: SHA256Digest(of: []))
            }
        }
        chain.finish()
        #expect(disk.verify().text.hasPrefix("TAMPERED code=HEADER seq=3 "), "\(disk.verify().text)")
    }

    @Test func `a whole record passed off as torn is found`() {
        let disk = FaultyStorage()
        var chain = ChainBuilder(disk)
        chain.add(
            LogRecords.genesis(
                origin: TamperSample.origin, key: VerifierKey(name: TamperSample.origin, publicKey: TamperSample.key)))
        chain.addStart()
        let hidden = FileTamper.lines(TamperSample.disk[TamperSample.names[0]])[2]
        chain.open(.recovery, torn: hidden)
        chain.finish()
        #expect(disk.verify().text.hasPrefix("TAMPERED code=TORN_MISMATCH seq=2 "), "\(disk.verify().text)")
    }

    @Test func `a record after gateway stop is found`() {
        let disk = FaultyStorage()
        var chain = ChainBuilder(disk)
        chain.add(
            LogRecords.genesis(
                origin: TamperSample.origin, key: VerifierKey(name: TamperSample.origin, publicKey: TamperSample.key)))
        chain.add(LogRecords.gatewayStop(reason: "shutdown", requests: 0))
        chain.add(chain.small)
        chain.finish()
        #expect(disk.verify().text.hasPrefix("TAMPERED code=AFTER_STOP seq=2 "))
    }

    @Test func `a first record that is not a genesis is found`() {
        let disk = FaultyStorage()
        var chain = ChainBuilder(disk)
        chain.add(chain.small)
        chain.finish()
        #expect(disk.verify().text.hasPrefix("TAMPERED code=GENESIS seq=0 "))
    }
}
