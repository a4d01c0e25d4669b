import Testing

@testable import Auth

@Suite struct `The difference of two policies` {
    private static let text = """
        { version: "t", roles: {
            base: { permissions: ["knowledge:read"] },
            clerk: { inherits: ["base"], permissions: ["tickets:read"], tools: ["look_up"] } },
          routes: [{ method: "GET", path: "/k", permission: "knowledge:read" },
            { method: "GET", path: "/{p}/x", permission: "tokens:issue" }],
          deny: [],
          bindings: [{ certificate: "dns:c", roles: ["clerk"] }] }
        """

    private func difference(_ old: String, _ new: String) throws -> [String] {
        try #require(Self.text.contains(old))
        let before = try Callers.parse(Self.text)
        let after = try Callers.parse(Self.text.replacing(old, with: new))
        let told = { (differences: [RoleDifference]) in
            differences.flatMap { one in
                one.gains.map { "\(one.role) + \($0)" } + one.loses.map { "\(one.role) - \($0)" }
            }
        }
        // Back again, each gain is a loss.
        let there = told(after.differences(from: before))
        let back = told(before.differences(from: after))
        #expect(there.filter { $0.contains(" + ") }.count == back.filter { $0.contains(" - ") }.count)
        return there
    }

    @Test(arguments: [
        (
            #"["knowledge:read"]"#, "[]",
            [
                "base - permission knowledge:read", "base - route GET /k", "clerk - permission knowledge:read",
                "clerk - route GET /k",
            ]
        ),
        (#"["tickets:read"]"#, #"["tickets:read", "pii:restore"]"#, ["clerk + permission pii:restore"]),
        (
            #"["tickets:read"]"#, #"[{ permission: "tickets:read", own: true }]"#,
            ["clerk - permission tickets:read without a condition, now for its own"]
        ),
        (
            #"["tickets:read"]"#, #"["tickets:read", { permission: "audit:read", when: { bound: true, tls: "1.3" } }]"#,
            ["clerk + permission audit:read when bound, over TLS 1.3"]
        ),
        (#"["look_up"]"#, #"["block"]"#, ["clerk + tool block", "clerk - tool look_up"]),
        (#"inherits: ["base"], "#, "", ["clerk - permission knowledge:read", "clerk - route GET /k"]),
        (#""dns:c""#, #""dns:d""#, ["clerk + certificate dns:d", "clerk - certificate dns:c"]),
        (
            "deny: []", #"deny: [{ permissions: ["tickets:read"], tools: ["look_up"], unless: { bound: true } }]"#,
            [
                "clerk - now denied: permission tickets:read unless bound",
                "clerk - now denied: tool look_up unless bound",
            ]
        ),
        (
            "deny: []", #"deny: [{ permissions: ["knowledge:read"], tools: ["look_up"], roles: ["clerk"] }]"#,
            ["clerk - permission knowledge:read", "clerk - route GET /k", "clerk - tool look_up"]
        ),
        ("deny: []", #"deny: [{ permissions: ["audit:read"], when: { bound: true } }]"#, []),
        (
            #"permission: "knowledge:read" }"#, #"permission: "tickets:read" }"#,
            ["base - route GET /k"]
        ),
        (#"["tickets:read"]"#, #"["tickets:read", "knowledge:read"]"#, []),
        (#"{p}/x"#, #"{q}/x"#, []),
        (#"version: "t""#, #"version: "u""#, []),
    ])
    func `is what each role gains and loses`(_ old: String, _ new: String, _ expected: [String]) throws {
        #expect(try difference(old, new) == expected)
    }

    @Test func `a role that is new, or gone, gains or loses all that it has`() throws {
        let found = try difference(
            "roles: {",
            #"roles: { boss: { permissions: ["tokens:issue"], issues: { roles: ["base"], ttl_max_s: 60 } },"#)
        #expect(
            found == [
                "boss + permission tokens:issue", "boss + route GET /{p}/x",
                "boss + issuing tokens of base for at most 60 s",
            ])
    }

    @Test func `names conditions and denials that change, and not those that say the same in another order`() throws {
        let grant = #"{ permission: "audit:read", when: { addresses: ["10.0.0.1", "10.0.0.2"] } }"#
        let deny = #"deny: [{ permissions: ["knowledge:read"], unless: { tls: "1.3" } }]"#
        let first = Self.text.replacing(#"["tickets:read"]"#, with: "[\(grant)]").replacing("deny: []", with: deny)
        let told = { (old: String, new: String) in
            try Callers.parse(new).differences(from: try Callers.parse(old)).map { "\($0.gains) \($0.loses)" }
        }
        let turned = first.replacing(#""10.0.0.1", "10.0.0.2""#, with: #""10.0.0.2", "10.0.0.1""#)
        #expect(try told(first, turned) == [])
        let moved = first.replacing(#""10.0.0.2""#, with: #""10.0.0.3""#)
        #expect(
            try told(first, moved) == [
                #"["permission audit:read when at 10.0.0.1 or 10.0.0.3"] "#
                    + #"["permission audit:read when at 10.0.0.1 or 10.0.0.2"]"#
            ])
        let opened = first.replacing(deny, with: "deny: []")
        let freed = #"["no longer denied: permission knowledge:read unless over TLS 1.3"] []"#
        #expect(try told(first, opened) == [freed, freed])
        let closed = first.replacing(#", unless: { tls: "1.3" }"#, with: "")
        let lost = #"[] ["permission knowledge:read", "route GET /k"]"#
        #expect(try told(first, closed) == [lost, lost])
    }
}
