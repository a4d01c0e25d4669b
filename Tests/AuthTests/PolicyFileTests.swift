import OpenSSL
import Testing

@testable import Auth

@Suite struct `Policy files` {
    private static let good = """
        {
          version: "1",
          roles: { a: { permissions: ["assistant:ask"] }, b: { permissions: [] } },
          routes: [{ method: "POST", path: "/v1/ask", permission: "assistant:ask" }],
          bindings: [{ certificate: "uri:spiffe://x/a", roles: ["a"], subjects: ["s"] }],
        }
        """

    private static let none = "{ permissions: [] }"
    private static func issuing(_ scope: String) -> String { "{ permissions: ['tokens:issue'], issues: \(scope) }" }

    private func mistake(_ text: String) -> PolicyError? {
        do throws(PolicyError) {
            _ = try PolicyEngine.parse(Array(text.utf8), file: "policies/rbac.json5")
            return nil
        } catch { return error }
    }

    /// What to replace in the good policy, with what, and where the error must point: line, pointer, words of the message.
    @Test(arguments: [
        (#"["assistant:ask"]"#, #"["assistant:aks"]"#, 3, "/roles/a/permissions/0", #""assistant:aks""#),
        (#"["assistant:ask"]"#, #"["assistant:ask", "assistant:ask"]"#, 3, "/roles/a/permissions/1", "repeated"),
        (#"["assistant:ask"]"#, #""assistant:ask""#, 3, "/roles/a/permissions", "an array"),
        (#"["assistant:ask"]"#, "[7]", 3, "/roles/a/permissions/0", "one of assistant:ask"),
        ("{ permissions: [] }", "{ permission: [] }", 3, "/roles/b/permission", "unknown member"),
        ("{ permissions: [] }", "{}", 3, "/roles/b", "permissions"),
        ("b: {", "a: {", 3, "", "repeated"),
        ("b: {", "'b c': {", 3, "/roles/b c", "letters"),
        ("{ permissions: [] }", "{ permissions: [], issues: { roles: ['a'] } }", 3, "/roles/b/issues", "tokens:issue"),
        (Self.none, Self.issuing("{ roles: ['c'] }"), 3, "/roles/b/issues/roles/0", "a, b"),
        (Self.none, Self.issuing("{ roles: [] }"), 3, "/roles/b/issues/roles", "at least one"),
        (Self.none, Self.issuing("{}"), 3, "/roles/b/issues", #"no member "roles""#),
        (Self.none, Self.issuing("['a']"), 3, "/roles/b/issues", "an object"),
        (Self.none, Self.issuing("{ roles: ['a'], ttl_s: 1 }"), 3, "/roles/b/issues/ttl_s", "unknown member"),
        (Self.none, Self.issuing("{ roles: ['a'], ttl_max_s: 0 }"), 3, "/roles/b/issues/ttl_max_s", "1 to 31536000"),
        (
            Self.none, Self.issuing("{ roles: ['a'], ttl_max_s: 31536001 }"), 3, "/roles/b/issues/ttl_max_s",
            "1 to 31536000"
        ),
        (#"version: "1""#, "version: 1", 2, "/version", "a string"),
        (#"version: "1""#, #"version: """#, 2, "/version", "1 to 64"),
        (#"version: "1","#, "", 1, "", #"no member "version""#),
        ("  roles:", "  requireCertificate: 'no',\n  roles:", 3, "/requireCertificate", "true or false"),
        ("  roles:", "  rules: [],\n  roles:", 3, "/rules", "unknown member"),
        (#"method: "POST""#, #"method: "post""#, 4, "/routes/0/method", "GET, POST"),
        (#"method: "POST""#, #"method: "HEAD""#, 4, "/routes/0/method", "GET covers HEAD"),
        (#"method: "POST""#, #"method: "TRACE""#, 4, "/routes/0/method", #""TRACE""#),
        (#""/v1/ask""#, #""v1/ask""#, 4, "/routes/0/path", "a path like"),
        (#""/v1/ask""#, #""/v1//ask""#, 4, "/routes/0/path", "a path like"),
        (#""/v1/ask""#, #""/v1/ask/""#, 4, "/routes/0/path", "a path like"),
        (#""/v1/ask""#, #""/v1/../ask""#, 4, "/routes/0/path", "a path like"),
        (#""/v1/ask""#, #""/v1/*""#, 4, "/routes/0/path", "a path like"),
        (#""/v1/ask""#, #""/v1/{}""#, 4, "/routes/0/path", "a path like"),
        (#""/v1/ask""#, #""/v1/a{b}""#, 4, "/routes/0/path", "a path like"),
        (#""/v1/ask""#, #""/v1/%61sk""#, 4, "/routes/0/path", "a path like"),
        (#"permission: "assistant:ask" }"#, #"permission: "all" }"#, 4, "/routes/0/permission", #""all""#),
        (#"permission: "assistant:ask" }"#, "}", 4, "/routes/0", "permission"),
        (
            "assistant:ask\" }]", "assistant:ask\" }, { method: 'POST', path: '/v1/ask', permission: 'audit:read' }]",
            4,
            "/routes/1/path", "/routes/0"
        ),
        (#"roles: ["a"]"#, #"roles: ["c"]"#, 5, "/bindings/0/roles/0", "a, b"),
        (#"roles: ["a"]"#, "roles: []", 5, "/bindings/0/roles", "at least one"),
        (#"roles: ["a"]"#, #"roles: ["a", "a"]"#, 5, "/bindings/0/roles/1", "repeated"),
        (#""uri:spiffe://x/a""#, #""spiffe://x/a""#, 5, "/bindings/0/certificate", "uri:…, dns:… or cn:…"),
        (#""uri:spiffe://x/a""#, #""dns:a b""#, 5, "/bindings/0/certificate", "uri:…"),
        (#"["s"]"#, "[]", 5, "/bindings/0/subjects", "any subject"),
        (#"["s"]"#, #"["s", "s"]"#, 5, "/bindings/0/subjects/1", "repeated"),
        (#"["s"]"#, #"[""]"#, 5, "/bindings/0/subjects/0", "1 to 255"),
        (
            #"["s"] }"#, #"["s"] }, { certificate: "uri:spiffe://x/a", roles: ["b", "a"] }"#, 5, "/bindings/1/roles",
            "/bindings/0"
        ),
        ("bindings:", "bindings", 5, "", "JSON5"),
        ("]\n}", "]", 5, "", "ends too early"),
    ])
    func `a mistake is refused with its line, place and mend`(
        _ old: String, _ new: String, _ line: Int, _ pointer: String, _ words: String
    ) throws {
        try #require(Self.good.contains(old) || old == "]\n}")
        let text =
            old == "]\n}" ? String(Self.good.dropLast(2)) : Self.good.replacing(old, with: new, maxReplacements: 1)
        let error = try #require(mistake(text))
        #expect(error.line == line, "\(error)")
        #expect(error.pointer == pointer, "\(error)")
        #expect(error.description.contains(words), "\(error)")
        #expect(error.description.hasPrefix("policies/rbac.json5:\(line):\(error.column): "), "\(error)")
    }

    private static func granting(_ grant: String) -> String { "{ permissions: [\(grant)] }" }
    private static func when(_ condition: String) -> String {
        granting("{ permission: 'audit:read', when: \(condition) }")
    }

    /// What to write for the role `b` of the good policy, and where the error must point under it.
    @Test(arguments: [
        ("{ inherits: ['c'], permissions: [] }", "/inherits/0", "a, b"),
        ("{ inherits: [], permissions: [] }", "/inherits", "at least one"),
        ("{ inherits: ['a', 'a'], permissions: [] }", "/inherits/1", "repeated"),
        ("{ inherits: 'a', permissions: [] }", "/inherits", "an array"),
        ("{ inherits: ['b'], permissions: [] }", "/inherits/0", #"a cycle, "b" from "b""#),
        ("{ inherits: ['a'], permissions: [], issues: { roles: ['a'] } }", "/issues", "tokens:issue"),
        (granting("{ permission: 'audit:raed' }"), "/permissions/0/permission", #""audit:raed""#),
        (granting("{ own: true }"), "/permissions/0", #"no member "permission""#),
        (granting("{ permission: 'audit:read', own: true }"), "/permissions/0/own", "tickets:read alone"),
        (granting("{ permission: 'tickets:read', own: false }"), "/permissions/0/own", "true, or no member"),
        (granting("{ permission: 'tickets:read', own: 1 }"), "/permissions/0/own", "true or false"),
        (granting("{ permission: 'audit:read', if: {} }"), "/permissions/0/if", "unknown member"),
        (granting("'audit:read', { permission: 'audit:read' }"), "/permissions/1", "repeated permission"),
        (when("{}"), "/permissions/0/when", "at least one of times"),
        (when("[]"), "/permissions/0/when", "an object"),
        (when("{ time: [] }"), "/permissions/0/when/time", "unknown member"),
        (when("{ times: [] }"), "/permissions/0/when/times", "at least one"),
        (when("{ times: [{ from: '08:00' }] }"), "/permissions/0/when/times/0", #"no member "to""#),
        (when("{ times: [{ from: '8:00', to: '09:00' }] }"), "/permissions/0/when/times/0/from", "in UTC"),
        (when("{ times: [{ from: '08:60', to: '09:00' }] }"), "/permissions/0/when/times/0/from", "in UTC"),
        (when("{ times: [{ from: '08:00', to: '24:01' }] }"), "/permissions/0/when/times/0/to", "in UTC"),
        (when("{ times: [{ from: '08:00', to: '08:00' }] }"), "/permissions/0/when/times/0/to", "two windows"),
        (when("{ times: [{ from: '22:00', to: '06:00' }] }"), "/permissions/0/when/times/0/to", "two windows"),
        (when("{ times: [{ days: [], from: '08:00', to: '09:00' }] }"), "/permissions/0/when/times/0/days", "no day"),
        (
            when("{ times: [{ days: ['Mon'], from: '08:00', to: '09:00' }] }"), "/permissions/0/when/times/0/days/0",
            "mon, tue"
        ),
        (
            when("{ times: [{ days: ['mon', 'mon'], from: '08:00', to: '09:00' }] }"),
            "/permissions/0/when/times/0/days/1", "each once"
        ),
        (when("{ addresses: ['10.0.0.0/33'] }"), "/permissions/0/when/addresses/0", "10.20.0.0/16"),
        (when("{ addresses: ['10.1.2.3/8'] }"), "/permissions/0/when/addresses/0", "no bit set"),
        (when("{ addresses: ['10.0.0.0/08'] }"), "/permissions/0/when/addresses/0", "10.20.0.0/16"),
        (when("{ addresses: ['10.0.0.0/'] }"), "/permissions/0/when/addresses/0", "10.20.0.0/16"),
        (when("{ addresses: ['bank.example'] }"), "/permissions/0/when/addresses/0", "10.20.0.0/16"),
        (when("{ addresses: ['2001:db8::/129'] }"), "/permissions/0/when/addresses/0", "10.20.0.0/16"),
        (when("{ certificates: ['*'] }"), "/permissions/0/when/certificates/0", "uri:…"),
        (when("{ certificates: ['uri:spiffe://*/x'] }"), "/permissions/0/when/certificates/0", "a URI's path"),
        (when("{ certificates: ['uri:spiffe://b/x*'] }"), "/permissions/0/when/certificates/0", "whole segment"),
        (when("{ certificates: ['dns:*.example'] }"), "/permissions/0/when/certificates/0", "last two"),
        (when("{ certificates: ['cn:*'] }"), "/permissions/0/when/certificates/0", "cn:…"),
        (when("{ bound: false }"), "/permissions/0/when/bound", "true, or no member"),
        (when("{ tls: '1.1' }"), "/permissions/0/when/tls", #""1.2" or "1.3""#),
        (when("{ tls: 1.3 }"), "/permissions/0/when/tls", "a string"),
        ("{ permissions: [], tools: ['Look'] }", "/tools/0", "a letter first"),
        ("{ permissions: [], tools: [{ tool: 'look', own: true }] }", "/tools/0/own", "unknown member"),
        ("{ permissions: [], tools: ['look', 'look'] }", "/tools/1", "repeated tool"),
        ("{ permissions: [], tools: {} }", "/tools", "an array"),
    ])
    func `a mistake in inheritance, conditions or tools is refused where it stands`(
        _ role: String, _ pointer: String, _ words: String
    ) throws {
        let error = try #require(mistake(Self.good.replacing("{ permissions: [] }", with: role)))
        #expect(error.line == 3, "\(error)")
        #expect(error.pointer == "/roles/b" + pointer, "\(error)")
        #expect(error.description.contains(words), "\(error)")
    }

    @Test(arguments: [
        ("{}", "/deny", "an array"), ("[{}]", "/deny/0", "neither permissions nor tools"),
        ("[{ permissions: [] }]", "/deny/0/permissions", "at least one"),
        ("[{ permissions: ['audit:raed'] }]", "/deny/0/permissions/0", "one of"),
        ("[{ permissions: ['audit:read'], roles: [] }]", "/deny/0/roles", "at least one"),
        ("[{ permissions: ['audit:read'], roles: ['c'] }]", "/deny/0/roles/0", "a, b"),
        ("[{ permissions: ['audit:read'], unless: {} }]", "/deny/0/unless", "at least one of"),
        ("[{ permissions: ['audit:read'], if: {} }]", "/deny/0/if", "unknown member"),
        ("[{ tools: ['look'] }]", "/deny/0/tools/0", "which no role has"),
    ])
    func `a mistake in a denial is refused where it stands`(
        _ denials: String, _ pointer: String, _ words: String
    ) throws {
        let error = try #require(mistake(Self.good.replacing("  bindings:", with: "  deny: \(denials),\n  bindings:")))
        #expect(error.line == 5, "\(error)")
        #expect(error.pointer == pointer, "\(error)")
        #expect(error.description.contains(words), "\(error)")
    }

    @Test func `a cycle of several roles is named whole, where it closes`() throws {
        let text = """
            { version: "1", roles: {
              top: { inherits: ["x"], permissions: [] },
              x: { inherits: ["leaf", "y"], permissions: [] },
              y: { inherits: ["z"], permissions: [] },
              z: { inherits: ["x"], permissions: [] }, leaf: { permissions: [] } },
              routes: [], bindings: [] }
            """
        let error = try #require(mistake(text))
        #expect(error.pointer == "/roles/x/inherits/1")
        #expect(error.line == 3 && error.column == 27, "\(error)")
        #expect(error.found == #"a cycle, "x" from "y" from "z" from "x""#)
        #expect(mistake(text.replacing(#"z: { inherits: ["x"]"#, with: #"z: { inherits: ["leaf"]"#)) == nil)
    }

    @Test func `the bounds of denials, tools and conditions hold at the bound and not one past it`() {
        let base = { (tools: Int, denials: Int, condition: String) in
            let names = (0..<tools).map { "'t\($0)'" }.joined(separator: ",")
            let rules = (0..<denials).map { _ in "{permissions:['audit:read']\(condition)}" }.joined(separator: ",")
            return "{version:'v',roles:{r:{permissions:[],tools:[\(names)]}},routes:[],bindings:[],deny:[\(rules)]}"
        }
        #expect(mistake(base(64, 1000, "")) == nil)
        #expect(mistake(base(65, 0, ""))?.pointer == "/roles")
        #expect(mistake(base(0, 1001, ""))?.pointer == "/deny")
        let list = { (name: String, count: Int, element: (Int) -> String) in
            ",when:{\(name):[\((0..<count).map(element).joined(separator: ","))]}"
        }
        let elements: [(String, (Int) -> String)] = [
            ("addresses", { "'10.0.0.\($0)'" }), ("certificates", { "'cn:c\($0)'" }),
            ("times", { "{from:'00:\($0 % 60 < 10 ? "0" : "")\($0 % 60)',to:'\(10 + $0 / 60):00'}" }),
        ]
        for (name, element) in elements {
            #expect(mistake(base(0, 1, list(name, 64, element))) == nil, "\(name)")
            #expect(mistake(base(0, 1, list(name, 65, element)))?.pointer == "/deny/0/when/\(name)")
        }
        let tool = { (count: Int) in
            base(0, 0, "").replacing("tools:[]", with: "tools:['\(String(repeating: "t", count: count))']")
        }
        #expect(mistake(tool(64)) == nil)
        #expect(mistake(tool(65))?.pointer == "/roles/r/tools/0")
    }

    @Test func `the policy that the others are spoilt from is read whole`() throws {
        let bytes = Array(Self.good.utf8)
        let engine = try PolicyEngine.parse(bytes, file: "f")
        #expect(engine.version == Array("1".utf8))
        #expect(engine.sha256 == SHA256Digest(of: bytes))
        #expect(engine.document.requiresCertificate)
        #expect(engine.document.roles.map(\.name.description) == ["a", "b"])
        #expect(engine.document.roles[0].permissions == [.assistantAsk])
        #expect(engine.document.routes.count == 1)
        #expect(engine.document.bindings[0].subjects == [Array("s".utf8)])
    }

    private func policy(roles: Int = 1, routes: Int = 0, bindings: Int = 0, padding: Int = 0, segments: Int = 1)
        -> String
    {
        let roleTexts = (0..<roles).map { "r\($0):{permissions:[]}" }
        let path = (0..<segments).map { "/s\($0)" }.joined()
        let routeTexts = (0..<routes).map { "{method:'GET',path:'\(path)/p\($0)',permission:'audit:read'}" }
        let bindingTexts = (0..<bindings).map { "{certificate:'cn:c\($0)',roles:['r0']}" }
        return "{version:'v',roles:{\(roleTexts.joined(separator: ","))},routes:[\(routeTexts.joined(separator: ","))],"
            + "bindings:[\(bindingTexts.joined(separator: ","))]}" + String(repeating: " ", count: padding)
    }

    @Test func `each bound holds at the bound and not one past it`() {
        #expect(mistake(policy(roles: 64)) == nil)
        #expect(mistake(policy(roles: 65))?.pointer == "/roles")
        #expect(mistake(policy(roles: 0))?.pointer == "/roles")
        #expect(mistake(policy(routes: 1000)) == nil)
        #expect(mistake(policy(routes: 1001))?.pointer == "/routes")
        #expect(mistake(policy(bindings: 10_000)) == nil)
        #expect(mistake(policy(bindings: 10_001))?.pointer == "/bindings")
        #expect(mistake(policy(routes: 1, segments: 15)) == nil)
        #expect(mistake(policy(routes: 1, segments: 16))?.pointer == "/routes/0/path")
        let size = policy().utf8.count
        #expect(mistake(policy(padding: (1 << 20) - size)) == nil)
        #expect(mistake(policy(padding: (1 << 20) - size + 1))?.found == "1048577 bytes")
    }

    @Test func `all 64 roles are told apart`() throws {
        let engine = try Callers.parse(
            policy(roles: 64, routes: 1, bindings: 1).replacing(
                "r63:{permissions:[]}", with: "r63:{permissions:['audit:read']}"
            )
            .replacing("['r0']", with: "['r63','r62']"))
        let client = try Callers.certificate("cn:c0")
        let last = try Callers.token("r63", table: engine.roles)
        let other = try Callers.token("r62", table: engine.roles)
        #expect(Callers.outcome(engine, "GET /s0/p0", last, client) == .success("audit:read as r63"))
        #expect(Callers.outcome(engine, "GET /s0/p0", other, client) == .failure(.roleMissing))
    }
}
