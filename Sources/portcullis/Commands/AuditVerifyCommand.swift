internal import Gateway

enum AuditVerifyCommand: Command {
    private static let origin = Option("origin", "TEXT", "the origin that the log must have")
    private static let kept = Option(
        "checkpoint", "FILE", "a checkpoint that was kept elsewhere: what it covers must be there", repeats: true)
    private static let witness = Option(
        "witness-url", "URL", "a witness to ask for the newest checkpoint that it cosigned; counts as kept",
        repeats: true)
    private static let witnessCA = Option("witness-ca", "FILE", "the CAs that vouch for it (default: the system's)")
    private static let unpinned = Option(flag: "unpinned", "verify although no key is pinned")
    private static let live = Option(flag: "live", "a gateway is writing: its last line may be incomplete")
    private static let all = Option(flag: "all", "list everything that is wrong, not only the first")
    private static let json = Option(flag: "json", "print the verdict as JSON")

    static let syntax = CommandSyntax(
        "audit verify", "prove that no record of a log was changed, removed or added",
        discussion: """
            Reads only, needs no gateway and trusts none. Prints one line: OK with what was verified and how far signed
            checkpoints cover it, or TAMPERED with the first place that is wrong. A checkpoint kept elsewhere (an export, a
            line of the gateway's own log, a witness's copy) shows even what someone with the log's key did.
            """,
        operand: Operand("DIR", "the log's folder (default: var/audit)", count: 0...1),
        options: [PinnedKeys.policy, PinnedKeys.keys, kept, witness, witnessCA, origin, unpinned, live, all, json],
        examples: [
            "portcullis audit verify --unpinned", "portcullis audit verify /srv/gateway/var/audit --policy bank.policy",
            "portcullis audit verify --vkey bank.example/gw-01+a885682b+AQOhB7/zzhC+HXDdGOdLwJln5NYwm6UNXx3chmQSVTG4",
        ],
        statuses: [
            (0, "nothing is wrong"), (1, "the log was tampered with"),
            (2, "no answer: nothing to read, no key pinned, or an error"), (64, "the command line is wrong"),
        ])

    static func run(_ arguments: Arguments) async throws(CommandFailure) -> Int32 {
        var pins = PinnedKeys.read(arguments)
        pins.checkpoints = arguments.list(kept)
        pins.witnesses = arguments.list(witness)
        pins.witnessCA = arguments.optionalText(witnessCA)
        pins.origin = arguments.optionalText(origin)
        pins.isUnpinned = arguments.has(unpinned)
        pins.isLive = arguments.has(live)
        pins.listsAll = arguments.has(all)
        let directory = arguments.operands.first ?? "var/audit"
        let asJSON = arguments.has(json)
        let bar = ProgressDisplay("verifying")
        let verdict = AuditCommands.verify(directory, pins: pins, asJSON: asJSON, progress: bar.show)
        bar.finish()
        return try verdict.show(asJSON: asJSON)
    }
}

/// The options that say whose signatures count.
enum PinnedKeys {
    static let policy = Option(
        "policy", "FILE", "the log's keys, its witnesses and how many must sign (C2SP tlog-policy)")
    static let keys = Option("vkey", "KEY", "a key that the log may have, as name+hex+base64", repeats: true)

    /// What the command line pins.
    static func read(_ arguments: Arguments) -> AuditCommands.Pins {
        var pins = AuditCommands.Pins()
        pins.keys = arguments.list(keys)
        pins.policy = arguments.optionalText(policy)
        return pins
    }
}

extension AuditCommands.Verdict {
    /// Prints it where it belongs.
    /// - Returns: the exit code.
    func show(asJSON: Bool = false) throws(CommandFailure) -> Int32 {
        if exitStatus == 2 && !asJSON {
            Console.writeError(text)
        } else {
            try Console.print(Array(text.utf8))
        }
        return exitStatus
    }
}
