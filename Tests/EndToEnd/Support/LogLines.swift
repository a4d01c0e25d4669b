import Foundation
import JSON
import Testing

extension GatewayProcess {
    /// The lines that the gateway has written to its log.
    func logLines() throws -> [JSONNode] {
        try child.errors.split(separator: "\n").map { try JSONParser.parse(Array($0.utf8)) }
    }

    /// The events of all lines, but for those that say how it was started, which differ between machines and settings, and
    /// those that come as the clock will have it.
    func events() throws -> [String] {
        let others: Set = ["weakened", "search", "audit_checkpoint"]
        return try logLines().compactMap { $0.word("event") }.filter { !others.contains($0) }
    }

    /// Waits for lines of `event` that `isWanted` takes.
    func lines(
        _ event: String, count: Int = 1, where isWanted: @Sendable (JSONNode) -> Bool = { _ in true }
    ) async throws -> [JSONNode] {
        var found: [JSONNode] = []
        let hasCome = await eventually {
            // The last line may be half written.
            let whole = child.errors.split(separator: "\n").compactMap { try? JSONParser.parse(Array($0.utf8)) }
            found = whole.filter { $0.word("event") == event && isWanted($0) }
            return found.count >= count
        }
        #expect(hasCome, "\(event): \(child.errors)")
        return found
    }
}

extension JSONNode {
    /// The member as text.
    func word(_ name: StaticString) -> String? {
        guard case .string(let bytes)? = self[name]?.value else { return nil }
        return String(decoding: bytes, as: UTF8.self)
    }

    /// The member as an integer.
    func number(_ name: StaticString) -> Int? {
        guard case .integer(let value)? = self[name]?.value else { return nil }
        return Int(value)
    }

    /// The member as a boolean.
    func flag(_ name: StaticString) -> Bool? {
        guard case .bool(let value)? = self[name]?.value else { return nil }
        return value
    }
}
