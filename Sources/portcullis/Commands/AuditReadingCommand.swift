internal import Gateway

private enum ReadingOptions {
    static let directory = Operand("DIR", "the log's folder (default: var/audit)", count: 0...1)
    static let record = Operand("SEQ", "the record's number; then the log's folder (default: var/audit)", count: 1...2)
    static let json = Option(flag: "json", "print the record's line as it is")
    static let statuses: [(Int32, String)] = [
        (65, "a record is missing or not whole: run audit verify"), (66, "no log, or no such record"),
        (74, "a file cannot be read or written"),
    ]

    static func folder(_ arguments: Arguments, at index: Int = 0) -> String {
        arguments.operands.count > index ? arguments.operands[index] : "var/audit"
    }

    static func seq(_ arguments: Arguments) throws(CommandFailure) -> Int {
        let text = arguments.operands[0]
        guard let seq = Int(text), seq >= 0, String(seq) == text else {
            throw arguments.usage("SEQ", "found \"\(text)\", wanted the number of a record")
        }
        return seq
    }
}

enum AuditCatCommand: Command {
    private static let from = Option("from", "SEQ", "the first record", fallback: "0")
    private static let to = Option("to", "SEQ", "the last record")

    static let syntax = CommandSyntax(
        "audit cat", "print a log's records, one line each",
        discussion: """
            Prints valid records only: what a crash left behind a log's last record is passed over. Each line's number and hash
            are checked; whether the log is the one that was written is for audit verify.
            """,
        operand: ReadingOptions.directory, options: [from, to],
        examples: ["portcullis audit cat var/audit --from 100 --to 120"],
        statuses: [(0, "done")] + ReadingOptions.statuses)

    static func run(_ arguments: Arguments) async throws(CommandFailure) -> Int32 {
        try AuditReadingCommands.cat(
            ReadingOptions.folder(arguments), from: try arguments.integer(from, in: 0...Int.max),
            to: try arguments.optionalInteger(to, in: 0...Int.max)
        ) { line throws(CommandFailure) in try Console.print(line + [0x0A]) }
        return 0
    }
}

enum AuditTailCommand: Command {
    private static let count = Option("lines", "N", "how many of the last records", fallback: "10")
    private static let follow = Option(flag: "follow", "then print each record that comes, until SIGINT")

    static let syntax = CommandSyntax(
        "audit tail", "print a log's last records, and those that come",
        discussion: "Follows the log into new segments. Reads only, and may run while a gateway writes.",
        operand: ReadingOptions.directory, options: [count, follow],
        examples: ["portcullis audit tail --follow", "portcullis audit tail --lines 3 var/audit"],
        statuses: [(0, "done")] + ReadingOptions.statuses)

    static func run(_ arguments: Arguments) async throws(CommandFailure) -> Int32 {
        try AuditReadingCommands.tail(
            ReadingOptions.folder(arguments), count: try arguments.integer(count, in: 0...100_000),
            follows: arguments.has(follow)
        ) { line throws(CommandFailure) in try Console.print(line + [0x0A]) }
        return 0
    }
}

enum AuditShowCommand: Command {
    private static let unseal = Option(flag: "unseal", "print sealed members too, with the keys that the settings name")

    static let syntax = CommandSyntax(
        "audit show", "print one record in words",
        discussion: """
            Who asked for what, what was decided, why, and how long each stage took. Control characters and marks that turn the
            direction of text are shown by their numbers. With --unseal, members that audit.seal names are read by the key
            store and the key-encryption key: for whoever may read these files.
            """,
        operand: ReadingOptions.record, options: [ReadingOptions.json, unseal, Upkeep.configuration, Upkeep.state],
        examples: [
            "portcullis audit show 42", "portcullis audit show 42 var/audit --json",
            "portcullis audit show 42 --unseal",
        ],
        statuses: [(0, "done")] + ReadingOptions.statuses + [(78, "the settings or the keys are wrong")])

    static func run(_ arguments: Arguments) async throws(CommandFailure) -> Int32 {
        let (folder, seq) = (ReadingOptions.folder(arguments, at: 1), try ReadingOptions.seq(arguments))
        var text = try AuditReadingCommands.show(folder, seq: seq, asJSON: arguments.has(ReadingOptions.json))
        if arguments.has(unseal) {
            text += try AuditReadingCommands.unseal(folder, seq: seq, at: try Upkeep.place(arguments))
        }
        try Console.print(Array(text.utf8))
        return 0
    }
}

enum AuditSearchCommand: Command {
    private static let limit = Option("limit", "N", "how many at most", fallback: "1000")
    private static let index = Option(
        "index", "FILE", "a SQLite file that makes the next search fast; made anew at need")

    static let syntax = CommandSyntax(
        "audit search", "find records",
        discussion: """
            Prints a line for each record that fits everything asked for. Without --index it reads the whole log. An index is
            never believed: each hit is read back from the log and compared. Keep it outside the log's folder; it may be removed
            at any time.
            """,
        operand: ReadingOptions.directory,
        options: [RecordFilterOptions.request] + RecordFilterOptions.others + [limit, index, ReadingOptions.json],
        examples: [
            "portcullis audit search --outcome deny --since 2026-11-20",
            "portcullis audit search --request 01M7Y7RT6J6C31HPRNY7V44EPP --json var/audit",
        ],
        statuses: [(0, "found"), (1, "nothing fits")] + ReadingOptions.statuses)

    static func run(_ arguments: Arguments) async throws(CommandFailure) -> Int32 {
        let bar = ProgressDisplay("searching")
        defer { bar.finish() }
        let found = try AuditReadingCommands.search(
            ReadingOptions.folder(arguments), wanted: RecordFilterOptions.wanted(arguments),
            limit: try arguments.integer(limit, in: 1...10_000_000),
            index: arguments.optionalText(index), asJSON: arguments.has(ReadingOptions.json), progress: bar.show
        ) { text throws(CommandFailure) in
            bar.finish()
            try Console.print(Array(text.utf8))
        }
        return found > 0 ? 0 : 1
    }
}

enum AuditStatsCommand: Command {
    static let syntax = CommandSyntax(
        "audit stats", "count what a log holds",
        discussion: """
            Records by type; decisions by result, reason, principal and hour; answers by route; personal data by type; and within
            which time half and 99 of 100 requests were answered, to the next power of two.
            """,
        operand: ReadingOptions.directory, options: [], examples: ["portcullis audit stats var/audit"],
        statuses: [(0, "done")] + ReadingOptions.statuses)

    static func run(_ arguments: Arguments) async throws(CommandFailure) -> Int32 {
        let bar = ProgressDisplay("counting")
        let text = try AuditReadingCommands.stats(ReadingOptions.folder(arguments), progress: bar.show)
        bar.finish()
        try Console.print(Array(text.utf8))
        return 0
    }
}

enum AuditProveCommand: Command {
    private static let policy = Option(
        "policy", "FILE", "a C2SP policy whose log keys and quorum the checkpoint must meet")

    static let syntax = CommandSyntax(
        "audit prove", "prove that a record is in the log, for whoever has only the log's key",
        discussion: """
            Prints a C2SP tlog-proof: the record, its number, the way from it to the root of a signed checkpoint, and the
            checkpoint with its cosignatures; the oldest that covers the record. It proves that the record is in the log, not
            that there is no other about the same request.
            """,
        operand: ReadingOptions.record, options: [policy],
        examples: ["portcullis audit prove 42 var/audit > 42.tlog-proof"],
        statuses: [(0, "done"), (69, "no checkpoint covers the record yet"), (78, "the policy is wrong")]
            + ReadingOptions.statuses)

    static func run(_ arguments: Arguments) async throws(CommandFailure) -> Int32 {
        let proof = try AuditReadingCommands.prove(
            ReadingOptions.folder(arguments, at: 1), seq: try ReadingOptions.seq(arguments),
            policy: arguments.optionalText(policy), note: Console.writeError)
        try Console.print(proof)
        return 0
    }
}
