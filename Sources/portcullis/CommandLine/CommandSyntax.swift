internal import Gateway

/// An option, as the parser takes it and the help shows it. Two options are the same if their names are.
struct Option: Hashable, Sendable {
    /// The name without the dashes.
    let name: String
    /// The value's placeholder (`DIR`); nil for an option that is there or not.
    let value: String?
    /// One line for the help.
    let summary: String
    /// The value where the option is not given; nil where there is none.
    let fallback: String?
    /// Whether it may be given several times.
    let repeats: Bool
    /// Whether the command cannot do without; the help says so.
    let isRequired: Bool

    /// An option with a value.
    init(
        _ name: String, _ value: String, _ summary: String, fallback: String? = nil, repeats: Bool = false,
        required: Bool = false
    ) {
        self.name = name
        self.value = value
        self.summary = summary
        self.fallback = fallback
        self.repeats = repeats
        self.isRequired = required
    }

    /// An option that is there or not.
    init(flag name: String, _ summary: String) {
        self.name = name
        self.value = nil
        self.summary = summary
        self.fallback = nil
        self.repeats = false
        self.isRequired = false
    }

    static func == (left: Option, right: Option) -> Bool { left.name == right.name }
    func hash(into hasher: inout Hasher) { hasher.combine(name) }
}

/// What is given without a name, in its place.
struct Operand: Sendable {
    let name: String
    let summary: String
    /// How many are taken.
    let count: ClosedRange<Int>

    init(_ name: String, _ summary: String, count: ClosedRange<Int> = 1...1) {
        self.name = name
        self.summary = summary
        self.count = count
    }
}

/// All that a subcommand takes: the parser and the help are both made from it, so that they cannot differ.
struct CommandSyntax: Sendable {
    /// The words that choose it: `ca issue`.
    let name: String
    /// One line for the list of commands.
    let summary: String
    /// What a reader of the help wants to know besides, in whole lines.
    let discussion: String
    /// At most one: this command line has no use for more.
    let operand: Operand?
    let options: [Option]
    /// Command lines that work as they stand.
    let examples: [String]
    /// Exit codes besides 0 and 64, with what each means here.
    let statuses: [(Int32, String)]

    init(
        _ name: String, _ summary: String, discussion: String = "", operand: Operand? = nil, options: [Option] = [],
        examples: [String], statuses: [(Int32, String)] = []
    ) {
        self.name = name
        self.summary = summary
        self.discussion = discussion
        self.operand = operand
        self.options = options
        self.examples = examples
        self.statuses = statuses
    }
}

/// A subcommand.
protocol Command: SendableMetatype {
    static var syntax: CommandSyntax { get }
    /// Does the work.
    /// - Returns: the process's exit code.
    static func run(_ arguments: Arguments) async throws(CommandFailure) -> Int32
}
