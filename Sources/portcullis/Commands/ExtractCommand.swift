internal import Gateway

enum ExtractCommand: Command {
    private static let kind = Option("as", "KIND", "what the document is said to be: \(kinds)")
    private static let helper = Option(
        flag: "helper", "serve a gateway or an import that started this: standard input is a socket")
    private static let kinds = ExtractionCommands.kinds.joined(separator: ", ")

    static let syntax = CommandSyntax(
        "extract", "take the text out of a document, as an import or an upload does",
        discussion: """
            Reads a PDF, DOCX, HTML, Markdown or text file from standard input and prints its headings, paragraphs, list items
            and rows of tables as JSON in one line, or why there is no text: {"refused":"password_protected"}. Before it looks
            into the document it gives up all that this does not take: 1 GiB of memory and 20 seconds of processor time are
            what is left, and neither files nor sockets nor programs. Content tells what a document is; --as tells Markdown
            from plain text, and makes a document refused that is something else than it is said to be.
            """,
        options: [kind, helper],
        examples: ["portcullis extract < fees.pdf", "portcullis extract --as markdown < cards.md"],
        statuses: [
            (0, "it read a document, or refused it: see the output"), (66, "standard input cannot be read"),
        ])

    static func run(_ arguments: Arguments) async throws(CommandFailure) -> Int32 {
        let name = arguments.optionalText(kind)
        if let name, !ExtractionCommands.kinds.contains(name) {
            throw arguments.usage("--as", "found \"\(name)\", wanted \(kinds)")
        }
        if arguments.has(helper) {
            ExtractionCommands.serveHelper()
        } else {
            try Console.print(try ExtractionCommands.extract(as: name))
        }
        return 0
    }
}
