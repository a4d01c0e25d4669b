internal import Gateway

/// Options that the commands about a log's upkeep share.
enum Upkeep {
    static let configuration = Option(
        "config", "FILE", "the gateway's settings", fallback: "policies/gateway.json5")
    static let state = Option("state", "DIR", "the folder where relative paths begin", fallback: ".")
    static let ticket = Option("ticket", "T", "on whose order: it is recorded", required: true)
    static let operatorName = Option("operator", "O", "who does it: it is recorded (default: the user's name)")

    static func place(_ arguments: Arguments) throws(CommandFailure) -> AuditUpkeep.Place {
        AuditUpkeep.Place(
            configurationFile: try arguments.text(configuration), stateFolder: try arguments.text(state))
    }

    static func order(_ arguments: Arguments) throws(CommandFailure) -> AuditUpkeep.Order {
        AuditUpkeep.Order(
            ticket: try arguments.text(ticket), operatorName: arguments.optionalText(operatorName))
    }
}

enum AuditEraseCommand: Command {
    private static let subject = Option(
        "subject", "S", "the token's sub, or the certificate's subject, of the person", required: true)

    static let syntax = CommandSyntax(
        "audit erase", "make a person's sealed members of the log unreadable, for good",
        discussion: """
            Destroys the key that the members named by audit.seal are sealed with, and records privacy.erase with the key's
            random identifier. No record is changed: the log verifies as before. The gateway must be stopped; while it serves,
            a caller with the permission audit:erase does the same by POST /v1/audit/erasures. Requests in which nobody was
            identified share a key for each day: its subject is unidentified:YYYY-MM-DD. A copy of the key store that you have
            elsewhere must go too, within 30 days.
            """,
        options: [subject, Upkeep.ticket, Upkeep.operatorName, Upkeep.configuration, Upkeep.state],
        examples: [
            "portcullis audit erase --subject emp-00042 --ticket DSR-118",
            "portcullis audit erase --subject unidentified:2026-11-20 --ticket DSR-119 --operator a.khan",
        ],
        statuses: [
            (65, "the log may not be continued; nothing was changed"), (69, "nothing is sealed for this subject"),
            (74, "a file cannot be read or written: do it again"),
            (75, "a gateway is running: use POST /v1/audit/erasures, or stop it"),
            (78, "the settings are wrong, or nothing is sealed in this log"),
        ])

    static func run(_ arguments: Arguments) async throws(CommandFailure) -> Int32 {
        let place = try Upkeep.place(arguments)
        let order = try Upkeep.order(arguments)
        let person = try arguments.text(subject)
        for key in try await AuditUpkeep.erase(person, at: place, by: order) {
            try Console.printLine("destroyed key \(key)")
        }
        return 0
    }
}

enum AuditPruneCommand: Command {
    private static let before = Option(
        "before", "SEQ", "records from this number on stay, and the segment that it is in", required: true)
    private static let archived = Option(
        "archived", "DIR", "a folder with copies of the segments (default: what audit ship has shipped counts)")

    static let syntax = CommandSyntax(
        "audit prune", "remove the oldest segments of the log",
        discussion: """
            Only whole segments go, the oldest first, and only those that are older than audit.retention_min_days, of which a
            copy with the same hash is elsewhere, and only from a log that verifies. Before that a record log.prune says what
            goes and what stands for it in the tree, and a signed checkpoint covers that record: the log verifies as before.
            The gateway must be stopped. What was interrupted is finished by doing it again.
            """,
        options: [before, archived, Upkeep.ticket, Upkeep.operatorName, Upkeep.configuration, Upkeep.state],
        examples: [
            "portcullis audit prune --before 1200000 --ticket CHG-1201",
            "portcullis audit prune --before 1200000 --archived /mnt/archive/gw-01 --ticket CHG-1201",
        ],
        statuses: [
            (65, "the log does not verify, or a segment must stay: see the message; nothing was removed"),
            (66, "a folder cannot be read"), (74, "a file cannot be read, written or removed: do it again"),
            (75, "a gateway is running: stop it first"), (78, "the settings are wrong"),
        ])

    static func run(_ arguments: Arguments) async throws(CommandFailure) -> Int32 {
        let place = try Upkeep.place(arguments)
        let order = try Upkeep.order(arguments)
        guard let seq = try arguments.optionalInteger(before, in: 1...Int.max) else {
            throw arguments.usage("--before", "is missing")
        }
        let bar = ProgressDisplay("pruning")
        let removed: [String]
        do throws(CommandFailure) {
            removed = try await AuditUpkeep.prune(
                before: UInt64(seq), archived: arguments.optionalText(archived), at: place, by: order,
                progress: bar.show)
        } catch {
            bar.finish()
            throw error
        }
        bar.finish()
        for name in removed { try Console.printLine("removed \(name)") }
        return 0
    }
}

enum AuditShipCommand: Command {
    private static let once = Option(flag: "once", "end when there is nothing left, or at the first failure")

    static let syntax = CommandSyntax(
        "audit ship", "bring finished segments and checkpoints of the log to other storage",
        discussion: """
            To a folder, an S3-compatible service or a program of yours, as audit.ship says. Everything is sent at least once,
            and held against its hash where it then is. Runs beside the gateway, as a service of its own: the archive's
            credentials are not in the process that strangers talk to. After a failure it waits longer each time, up to five
            minutes. It can be stopped at any moment and goes on where it was.
            """,
        options: [once, Upkeep.configuration, Upkeep.state],
        examples: [
            "portcullis audit ship",
            "portcullis audit ship --once --config /etc/portcullis/gateway.json5 --state /srv/gw",
        ],
        statuses: [
            (0, "stopped by SIGTERM or SIGINT; with --once: everything is there"),
            (66, "the log's folders cannot be read"),
            (74, "with --once: a failure that does not go away by itself"), (75, "with --once: try again"),
            (78, "the settings or the credentials are wrong"),
        ])

    static func run(_ arguments: Arguments) async throws(CommandFailure) -> Int32 {
        let bar = ProgressDisplay("shipping")
        let status = try ShippingCommands.ship(
            try Upkeep.place(arguments), isOnce: arguments.has(once),
            report: { line in
                bar.finish()
                Console.writeError("portcullis: \(line)\n")
            }, progress: bar.show)
        bar.finish()
        return status
    }
}
