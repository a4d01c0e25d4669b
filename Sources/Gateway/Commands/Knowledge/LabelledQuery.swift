internal import Agent
internal import JSON

/// A question and the passage that should answer it: one line of a file that `knowledge eval` reads.
///
/// ```json
/// {"query": "Where can I activate my card?", "expected_id": "activate_my_card", "kind": "intent"}
/// ```
struct LabelledQuery {
    /// As somebody would ask it, with whatever personal data it holds; never empty.
    let query: [UInt8]
    /// The id of the passage; nil where the question must not be answered.
    let expectedID: [UInt8]?
    /// What kind of question it is, printable ASCII; nil where nothing is said.
    let kind: [UInt8]?

    /// Bytes of a line: the longest question that the assistant takes, were each of its bytes escaped.
    static let lineBytesMax = 128 << 10
    /// Bytes of a kind.
    static let kindBytesMax = 64

    /// What is wrong with a line.
    struct Fault: Error, Equatable {
        let found: String
        let wanted: String
    }

    /// Reads a line.
    /// - Throws: `Fault`
    init(_ line: [UInt8]) throws(Fault) {
        guard line.count <= Self.lineBytesMax else {
            throw Fault(found: "\(line.count) bytes", wanted: "at most \(Self.lineBytesMax) a line")
        }
        let root: JSONNode
        do throws(JSONSyntaxError) { root = try JSONParser.parse(line, depthMax: 1) } catch {
            throw Fault(found: "\(error.message) in column \(error.column)", wanted: "a JSON object a line")
        }
        do throws(JSONShapeError) {
            let row = try JSONObject(root, allowing: ["query", "expected_id", "kind"])
            query = try row.bytes("query", countRange: 1...AgentLimits.textBytesMax)
            expectedID = try Self.expectedID(row)
            kind = try row.optionalBytes("kind", countRange: 1...Self.kindBytesMax)
            // It is printed as it is: nothing in it may move a terminal's cursor or a table's columns.
            if let kind, !kind.allSatisfy({ (0x20...0x7E).contains($0) }) {
                throw row.error("kind", found: "other characters", wanted: "printable ASCII")
            }
        } catch {
            throw Fault(
                found: "\(error.pointer.isEmpty ? "" : "\(error.pointer): ")\(error.found)", wanted: error.wanted)
        }
    }

    private static func expectedID(_ row: JSONObject) throws(JSONShapeError) -> [UInt8]? {
        if case .null = try row.required("expected_id").value { return nil }
        return try row.bytes("expected_id", countRange: 1...AgentLimits.identifierBytesMax)
    }
}
