public import Edge
internal import JSON

/// The classes of routes that have a rate limit of their own; the names in `policies/ratelimits.json5`.
public enum RateClass: String, CaseIterable, Sendable, Hashable {
    case ask, tickets, knowledge, admin, read

    /// The number by which the limiter tells classes apart.
    public var index: UInt8 {
        switch self {
        case .ask: 1
        case .tickets: 2
        case .knowledge: 3
        case .admin: 4
        case .read: 5
        }
    }
}

/// `policies/ratelimits.json5`: a rule for every class of routes, one for addresses before authentication and one for
/// clients whose authentication fails. Nothing has a default, so that nothing is unlimited by being forgotten.
///
/// ```json5
/// { version: 1,
///   classes: { ask: { limit: 60, window_s: 60, burst: 10 }, tickets: { … }, knowledge: { … }, admin: { … }, read: { … } },
///   address: { limit: 600, window_s: 60, burst: 120 },
///   failed_authentication: { limit: 10, window_s: 60, burst: 5 } }
/// ```
public struct RateLimitDocument: Sendable, Hashable {
    /// For each address, before anything is known about who is there.
    public let address: RateRule
    /// For each address and certificate, counted when authentication fails.
    public let failedAuthentication: RateRule
    private let ask: RateRule
    private let tickets: RateRule
    private let knowledge: RateRule
    private let admin: RateRule
    private let read: RateRule

    /// The rule of a class of routes.
    public subscript(rateClass: RateClass) -> RateRule {
        switch rateClass {
        case .ask: ask
        case .tickets: tickets
        case .knowledge: knowledge
        case .admin: admin
        case .read: read
        }
    }

    /// The version of the format that this program reads.
    public static let version = 1

    /// Reads a document.
    /// - Parameter file: the name that errors give.
    /// - Throws: `RateLimitDocumentError` at the first thing that is wrong.
    public init(_ text: [UInt8], file: String) throws(RateLimitDocumentError) {
        let node: JSONNode
        do throws(JSONSyntaxError) {
            node = try JSONParser.parse(text, dialect: .json5)
        } catch {
            throw RateLimitDocumentError(
                file: file, line: error.line, path: "", found: error.message, wanted: "JSON5 (column \(error.column))")
        }
        do throws(JSONShapeError) {
            let document = try JSONObject(node, allowing: ["version", "classes", "address", "failed_authentication"])
            _ = try document.integer("version", in: Self.version...Self.version)
            let classes = try JSONObject(
                try document.required("classes"), at: document.path("classes"),
                allowing: RateClass.allCases.map(\.rawValue))
            ask = try Self.rule(RateClass.ask.rawValue, of: classes)
            tickets = try Self.rule(RateClass.tickets.rawValue, of: classes)
            knowledge = try Self.rule(RateClass.knowledge.rawValue, of: classes)
            admin = try Self.rule(RateClass.admin.rawValue, of: classes)
            read = try Self.rule(RateClass.read.rawValue, of: classes)
            address = try Self.rule("address", of: document)
            failedAuthentication = try Self.rule("failed_authentication", of: document)
        } catch {
            throw RateLimitDocumentError(
                file: file, line: TextPosition(of: error.offset, in: text).line, path: error.pointer,
                found: error.found, wanted: error.wanted)
        }
    }

    private static func rule(_ name: String, of object: JSONObject) throws(JSONShapeError) -> RateRule {
        let members = try JSONObject(
            try object.required(name), at: object.path(name), allowing: ["limit", "window_s", "burst"])
        let limit = try members.integer("limit", in: RateRule.limitRange)
        let window = try members.integer("window_s", in: RateRule.windowSecondsRange)
        let burst = try members.integer("burst", in: RateRule.burstRange)
        guard let rule = RateRule(limit: limit, windowSeconds: window, burst: burst) else {
            throw members.error(
                "burst", found: "a burst that takes over a year to replenish",
                wanted: "a smaller burst or a higher rate")
        }
        return rule
    }
}

/// What is wrong in `policies/ratelimits.json5`.
public struct RateLimitDocumentError: Error, Sendable, Hashable, CustomStringConvertible {
    /// The file's name as it was given.
    public let file: String
    /// Line, counted from 1.
    public let line: Int
    /// JSON Pointer of the value (RFC 6901); empty for the whole.
    public let path: String
    /// What stands there.
    public let found: String
    /// What was wanted instead.
    public let wanted: String

    /// One line for a person.
    public var description: String {
        "\(file):\(line): \(path.isEmpty ? "" : path + ": ")found \(found), wanted \(wanted)"
    }
}
