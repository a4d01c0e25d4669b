import JSON
import Testing

@testable import Auth

@Suite struct `A role mapping` {
    private func roles(_ pointer: String, _ claims: String, _ map: [String: [String]]? = nil) throws -> [String] {
        let named = try map?.mapValues { try $0.map { try #require(RoleName($0)) } }
        return try RoleMapping(pointer: pointer, roles: named)
            .roles(in: JSONParser.parse(Array(claims.utf8))).map(\.description)
    }

    private func refusal(_ pointer: String, _ claims: String, _ map: [String: [String]]? = nil) -> TokenRefusal? {
        do {
            _ = try roles(pointer, claims, map)
            return nil
        } catch { return error as? TokenRefusal }
    }

    @Test func `finds names by a JSON pointer, with its escapes`() throws {
        #expect(try roles("/groups", #"{"groups":["agent","admin"]}"#) == ["agent", "admin"])
        #expect(try roles("/groups", #"{"groups":"agent"}"#) == ["agent"])
        #expect(try roles("/realm_access/roles", #"{"realm_access":{"roles":["agent"]}}"#) == ["agent"])
        #expect(try roles("/https:~1~1bank~0x", #"{"https://bank~x":["agent"]}"#) == ["agent"])
    }

    @Test func `gives each name the roles that it stands for, each once, and unknown names none`() throws {
        let map = ["Bank Admins": ["admin", "agent"], "Tellers": ["agent"]]
        #expect(try roles("/g", #"{"g":["Tellers","Bank Admins","x"]}"#, map) == ["agent", "admin"])
        #expect(refusal("/g", #"{"g":["tellers"]}"#, map) == .rolesMissing)
        #expect(refusal("/g", #"{"g":["admin"]}"#, map) == .rolesMissing)
        #expect(try roles("/g", #"{"g":["Domain Users","agent"]}"#) == ["agent"])
    }

    @Test(arguments: [
        (#"{}"#, TokenRefusal.rolesMissing), (#"{"g":[]}"#, .rolesMissing), (#"{"g":{}}"#, .rolesMalformed),
        (#"{"g":[1]}"#, .rolesMalformed), (#"{"g":null}"#, .rolesMalformed),
        (#"{"g":["agent",["admin"]]}"#, .rolesMalformed),
    ]) func `refuses what is no list of names`(_ claims: String, _ expected: TokenRefusal) {
        #expect(refusal("/g", claims) == expected)
        #expect(refusal("/h/g", #"{"h":\#(claims)}"#) == expected)
    }

    @Test func `takes 256 names and 32 roles, and no more`() {
        func claims(_ count: Int) -> String { #"{"g":[\#((0..<count).map { "\"r\($0)\"" }.joined(separator: ","))]}"# }
        let map = ["r0": ["agent"]]
        #expect(refusal("/g", claims(256), map) == nil)
        #expect(refusal("/g", claims(257), map) == .rolesTooMany)
        #expect(refusal("/g", claims(32)) == nil)
        #expect(refusal("/g", claims(33)) == .rolesTooMany)
    }

    @Test(arguments: ["", "groups", "/a~2", "/a~", "/" + String(repeating: "a/", count: 8) + "a"])
    func `wants a pointer within its bounds`(_ pointer: String) {
        #expect(throws: AuthError.self) { try RoleMapping(pointer: pointer, roles: nil) }
    }

    @Test func `goes down 8 levels and names 1000 values`() throws {
        _ = try RoleMapping(pointer: "/" + String(repeating: "a/", count: 7) + "a", roles: nil)
        func map(_ count: Int) -> [String: [RoleName]] {
            Dictionary(uniqueKeysWithValues: (0..<count).map { ("v\($0)", []) })
        }
        _ = try RoleMapping(pointer: "/g", roles: map(1000))
        #expect(throws: AuthError.self) { try RoleMapping(pointer: "/g", roles: map(1001)) }
        #expect(throws: AuthError.self) { try RoleMapping(pointer: "/g", roles: [:]) }
    }
}
