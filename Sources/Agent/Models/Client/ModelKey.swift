internal import JSON
internal import LinuxIO
internal import OpenSSL

/// The key for a model's server: zeroed when it is dropped, and never printed.
public final class ModelKey: Sendable, CustomStringConvertible {
    private let secret: SecretBytes

    /// A key of printable ASCII, from which white space around it was taken.
    init(_ secret: consuming SecretBytes) { self.secret = secret }

    /// Always "‹secret›".
    public var description: String { "‹secret›" }

    /// The field `Authorization` of one request (RFC 6750 §2.1). libcurl wants a string, which lives as long as the request.
    var authorization: (name: String, value: String) {
        ("Authorization", "Bearer " + secret.withSpan { String(decoding: Self.bytes($0), as: UTF8.self) })
    }

    /// Reads a server's key.
    /// - Parameters:
    ///   - path: makes a path of the policy's absolute.
    ///   - variable: a variable of the process's environment; nil where it is not set.
    /// - Throws: `.policy`, which names the file or variable and what is wrong, and holds nothing of the key.
    static func read(
        _ source: ModelPolicy.Server.KeySource, path: (String) -> String, variable: (String) -> [UInt8]?
    ) throws(AgentError) -> ModelKey {
        switch source {
        case .file(let name):
            let read: Optional<ModelKey>
            do throws(KeyFileError) { read = try KeyFile.readSecret(path(name)) { make($0) } } catch {
                throw .policy(message: error.description)
            }
            guard let key = read else { throw .policy(message: "\(path(name)): \(wanted)") }
            return key
        case .environment(let name):
            guard var bytes = variable(name) else {
                throw .policy(message: "the environment has no variable \(name): set it, or name a key_file")
            }
            let secret = SecretBytes(wiping: &bytes)
            guard let key = secret.withSpan({ make($0) }) else {
                throw .policy(message: "the variable \(name): \(wanted)")
            }
            return key
        }
    }

    private static let wanted =
        "found something else, wanted a key of 1 to \(AgentLimits.modelKeyBytesMax) printable ASCII characters on one line"

    private static func make(_ text: Span<UInt8>) -> ModelKey? {
        var range = 0..<text.count
        while let last = range.last, isBlank(text[last]) { range.removeLast() }
        while let first = range.first, isBlank(text[first]) { range.removeFirst() }
        let isPrintable = range.allSatisfy { (0x21...0x7E).contains(text[$0]) }
        guard isPrintable, (1...AgentLimits.modelKeyBytesMax).contains(range.count) else { return nil }
        return ModelKey(SecretBytes(copying: text.extracting(range)))
    }

    private static func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x09 || byte == 0x0A || byte == 0x0D }

    private static func bytes(_ span: Span<UInt8>) -> [UInt8] {
        var bytes: [UInt8] = []
        bytes.append(span)
        return bytes
    }
}
