import Audit
import Auth
import Evidence
import JSON
import Testing

@testable import Gateway

@Suite struct `A recorded request under another policy` {
    private static let seal = #"{"enc":"A256GCM","kid":"6f0c","iv":"AAEC","ct":"ZWe7"}"#

    /// A record of a request that was let in.
    private static func line(
        method: String = "GET", path: String = "/v1/tickets/T-1", subject: String = #""u-1""#,
        peer: String = #""10.1.2.3:4431""#, names: String = #""san":["s://n/1"]"#, subjectName: String = "CN=n,O=b",
        roles: String = #"["r"]"#, outcome: String = #""outcome":"pass","rule":"GET /v1/tickets/{id}""#,
        rest: String = ""
    ) -> String {
        """
        {"v":1,"seq":7,"time":"2026-11-20T08:00:01.500000Z","type":"request.end",\
        "req":{"id":"R","received":"2026-11-20T08:00:01.400000Z","method":"\(method)","path":"\(path)","peer":\(peer)},\
        "tls":{"version":"TLSv1.3"},\
        "principal":{"cert":{"subject":"\(subjectName)",\(names)},"token":{"iss":"i","sub":\(subject),"roles":\(roles)}},\
        "path":[{"stage":"identify","outcome":"pass","us":1},{"stage":"authorise",\(outcome),"us":3}]\(rest)}
        """
    }

    private static func rules(
        grant: String = #""tickets:read""#, routes: String = "", binding: String = "uri:s://n/1", subjects: String = "",
        deny: String = ""
    ) -> String {
        """
        { version: "t", roles: { r: { permissions: [\(grant)] } },
          routes: [{ method: "GET", path: "/v1/tickets/{id}", permission: "tickets:read" }, \(routes)],
          bindings: [{ certificate: "\(binding)", roles: ["r"]\(subjects) }], deny: [\(deny)] }
        """
    }

    /// `same`, the change, or the reason why nobody can tell.
    private func outcome(_ line: String, _ rules: String = rules()) throws -> String {
        let engine = try PolicyEngine.parse(Array(rules.utf8), file: "rbac.json5")
        var replay = try PolicyReplay(engine)
        let record = StoredRecord(seq: 7, segment: "s", offset: 0, line: Array(line.utf8))
        let change = replay.take(try #require(RecordView(record)))
        if let change {
            let json = try JSONParser.parse(Array(change.json.utf8))
            #expect(change.line.hasSuffix("\(json["before"]?.text ?? "") -> \(json["after"]?.text ?? "")"))
            return "\(json["before"]?.text ?? "") -> \(json["after"]?.text ?? "")"
        }
        let counts = try JSONParser.parse(replay.tally.json(engine))
        #expect(counts["records"]?.integer == 1)
        if let gap = counts["undecided"]?.members?.first { return String(decoding: gap.name, as: UTF8.self) }
        if counts["without_decision"]?.integer == 1 { return "left alone" }
        return counts["other_reason"]?.integer == 1 ? "other reason" : "same"
    }

    @Test func `is decided as it was where the policy says the same`() throws {
        #expect(try outcome(Self.line()) == "same")
        let denied = #""outcome":"deny","reason":"role_missing""#
        #expect(try outcome(Self.line(outcome: denied), Self.rules(grant: #""audit:read""#)) == "same")
        #expect(try outcome(Self.line(outcome: denied)) == "deny role_missing -> allow")
        #expect(try outcome(Self.line(), Self.rules(grant: #""audit:read""#)) == "allow -> deny role_missing")
        #expect(try outcome(Self.line(method: "HEAD")) == "same")
        let deny = #"{ permissions: ["tickets:read"] }"#
        #expect(try outcome(Self.line(outcome: denied), Self.rules(deny: deny)) == "other reason")
    }

    @Test(arguments: [
        #""outcome":"deny","reason":"route_unknown""#, #""outcome":"deny","reason":"method_not_allowed""#,
    ])
    func `that went nowhere is left alone`(outcome: String) throws {
        #expect(try self.outcome(Self.line(outcome: outcome)) == "left alone")
    }

    @Test(arguments: [
        #""outcome":"deny","reason":"of_another_version""#, #""outcome":"error","reason":"role_missing""#,
        #""outcome":"deny""#,
    ])
    func `whose decision is none that is known cannot be decided`(outcome: String) throws {
        #expect(try self.outcome(Self.line(outcome: outcome)) == "decision_unknown")
    }

    @Test(arguments: [
        (#"{ times: [{ from: "08:00", to: "08:01" }] }"#, "same"),
        (#"{ times: [{ from: "08:01", to: "09:00" }] }"#, "allow -> deny outside_times"),
        (#"{ addresses: ["10.1.2.3"] }"#, "same"),
        (#"{ addresses: ["10.1.2.4"] }"#, "allow -> deny address_not_allowed"), (#"{ tls: "1.3" }"#, "same"),
        (#"{ certificates: ["uri:s://n/*"] }"#, "same"), ("{ bound: true }", "binding_unknown"),
        (#"{ bound: true, addresses: ["10.1.2.4"] }"#, "allow -> deny address_not_allowed"),
    ])
    func `meets conditions by what was recorded`(condition: String, expected: String) throws {
        let rules = Self.rules(grant: "{ permission: \"tickets:read\", when: \(condition) }")
        #expect(try outcome(Self.line(), rules) == expected)
    }

    @Test func `depends on the binding only where that decides`() throws {
        let deny = #"{ permissions: ["tickets:read"], unless: { bound: true, addresses: ["192.0.2.1"] } }"#
        #expect(try outcome(Self.line(), Self.rules(deny: deny)) == "allow -> deny denied_by_policy")
        let elsewhere = #"{ permissions: ["audit:read"], unless: { bound: true } }"#
        #expect(try outcome(Self.line(), Self.rules(deny: elsewhere)) == "same")
        // Denied either way, for one reason or the other.
        let both = Self.rules(grant: #"{ permission: "tickets:read", when: { bound: true, tls: "1.3" } }"#)
        let old = Self.line().replacing("TLSv1.3", with: "TLSv1.2")
        #expect(try outcome(old, both) == "allow -> deny token_not_bound")
    }

    @Test func `whose sealed members the policy asks for cannot be decided`() throws {
        let sealed = Self.line(subject: Self.seal, peer: Self.seal)
        #expect(try outcome(sealed) == "same")
        let subjects = #", subjects: ["u-1"]"#
        #expect(try outcome(sealed, Self.rules(subjects: subjects)) == "subject_sealed")
        #expect(try outcome(Self.line(), Self.rules(subjects: subjects)) == "same")
        let other = #", subjects: ["u-2"]"#
        #expect(try outcome(Self.line(), Self.rules(subjects: other)) == "allow -> deny subject_not_for_certificate")
        let address = #"{ permissions: ["tickets:read"], when: { addresses: ["192.0.2.1"] } }"#
        #expect(try outcome(sealed, Self.rules(deny: address)) == "address_sealed")
        let elsewhere = #"{ permissions: ["audit:read"], when: { addresses: ["192.0.2.1"] } }"#
        #expect(try outcome(sealed, Self.rules(deny: elsewhere)) == "same")
    }

    @Test(arguments: [
        (#""san":["client.b.c"]"#, "CN=x", "dns:client.b.c", "same"), (#""san":[]"#, "CN=n,O=b", "cn:n", "same"),
        (#""san":[]"#, "O=b,CN=n+OU=x", "cn:n", "same"), (#""san":[]"#, #"CN=n\\,x"#, "cn:n", "certificate_unclear"),
        (#""san":[]"#, "CN=n,CN=m", "cn:n", "certificate_unclear"),
        (#""san":[]"#, "O=b", "cn:n", "certificate_unclear"),
        (#""san":["s://n/2"]"#, "CN=n", "cn:n", "allow -> deny certificate_unbound"),
    ])
    func `has the certificate's name as far as it can be told`(
        names: String, subject: String, bound: String, expected: String
    ) throws {
        #expect(try outcome(Self.line(names: names, subjectName: subject), Self.rules(binding: bound)) == expected)
    }

    @Test(arguments: [
        #","cut":["principal.token.sub"]"#, #","cut":["req.path"]"#,
    ])
    func `that was cut cannot be decided`(rest: String) throws {
        #expect(try outcome(Self.line(rest: rest)) == "record_incomplete")
    }

    @Test func `of which something else was cut, or which lacks a part`() throws {
        #expect(try outcome(Self.line(rest: #","cut":["agent.citations"]"#)) == "same")
        #expect(try outcome(Self.line(roles: "[]")) == "record_incomplete")
        #expect(try outcome(Self.line(roles: #"["r", 5]"#)) == "record_incomplete")
        #expect(try outcome(Self.line().replacing(#""peer""#, with: #""other""#)) == "record_incomplete")
    }

    @Test func `whose path was masked cannot be decided where routes differ there`() throws {
        let masked = Self.line(path: "/v1/tickets/******42")
        #expect(try outcome(masked) == "same")
        let own = #"{ method: "GET", path: "/v1/tickets/first", permission: "audit:read" }"#
        #expect(try outcome(masked, Self.rules(routes: own)) == "path_masked")
        #expect(try outcome(Self.line(path: "/v1/tickets/**/**/1990")) == "path_masked")
        #expect(try outcome(Self.line(), Self.rules(routes: own)) == "same")
        #expect(
            try outcome(Self.line(path: "/v1/tickets/first"), Self.rules(routes: own)) == "allow -> deny role_missing")
    }

    @Test(arguments: [
        (2, 600, "same"), (2, 601, "allow -> deny approvals_missing"), (1, 600, "allow -> deny approvals_missing"),
        (4, 31_536_000, "allow -> deny approvals_missing"), (0, 600, "allow -> deny approvals_missing"),
    ])
    func `has the approvals and the life that were recorded`(count: Int, life: Int, expected: String) throws {
        let names = (0..<count).map { "\"a\($0)\"" }.joined(separator: ",")
        let token = count == 0 ? "" : #","exp":\#(1_800_000_000 + life),"iat":1800000000,"approved_by":[\#(names)]"#
        let line = Self.line().replacing(#""roles":["r"]"#, with: #""roles":["r"]\#(token)"#)
        let rules = Self.rules().replacing("r: { ", with: "r: { approvals: { count: 2, ttl_max_s: 600 }, ")
        #expect(try outcome(line, rules) == expected)
        guard count > 0 else { return }
        #expect(try outcome(line.replacing(#""iat""#, with: #""x""#), rules) == "record_incomplete")
    }

    @Test func `leaves a bounded number of tokens behind`() throws {
        let engine = try PolicyEngine.parse(Array(Self.rules(subjects: #", subjects: ["u-1"]"#).utf8), file: "f")
        var replay = try PolicyReplay(engine, tokensMax: 3)
        for number in 0...3 {
            let line = Self.line(subject: "\"s-\(number)\"")
            let record = StoredRecord(seq: 7, segment: "s", offset: 0, line: Array(line.utf8))
            #expect(replay.take(try #require(RecordView(record))) != nil)
            #expect(replay.tokens.count == (number == 3 ? 1 : number + 1))
        }
        #expect(replay.tally.total.toDeny == 4)
    }

    @Test func `is counted under a bounded number of names`() throws {
        var tally = ReplayTally()
        for number in 0..<(ReplayTally.namesMax + 2) {
            tally.count(role: "r\(number)", route: "GET /", before: nil, after: "role_missing")
        }
        let engine = try PolicyEngine.parse(Array(Self.rules().utf8), file: "rbac.json5")
        let counts = try JSONParser.parse(tally.json(engine))
        #expect(counts["by_role"]?.members?.count == ReplayTally.namesMax + 1)
        #expect(counts["by_role"]?["others"]?["to_deny"]?.integer == 2)
        #expect(counts["by_route"]?["GET /"]?["to_deny"]?.integer == Int64(ReplayTally.namesMax + 2))
    }
}
