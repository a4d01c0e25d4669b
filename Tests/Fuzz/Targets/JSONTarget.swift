internal import JSON

/// What parses, writes and parses again to the same.
enum JSONTarget {
    static func run(_ input: [UInt8], _ dialect: JSONParser.Dialect) {
        guard let node = try? JSONParser.parse(input, dialect: dialect) else { return }
        let written = write(node)
        guard let again = try? JSONParser.parse(written, dialect: .rfc8259) else {
            preconditionFailure("what the writer writes is JSON")
        }
        precondition(write(again) == written, "a value survives being written and read")
    }

    private static func write(_ node: JSONNode) -> [UInt8] {
        var writer = JSONWriter()
        write(node, to: &writer)
        return writer.bytes
    }

    private static func write(_ node: JSONNode, to writer: inout JSONWriter) {
        switch node.value {
        case .null: writer.null()
        case .bool(let bool): writer.bool(bool)
        case .integer(let integer): writer.integer(integer)
        // The writer has no doubles; their digits stand in, as a string.
        case .double(let double): writer.string("\(double)")
        case .string(let bytes): writer.string(bytes)
        case .array(let elements):
            writer.array { writer in for element in elements { write(element, to: &writer) } }
        case .object(let members):
            writer.object { writer in
                for member in members {
                    writer.name(text: member.name)
                    write(member.node, to: &writer)
                }
            }
        }
    }
}
