/// Puts originals in place of tokens in a text that comes in pieces, wherever it is cut.
///
/// What is certain is given out at once; held back is only what may yet become a token, less than `heldBytesMax`. The
/// outcome is the same as that of `Vault.restore` on the whole text.
///
/// ```swift
/// var stream = RestoreStream()
/// send(stream.feed(Array("write to [EM".utf8), from: vault))     // "write to "
/// send(stream.feed(Array("AIL_1] now".utf8), from: vault))       // "a@example.com now"
/// send(stream.finish(from: vault))
/// ```
/// A stream of events whose texts are parts of one answer (Server-Sent Events, WebSocket messages) is fed the decoded
/// texts: between two events a token is torn by more than this can see.
public struct RestoreStream: Hashable, Sendable {
    /// Bytes held back, less one: the longest writing of a token and what must be seen behind it.
    public static let heldBytesMax = TokenReader.bytesMax

    private let form: TextForm
    private var restorer: Restorer
    private var held: [UInt8] = []

    /// A stream of one text of this form.
    public init(form: TextForm = .plain) {
        self.form = form
        restorer = Restorer(form: form)
    }

    /// Bytes that are held back now.
    public var heldCount: Int { held.count }

    /// Takes the next bytes of the text, any number, and gives those of the restored text that are certain.
    /// - Complexity: linear in `chunk` and in the originals.
    public mutating func feed(_ chunk: [UInt8], from vault: borrowing Vault) -> [UInt8] {
        var text: [UInt8] = []
        swap(&text, &held)
        text.append(contentsOf: chunk)
        var output: [UInt8] = []
        text.removeFirst(restorer.run(text.span, isFinal: false, from: vault, into: &output))
        swap(&text, &held)
        return output
    }

    /// Takes the text for ended and gives the rest. The stream is then ready for another text.
    public mutating func finish(from vault: borrowing Vault) -> [UInt8] {
        let text = held
        var output: [UInt8] = []
        _ = restorer.run(text.span, isFinal: true, from: vault, into: &output)
        self = RestoreStream(form: form)
        return output
    }
}
