import Bytes
import Foundation
import JSON
import OpenSSL
import Seeds
import Testing

@testable import Audit

@Suite struct `Records as they are encoded` {
    @Test func `a request end has its members in the format's order`() {
        let digest = text(Samples.policy.sha256.hex)
        let certificate = text(SHA256Digest(of: Array("cert".utf8)).hex)
        let steps = AuditStage.allCases.map { #"{"stage":"\#($0)","outcome":"pass","us":12}"# }.joined(separator: ",")
        var end = Samples.requestEnd(1)
        end.beginSeq = 17
        #expect(
            text(end.encode().bytes) == #"""
                "type":"request.end","req":{"id":"01JD000000000000000001","trace":"0af7651916cd43dd8448eb211c80319c","conn":7,"received":"2026-11-20T08:00:00.000000Z","method":"POST","path":"/v1/ask","proto":"HTTP/1.1","bytes":120,"peer":"203.0.113.9:4431"},"tls":{"version":"TLSv1.3","cipher":"TLS_AES_256_GCM_SHA384"},"principal":{"cert":{"subject":"CN=branch-17,O=Example Bank,C=PK","issuer":"CN=Example Bank Device CA,O=Example Bank,C=PK","serial":"4f00a1b2c3d4e5f60718","san":["spiffe://bank.example/branch/17"],"sha256":"\#(certificate)"},"token":{"iss":"https://id.bank.example","sub":"emp-00042","jti":"0190f1c2-7a31-7c55","kid":"k1","roles":["agent"],"exp":1800000000}},"path":[\#(steps)],"decision":{"result":"allow","reason":"ok"},"redaction":{"in":{"email":1},"out":{}},"ratelimit":{"key":"principal:ask","limit":60,"window_s":60,"remaining":59,"reset_ms":1000},"agent":{"route":"knowledge","tools":[],"confidence_ppm":875000,"citations":["faq-12"],"escalated":false},"response":{"status":200,"bytes":812,"us":1204},"policy":{"version":"t1","sha256":"\#(digest)"},"begin":17
                """#)
    }

    @Test func `the decision is the first refusal of the path, which ends it`() {
        var end = Samples.requestEnd()
        end.path = [
            AuditStep(.edge, .pass, microseconds: 1),
            AuditStep(.authorise, .deny, reason: "role_missing", rule: Array("tickets".utf8), microseconds: 2),
            AuditStep(.admit, .error, reason: "later", microseconds: 3),
        ]
        let record = text(end.encode().bytes)
        #expect(
            record.contains(
                #""path":[{"stage":"edge","outcome":"pass","us":1},{"stage":"authorise","outcome":"deny","reason":"role_missing","rule":"tickets","us":2}],"decision":{"result":"deny","stage":"authorise","reason":"role_missing"}"#
            ))
        end.path = [AuditStep(.edge, .error, microseconds: 1)]
        #expect(
            text(end.encode().bytes).contains(#""decision":{"result":"error","stage":"edge","reason":"unspecified"}"#))
    }

    @Test(arguments: [Double.nan, .infinity, -0.1, 1.000001])
    func `a number that the agent got wrong is left out and said so`(confidence: Double) {
        var end = Samples.requestEnd()
        end.agent?.confidence = confidence
        let record = text(end.encode().bytes)
        #expect(!record.contains("confidence_ppm"))
        #expect(record.contains(#"{"stage":"answer","outcome":"modify","reason":"bad_number","us":12}"#))
    }

    @Test(arguments: [(0.0, "0"), (1.0, "1000000"), (0.3333333, "333333")])
    func `confidence is parts per million`(confidence: Double, written: String) {
        var end = Samples.requestEnd()
        end.agent?.confidence = confidence
        #expect(text(end.encode().bytes).contains("\"confidence_ppm\":\(written),"))
    }

    @Test func `text is cut past 1024 bytes, at a character, and listed`() {
        func record(_ path: String) -> String { text(Samples.requestEnd(path: path).encode().bytes) }
        let most = String(repeating: "a", count: 1024)
        #expect(record(most).contains("\"path\":\"\(most)\",") && !record(most).contains("\"cut\""))
        #expect(
            record(most + "b").contains("\"path\":\"\(most)\",")
                && record(most + "b").hasSuffix(#","cut":["req.path"]"#))
        let letters = String(repeating: "é", count: 511) + "a€"
        #expect(record(letters).contains("\"path\":\"\(letters.dropLast())\","))
        #expect(record(letters).hasSuffix(#","cut":["req.path"]"#))
    }

    @Test func `lists are cut past 32 elements and say how many there were`() {
        func record(_ count: Int) -> String {
            var end = Samples.requestEnd()
            end.agent?.citations = Array(repeating: Array("c".utf8), count: count)
            end.agent?.tools = Array(
                repeating: .init(name: Array("t".utf8), outcome: .pass, microseconds: 1), count: count)
            end.principal?.certificate?.alternativeNames = Array(repeating: Array("s".utf8), count: count)
            end.principal?.token?.roles = Array(repeating: Array("r".utf8), count: count)
            return text(end.encode().bytes)
        }
        #expect(!record(32).contains("_total") && !record(32).contains("\"cut\""))
        let cut = record(33)
        for name in ["citations", "tools", "san", "roles"] { #expect(cut.contains("\"\(name)_total\":33")) }
        #expect(cut.components(separatedBy: #""c""#).count == 33)
        #expect(
            cut.hasSuffix(#""cut":["principal.cert.san","principal.token.roles","agent.tools","agent.citations"]"#))
    }

    @Test func `the worst that outsiders can send fits a line`() throws {
        let worst = [UInt8](repeating: 0x01, count: 100_000)
        let list = [[UInt8]](repeating: worst, count: 1000)
        var end = Samples.requestEnd()
        end.request.identifier = worst
        end.request.path = worst
        end.request.method = worst
        end.request.peer = worst
        end.tls = AuditTLS(version: worst, cipher: worst, sni: worst)
        end.principal = AuditPrincipal(
            certificate: .init(
                subject: worst, issuer: worst, serial: worst, alternativeNames: list, sha256: Samples.policy.sha256),
            token: .init(
                issuer: worst, subject: worst, identifier: worst, keyIdentifier: worst, roles: list, expires: .min))
        end.path = Array(
            repeating: AuditStep(.answer, .pass, reason: ReasonCode(worst), rule: worst, microseconds: .max),
            count: 1000)
        end.redaction = AuditRedaction(
            input: (0..<1000).map { .init(type: Array("type\($0)".utf8), count: .max) }, output: [])
        end.rateLimit = AuditRateLimit(
            key: worst, limit: .max, windowSeconds: .max, remaining: .max, resetMilliseconds: .max)
        end.agent = AuditAgent(
            route: worst, upstream: worst,
            tools: Array(repeating: .init(name: worst, outcome: .pass, microseconds: .max), count: 1000),
            citations: list, escalated: true)
        let record = end.encode()
        #expect(record.bytes.count <= Chain.middleBytesMax)
        #expect(text(record.bytes).contains(#""exp":-9007199254740991"#))
        try expectAccepted(record)
    }

    @Test func `codes hold only what a code may hold`() {
        #expect(text(ReasonCode("role_missing").bytes) == "role_missing")
        #expect(text(ReasonCode(Array("Bad code\n\"é".utf8)).bytes) == "_ad_code____")
        #expect(text(ReasonCode([]).bytes) == "unspecified")
        #expect(ReasonCode([UInt8](repeating: 0x61, count: 64)).bytes.count == 64)
        #expect(ReasonCode([UInt8](repeating: 0x61, count: 65)).bytes.count == 64)
    }

    @Test func `redaction names are member names, and none comes twice`() throws {
        var end = Samples.requestEnd()
        end.redaction = AuditRedaction(
            input: [("E-Mail", 1), ("e_mail", 2), ("1st", 3), ("", 4), (String(repeating: "z", count: 40), 5)].map {
                .init(type: Array($0.0.utf8), count: $0.1)
            }, output: [])
        let record = end.encode()
        #expect(
            text(record.bytes).contains(
                #""in":{"e_mail":3,"x_1st":3,"x_":4,"\#(String(repeating: "z", count: 32))":5}"#))
        try expectAccepted(record)
    }

    @Test func `administrators' records say who, what and on what`() throws {
        let principal = AuditPrincipal(
            token: .init(issuer: Array("i".utf8), subject: Array("root".utf8), roles: [], expires: 1))
        let record = EncodedRecord.adminAction(
            operator: principal, action: "token.issue", target: Array("emp-7".utf8), request: Array("r1".utf8))
        #expect(
            text(record.bytes)
                == #""type":"admin.action","principal":{"token":{"iss":"i","sub":"root","roles":[],"exp":1}},"admin":{"action":"token.issue","target":"emp-7","request":"r1"}"#
        )
        try expectAccepted(record)
        try expectAccepted(.policyLoad(Samples.policy))
        let revocation = EncodedRecord.adminAction(
            operator: nil, action: "token.revoke", target: Array("issuer".utf8),
            detail: .revocation(issuer: Array("i".utf8), issuedBefore: 7))
        #expect(
            text(revocation.bytes)
                == #""type":"admin.action","admin":{"action":"token.revoke","target":"issuer","revocation":{"iss":"i","before":7}}"#
        )
        try expectAccepted(revocation)
        let command = EncodedRecord.adminAction(
            operator: nil, action: "token.issue_command", target: Array("t".utf8),
            detail: .command(
                .token(
                    subject: Array("s".utf8), roles: [Array("r".utf8)], audience: Array("a".utf8), expires: 9,
                    issuer: Array("i".utf8)), user: Array("ops".utf8), userNumber: 1000, moment: 7,
                approvals: AdminApprovals(keys: [Array("k".utf8)], reason: Array("INC".utf8))))
        #expect(
            text(command.bytes)
                == #""type":"admin.action","admin":{"action":"token.issue_command","target":"t","token":{"iss":"i","sub":"s","roles":["r"],"aud":"a","exp":9},"approvals":{"kids":["k"],"reason":"INC"},"command":{"user":"ops","uid":1000,"at":7}}"#
        )
        try expectAccepted(command)
    }

    @Test func `any text makes one line of the profile that says what it said`() throws {
        var generator = SeededGenerator(seed: Seed.value)
        let pieces: [[UInt8]] = [
            [0x0A], [0x0D], [0x22], [0x5C], [0x2F], [0x1B], [0x7F], [0x00], [0xC2, 0x85], [0xE2, 0x80, 0xA8],
            [0xE2, 0x80, 0xAE],
            [0xE2, 0x81, 0xA6], [0xEF, 0xBB, 0xBF], [0xED, 0xA0, 0x80], [0xF0, 0x9F, 0x98, 0x80], [0xF0, 0x9F, 0x98],
            [0xC0, 0xAF],
            [0xE2, 0x82], [0xFF], [0x61], Array("e\u{301}".utf8), Array("é".utf8), Array("\r\n".utf8),
            [0xF4, 0x90, 0x80, 0x80],
        ]
        for _ in 0..<2000 {
            var bytes: [UInt8] = []
            for _ in 0..<Int.random(in: 0...12, using: &generator) {
                bytes += pieces.randomElement(using: &generator) ?? []
            }
            let record = EncodedRecord.adminAction(operator: nil, action: "x", target: bytes)
            try expectAccepted(record)
            let parsed = try JSONParser.parse(Array("{".utf8) + record.bytes + Array("}".utf8))
            // The standard library replaces each maximal ill-formed part too: a second opinion.
            let wanted = Array(String(decoding: bytes, as: UTF8.self).utf8)
            #expect(parsed["admin"]?["target"]?.bytes == wanted, "\(bytes)")
        }
    }

    /// The line checker takes the record as the first of a log.
    private func expectAccepted(_ record: EncodedRecord) throws {
        var assembler = LineAssembler(continuing: ChainEnd())
        var line = ByteBuffer(capacity: 0)
        _ = assembler.append(record.bytes, at: WallTime(microseconds: 0), to: &line)
        _ = try Verifier.checkLine(Array(line.array().dropLast()), against: LineExpectation())
    }
}

@Suite struct `Times of records` {
    @Test(
        arguments: [
            (0, "1970-01-01T00:00:00.000000Z"), (951_782_399_999_999, "2000-02-28T23:59:59.999999Z"),
            (951_782_400_000_000, "2000-02-29T00:00:00.000000Z"),
            (4_107_542_400_000_000, "2100-03-01T00:00:00.000000Z"),
            (253_402_300_799_999_999, "9999-12-31T23:59:59.999999Z"), (Int64.max, "9999-12-31T23:59:59.999999Z"),
            (-1, "1970-01-01T00:00:00.000000Z"),
        ] as [(Int64, String)])
    func `a time is written in UTC with microseconds`(microseconds: Int64, written: String) {
        #expect(WallTime(microseconds: microseconds).text == written)
    }

    @Test func `what is written is read back, and its order is the order of the bytes`() {
        var generator = SeededGenerator(seed: Seed.value)
        for _ in 0..<2000 {
            let left = WallTime(microseconds: .random(in: 0...253_402_300_799_999_999, using: &generator))
            let right = WallTime(microseconds: .random(in: 0...253_402_300_799_999_999, using: &generator))
            let bytes = Array(left.text.utf8)
            #expect(WallTime(bytes.span, at: 0) == left)
            #expect((left < right) == (left.text < right.text))
        }
    }

    @Test(arguments: [
        "2026-13-01T00:00:00.000000Z", "2026-00-01T00:00:00.000000Z", "2026-04-31T00:00:00.000000Z",
        "2100-02-29T00:00:00.000000Z", "2026-01-01T00:60:00.000000Z", "2026-01-01T00:00:60.000000Z",
        "2026-01-01T00:00:00.00000xZ", "2026-01-01t00:00:00.000000Z", "2026-01-01T00:00:00,000000Z",
        "1969-12-31T23:59:59.999999Z", "2026-01-01T00:00:00.000000",
    ])
    func `what is no such time is not read`(text: String) {
        #expect(WallTime(Array(text.utf8).span, at: 0) == nil)
    }
}
