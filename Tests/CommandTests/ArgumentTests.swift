import Gateway
import Testing

@testable import portcullis

@Suite struct `Arguments of a command` {
    static let directory = Option("dir", "DIR", "where", fallback: "certs")
    static let days = Option("days", "N", "how long")
    static let names = Option("dns", "NAME", "a name", repeats: true)
    static let share = Option("share", "P", "a share")
    static let force = Option(flag: "force", "replace")
    static let syntax = CommandSyntax(
        "ca issue", "issue", operand: Operand("FILE", "a file", count: 0...2),
        options: [directory, days, names, share, force], examples: ["portcullis ca issue"])

    private func parse(_ words: String...) throws(CommandFailure) -> Arguments {
        try Arguments(words, for: Self.syntax)
    }

    private func failure(_ words: String...) -> CommandFailure? {
        do throws(CommandFailure) {
            _ = try Arguments(words, for: Self.syntax)
            return nil
        } catch {
            return error
        }
    }

    @Test func `a value may follow its option or be joined to it`() throws {
        #expect(try parse("--dir", "a").text(Self.directory) == "a")
        #expect(try parse("--dir=a=b").text(Self.directory) == "a=b")
        #expect(try parse("--dir=").text(Self.directory) == "")
    }

    @Test func `an option not given has its fallback or is missing`() throws {
        let arguments = try parse()
        #expect(try arguments.text(Self.directory) == "certs")
        #expect(arguments.optionalText(Self.days) == nil)
        #expect(throws: CommandFailure.self) { try arguments.text(Self.days) }
        #expect(!arguments.has(Self.force))
    }

    @Test func `operands and options mix and two dashes end the options`() throws {
        let arguments = try parse("one", "--force", "--", "--dir")
        #expect(arguments.operands == ["one", "--dir"])
        #expect(arguments.has(Self.force))
    }

    @Test(arguments: [
        ("0", 0), ("1", 1_000_000), ("0.4", 400_000), ("1.000000", 1_000_000), ("0.000001", 1), ("0.123456", 123_456),
    ])
    func `a share is a decimal from 0 to 1`(text: String, millionths: Int) throws {
        #expect(try parse("--share", text).optionalMillionths(Self.share) == millionths)
        #expect(try parse().optionalMillionths(Self.share) == nil)
    }

    @Test(arguments: [
        "", ".", "1.", ".5", "1.000001", "2", "-0.5", "+1", "0.1234567", "1e-1", "nan", "0.5 ", "0,5", "0.٣",
    ])
    func `another share is refused`(text: String) throws {
        let error = #expect(throws: CommandFailure.self) {
            try parse("--share=\(text)").optionalMillionths(Self.share)
        }
        #expect(error?.status == .usage && error?.what.contains("wanted a number from 0 to 1") == true)
    }

    @Test func `a single dash is an operand`() throws { #expect(try parse("-").operands == ["-"]) }

    @Test func `a repeating option keeps all its values in order and another is refused twice`() throws {
        #expect(try parse("--dns", "a", "--dns=b").list(Self.names) == ["a", "b"])
        #expect(failure("--days", "1", "--days", "2")?.what == "is given twice")
    }

    @Test func `an unknown option is refused and the nearest name suggested`() {
        #expect(failure("--dyas", "3")?.description.contains("did you mean --days?") == true)
        #expect(failure("--quite-something-else")?.description.contains("did you mean") == false)
        #expect(failure("-d")?.status == .usage)
        #expect(failure("--di", "x")?.status == .usage)
    }

    @Test(arguments: [["--days"], ["--force=yes"], ["a", "b", "c"]])
    func `a command line that does not fit is refused as usage`(words: [String]) {
        #expect { try Arguments(words, for: Self.syntax) } throws: { ($0 as? CommandFailure)?.status == .usage }
    }

    @Test(arguments: ["1", "365"]) func `a number within its range is taken`(text: String) throws {
        #expect(try parse("--days", text).integer(Self.days, in: 1...365) == Int(text))
    }

    @Test(arguments: ["0", "366", "+5", "-1", "x", "", "1.5", "99999999999999999999"])
    func `a number out of its range or not a number is refused`(text: String) throws {
        let arguments = try Arguments(["--days=" + text], for: Self.syntax)
        #expect(throws: CommandFailure.self) { try arguments.integer(Self.days, in: 1...365) }
    }

    @Test func `help is wanted whatever else is wrong with the operands`() throws {
        #expect(try parse("--help", "a", "b", "c").wantsHelp)
        #expect(try parse("-h").wantsHelp)
    }
}
