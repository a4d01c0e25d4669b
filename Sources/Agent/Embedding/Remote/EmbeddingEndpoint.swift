/// A server that makes vectors by OpenAI's interface (`POST …/v1/embeddings`), and how it is asked.
public struct EmbeddingEndpoint: Sendable {
    /// Where requests go: `https://HOST[:PORT]/PATH`, or `http://` with a numeric loopback address.
    public var url: String
    /// The model's name there.
    public var model: String
    /// Numbers of its vectors; an answer with others is refused.
    public var dimensions: Int
    /// Put before each question and each passage, for models that are trained with it ("query: ", "passage: ").
    public var questionPrefix: [UInt8], passagePrefix: [UInt8]
    /// Sent as a bearer token; nil for a server that asks for none.
    public var key: Key?
    /// A PEM file with the CAs that vouch for the server; nil for the system's.
    public var caFile: String?
    /// From the start of a request to the end of its answer.
    public var timeout: Duration

    /// A key that shows itself to nobody but the server.
    public struct Key: Sendable, CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
        let bytes: [UInt8]

        /// Takes a key without the white space around it; nil where it is empty, longer than
        /// `AgentLimits.embeddingKeyBytesMax`, or not printable ASCII.
        public init?(_ bytes: [UInt8]) {
            let isSpace = { (byte: UInt8) in byte == 0x20 || byte == 0x09 || byte == 0x0A || byte == 0x0D }
            guard let first = bytes.firstIndex(where: { !isSpace($0) }),
                let last = bytes.lastIndex(where: { !isSpace($0) })
            else { return nil }
            self.bytes = Array(bytes[first...last])
            guard self.bytes.count <= AgentLimits.embeddingKeyBytesMax,
                self.bytes.allSatisfy({ (0x21...0x7E).contains($0) })
            else { return nil }
        }

        /// Not the key.
        public var description: String { "‹secret›" }
        /// Not the key.
        public var debugDescription: String { description }
        /// Nothing: not the key.
        public var customMirror: Mirror { Mirror(self, children: []) }
    }

    /// An endpoint from its parts.
    public init(
        url: String, model: String, dimensions: Int, questionPrefix: [UInt8] = [], passagePrefix: [UInt8] = [],
        key: Key? = nil, caFile: String? = nil, timeout: Duration = .seconds(2)
    ) {
        self.url = url
        self.model = model
        self.dimensions = dimensions
        self.questionPrefix = questionPrefix
        self.passagePrefix = passagePrefix
        self.key = key
        self.caFile = caFile
        self.timeout = timeout
    }
}
