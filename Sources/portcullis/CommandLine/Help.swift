/// The help texts, made from the syntaxes.
enum Help {
    /// The page of one subcommand.
    static func page(of syntax: CommandSyntax) -> String {
        var page = "portcullis \(syntax.name): \(syntax.summary)\n\nUsage: \(usageLine(of: syntax))\n"
        if !syntax.discussion.isEmpty { page += "\n\(syntax.discussion)\n" }
        if let operand = syntax.operand { page += "\nArguments:\n\(table([(operand.name, operand.summary)]))" }
        page += "\nOptions:\n\(table(syntax.options.map(row) + [("--help", "this page")]))"
        page += "\nExamples:\n" + syntax.examples.map { "  \($0)\n" }.joined()
        page += "\nExit codes:\n\(table(statusRows(of: syntax)))"
        return page
    }

    /// The list of all subcommands, or of those that start with `group`.
    static func list(of syntaxes: [CommandSyntax], group: String? = nil) -> String {
        let shown = syntaxes.filter { syntax in group.map { syntax.name.hasPrefix($0 + " ") } ?? true }
        let head =
            group.map { "Usage: portcullis \($0) COMMAND [options]\n" }
            ?? "portcullis: a gateway before an AI assistant, with an audit log that can be verified.\n\n"
            + "Usage: portcullis COMMAND [options]\n"
        return head + "\nCommands:\n\(table(shown.map { ($0.name, $0.summary) }))"
            + "\nportcullis COMMAND --help tells more about each.\n"
    }

    private static func usageLine(of syntax: CommandSyntax) -> String {
        let required = syntax.options.filter(\.isRequired)
        var words = ["portcullis", syntax.name]
        words += required.map { "--\($0.name) \($0.value ?? "")" }
        if required.count < syntax.options.count { words.append("[options]") }
        if let operand = syntax.operand {
            let many = operand.count.upperBound > max(1, operand.count.lowerBound) ? "…" : ""
            words.append(operand.count.lowerBound == 0 ? "[\(operand.name)\(many)]" : operand.name + many)
        }
        return words.joined(separator: " ")
    }

    private static func row(of option: Option) -> (String, String) {
        var summary = option.summary
        if let fallback = option.fallback { summary += " (default: \(fallback))" }
        if option.isRequired { summary += " (required)" }
        if option.repeats { summary += " (may be repeated)" }
        return ("--" + option.name + (option.value.map { " " + $0 } ?? ""), summary)
    }

    private static func statusRows(of syntax: CommandSyntax) -> [(String, String)] {
        let given = Set(syntax.statuses.map(\.0))
        let usual = [(Int32(0), "done"), (64, "the command line is wrong")].filter { !given.contains($0.0) }
        return (usual + syntax.statuses).sorted { $0.0 < $1.0 }.map { (String($0.0), $0.1) }
    }

    private static func table(_ rows: [(String, String)]) -> String {
        let width = min(rows.map(\.0.count).max() ?? 0, 30)
        return rows.map { name, summary in
            let gap = name.count > width ? "\n" + blanks(width + 4) : blanks(width - name.count + 2)
            let continued = summary.split(separator: "\n").joined(separator: "\n" + blanks(width + 4))
            return "  \(name)\(gap)\(continued)\n"
        }.joined()
    }

    private static func blanks(_ count: Int) -> String { String(repeating: " ", count: count) }
}
