import Auth
import Edge
import JSON
import Testing

@testable import Gateway

@Suite struct `The interface's description` {
    private func document() throws -> JSONNode { try JSONParser.parse(OpenAPI.reply.body) }

    private struct Operation: Hashable { let method: String, path: String }

    private func operations() throws -> [Operation: JSONNode] {
        var operations: [Operation: JSONNode] = [:]
        for path in try #require(document()["paths"]?.members) {
            for member in path.node.members ?? [] {
                let method = String(decoding: member.name, as: UTF8.self).uppercased()
                operations[Operation(method: method, path: String(decoding: path.name, as: UTF8.self))] = member.node
            }
        }
        return operations
    }

    private static let methods: [String: HTTPMethod] = ["GET": .get, "POST": .post, "DELETE": .delete]

    @Test func `is JSON of OpenAPI 3.1 and of this version`() throws {
        let root = try document()
        #expect(root["openapi"]?.text?.hasPrefix("3.1") == true)
        #expect(root["info"]?["version"]?.text == portcullisVersion)
        #expect(OpenAPI.reply.status == .ok)
    }

    @Test func `has every route, and only routes`() throws {
        var described: Set<Route> = []
        let checks = ["/healthz", "/livez", "/readyz"]
        for operation in try operations().keys where !checks.contains(operation.path) {
            let path = operation.path.replacing("{id}", with: "T-1")
            let method = try #require(Self.methods[operation.method], "\(operation)")
            let route = Destination(method, Array(path.utf8)[...]).route
            #expect(route != .unknown, "\(operation)")
            described.insert(route)
        }
        #expect(described == Set(Route.allCases).subtracting([.unknown, .devToken]))
        for check in checks { #expect(try operations()[Operation(method: "GET", path: check)] != nil, "\(check)") }
    }

    private static let keySet = "/.well-known/jwks.json"

    @Test func `names the permission that the shipped policy demands`() throws {
        let policy = try JSONParser.parse(Repository.bytes("policies/rbac.json5"), dialect: .json5)
        let routes = try #require(policy["routes"]?.elements)
        let described = try operations()
        var seen: Set<Operation> = []
        for route in routes {
            let operation = Operation(
                method: try #require(route["method"]?.text), path: try #require(route["path"]?.text))
            let permission = try #require(route["permission"]?.text)
            let description = described[operation]?["description"]?.text
            #expect(description?.hasPrefix("Permission \(permission)") == true, "\(operation): \(permission)")
            seen.insert(operation)
        }
        // Keys are for who has no token; the unknown route is nobody's.
        #expect(seen.count == Route.allCases.count - 3)
        #expect(Set(described.keys.filter { !$0.path.hasSuffix("z") && $0.path != Self.keySet }) == seen)
    }

    @Test func `tells the statuses that every refusal can have`() throws {
        for (operation, node) in try operations() where !operation.path.hasSuffix("z") {
            let statuses = Set((node["responses"]?.members ?? []).map { String(decoding: $0.name, as: UTF8.self) })
            let common: Set = operation.path == Self.keySet ? ["429", "503"] : ["401", "403", "429", "503"]
            #expect(common.isSubset(of: statuses), "\(operation): \(statuses)")
            if node["requestBody"] != nil {
                #expect(Set(["400", "408", "411", "413", "415"]).isSubset(of: statuses), "\(operation): \(statuses)")
            }
        }
    }

    @Test func `refers to nothing that is not there`() throws {
        let root = try document()
        var references: [String] = []
        collect(root, into: &references)
        #expect(references.count > 10)
        for reference in Set(references) {
            #expect(reference.hasPrefix("#/"))
            var node: JSONNode? = root
            for part in reference.dropFirst(2).split(separator: "/") {
                node = node?.members?.first { $0.name.elementsEqual(part.utf8) }?.node
            }
            #expect(node != nil, "\(reference)")
        }
    }

    private func collect(_ node: JSONNode, into references: inout [String]) {
        for member in node.members ?? [] {
            if member.name.elementsEqual("$ref".utf8), let text = member.node.text { references.append(text) }
            collect(member.node, into: &references)
        }
        for element in node.elements ?? [] { collect(element, into: &references) }
    }
}
