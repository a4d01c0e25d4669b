import Foundation
import JSON
import Testing

/// As much of JSON Schema 2020-12 as the policy's schema uses; a keyword that it does not know is an issue.
struct SchemaValidator {
    private let root: JSONNode

    init(_ root: JSONNode) { self.root = root }

    func accepts(_ node: JSONNode) throws -> Bool { try accepts(node, by: root) }

    private func accepts(_ node: JSONNode, by schema: JSONNode) throws -> Bool {
        for member in try #require(schema.members) {
            let name = String(decoding: member.name, as: UTF8.self)
            guard try holds(name, member.node, for: node, in: schema) else { return false }
        }
        return true
    }

    private func holds(_ keyword: String, _ value: JSONNode, for node: JSONNode, in schema: JSONNode) throws -> Bool {
        switch keyword {
        case "$schema", "$id", "$defs", "title", "description", "default": return true
        case "$ref":
            let name = try #require(value.text?.split(separator: "/").last)
            let definitions = try #require(root["$defs"]?.members)
            let target = try #require(definitions.first { $0.name.elementsEqual(name.utf8) })
            return try accepts(node, by: target.node)
        case "type": return node.schemaType == value.text
        case "const": return node.plainText == value.plainText
        case "enum": return try #require(value.elements).contains { $0.plainText == node.plainText }
        case "anyOf": return try #require(value.elements).contains { try accepts(node, by: $0) }
        case "properties", "additionalProperties", "required", "propertyNames", "minProperties", "maxProperties":
            guard let members = node.members else { return true }
            return try holds(keyword, value, forMembers: members, in: schema)
        case "items", "minItems", "maxItems", "uniqueItems":
            guard let elements = node.elements else { return true }
            return try holds(keyword, value, forElements: elements)
        case "minLength", "maxLength", "pattern":
            guard let text = node.text else { return true }
            if keyword == "pattern" {
                return text.range(of: try #require(value.text), options: .regularExpression) != nil
            }
            let count = text.unicodeScalars.count
            return keyword == "minLength" ? count >= (try value.number()) : count <= (try value.number())
        case "minimum", "maximum":
            guard case .integer(let number) = node.value else { return true }
            return keyword == "minimum" ? number >= (try value.number()) : number <= (try value.number())
        default:
            Issue.record("the validator does not know \(keyword)")
            return false
        }
    }

    private func holds(
        _ keyword: String, _ value: JSONNode, forMembers members: [JSONMember], in schema: JSONNode
    ) throws -> Bool {
        switch keyword {
        case "minProperties": return members.count >= (try value.number())
        case "maxProperties": return members.count <= (try value.number())
        case "propertyNames": return try members.allSatisfy { try accepts(JSONNode(.string($0.name)), by: value) }
        case "required":
            return try #require(value.elements).allSatisfy { name in members.contains { $0.name == name.bytes } }
        case "properties":
            return try #require(value.members).allSatisfy { property in
                guard let member = members.first(where: { $0.name == property.name }) else { return true }
                return try accepts(member.node, by: property.node)
            }
        default:
            let known = (schema["properties"]?.members ?? []).map(\.name)
            return try members.filter { !known.contains($0.name) }.allSatisfy { member in
                if case .bool(let isAllowed) = value.value { return isAllowed }
                return try accepts(member.node, by: value)
            }
        }
    }

    private func holds(_ keyword: String, _ value: JSONNode, forElements elements: [JSONNode]) throws -> Bool {
        switch keyword {
        case "minItems": elements.count >= (try value.number())
        case "maxItems": elements.count <= (try value.number())
        case "uniqueItems": Set(elements.map(\.plainText)).count == elements.count
        default: try elements.allSatisfy { try accepts($0, by: value) }
        }
    }
}

extension JSONNode {
    fileprivate var schemaType: String {
        switch value {
        case .null: "null"
        case .bool: "boolean"
        case .integer: "integer"
        case .double: "number"
        case .string: "string"
        case .array: "array"
        case .object: "object"
        }
    }

    fileprivate func number() throws -> Int {
        guard case .integer(let number) = value else { throw JSONSchemaFault.noNumber }
        return Int(number)
    }

    /// The value as JSON; its strings must need no escapes.
    var plainText: String {
        switch value {
        case .null: "null"
        case .bool(let bool): "\(bool)"
        case .integer(let number): "\(number)"
        case .double(let number): "\(number)"
        case .string(let bytes): "\"" + String(decoding: bytes, as: UTF8.self) + "\""
        case .array(let elements): "[" + elements.map(\.plainText).joined(separator: ",") + "]"
        case .object(let members):
            "{"
                + members.map { "\"" + String(decoding: $0.name, as: UTF8.self) + "\":" + $0.node.plainText }
                .joined(separator: ",") + "}"
        }
    }
}

private enum JSONSchemaFault: Error { case noNumber }
