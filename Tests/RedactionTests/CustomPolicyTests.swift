import Testing

@testable import Redaction

@Suite struct CustomPolicyTests {
    private func error(_ custom: String, _ members: String = "") -> RedactionPolicyError? {
        do {
            _ = try customPolicy(custom, members)
            return nil
        } catch { return error as? RedactionPolicyError }
    }

    private func type(
        name: String = "EMPLOYEE_ID", pattern: String, examples: String, _ members: String = ""
    ) -> String {
        let pattern = pattern.replacing("\\", with: "\\\\")
        return """
            {name: "\(name)", pattern: "\(pattern)", confidence_ppm: 900000, examples: [\(examples)]\
            \(members.isEmpty ? "" : ", " + members)}
            """
    }

    // MARK: Names

    @Test(arguments: ["A", "EMPLOYEE_ID", "ONE_TWO_THREE_FOUR", "ABCDEFGHIJKLMNOPQRSTUVWXYZABCDEF"])
    func `a name has one to four words of capitals, of 32 bytes at most`(_ name: String) {
        #expect(error(type(name: name, pattern: "Q-[0-9]{6}", examples: "\"Q-123456\"")) == nil)
    }

    @Test(arguments: [
        "", "employee", "EMPLOYEE ID", "_A", "A_", "A__B", "STAFF2", "A_B_C_D_E", "ABCDEFGHIJKLMNOPQRSTUVWXYZABCDEFG",
        "ÉCOLE", "EMAIL_ADDRESS", "EMAIL", "EMAILS", "ADDRES", "PHONE",
    ])
    func `another name is refused`(_ name: String) {
        #expect(error(type(name: name, pattern: "Q-[0-9]{6}", examples: "\"Q-123456\""))?.pointer == "/custom/0/name")
    }

    @Test func `each name stands once`() {
        #expect(error(employee() + ", " + employee())?.pointer == "/custom/1/name")
    }

    @Test func `there are 64 types and no more`() {
        let types = (0..<65).map { place in
            let letters = [place / 26, place % 26].map { String(UnicodeScalar(UInt8(ascii: "A") + UInt8($0))) }
            return type(
                name: "QX" + letters.joined(), pattern: "\(letters.joined())-[0-9]{6}",
                examples: "\"\(letters.joined())-123456\"")
        }
        #expect(error(types.dropLast().joined(separator: ",")) == nil)
        #expect(error(types.joined(separator: ","))?.wanted == "at most 64")
    }

    // MARK: Patterns

    @Test(arguments: [
        ("EMP-[0-9", "missing ]", 5), ("EMP-(12", "missing )", 1), ("a\\y", "invalid escape sequence", 2),
        ("x{2,1}", "invalid repetition size", 2), ("x[z-a]", "invalid character class range", 3),
    ])
    func `what RE2 does not take is refused in its words, with the place`(
        _ pattern: String, _ message: String, _ byte: Int
    ) throws {
        let found = try #require(error(type(pattern: pattern, examples: "\"x\"")))
        #expect(found.pointer == "/custom/0/pattern")
        #expect(found.found.contains(message) && found.found.contains("(byte \(byte))"), "\(found.found)")
    }

    @Test(arguments: [
        ("EMP-[0-9]*", "*, which has no greatest length (byte 10)", "{0,64}"),
        ("EMP-[0-9]+", "+, which has no greatest length (byte 10)", "{1,64}"),
        ("EMP-[0-9]{3,}", "{3,}, which has no greatest length (byte 10)", "{3,64}"),
        ("E[0-9]{2}?", "as few as will do", "longest"), ("(?U)E[0-9]{2}", "other flags", "(?i:"),
        ("(?m)E", "other flags", "(?i:"), ("^EMP", "^: a text that comes in pieces", "\\b"),
        ("EMP$", "$: a text that comes in pieces", "\\b"), ("\\AEMP", "\\A: a text", "\\b"),
        ("EMP\\z", "\\z: a text", "\\b"), ("[0-9]{0,9}", "nothing at all", "one byte"),
        ("\\b", "nothing at all", "byte"),
        ("(a|b?)", "nothing at all", "one byte"), ("a{320}b", "up to 321 bytes", "at most 320"),
        (".{81}", "up to 324 bytes", "at most 320"), ("((a{2}){13}){13}", "come to 338", "at most 320"),
        ("(\\b{19}){19}a", "come to 361", "at most 320"), ("\\Qa.b\\E", "an escape that is not known", "itself"),
        ("\\C{3}", "an escape that is not known", "itself"), ("\\pL{20}", "instructions", "smaller classes"),
        ("a{", "a { that begins no repetition", "\\{"), ("a{,5}", "a { that begins no repetition", "\\{"),
    ])
    func `a pattern that could run away is refused with the reason`(
        _ pattern: String, _ found: String, _ wanted: String
    ) throws {
        let refused = try #require(error(type(pattern: pattern, examples: "\"EMP-123\"")))
        #expect(refused.pointer == "/custom/0/pattern")
        #expect(refused.found.contains(found) && refused.wanted.contains(wanted), "\(refused)")
    }

    @Test func `matches may have 320 bytes, which written as references fit the look-ahead`() {
        #expect(CustomType.matchBytesMax * 8 == RedactionStream.lookaheadBytes)
        let value = String(repeating: "q", count: 320)
        #expect(error(type(pattern: "q{320}", examples: "\"\(value)\"")) == nil)
        #expect(error(type(pattern: "(q{2}){160}", examples: "\"\(value)\"")) == nil)
        #expect(error(type(pattern: "[é]{80}", examples: "\"\(String(repeating: "é", count: 80))\"")) == nil)
    }

    @Test func `groups may stand 16 deep and no more`() {
        for (depth, isAccepted) in [(16, true), (17, false)] {
            let pattern = String(repeating: "(", count: depth) + "Q1234567" + String(repeating: ")", count: depth)
            #expect((error(type(pattern: pattern, examples: "\"Q1234567\"")) == nil) == isAccepted)
        }
    }

    @Test func `a pattern has 1024 bytes and no more`() {
        // Alternatives, so that what is matched stays short.
        let alternatives = (0..<113).map { "Q\(1_000_000 + $0)" }.joined(separator: "|") + "|ABCDEF"
        #expect(alternatives.utf8.count == 1_023)
        let examples = "\"Q1000000\""
        #expect(error(type(pattern: alternatives + "G", examples: examples)) == nil)
        #expect(error(type(pattern: alternatives + "GH", examples: examples))?.found == "a string of 1025 bytes")
        #expect(error(type(pattern: "", examples: examples))?.pointer == "/custom/0/pattern")
    }

    @Test func `a compiled pattern has 16384 instructions and no more`() throws {
        // Each letter more is one instruction more, and in an alternative it makes the match no longer.
        func pattern(_ letters: Int) -> String {
            let alternatives = ["A", "B", "C", "D"].map { String(repeating: $0, count: 180) }
            return "\\pL{13}(\((alternatives + [String(repeating: "E", count: letters)]).joined(separator: "|")))"
        }
        func size(_ letters: Int) -> Int? {
            let error = error(type(pattern: pattern(letters), examples: "\"x\""))
            guard let found = error?.found, found.hasPrefix("a program of ") else { return nil }
            return Int(found.split(separator: " ")[3])
        }
        let sizes = (0..<250).map { size($0 + 1) }
        let first = try #require(sizes.firstIndex { $0 != nil })
        #expect(first > 0 && sizes[first] == CustomType.programSizeMax + 1)
        let value = String(repeating: "x", count: 13) + String(repeating: "E", count: first)
        #expect(error(type(pattern: pattern(first), examples: "\"\(value)\"")) == nil)
    }

    @Test func `a backslash that JSON5 took away is told`() throws {
        let found = try #require(
            error("{name: \"X\", pattern: \"\\bE[0-9]\", confidence_ppm: 900000, examples: [\"E1\"]}"))
        #expect(found.pointer == "/custom/0/pattern" && found.wanted.contains("written \\\\ in JSON5"))
    }

    // MARK: Examples

    @Test(arguments: [
        ("", "/custom/0/examples"), ("\"\"", "/custom/0/examples"), ("\"EMP-12345\"", "/custom/0/examples/0"),
        ("\"EMP-123456\", \"EMP-1234567\"", "/custom/0/examples/1"), ("\"no EMP-123456\"", "/custom/0/examples/0"),
        ("\"‹no› EMP-123456\"", "/custom/0/examples/0"), ("\"‹EMP-123456› EMP-123456\"", "/custom/0/examples/0"),
        ("1", "/custom/0/examples/0"),
    ])
    func `an example that is not found whole is refused`(_ examples: String, _ pointer: String) {
        #expect(error(employee(examples: examples))?.pointer == pointer)
    }

    @Test(arguments: ["\"‹EMP-123456›\"", "\"no ‹EMP-123456›, ‹EMP-000000›\"", "\"‹EMP-１２３４５６›\""])
    func `an example may have words around the values`(_ examples: String) {
        #expect(error(employee(examples: examples)) == nil)
    }

    @Test func `an example that another type takes says which`() throws {
        let custom = type(pattern: "[a-z]{1,9}@[a-z]{1,9}\\.example", examples: "\"a@b.example\"")
        let found = try #require(error(custom.replacing("900000", with: "600000")))
        #expect(found.found.contains("EMAIL_ADDRESS at bytes 0..<11"))
    }

    @Test func `a counter-example that is found is refused, with its line and column`() throws {
        let found = try #require(error("\n" + employee("\n counter_examples: [\"EMP-1\", \"an EMP-123456\"]")))
        #expect(found.pointer == "/custom/0/counter_examples/1" && found.found.contains("bytes 3..<13"))
        #expect(found.line == 3 && found.column == 30)
    }

    @Test func `a type has 64 examples of 1024 bytes and no more`() {
        let example = "\"EMP-123456\""
        let most = Array(repeating: example, count: 64).joined(separator: ",")
        #expect(error(employee(examples: most)) == nil)
        #expect(error(employee(examples: most + "," + example))?.wanted.contains("at most 64") == true)
        let long = "‹EMP-123456›" + String(repeating: " ", count: 1_008)
        #expect(long.utf8.count == 1_024)
        #expect(error(employee(examples: "\"\(long)\"")) == nil)
        #expect(error(employee(examples: "\"\(long) \""))?.pointer == "/custom/0/examples")
    }

    // MARK: Other members

    @Test(arguments: [
        ("validator: \"sum\"", "validator"), ("action: \"hide\"", "action"), ("mask: \"stars\"", "mask"),
        ("context: [\"\"]", "context"), ("context: \"x\"", "context"), ("colour: 1", "colour"),
        ("context: [\"\(String(repeating: "a", count: 33))\"]", "context"),
        ("context: [\((0..<33).map { "\"w\($0)\"" }.joined(separator: ","))]", "context"),
    ])
    func `a member with a mistake is refused at its place`(_ member: String, _ name: String) {
        #expect(error(employee(member))?.pointer == "/custom/0/\(name)")
    }

    @Test func `a type has 32 words of context of 32 bytes`() {
        let words = (0..<31).map { "\"w\($0)\"" } + ["\"\(String(repeating: "a", count: 32))\""]
        #expect(error(employee("context: [\(words.joined(separator: ","))]")) == nil)
    }

    @Test(arguments: ["name", "pattern", "confidence_ppm", "examples"])
    func `each of four members is required`(_ name: String) {
        let custom = employee().replacing("\(name):", with: "x:")
        #expect(error(custom) != nil)
        let members = ["name: \"X\"", "pattern: \"X[0-9]{6}\"", "confidence_ppm: 900000", "examples: [\"X123456\"]"]
        #expect(error("{\(members.joined(separator: ", "))}") == nil)
        let others = members.filter { !$0.hasPrefix(name) }
        #expect(error("{\(others.joined(separator: ", "))}")?.found.contains(name) == true)
    }

    @Test func `a type that is never sure enough is refused`() {
        let unsure = employee().replacing("900000", with: "499999")
        #expect(error(unsure)?.pointer == "/custom/0/confidence_ppm")
        #expect(error(unsure.replacing("499999", with: "500000")) == nil)
        let example = employee("context: [\"staff\"]", examples: "\"staff ‹EMP-123456›\"")
        #expect(error(example.replacing("900000", with: "149999"))?.pointer == "/custom/0/confidence_ppm")
        #expect(error(example.replacing("900000", with: "150000")) == nil)
    }

    @Test func `types, rules and allowed values know it, and no other`() {
        let rest = "types: {EMPLOYEE_ID: \"mask\"}}], allowed: {EMPLOYEE_ID: [\"EMP-000000\"]}"
        #expect(error(employee(), "rules: [{direction: \"input\", " + rest) == nil)
        #expect(error(employee(), "allowed: {EMPLOYE_ID: []}")?.wanted.contains("EMPLOYEE_ID") == true)
    }
}
