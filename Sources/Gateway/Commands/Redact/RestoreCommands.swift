internal import LinuxIO
internal import Redaction

/// Restoring by hand: what `portcullis restore` does.
public enum RestoreCommands {
    /// What the text is.
    public enum Form: String, CaseIterable, Sendable {
        /// Words to be read.
        case text
        /// JSON: originals are written as parts of its strings.
        case json
        /// Server-Sent Events.
        case sse
        /// JSON texts, one a line, as the messages of a WebSocket come.
        case ndjson
    }

    /// Bytes of a line that is a message.
    private static let messageBytesMax = 1 << 20

    /// Prints a text with the tokens of a vault turned back, as soon as it comes.
    /// - Parameters:
    ///   - path: a file, or `-` for standard input.
    ///   - member: where the words of events and messages are (see `MessagePointer`); empty for all of them.
    ///   - progress: told the bytes read and, where they are known, the bytes that there are.
    /// - Throws: `CommandFailure`
    public static func restore(
        _ path: String, from place: VaultPlace, form: Form, member: String, progress: (Int, Int?) -> Void
    ) throws(CommandFailure) {
        let words = try words(at: member)
        let vault = try VaultFile.read(place)
        let input = try openInput(path)
        var restoring = Restoring(form, words)
        var done = 0
        while true {
            let chunk = try input.next()
            if chunk.isEmpty { break }
            try Console.print(try restoring.feed(chunk, from: vault, path))
            done += chunk.count
            progress(done, input.byteCount)
        }
        try Console.print(restoring.finish(from: vault))
    }

    private static func words(at member: String) throws(CommandFailure) -> MessageRestorer.Words {
        if member.isEmpty { return .message }
        guard let pointer = MessagePointer(Array(member.utf8)) else {
            throw CommandFailure(
                .usage, "--member", "found \"\(member)\"",
                mend: "wanted a JSON Pointer of at most \(MessagePointer.stepsMax) steps: /choices/*/delta/content")
        }
        return .member(pointer)
    }

    /// A text that is restored as it comes.
    private enum Restoring {
        case text(RestoreStream)
        case events(EventRestorer)
        case lines(MessageRestorer, pending: [UInt8])

        init(_ form: Form, _ words: MessageRestorer.Words) {
            self =
                switch form {
                case .text: .text(RestoreStream(form: .plain))
                case .json: .text(RestoreStream(form: .json))
                case .sse: .events(EventRestorer(words))
                case .ndjson: .lines(MessageRestorer(words), pending: [])
                }
        }

        mutating func feed(
            _ chunk: [UInt8], from vault: borrowing Vault, _ path: String
        ) throws(CommandFailure) -> [UInt8] {
            switch self {
            case .text(var stream):
                let output = stream.feed(chunk, from: vault)
                self = .text(stream)
                return output
            case .events(var restorer):
                do throws(EventStreamError) {
                    let output = try restorer.feed(chunk, from: vault)
                    self = .events(restorer)
                    return output
                } catch {
                    throw CommandFailure(
                        .data, path, "an event has more than \(EventReader.eventBytesMax) bytes")
                }
            case .lines(var restorer, var pending):
                pending += chunk
                var lines = pending.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
                let last = lines.popLast() ?? []
                guard last.count <= messageBytesMax else {
                    throw CommandFailure(.data, path, "a line has more than \(messageBytesMax) bytes")
                }
                var output: [UInt8] = []
                for line in lines { RestoreCommands.restore(Array(line), &restorer, from: vault, into: &output) }
                self = .lines(restorer, pending: Array(last))
                return output
            }
        }

        mutating func finish(from vault: borrowing Vault) -> [UInt8] {
            switch self {
            case .text(var stream): return stream.finish(from: vault)
            case .events(var restorer): return restorer.finish(from: vault)
            case .lines(var restorer, let pending):
                var output: [UInt8] = []
                if !pending.isEmpty { RestoreCommands.restore(pending, &restorer, from: vault, into: &output) }
                for message in restorer.finish(from: vault) { output += message + [UInt8(ascii: "\n")] }
                return output
            }
        }
    }

    private static func restore(
        _ message: [UInt8], _ restorer: inout MessageRestorer, from vault: borrowing Vault, into output: inout [UInt8]
    ) {
        let restored = restorer.restore(message, from: vault)
        for message in restored.before + (restored.message.map { [$0] } ?? []) {
            output += message + [UInt8(ascii: "\n")]
        }
    }
}
