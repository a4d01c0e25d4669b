/// Why what a model's server sent is no completion. Nothing in it is the server's own words.
enum WireFault: Error, Hashable {
    /// No JSON, or not of the form of a completion.
    case malformed(StaticName)
    /// More than may be.
    case tooLong(StaticName)
    /// The server says that it failed, with a status where it gives one.
    case server(status: Int?)
    /// It ended before the completion did.
    case cutOff

    /// The program's own words for what is wrong.
    struct StaticName: Hashable, ExpressibleByStringLiteral {
        let text: String
        let reason: ModelError.StaticText

        init(stringLiteral value: StaticString) {
            text = value.description
            reason = ModelError.StaticText(value)
        }
    }

    /// What is wrong, for the operator.
    var reason: ModelError.StaticText {
        switch self {
        case .malformed(let name), .tooLong(let name): name.reason
        case .server: ModelError.StaticText("the server reports an error of its own")
        case .cutOff: ModelError.StaticText("the answer broke off")
        }
    }
}
