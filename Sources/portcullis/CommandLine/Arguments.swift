internal import Gateway

/// A command line that fits its syntax.
struct Arguments {
    private(set) var operands: [String] = []
    /// Whether `--help` was among the options.
    private(set) var wantsHelp = false
    private var values: [Option: [String]] = [:]
    private var flags: Set<Option> = []
    private let syntax: CommandSyntax

    /// Takes `words`, the command line after the command's own name.
    ///
    /// Options are long (`--name value` or `--name=value`), in any order and among the operands; `--` ends them.
    /// - Throws: `CommandFailure` (64) at the first word that does not fit; an unknown option names its nearest kin.
    init(_ words: [String], for syntax: CommandSyntax) throws(CommandFailure) {
        self.syntax = syntax
        var rest = words[...]
        while let word = rest.popFirst() {
            if word == "--" {
                operands += rest
                break
            }
            if word == "--help" || word == "-h" {
                wantsHelp = true
            } else if word.hasPrefix("-") && word != "-" {
                try takeOption(word, &rest)
            } else {
                operands.append(word)
            }
        }
        if !wantsHelp { try checkOperands() }
    }

    private mutating func takeOption(_ word: String, _ rest: inout ArraySlice<String>) throws(CommandFailure) {
        let parts = word.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
        let given = String(parts[0])
        let attached = parts.count == 2 ? String(parts[1]) : nil
        guard given.hasPrefix("--"), let option = syntax.options.first(where: { "--" + $0.name == given }) else {
            throw unknown(given)
        }
        guard option.value != nil else {
            if attached != nil { throw usage(given, "takes no value") }
            flags.insert(option)
            return
        }
        guard let value = attached ?? rest.popFirst() else { throw usage(given, "wants a value") }
        if !option.repeats && values[option] != nil { throw usage(given, "is given twice") }
        values[option, default: []].append(value)
    }

    private func unknown(_ given: String) -> CommandFailure {
        let names = syntax.options.map { "--" + $0.name } + ["--help"]
        let hint = nearestName(to: given, among: names).map { ", did you mean \($0)?" } ?? ""
        return usage(given, "is not an option of portcullis \(syntax.name)\(hint)")
    }

    private func checkOperands() throws(CommandFailure) {
        let range = syntax.operand?.count ?? 0...0
        if operands.count > range.upperBound {
            throw usage(operands[range.upperBound], "is one word too many")
        }
        if let operand = syntax.operand, operands.count < range.lowerBound {
            throw usage(operand.name, "is missing")
        }
    }

    /// A failure of this command line, with the way to the help.
    func usage(_ subject: String, _ what: String) -> CommandFailure {
        CommandFailure(.usage, subject, what, mend: "see portcullis \(syntax.name) --help")
    }

    /// Refuses each of `options` that is given, because `what`.
    func refuse(_ options: [Option], _ what: String) throws(CommandFailure) {
        for option in options where values[option] != nil { throw usage("--\(option.name)", "\(what): leave it out") }
    }

    /// Whether the flag was given.
    func has(_ flag: Option) -> Bool { flags.contains(flag) }

    /// The option's value, else its fallback.
    /// - Throws: `CommandFailure` (64) where there is neither.
    func text(_ option: Option) throws(CommandFailure) -> String {
        guard let value = optionalText(option) else { throw usage("--\(option.name)", "is missing") }
        return value
    }

    /// The option's value, else its fallback, else nil.
    func optionalText(_ option: Option) -> String? { values[option]?.last ?? option.fallback }

    /// All values of an option that repeats, in order.
    func list(_ option: Option) -> [String] { values[option] ?? [] }

    /// The option's value as a whole number, else nil.
    /// - Throws: `CommandFailure` (64) where it is no decimal number within `range`.
    func optionalInteger(_ option: Option, in range: ClosedRange<Int>) throws(CommandFailure) -> Int? {
        guard let text = optionalText(option) else { return nil }
        guard let number = Int(text), range.contains(number), !text.hasPrefix("+") else {
            throw usage(
                "--\(option.name)",
                "found \"\(text)\", wanted a whole number from \(range.lowerBound) to \(range.upperBound)")
        }
        return number
    }

    /// The option's value as a whole number.
    func integer(_ option: Option, in range: ClosedRange<Int>) throws(CommandFailure) -> Int {
        guard let number = try optionalInteger(option, in: range) else {
            throw usage("--\(option.name)", "is missing")
        }
        return number
    }

    /// The option's value, a decimal from 0 to 1, in millionths; else nil.
    /// - Throws: `CommandFailure` (64) where it is no such number, or has more than six decimals.
    func optionalMillionths(_ option: Option) throws(CommandFailure) -> Int? {
        guard let text = optionalText(option) else { return nil }
        guard let millionths = Self.millionths(text), millionths <= 1_000_000 else {
            throw usage(
                "--\(option.name)", "found \"\(text)\", wanted a number from 0 to 1 with at most six decimals")
        }
        return millionths
    }

    private static func millionths(_ text: String) -> Int? {
        let parts = text.split(separator: ".", maxSplits: 1, omittingEmptySubsequences: false)
        let decimals = parts.count == 2 ? String(parts[1]) : "0"
        guard (1...6).contains(decimals.utf8.count), decimals.utf8.allSatisfy({ (0x30...0x39).contains($0) }),
            let whole = ["0", "1"].firstIndex(of: parts[0]),
            let fraction = Int(decimals + String(repeating: "0", count: 6 - decimals.utf8.count))
        else { return nil }
        return whole * 1_000_000 + fraction
    }
}
