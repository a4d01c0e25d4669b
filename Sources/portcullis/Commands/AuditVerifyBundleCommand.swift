internal import Gateway

enum AuditVerifyBundleCommand: Command {
    private static let origin = Option("origin", "TEXT", "the origin that the log must have")

    static let syntax = CommandSyntax(
        "audit verify-bundle", "prove that single records are in a log, without the log",
        discussion: """
            Each FILE is a C2SP tlog-proof, as audit export writes it: a record, the way from it to a checkpoint's root, and
            that checkpoint with its signatures. Prints a line for each. It proves that a record is in the log, not that
            there is no other about the same request.
            """,
        operand: Operand("FILE", "proofs", count: 1...10_000), options: [PinnedKeys.policy, PinnedKeys.keys, origin],
        examples: ["portcullis audit verify-bundle evidence/42.tlog-proof --policy bank.policy"],
        statuses: [
            (0, "every record is in the log"), (1, "a proof is wrong"),
            (2, "no answer: a file that cannot be read, or no key pinned"), (64, "the command line is wrong"),
        ])

    static func run(_ arguments: Arguments) async throws(CommandFailure) -> Int32 {
        var pins = PinnedKeys.read(arguments)
        pins.origin = arguments.optionalText(origin)
        let verdicts = AuditCommands.verifyBundles(arguments.operands, pins: pins)
        for verdict in verdicts { _ = try verdict.show() }
        return AuditCommands.exitStatus(of: verdicts)
    }
}
