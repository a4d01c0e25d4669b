/// A further phrasing of a passage's question, as somebody once asked it: it finds the passage and is never shown.
public struct Example: Hashable, Sendable {
    /// What was asked. UTF-8, not empty.
    public let text: [UInt8]
    /// The passage's id.
    public let passageID: [UInt8]

    package init(text: [UInt8], passageID: [UInt8]) {
        self.text = text
        self.passageID = passageID
    }
}
