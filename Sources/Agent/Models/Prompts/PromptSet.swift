internal import OpenSSL

/// All prompts of `policies/prompts/`.
public struct PromptSet: Sendable {
    private let templates: [PromptTemplate.Kind: PromptTemplate]
    /// SHA-256 over `name LF length LF bytes` of each file, in the order of `PromptTemplate.Kind`, as 64 hexadecimal digits:
    /// what a record says of the prompts that an answer was made by.
    public let digest: [UInt8]

    /// The files' names, in the order of the digest.
    public static var fileNames: [String] { PromptTemplate.Kind.allCases.map { "\($0.rawValue).md" } }

    /// Reads the prompts.
    /// - Parameters:
    ///   - texts: the files' contents, in the order of `fileNames`.
    ///   - folder: where they are, for messages.
    /// - Throws: `.policy`
    public init(_ texts: [[UInt8]], folder: String) throws(AgentError) {
        precondition(texts.count == Self.fileNames.count, "one text for each prompt")
        var templates: [PromptTemplate.Kind: PromptTemplate] = [:]
        var hasher = SHA256()
        for (kind, text) in zip(PromptTemplate.Kind.allCases, texts) {
            templates[kind] = try PromptTemplate(text, kind: kind, file: "\(folder)/\(kind.rawValue).md")
            hasher.update(Array("\(kind.rawValue)\n\(text.count)\n".utf8))
            hasher.update(text)
        }
        self.templates = templates
        digest = hasher.finish().hex
    }

    /// The text of one prompt.
    public func filled(_ kind: PromptTemplate.Kind, _ values: [String: [UInt8]] = [:]) -> [UInt8] {
        templates[kind]?.filled(values) ?? []
    }

    /// What the file of a prompt says of its version.
    public func version(_ kind: PromptTemplate.Kind) -> [UInt8] { templates[kind]?.version ?? [] }
}
