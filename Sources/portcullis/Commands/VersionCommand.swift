internal import Gateway

enum VersionCommand: Command {
    static let syntax = CommandSyntax(
        "version", "print the version", examples: ["portcullis version"])

    static func run(_ arguments: Arguments) async throws(CommandFailure) -> Int32 {
        try Console.printLine("portcullis \(portcullisVersion)")
        return 0
    }
}
