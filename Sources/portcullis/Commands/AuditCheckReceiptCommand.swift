internal import Gateway

enum AuditCheckReceiptCommand: Command {
    static let syntax = CommandSyntax(
        "audit check-receipt", "compare the receipt of a response with the log",
        discussion: """
            A response carries the number and the hash of its record as Audit-Receipt. This looks whether the log still has
            that record. It looks at that one record alone: whether the log as a whole is sound, audit verify says.
            """,
        operand: Operand("SEQ:HASH [DIR]", "the receipt, and the log's folder (default: var/audit)", count: 1...2),
        examples: [
            "portcullis audit check-receipt 42:83889e50784754528d84e2a29002a0880f7ca99269a327158fd8c886626a0658"
        ],
        statuses: [
            (0, "the record with that number has that hash"), (1, "it has not, or is not there"),
            (2, "no answer: no receipt, or no log"), (64, "the command line is wrong"),
        ])

    static func run(_ arguments: Arguments) async throws(CommandFailure) -> Int32 {
        let directory = arguments.operands.count == 2 ? arguments.operands[1] : "var/audit"
        return try AuditCommands.checkReceipt(arguments.operands[0], directory: directory).show()
    }
}
