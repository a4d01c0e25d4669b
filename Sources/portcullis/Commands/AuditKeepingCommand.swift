internal import Gateway

private enum KeepingOptions {
    static let configuration = Option(
        "config", "FILE", "the gateway's settings", fallback: "policies/gateway.json5")
    static let state = Option(
        "state", "DIR", "the folder with certs/ and var/, where relative paths begin", fallback: ".")

    static func place(_ arguments: Arguments) throws(CommandFailure) -> AuditKeepingCommands.Place {
        AuditKeepingCommands.Place(
            configurationFile: try arguments.text(configuration), stateFolder: try arguments.text(state))
    }
}

enum AuditNewLogCommand: Command {
    private static let after = Option(
        "after", "DIR", "the folder of the log that can be continued no more", required: true)
    private static let ticket = Option("ticket", "TEXT", "whose decision it was, for the first record", required: true)

    static let syntax = CommandSyntax(
        "audit new-log", "begin a new log after one that can be continued no more",
        discussion: """
            A log that was shortened or changed is never continued, so that nothing hides it. Give the settings another
            audit.directory, audit.state_directory and audit.origin, keep the old folder, and run this: the new log's first
            record names the old one's origin and its newest checkpoint. Prints the new log's key, which auditors pin.
            """,
        options: [after, ticket, KeepingOptions.configuration, KeepingOptions.state],
        examples: ["portcullis audit new-log --after var/audit --ticket INC-4711 --config policies/gateway.json5"],
        statuses: [
            (0, "the new log is there"), (65, "the old log's checkpoint is not one"),
            (74, "a file cannot be read or written"), (75, "a gateway holds the log"),
            (78, "the settings are wrong, or name a log that has records"),
        ])

    static func run(_ arguments: Arguments) async throws(CommandFailure) -> Int32 {
        let key = try AuditKeepingCommands.makeLog(
            try KeepingOptions.place(arguments), after: try arguments.text(after), ticket: try arguments.text(ticket))
        try Console.print(Array("\(key)\n".utf8))
        return 0
    }
}

enum AuditRotateKeyCommand: Command {
    private static let prepare = Option(flag: "prepare", "make the new key and print it, without using it")

    static let syntax = CommandSyntax(
        "audit rotate-key", "change the key that signs the log's checkpoints",
        discussion: """
            First with --prepare, also while the gateway runs: makes the new key, changes nothing else, and prints it, so
            that it is registered at your witnesses and told to your auditors before it signs. Then without, with the gateway
            stopped: a record names the new key, and the checkpoint over it carries the signatures of both and goes to the
            witnesses. Who pins the old key follows, who pins only the new one accepts the old one's up to there. Prints the
            new key. A run that was cut short is completed by the next start.
            """,
        options: [prepare, KeepingOptions.configuration, KeepingOptions.state],
        examples: [
            "portcullis audit rotate-key --prepare --config policies/gateway.json5 --state .",
            "portcullis audit rotate-key --config policies/gateway.json5 --state .",
        ],
        statuses: [
            (0, "the new key signs"), (65, "the log does not fit its checkpoints; nothing was changed"),
            (74, "a file cannot be read or written"), (75, "a gateway holds the log: stop it"),
            (78, "the settings are wrong"),
        ])

    static func run(_ arguments: Arguments) async throws(CommandFailure) -> Int32 {
        let place = try KeepingOptions.place(arguments)
        let key =
            arguments.has(prepare)
            ? try AuditKeepingCommands.prepareKey(place)
            : try AuditKeepingCommands.rotateKey(place, say: { Console.writeError($0 + "\n") })
        try Console.print(Array("\(key)\n".utf8))
        return 0
    }
}
