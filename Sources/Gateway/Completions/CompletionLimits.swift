/// Bounds of what `POST /v1/chat/completions` takes, beside those of every body and message.
enum CompletionLimits {
    /// Messages of one request.
    static let messagesMax = 256
    /// Parts of one message's content.
    static let partsMax = 64
    /// Bytes of a model's name: those that are offered are far shorter.
    static let modelBytesMax = 256
    /// Tokens of an answer where the request does not say, and the most that it may ask for. The model's own bound is lower
    /// where its policy says so.
    static let answerTokensDefault = 1_024
    static let answerTokensMax = 32_768
    /// No request for a completion has a reason to nest deeper, tools' schemas included, which are refused by name.
    static let depthMax = 32
}
