import Foundation
import JSON
import Testing

@testable import Auth

@Suite struct `The published schema` {
    private static func file(_ name: String) throws -> [UInt8] {
        let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
        return Array(try Data(contentsOf: root.appendingPathComponent("policies/\(name)")))
    }

    private static func validator() throws -> SchemaValidator {
        SchemaValidator(try JSONParser.parse(try file("rbac.schema.json")))
    }

    private func error(_ text: String) -> PolicyError? {
        do throws(PolicyError) {
            _ = try PolicyEngine.parse(Array(text.utf8), file: "f")
            return nil
        } catch { return error }
    }

    /// What the parser knows and no schema can say.
    private static let beyond = [
        "one of the roles above", "no role that inherits from itself", "which no role has",
        "a role without tokens:issue",
        "each permission once", "each tool once", "the same method and path", "gives the same certificate",
        "a time that is not after from", "no bit set behind its prefix", "a whole segment", "a path like",
        "a repeated window",
    ]

    @Test func `accepts the shipped policy`() throws {
        let node = try JSONParser.parse(try Self.file("rbac.json5"), dialect: .json5)
        #expect(try Self.validator().accepts(node))
    }

    @Test func `names every permission and no other`() throws {
        let schema = try JSONParser.parse(try Self.file("rbac.schema.json"))
        let names = try #require(schema["$defs"]?["permission"]?["enum"]?.elements).map { $0.text }
        #expect(names == Permission.allCases.map { "\($0.name)" })
    }

    @Test func `agrees with the gateway's reader on generated policies, good and spoilt`() throws {
        var random = SeededGenerator("schema agrees")
        let validator = try Self.validator()
        var counts = (good: 0, bad: 0, beyond: 0)
        for _ in 0..<60 {
            let world = World(&random).policy
            let node = try JSONParser.parse(Array(world.utf8), dialect: .json5)
            #expect(try validator.accepts(node), "seed \(random.seed): \(world)")
            #expect(error(world) == nil, "seed \(random.seed): \(world)")
            for _ in 0..<20 {
                let spoilt = node.spoilt(&random)
                let text = spoilt.plainText
                let error = error(text)
                let isAccepted = try validator.accepts(spoilt)
                if let error, isAccepted {
                    let isBeyond = Self.beyond.contains { error.description.contains($0) }
                    #expect(isBeyond, "seed \(random.seed): \(error) in \(text)")
                    counts.beyond += 1
                } else {
                    #expect(
                        isAccepted == (error == nil), "seed \(random.seed): \(String(describing: error)) in \(text)")
                    if isAccepted { counts.good += 1 } else { counts.bad += 1 }
                }
            }
        }
        #expect(counts.good > 30 && counts.bad > 400 && counts.beyond > 8, "\(counts)")
    }

    /// The nearest value on each side of a bound that both have.
    @Test(arguments: [
        ("version: 't'", "version: ''"), ("version: 't'", "version: '\(String(repeating: "v", count: 65))'"),
        ("ttl_max_s: 60", "ttl_max_s: 0"), ("ttl_max_s: 60", "ttl_max_s: 31536001"),
        ("own: true", "own: false"), ("'tickets:read', own", "'audit:read', own"), ("bound: true", "bound: 1"),
        ("'1.3'", "'1.1'"), ("'08:00'", "'8:00'"), ("'18:00'", "'24:01'"), ("'mon'", "'Mon'"), ("['mon']", "[]"),
        ("'10.0.0.0/8'", "'10.0.0.0/08'"), ("'dns:*.b.c'", "'*.b.c'"), ("'look_up'", "'Look_up'"),
        ("'possession'", "'none'"), ("'possession'", "'sms'"), ("tls: '1.3',", "customer: 'knowledge',"),
        ("'/x/{id}'", "'x'"), ("'GET'", "'HEAD'"), ("['s']", "['']"), ("roles: ['r']", "roles: []"),
        ("r: {", "'r r': {"), ("permissions: ['audit:read']", "roles: ['r']"),
    ])
    func `refuses what the reader refuses at its bounds`(good: String, bad: String) throws {
        let text = """
            { version: 't', roles: { r: { permissions: ['tokens:issue', { permission: 'tickets:read', own: true,
                when: { bound: true, tls: '1.3', times: [{ days: ['mon'], from: '08:00', to: '18:00' }],
                  addresses: ['10.0.0.0/8'], certificates: ['dns:*.b.c'] } }],
                tools: ['look_up', { tool: 'pay', when: { customer: 'possession' } }], issues: { roles: ['r'], ttl_max_s: 60 } } },
              routes: [{ method: 'GET', path: '/x/{id}', permission: 'tickets:read' }],
              deny: [{ permissions: ['audit:read'] }],
              bindings: [{ certificate: 'dns:a', roles: ['r'], subjects: ['s'] }] }
            """
        try #require(text.contains(good))
        let validator = try Self.validator()
        for (candidate, isGood) in [(text, true), (text.replacing(good, with: bad, maxReplacements: 1), false)] {
            #expect(try validator.accepts(try JSONParser.parse(Array(candidate.utf8), dialect: .json5)) == isGood)
            #expect((error(candidate) == nil) == isGood, "\(candidate)")
        }
    }
}

extension JSONNode {
    /// The same document with one thing changed somewhere.
    fileprivate func spoilt(_ random: inout SeededGenerator) -> JSONNode {
        var count = 0
        walk { _ in count += 1 }
        var rest = Int.random(in: 0..<count, using: &random)
        return replacing(&rest, &random)
    }

    private func walk(_ visit: (JSONNode) -> Void) {
        visit(self)
        for element in elements ?? [] { element.walk(visit) }
        for member in members ?? [] { member.node.walk(visit) }
    }

    /// Changes the node that comes after `rest` others, and counts those that it passes.
    private func replacing(_ rest: inout Int, _ random: inout SeededGenerator) -> JSONNode {
        guard rest > 0 else {
            let isIt = rest == 0
            rest -= 1
            return isIt ? changed(&random) : self
        }
        rest -= 1
        switch value {
        case .array(let elements):
            var copy: [JSONNode] = []
            for element in elements { copy.append(element.replacing(&rest, &random)) }
            return JSONNode(.array(copy))
        case .object(let members):
            var copy: [JSONMember] = []
            for member in members {
                copy.append(JSONMember(name: member.name, node: member.node.replacing(&rest, &random)))
            }
            return JSONNode(.object(copy))
        default: return self
        }
    }

    private func changed(_ random: inout SeededGenerator) -> JSONNode {
        if var members, !members.isEmpty, Int.random(in: 0..<3, using: &random) > 0 {
            if Bool.random(using: &random) {
                members.remove(at: Int.random(in: 0..<members.count, using: &random))
            } else {
                members.append(JSONMember(name: Array("zz".utf8), node: JSONNode(.integer(1))))
            }
            return JSONNode(.object(members))
        }
        if var elements, !elements.isEmpty, Bool.random(using: &random) {
            if Bool.random(using: &random) {
                elements.removeLast()
            } else {
                elements.append(elements[0])
            }
            return JSONNode(.array(elements))
        }
        let others: [JSONNode.Value] = [
            .null, .bool(false), .integer(7), .string(Array("zz".utf8)), .string([]), .array([]), .object([]),
        ]
        return JSONNode(others.randomElement(using: &random) ?? .null)
    }
}
