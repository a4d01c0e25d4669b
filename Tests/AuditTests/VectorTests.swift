import Bytes
import OpenSSL
import Testing

@testable import Audit

/// The vectors of `docs/formats/audit-log.md`.
@Suite struct `Format vectors` {
    static let lines = [
        #"{"v":1,"seq":0,"time":"2026-11-20T08:00:00.000000Z","type":"log.genesis","log":{"origin":"bank.example/portcullis/test","format":"portcullis-audit/1","hash":"sha256","vkey":"bank.example/portcullis/test+a885682b+AQOhB7/zzhC+HXDdGOdLwJln5NYwm6UNXx3chmQSVTG4"},"prev":"0000000000000000000000000000000000000000000000000000000000000000","hash":"ab3b09e54ad5dd54175edcb66dca1adc857c9d2cedfbe030508fcf2d8e301d81"}"#,
        #"{"v":1,"seq":1,"time":"2026-11-20T08:00:00.000250Z","type":"connection.reject","tls":{"peer":"203.0.113.9:4431","reason":"certificate_expired","count":1},"prev":"ab3b09e54ad5dd54175edcb66dca1adc857c9d2cedfbe030508fcf2d8e301d81","hash":"83889e50784754528d84e2a29002a0880f7ca99269a327158fd8c886626a0658"}"#,
        #"{"v":1,"seq":2,"time":"2026-11-20T08:00:01.500000Z","type":"request.end","req":{"id":"01JD0000000000000000000001","method":"POST","path":"/v1/chat","ua":"café\r\n\u202e\u007f\"/\\"},"path":[{"stage":"identify","outcome":"pass","us":812},{"stage":"authorise","outcome":"deny","reason":"role_missing","us":3}],"decision":{"result":"deny","stage":"authorise","reason":"role_missing"},"response":{"status":403,"bytes":98,"us":1204},"policy":{"version":"t1","sha256":"abababababababababababababababababababababababababababababababab"},"prev":"83889e50784754528d84e2a29002a0880f7ca99269a327158fd8c886626a0658","hash":"c6b11dea72cc38af76e93adb0e2a53de07115814b588d74e51cbdb58e27f097d"}"#,
    ].map { Array($0.utf8) }

    @Test func `the three lines have the stated lengths`() {
        #expect(Self.lines.map(\.count) == [407, 302, 679])
    }

    @Test func `the three lines are accepted one after the other`() throws {
        var checker = LineChecker()
        var expected = LineExpectation()
        for line in Self.lines {
            let checked = try checker.check(line.span, against: expected)
            expected = LineExpectation(
                seq: checked.seq + 1, previousHex: checker.hashHex, notBefore: checked.time)
        }
        #expect(expected.seq == 3)
        #expect(
            String(decoding: expected.previousHex, as: UTF8.self)
                == "c6b11dea72cc38af76e93adb0e2a53de07115814b588d74e51cbdb58e27f097d")
    }

    @Test func `the writer makes the first two lines to the byte`() {
        let seed = (0..<32).map { UInt8($0) }
        guard let key = Ed25519PrivateKey.make(seed: seed) else {
            Issue.record("no key from a seed")
            return
        }
        let verifierKey = VerifierKey(name: "bank.example/portcullis/test", publicKey: key.publicKey)
        var assembler = LineAssembler(continuing: ChainEnd())
        var output = ByteBuffer(capacity: 0)
        let start = WallTime(microseconds: 1_795_161_600_000_000)
        let genesis = LogRecords.genesis(origin: "bank.example/portcullis/test", key: verifierKey)
        _ = assembler.append(genesis.bytes, at: start, to: &output)
        let reject = LogRecords.reject(
            ConnectionReject(peer: Array("203.0.113.9:4431".utf8), reason: "certificate_expired"))
        let receipt = assembler.append(
            reject.bytes, at: WallTime(microseconds: start.microseconds + 250), to: &output)
        #expect(text(output.array()) == text(Self.lines[0] + [0x0A] + Self.lines[1] + [0x0A]))
        #expect(receipt.seq == 1)
        #expect(
            String(decoding: receipt.hash.hex, as: UTF8.self)
                == "83889e50784754528d84e2a29002a0880f7ca99269a327158fd8c886626a0658")
    }

    @Test func `the writer makes the third line from its middle`() {
        let line = Self.lines[2]
        let middle = Array(line[52..<(line.count - Chain.tailBytes)])
        #expect(middle.starts(with: Array(#""type":"request.end""#.utf8)))
        var end = ChainEnd()
        end.nextSeq = 2
        end.hash = SHA256Digest(hex: Array("83889e50784754528d84e2a29002a0880f7ca99269a327158fd8c886626a0658".utf8))
        var assembler = LineAssembler(continuing: end)
        var output = ByteBuffer(capacity: 0)
        _ = assembler.append(middle, at: WallTime(microseconds: 1_795_161_601_500_000), to: &output)
        #expect(text(output.array()) == text(line + [0x0A]))
    }

    @Test func `the escapes of the third line are the profile's`() {
        var output = ByteBuffer(capacity: 0)
        let isCut = TextProfile.append(
            Array("café\r\n\u{202E}\u{7F}\"/\\".utf8), bytesMax: 1024, to: &output)
        #expect(String(decoding: output.array(), as: UTF8.self) == #"café\r\n\u202e\u007f\"/\\"#)
        #expect(!isCut)
    }

    @Test func `the verifier key is read back from its text`() throws {
        let text = "bank.example/portcullis/test+a885682b+AQOhB7/zzhC+HXDdGOdLwJln5NYwm6UNXx3chmQSVTG4"
        let key = try #require(VerifierKey(text))
        #expect(key.text == text)
        #expect(VerifierKey(text.replacing("a885682b", with: "a885682c")) == nil)
        #expect(VerifierKey(String(text.dropLast())) == nil)
        #expect(VerifierKey(text + "=") == nil)
    }
}

/// For messages that can be read.
func text(_ bytes: [UInt8]) -> String { String(decoding: bytes, as: UTF8.self) }
