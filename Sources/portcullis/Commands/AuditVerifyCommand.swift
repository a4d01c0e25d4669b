internal import Gateway

enum AuditVerifyCommand: Command {
    private static let keys = Option(
        "vkey", "KEY", "a key that the log may have, as name+hex+base64", repeats: true)
    private static let origin = Option("origin", "TEXT", "the origin that the log must have")
    private static let unpinned = Option(flag: "unpinned", "verify the chain although no key is pinned")
    private static let live = Option(flag: "live", "a gateway is writing: its last line may be incomplete")
    private static let json = Option(flag: "json", "print the verdict as JSON")

    static let syntax = CommandSyntax(
        "audit verify", "prove that no record of a log was changed, removed or added",
        discussion: """
            Reads only, needs no gateway and trusts none. Prints one line: OK with the number of records and the last hash,
            or TAMPERED with the first place that is wrong. Keep the OK line elsewhere: it lets you see later that the log
            was not cut or written anew.
            """,
        operand: Operand("DIR", "the log's folder (default: var/audit)", count: 0...1),
        options: [keys, origin, unpinned, live, json],
        examples: [
            "portcullis audit verify --unpinned", "portcullis audit verify /srv/gateway/var/audit --unpinned --json",
            "portcullis audit verify --vkey bank.example/gw-01+a885682b+AQOhB7/zzhC+HXDdGOdLwJln5NYwm6UNXx3chmQSVTG4",
        ],
        statuses: [
            (0, "nothing is wrong"), (1, "the log was tampered with"),
            (2, "no answer: nothing to read, no key pinned, or an error"), (64, "the command line is wrong"),
        ])

    static func run(_ arguments: Arguments) async throws(CommandFailure) -> Int32 {
        var pins = AuditCommands.Pins()
        pins.keys = arguments.list(keys)
        pins.origin = arguments.optionalText(origin)
        pins.isUnpinned = arguments.has(unpinned)
        pins.isLive = arguments.has(live)
        let directory = arguments.operands.first ?? "var/audit"
        let asJSON = arguments.has(json)
        let bar = ProgressDisplay("verifying")
        let verdict = AuditCommands.verify(directory, pins: pins, asJSON: asJSON, progress: bar.show)
        bar.finish()
        if verdict.exitStatus == 2 && !asJSON {
            Console.writeError(verdict.text)
        } else {
            try Console.print(Array(verdict.text.utf8))
        }
        return verdict.exitStatus
    }
}
