internal import Gateway

enum AuditExportCommand: Command {
    private static let format = Option("format", "FORMAT", "export records as jsonl, csv or ocsf")
    private static let out = Option(
        "out", "PATH", "the folder for evidence; the file for records (else standard output)")
    private static let log = Option("log", "DIR", "the log's folder", fallback: "var/audit")
    private static let policy = Option(
        "policy", "FILE", "for evidence: a C2SP policy whose log keys and quorum the checkpoints must meet")

    static let syntax = CommandSyntax(
        "audit export", "bring evidence about a request, or records, out of a log",
        discussion: """
            With --request and --out: writes into a new folder, for each record about that request, a C2SP tlog-proof that
            audit verify-bundle judges without the log, and report.html for people. The proofs prove that the records are in
            the log, not that there is no other about the request.

            With --format: every record that fits the other options. jsonl gives the records' own bytes. csv (RFC 4180) and
            ocsf (OCSF 1.3.0, class 6003 API Activity, one event a line) are conveniences, not evidence, and say so.
            """,
        options: [RecordFilterOptions.request, out, log, policy, format] + RecordFilterOptions.others,
        examples: [
            "portcullis audit export --request 01M7Y7RT6J6C31HPRNY7V44EPP --out evidence",
            "portcullis audit export --request 01M7Y7RT6J6C31HPRNY7V44EPP --out evidence --policy bank.policy",
            "portcullis audit export --format csv --outcome deny --since 2026-11-20 --out denied.csv",
            "portcullis audit export --format ocsf --log var/audit > events.jsonl",
        ],
        statuses: [
            (0, "done"), (1, "no record fits"), (65, "a record is missing or not whole: run audit verify"),
            (66, "no log, or no such request"),
            (69, "no checkpoint covers a record yet, or none that meets the policy"),
            (73, "the folder is not empty, the file exists, or it cannot be made"),
            (74, "a file cannot be read or written"), (78, "the policy is wrong"),
        ])

    static func run(_ arguments: Arguments) async throws(CommandFailure) -> Int32 {
        if let format = arguments.optionalText(format) { return try exportRecords(arguments, as: format) }
        return try exportEvidence(arguments)
    }

    private static func exportEvidence(_ arguments: Arguments) throws(CommandFailure) -> Int32 {
        for option in RecordFilterOptions.others where arguments.optionalText(option) != nil {
            throw arguments.usage("--\(option.name)", "chooses records for --format, which is missing")
        }
        let (request, folder) = (try arguments.text(RecordFilterOptions.request), try arguments.text(out))
        let bar = ProgressDisplay("looking for the request")
        defer { bar.finish() }
        let files = try AuditExportCommands.evidence(
            try arguments.text(log), request: request, policy: arguments.optionalText(policy), out: folder,
            progress: bar.show, note: Console.writeError)
        bar.finish()
        for file in files { try Console.printLine(file) }
        return 0
    }

    private static func exportRecords(
        _ arguments: Arguments, as format: String
    ) throws(CommandFailure) -> Int32 {
        if arguments.optionalText(policy) != nil {
            throw arguments.usage("--policy", "is for evidence, without --format")
        }
        let bar = ProgressDisplay("exporting")
        defer { bar.finish() }
        let done = try AuditExportCommands.records(
            try arguments.text(log), wanted: RecordFilterOptions.wanted(arguments), format: format,
            out: arguments.optionalText(out), progress: bar.show
        ) { bytes throws(CommandFailure) in
            bar.finish()
            try Console.print(bytes)
        }
        bar.finish()
        Console.writeError(done.note)
        return done.count > 0 ? 0 : 1
    }
}
