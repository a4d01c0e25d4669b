import JSON
import Testing

@testable import Redaction

@Suite struct RestoreTests {
    private let redactor: Redactor

    init() throws {
        redactor = Redactor(policy: try .parse(policyText(otherwise: "\"tokenise\"")))
    }

    /// A vault with jane@example.com behind `[EMAIL_1]`.
    private func vault() throws -> Vault {
        var vault = Vault()
        _ = try redactor.redact(Array("jane@example.com".utf8), into: &vault)
        return vault
    }

    private func restore(_ text: String, as form: TextForm = .plain, _ vault: borrowing Vault) -> String {
        String(decoding: vault.restore(Array(text.utf8), as: form), as: UTF8.self)
    }

    @Test(arguments: [
        "[EMAIL_1]", "[email_1]", "[Email_1]", "[ EMAIL 1 ]", "[EMAIL _1]", "[EMAIL_ 1]", "[email 1]", "[EMAIL-1]",
        "[EMAIL1]", "[EMAIL: 1]", "[EMAIL\u{A0}1]", "[EMAIL_\n1]", "[EMAILS_1]", "EMAIL_1", "{EMAIL_1}", "{email_1}",
        "<EMAIL_1>", "<EMAIL 1>", "\\[EMAIL\\_1\\]", "\\\\[EMAIL\\\\_1\\\\]", "[EMAIL\\_1]", "EMAIL\\_1",
        "&#91;EMAIL_1&#93;", "&#x5B;EMAIL_1&#x5D;", "&lbrack;EMAIL&lowbar;1&rbrack;", "&lt;EMAIL_1&gt;",
        "%5BEMAIL_1%5D",
        "%5bEMAIL%5F1%5d", "\\u005bEMAIL_1\\u005D", "【EMAIL_1】", "［EMAIL＿1］", "[&nbsp;EMAIL_1]",
    ])
    func `an altered token is restored whole`(_ token: String) throws {
        let vault = try vault()
        #expect(restore("write to \(token), please", vault) == "write to jane@example.com, please")
        #expect(restore(token, vault) == "jane@example.com")
    }

    @Test(arguments: [
        ("**[EMAIL_1]**", "**jane@example.com**"), ("(EMAIL_1)", "(jane@example.com)"),
        ("(email_1)", "(jane@example.com)"),
        ("([EMAIL_1])", "(jane@example.com)"), ("`EMAIL_1`", "`jane@example.com`"),
        ("\"EMAIL_1\"", "\"jane@example.com\""),
        ("[EMAIL_1]s", "jane@example.coms"), ("[EMAIL_1]'s", "jane@example.com's"),
        ("EMAIL_1s", "jane@example.coms"),
        ("EMAIL_1's", "jane@example.com's"), ("EMAIL_1. Yes", "jane@example.com. Yes"),
        ("EMAIL_1.", "jane@example.com."),
        ("[EMAIL_1][EMAIL_1]", "jane@example.comjane@example.com"), ("[[EMAIL_1]]", "[jane@example.com]"),
        ("EMAIL_1/EMAIL_1", "jane@example.com/jane@example.com"), ("邮箱EMAIL_1是", "邮箱jane@example.com是"),
        ("\\[EMAIL_1]", "\\jane@example.com"), ("[EMAIL_1", "[jane@example.com"), ("EMAIL_1]", "jane@example.com]"),
        ("mailto:EMAIL_1", "mailto:jane@example.com"),
        ("[EMAIL_1](mailto:EMAIL_1)", "jane@example.com(mailto:jane@example.com)"),
        ("\u{FF}[EMAIL_1]\u{FF}", "\u{FF}jane@example.com\u{FF}"),
    ])
    func `what stands around a token stays`(_ text: String, _ restored: String) throws {
        #expect(restore(text, try vault()) == restored)
    }

    @Test(arguments: [
        "EMAIL", "[EMAIL]", "email 1", "EMAIL 1", "(email 1)", "{email 1}", "email_1", "EMAIL-1", "EMAIL1",
        "EMAIL_10", "[EMAIL_10]", "[EMAIL_01]", "EMAIL_1x", "EMAIL_1_OLD", "MY_EMAIL_1", "XEMAIL_1", "[XEMAIL_1]",
        "$EMAIL_1", "EMAIL_1=x", "EMAIL_1.txt", "a.EMAIL_1", "EMAIL_1@b", "EMAIL_1(x)", "x-EMAIL_1", "EMAIL_1-x",
        "[EMAIL_1)", "[EMAIL_1}", "(EMAIL 1", "[EMAIL__1]", "[EMAIL_ _1]", "[EMAIL    1]", "[EMAIL.1]", "[EMAIL_1x]",
        "[E-MAIL_1]", "[EMAIL_1, EMAIL]", "Email_1", "&#91;EMAIL 2&#93;", "EMAIL_1sx", "\\EMAIL_2", "[MAIL 1]",
    ])
    func `what is no token of the vault stays`(_ text: String) throws {
        let expected = text.replacing("[EMAIL_1, EMAIL]", with: "[jane@example.com, EMAIL]")
            .replacing("[EMAIL_1)", with: "[jane@example.com)").replacing("[EMAIL_1}", with: "[jane@example.com}")
        #expect(restore(text, try vault()) == expected)
    }

    @Test func `numbers of one and two digits are told apart`() throws {
        var vault = Vault()
        for number in 1...11 { _ = try redactor.redact(Array("user\(number)@example.com".utf8), into: &vault) }
        #expect(
            restore("EMAIL_1 [EMAIL_10] (EMAIL_11) [email 1]", vault)
                == "user1@example.com user10@example.com (user11@example.com) user1@example.com")
    }

    @Test func `every type's token is restored in every writing`() throws {
        for type in DetectorType.all {
            var vault = Vault()
            _ = try vault.token(for: Array("value".utf8)[...], of: type)
            let stem = "\(type.detector.tokenStem)"
            for text in ["[\(stem)_1]", "[\(stem.lowercased())_1]", "\(stem)_1", "{\(stem)_1}", "\\[\(stem)\\_1\\]"] {
                #expect(restore(text, vault) == "value", "\(text)")
            }
        }
    }

    @Test func `tokens of two vaults read the same and mean what their own vault says`() throws {
        var first = Vault()
        var second = Vault()
        let one = try redactor.redact(Array("first@example.com".utf8), into: &first).bytes
        let other = try redactor.redact(Array("second@example.com".utf8), into: &second).bytes
        #expect(one == other)
        #expect(second.restore(one) == Array("second@example.com".utf8))
        #expect(Vault().restore(one) == one)
    }

    @Test(arguments: [
        "email_1 is mine", "[email 1]", "EMAIL\\_1", "xEMAIL_1", "EMAIL_1=3", "(EMAIL_1)", "&#91;EMAIL_1&#93;",
    ])
    func `an altered token that the caller wrote is never given to a value`(_ text: String) throws {
        var vault = Vault()
        let redacted = try redactor.redact(Array("\(text) a@example.com".utf8), into: &vault).bytes
        let given = String(decoding: redacted, as: UTF8.self)
        #expect(given == "\(text) [EMAIL_2]" || text == "email_1 is mine")
        #expect(vault.restore(redacted) == Array("\(text) a@example.com".utf8))
    }

    // MARK: JSON

    @Test func `in JSON an original is escaped and the text stays JSON`() throws {
        var vault = Vault()
        let odd = Array("a\"b\\c\nd\u{1}é😀".utf8)
        _ = try vault.token(for: odd[...], of: type("EMAIL_ADDRESS"))
        for token in ["[EMAIL_1]", "[email_1]", "EMAIL_1", "\\\\[EMAIL\\\\_1\\\\]", "\\u005bEMAIL_1\\u005d"] {
            let text = Array("{\"a\": \"x \(token)\", \"b\": [1, \"\(token)\"]}".utf8)
            let restored = try JSONParser.parse(vault.restore(text, as: .json))
            #expect(restored["a"]?.bytes == Array("x ".utf8) + odd, "\(token)")
        }
    }

    @Test(arguments: [
        (#""a\n[EMAIL_1]""#, #""a\njane@example.com""#), (#""a\nEMAIL_1""#, #""a\njane@example.com""#),
        (#""\u000aEMAIL_1""#, #""\u000ajane@example.com""#), (#""\"EMAIL_1\"""#, #""\"jane@example.com\"""#),
        (#"{"EMAIL_1": 1}"#, #"{"jane@example.com": 1}"#), (#"{"a": [EMAIL_1]}"#, #"{"a": [EMAIL_1]}"#),
        (#"[EMAIL_1, "EMAIL_1", EMAIL_1]"#, #"[EMAIL_1, "jane@example.com", EMAIL_1]"#),
        (#""\\" EMAIL_1 "EMAIL_1""#, #""\\" EMAIL_1 "jane@example.com""#),
    ])
    func `in JSON tokens are restored within strings alone`(_ text: String, _ restored: String) throws {
        #expect(restore(text, as: .json, try vault()) == restored)
    }

    // MARK: Streams

    private static let fragments: [String] = [
        "[EMAIL_1]", "[email_1]", "[ EMAIL 1 ]", "EMAIL_1", "\\[EMAIL\\_1\\]", "&#91;EMAIL_1&#93;", "[PHONE_1]s",
        "PHONE_1's", "(EMAIL_1)", "{EMAIL_2}", "【EMAIL_1】", "%5BEMAIL_1%5D", "[EMAIL_", "EMAIL", "_1", "[", "]", "\\",
        "&", "&#9", "\"", "\\n", "\\u00", "EMAIL_10", "[[", " ", "x", "é", "日本", "s", "'s", ".", "_", "1", "{\"a\":\"",
    ]

    private func text(_ random: inout SeededRandom) -> [UInt8] {
        (0..<Int.random(in: 0...12, using: &random)).flatMap { _ in
            Array((Self.fragments.randomElement(using: &random) ?? "").utf8)
        }
    }

    @Test(arguments: [TextForm.plain, .json])
    func `any cutting gives what restoring the whole text gives`(_ form: TextForm) throws {
        var random = SeededRandom.fromEnvironment()
        var vault = Vault()
        for value in ["jane@example.com", "j\"o\\e@example.com", "+92 300 1234567"] {
            let type = try type(value.hasPrefix("+") ? "PHONE_NUMBER" : "EMAIL_ADDRESS")
            _ = try vault.token(for: Array(value.utf8)[...], of: type)
        }
        var stream = RestoreStream(form: form)
        for _ in 0..<3_000 {
            let text = text(&random)
            var streamed: [UInt8] = []
            var start = 0
            while start < text.count {
                let end = min(text.count, start + Int.random(in: 1...9, using: &random))
                streamed += stream.feed(Array(text[start..<end]), from: vault)
                #expect(stream.heldCount < RestoreStream.heldBytesMax)
                start = end
            }
            streamed += stream.finish(from: vault)
            #expect(
                streamed == vault.restore(text, as: form), "\(String(decoding: text, as: UTF8.self).debugDescription)")
        }
    }

    @Test func `a token is restored wherever it is cut`() throws {
        let vault = try vault()
        for token in ["[EMAIL_1]", "\\[EMAIL\\_1\\]", "&#91;EMAIL_1&#93;", "【EMAIL_1】"] {
            let text = Array("to \(token)'s box".utf8)
            for cut in 0...text.count {
                var stream = RestoreStream()
                let streamed =
                    stream.feed(Array(text[..<cut]), from: vault) + stream.feed(Array(text[cut...]), from: vault)
                    + stream.finish(from: vault)
                #expect(streamed == Array("to jane@example.com's box".utf8), "cut at \(cut)")
            }
        }
    }

    @Test func `text that starts no token is given out at once`() throws {
        let vault = try vault()
        var stream = RestoreStream()
        #expect(
            stream.feed(Array("Dear Ms Doe, your card ".utf8), from: vault) == Array("Dear Ms Doe, your card ".utf8))
        #expect(stream.feed(Array("is here [EMAIL".utf8), from: vault) == Array("is here ".utf8))
        #expect(stream.feed(Array("S only]".utf8), from: vault) == Array("[EMAILS only]".utf8))
        #expect(stream.finish(from: vault).isEmpty)
    }

    @Test func `no writing of a token is longer than the bound`() throws {
        let vault = try vault()
        for filler in [" ", "&nbsp;", "[", "&lbrack;", "EMAIL", "1", "\\", "\\_", "_", "A"] {
            var stream = RestoreStream()
            for start in ["", "&lbrack;", "&lbrack;&nbsp;&nbsp;&nbsp;EMAIL", "[EMAIL_1&nbsp;&nbsp;&nbsp;"] {
                _ = stream.feed(Array((start + String(repeating: filler, count: 300)).utf8), from: vault)
                #expect(stream.heldCount < RestoreStream.heldBytesMax)
                _ = stream.finish(from: vault)
            }
        }
        #expect(RestoreStream.heldBytesMax <= 192)
    }
}
