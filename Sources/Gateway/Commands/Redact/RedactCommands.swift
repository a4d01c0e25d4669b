internal import JSON
internal import LinuxIO
internal import Redaction

/// Redaction by hand: what `portcullis redact` does.
public enum RedactCommands {
    /// What is to be redacted, and how.
    public struct Request: Sendable {
        /// What is printed.
        public enum Form: Sendable {
            /// The redacted text.
            case text
            /// One JSON object a line of the text.
            case json
            /// One line a finding, for people.
            case explanation
        }

        /// Files, each a text of its own; `-` is standard input.
        public var files: [String]
        /// The redaction policy; nil for the built-in one.
        public var policyPath: String?
        /// The caller's roles, the route and the direction (`input`, `output`) that the policy's rules ask for.
        public var roles: [String] = [], route = "", direction = "input"
        /// What is printed.
        public var form = Form.text
        /// Whether it is coloured.
        public var isColored = false
        /// The file with the key that `hash` needs.
        public var hashKeyFile: String?
        /// Where the originals behind the tokens are kept; nil for nowhere.
        public var vault: VaultPlace?

        /// Asks for the redacted text of `files` by the policy at `policyPath`.
        public init(_ files: [String], policyPath: String?) {
            self.files = files
            self.policyPath = policyPath
        }
    }

    /// Values of a text without a vault after whose half the first are forgotten: their tokens are never turned back.
    private static let valuesMax = 200_000
    private static let valueBytesMax = 16 << 20

    /// Redacts texts and prints what is asked for.
    /// - Parameter progress: told the bytes read and, where they are known, the bytes that there are.
    /// - Returns: how many of each type were replaced, in the order of first occurrence.
    /// - Throws: `CommandFailure` (77) where the policy blocks a type that a text has. Text before that is printed.
    public static func redact(
        _ request: Request, progress: (Int, Int?) -> Void
    ) throws(CommandFailure) -> [(type: String, count: Int)] {
        let redactor = try redactor(for: request)
        let file: VaultFile? = if let place = request.vault { try VaultFile(place) } else { nil }
        var vault = try file?.read() ?? Vault(valuesMax: valuesMax, bytesMax: valueBytesMax)
        var inputs: [ChunkedInput] = []
        for path in request.files { inputs.append(try openInput(path)) }
        let sizes = inputs.compactMap(\.byteCount)
        let total = sizes.count == inputs.count ? sizes.reduce(0, +) : nil
        var run = RedactRun(request, redactor)
        var done = 0
        for input in inputs {
            try run.redact(input, into: &vault, forgets: file == nil) { bytes in
                done += bytes
                progress(done, total)
            }
        }
        try file?.write(vault)
        try run.finish()
        return run.counts.map { ($0.type.description, $0.count) }
    }

    private static func redactor(for request: Request) throws(CommandFailure) -> Redactor {
        let policy = try policy(at: request.policyPath)
        guard let direction = RedactionScope.Direction(rawValue: request.direction) else {
            throw CommandFailure(
                .usage, "--direction", "found \"\(request.direction)\"", mend: "wanted input or output")
        }
        var keyedHash: Redactor.KeyedHash?
        if let file = request.hashKeyFile {
            keyedHash = try SecretKeyFile.read(file, setting: "--hash-key") { RedactionKey($0) }.keyedHash
        } else if policy.needsKey {
            throw CommandFailure(
                .configuration, request.policyPath ?? "the policy", "it says \"hash\", which needs a key",
                mend: "give --hash-key FILE")
        }
        return Redactor(policy: policy, keyedHash: keyedHash).scoped(
            to: RedactionScope(
                roles: request.roles.map { Array($0.utf8) }, route: Array(request.route.utf8), direction: direction))
    }

    /// The policy at `path`, or the built-in one.
    static func policy(at path: String?) throws(CommandFailure) -> RedactionPolicy {
        if let path { try readPolicy(path) } else { .default }
    }

    private static func readPolicy(_ path: String) throws(CommandFailure) -> RedactionPolicy {
        let text = try PolicyFiles.read(path)
        do throws(RedactionPolicyError) {
            return try RedactionPolicy.parse(text)
        } catch {
            throw CommandFailure(
                .configuration, "\(path):\(error.line):\(error.column)", "\(error.pointer): found \(error.found)",
                mend: "wanted \(error.wanted)")
        }
    }

    static func failure(_ error: RedactionError, _ path: String) -> CommandFailure {
        switch error {
        case .blocked(let types):
            CommandFailure(
                .noPermission, path, "the policy blocks " + types.map(\.description).joined(separator: ", "),
                mend: "remove them from the text")
        case .textTooLong(let limitBytes):
            CommandFailure(.data, path, "it is longer than \(limitBytes) bytes", mend: "split it")
        case .vaultFull(let limit):
            CommandFailure(
                .data, path, "it has more than the vault's bound of \(limit) values or bytes", mend: "split it")
        }
    }

    /// Makes room where a text without a vault has filled half of what is kept for stable tokens.
    static func forgetIfFull(_ vault: inout Vault) {
        if vault.count > valuesMax / 2 || vault.byteCount > valueBytesMax / 2 { vault.forgetValues() }
    }
}

/// The way of texts through one redactor to the printer.
private struct RedactRun {
    private let request: RedactCommands.Request
    private let redactor: Redactor
    private(set) var counts: [RedactedText.TypeCount] = []
    /// What the policy blocks, by the file that has it first.
    private var blocked: [(type: DetectorType, file: String)] = []

    init(_ request: RedactCommands.Request, _ redactor: Redactor) {
        self.request = request
        self.redactor = redactor
    }

    mutating func redact(
        _ input: ChunkedInput, into vault: inout Vault, forgets: Bool, _ progress: (Int) -> Void
    ) throws(CommandFailure) {
        let isExplaining = request.form != .text || request.isColored
        var stream = RedactionStream(redactor, isExplaining: isExplaining)
        var printer = RedactionPrinter(request.form, isColored: request.isColored, file: input.path)
        var hasEnded = false
        while !hasEnded {
            let chunk = try input.next()
            hasEnded = chunk.isEmpty
            if forgets { RedactCommands.forgetIfFull(&vault) }
            let output: [UInt8]
            do throws(RedactionError) {
                output = hasEnded ? try stream.finish(into: &vault) : try stream.feed(chunk, into: &vault)
            } catch {
                throw RedactCommands.failure(error, input.path)
            }
            let found = stream.takeFindings()
            try noteBlocked(found, input.path)
            printer.see(chunk)
            printer.take(output, found)
            if hasEnded { printer.finish() }
            try Console.print(printer.takeText())
            printer.forget(before: stream.settledOffset)
            progress(chunk.count)
        }
        add(stream.counts)
    }

    /// - Throws: `CommandFailure` (77) where only the text is asked for, which ends there.
    private mutating func noteBlocked(_ found: [StreamedFinding], _ path: String) throws(CommandFailure) {
        for case let explained? in found.map(\.explained) where explained.action == .block {
            let type = explained.finding.type
            if request.form == .text { throw RedactCommands.failure(.blocked(types: [type]), path) }
            if !blocked.contains(where: { $0.type == type }) { blocked.append((type, path)) }
        }
    }

    private mutating func add(_ more: [RedactedText.TypeCount]) {
        for count in more {
            if let known = counts.firstIndex(where: { $0.type == count.type }) {
                counts[known].count += count.count
            } else {
                counts.append(count)
            }
        }
    }

    /// - Throws: `CommandFailure` (77) where the policy blocks something that was found.
    func finish() throws(CommandFailure) {
        guard let first = blocked.first else { return }
        throw RedactCommands.failure(.blocked(types: blocked.map(\.type)), first.file)
    }
}
