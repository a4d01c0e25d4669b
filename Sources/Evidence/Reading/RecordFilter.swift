/// Which records are wanted; what is nil or empty asks for nothing. Texts are compared byte for byte.
package struct RecordFilter: Equatable, Sendable {
    /// A token's subject, a certificate's subject or one of its names.
    package var principal: [UInt8]?
    /// A path, or how an answer came about.
    package var route: [UInt8]?
    /// `allow`, `deny` or `error`.
    package var outcome: [UInt8]?
    package var reason: [UInt8]?
    /// A request's name.
    package var request: [UInt8]?
    package var redactionType: [UInt8]?
    package var type: [UInt8]?
    /// Not before: a time, or the beginning of one, such as `2026-11-20`.
    package var since: [UInt8]?
    /// Before this time.
    package var until: [UInt8]?

    package init() {}

    /// Whether `text` is a time, or the beginning of one, as records write it.
    package static func isTime(_ text: [UInt8]) -> Bool {
        let form = Array("dddd-dd-ddTdd:dd:dd.ddddddZ".utf8)
        guard [4, 7, 10, 13, 16, 19, 27].contains(text.count) else { return false }
        return zip(text, form).allSatisfy { byte, wanted in
            wanted == UInt8(ascii: "d") ? (0x30...0x39).contains(byte) : byte == wanted
        }
    }

    /// Whether `record` is wanted.
    package func matches(_ record: RecordView) -> Bool {
        if let type, record.type != type { return false }
        // Times of one form are in the order of their bytes.
        if let since, record.time.lexicographicallyPrecedes(since) { return false }
        if let until, !record.time.lexicographicallyPrecedes(until) { return false }
        if let request, record.request != request { return false }
        if let outcome, record.result != outcome { return false }
        if let reason, record.reason != reason { return false }
        if let route, record.path != route, record.route != route { return false }
        if let principal, !record.principals.contains(principal) { return false }
        if let redactionType, !record.redactionTypes.contains(redactionType) { return false }
        return true
    }
}
