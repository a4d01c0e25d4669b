import Testing

@testable import Redaction

@Suite struct RedactionStreamTests {
    private let tokenising: Redactor
    private let masking: Redactor

    init() throws {
        tokenising = Redactor(policy: try .parse(policyText(otherwise: "\"tokenise\"")))
        masking = Redactor(policy: try .parse(policyText(otherwise: "\"mask\"")))
    }

    /// What a stream makes of `text` in pieces of the length that `pieceBytes` gives.
    private func stream(
        _ text: [UInt8], by redactor: Redactor, stepBytes: Int = RedactionStream.stepBytesDefault,
        _ pieceBytes: () -> Int
    ) throws -> [UInt8] {
        var stream = RedactionStream(redactor, stepBytes: stepBytes)
        var vault = Vault()
        var output: [UInt8] = []
        var start = 0
        while start < text.count {
            let end = min(text.count, start + pieceBytes())
            output += try stream.feed(Array(text[start..<end]), into: &vault)
            let held = stream.heldCount
            #expect(held <= RedactionStream.heldBytesMax)
            start = end
        }
        return output + (try stream.finish(into: &vault))
    }

    private func whole(_ text: [UInt8], by redactor: Redactor) throws -> [UInt8] {
        var vault = Vault()
        return try redactor.redact(text, into: &vault).bytes
    }

    private static let filler: [[UInt8]] = [
        "Thank you for your message. ", "the answer is “yes” → ✅ ", "Your account is fine,\n",
        "please wait for the letter from us; ", "Zoë ",
        "日本語 ",
        "{\"role\":\"user\",\"text\":\"", "\"}\n", "It costs 12.50 EUR a year. ", "on 2025-06-18 at 18:30 ", "- ",
        "(see page 4) ", "der Vertrag läuft weiter. ", "https://www.example.com/help?page=2 ",
        "aaaaaaaaaaaaaaaaaaaaaaaa ",
    ].map { Array($0.utf8) }

    /// Without tokens: a stream cannot know of those to come.
    private static let nearMisses = CatalogueExample.negative.map(\.text).filter { !$0.contains("_1]") }

    /// Examples of the catalogue among words, at least `bytesMin` bytes.
    private func text(bytesMin: Int, _ random: inout SeededRandom) -> [UInt8] {
        var text: [UInt8] = []
        while text.count < bytesMin {
            if Int.random(in: 0..<4, using: &random) == 0,
                let example = CatalogueExample.positive.randomElement(using: &random)
            {
                text += MarkedText(example.text).bytes + [UInt8(ascii: "\n")]
            } else if Int.random(in: 0..<12, using: &random) == 0,
                let nearMiss = Self.nearMisses.randomElement(using: &random)
            {
                text += Array(nearMiss.utf8) + [UInt8(ascii: "\n")]
            } else {
                text += Self.filler.randomElement(using: &random) ?? []
            }
        }
        return text
    }

    @Test func `a disguised number keeps no digits in a stream either`() throws {
        let text = Array("card ４１１１ １１１１ １１１１ １１１１ please".utf8)
        #expect(try stream(text, by: masking) { 7 } == Array("card <CREDIT_CARD> please".utf8))
        #expect(try whole(text, by: masking) == Array("card <CREDIT_CARD> please".utf8))
    }

    @Test(arguments: [50, 300, 1_024, 5_000])
    func `any cutting gives what redacting the whole text gives`(_ stepBytes: Int) throws {
        var random = SeededRandom.fromEnvironment()
        for round in 0..<(stepBytes < 1_000 ? 1 : 4) {
            let text = text(bytesMin: stepBytes < 1_000 ? 6_000 : 14_000, &random)
            for redactor in [tokenising, masking] {
                let longest = round % 2 == 0 ? 200 : 5
                let streamed = try stream(text, by: redactor, stepBytes: stepBytes) {
                    Int.random(in: 1...longest, using: &random)
                }
                #expect(streamed == (try whole(text, by: redactor)))
            }
        }
    }

    @Test func `pieces of every length from 1 to 200 give the same`() throws {
        var random = SeededRandom.fromEnvironment()
        let text = text(bytesMin: 7_000, &random)
        let expected = try whole(text, by: tokenising)
        for pieceBytes in 1...200 {
            #expect(try stream(text, by: tokenising, stepBytes: 4_000) { pieceBytes } == expected)
        }
    }

    @Test func `a value is found wherever it lies to the cuts`() throws {
        for example in ["jane@example.com", "4111 1111 1111 1111", "DE89370400440532013000", "CNIC 3520212345671"] {
            for before in stride(from: 3_560, through: 3_600, by: 3) {
                let words = String(repeating: "words of text ", count: before / 14)
                let text = Array((words + String(repeating: "x", count: before % 14) + " \(example) ").utf8)
                let long = text + Array(String(repeating: "words of text ", count: 400).utf8)
                #expect(try stream(long, by: masking) { 64 } == (try whole(long, by: masking)))
            }
        }
    }

    @Test func `any bytes give the same however they are cut`() throws {
        var random = SeededRandom.fromEnvironment()
        for _ in 0..<5 {
            var text: [UInt8] = []
            while text.count < 8_000 { text += TextGenerator.bytes(&random) }
            let once = try whole(text, by: masking)
            #expect(try stream(text, by: masking) { Int.random(in: 1...300, using: &random) } == once)
        }
    }

    @Test func `text is given out once the look-ahead is behind it`() throws {
        var stream = RedactionStream(masking)
        var vault = Vault()
        let words = Array(String(repeating: "words of text ", count: 1_000).utf8)
        var given = 0
        for start in stride(from: 0, to: words.count, by: 50) {
            given += try stream.feed(Array(words[start..<min(words.count, start + 50)]), into: &vault).count
            let held = min(words.count, start + 50) - given
            #expect(held < RedactionStream.lookaheadBytes + RedactionStream.stepBytesDefault + 50)
        }
        #expect(given + (try stream.finish(into: &vault).count) == words.count)
    }

    @Test func `a blocked type refuses the stream before any of it is given out`() throws {
        var stream = RedactionStream(Redactor())
        var vault = Vault()
        let words = String(repeating: "words of text ", count: 500)
        let text = Array((words + "AKIA2PMBBXF346LHA5RN " + words).utf8)
        var output: [UInt8] = []
        var thrown: RedactionError?
        do throws(RedactionError) { output = try stream.feed(text, into: &vault) } catch { thrown = error }
        #expect(thrown == .blocked(types: [try type("API_KEY")]))
        #expect(!String(decoding: output, as: UTF8.self).contains("AKIA"))
    }

    @Test func `a token that stands in what was read is not given out`() throws {
        let text = Array(("Is [EMAIL_1] a name? " + String(repeating: "words ", count: 3_000) + "a@example.com").utf8)
        #expect(try stream(text, by: tokenising) { 100 } == (try whole(text, by: tokenising)))
    }

    @Test func `counts are those of the whole text`() throws {
        var random = SeededRandom.fromEnvironment()
        let text = text(bytesMin: 20_000, &random)
        var vault = Vault()
        var stream = RedactionStream(masking)
        for start in stride(from: 0, to: text.count, by: 77) {
            _ = try stream.feed(Array(text[start..<min(text.count, start + 77)]), into: &vault)
        }
        _ = try stream.finish(into: &vault)
        let counts = stream.counts
        #expect(counts == (try masking.redact(text, into: &vault)).counts)
    }

    // MARK: Values longer than the bounds

    private func jsonWebToken(claimBytes: Int) -> String {
        "eyJhbGciOiJIUzI1NiJ9.eyJ" + String(repeating: "zdWIiOiIx", count: claimBytes / 9) + ".c2lnbmF0dXJl"
    }

    @Test(arguments: [3_000, 10_000, 30_000, 64_000, 66_000, 200_000])
    func `a long token is masked whole, whatever its length`(_ claimBytes: Int) throws {
        for header in ["", String(repeating: "A", count: 5_000)] {
            let token = jsonWebToken(claimBytes: claimBytes).replacing("NiJ9.", with: "NiJ9\(header).")
            let words = String(repeating: "words of text ", count: 300)
            let text = Array((words + "Bearer \(token), " + words).utf8)
            let expected = Array((words + "Bearer <JWT>, " + words).utf8)
            #expect(try stream(text, by: masking) { 173 } == expected)
            #expect(try whole(text, by: masking) == expected)
        }
    }

    @Test func `a long token is refused where the policy blocks it`() throws {
        var stream = RedactionStream(Redactor())
        var vault = Vault()
        var thrown: RedactionError?
        let text = Array((jsonWebToken(claimBytes: 200_000)).utf8)
        do throws(RedactionError) {
            for start in stride(from: 0, to: text.count, by: 500) {
                #expect(try stream.feed(Array(text[start..<min(text.count, start + 500)]), into: &vault).isEmpty)
            }
        } catch { thrown = error }
        #expect(thrown == .blocked(types: [try type("JWT")]))
    }

    private func keyFile(lines: Int, label: String = "RSA PRIVATE KEY") -> String {
        "-----BEGIN \(label)-----\n" + String(repeating: String(repeating: "MIIE", count: 16) + "\n", count: lines)
            + "-----END \(label)-----"
    }

    @Test(arguments: [10, 60, 300, 990])
    func `a key file is held until it can be seen whole`(_ lines: Int) throws {
        let words = String(repeating: "words of text ", count: 300)
        let text = Array((words + keyFile(lines: lines) + "\n" + words).utf8)
        #expect(try stream(text, by: masking) { 311 } == (try whole(text, by: masking)))
        var stream = RedactionStream(masking)
        var vault = Vault()
        let start = Array((words + keyFile(lines: lines).dropLast(20)).utf8)
        let given = try stream.feed(start, into: &vault)
        #expect(!String(decoding: given, as: UTF8.self).contains("BEGIN"))
    }

    @Test(arguments: ["RSA PRIVATE KEY", "PRIVATE KEY", "ENCRYPTED PRIVATE KEY", "PGP PRIVATE KEY BLOCK"])
    func `a key file too long to be held is masked and swallowed to its end`(_ label: String) throws {
        let words = String(repeating: "words of text ", count: 300)
        let text = Array((words + keyFile(lines: 3_000, label: label) + "\n" + words).utf8)
        for pieceBytes in [1, 97, 100_000, 1_000_000] {
            #expect(try stream(text, by: masking) { pieceBytes } == Array((words + "<PRIVATE_KEY>\n" + words).utf8))
        }
        let unfinished = Array((words + keyFile(lines: 3_000, label: label).dropLast(40)).utf8)
        #expect(try stream(unfinished, by: masking) { 4_096 } == Array((words + "<PRIVATE_KEY>").utf8))
    }

    @Test func `a certificate is not held`() throws {
        let text = Array(keyFile(lines: 3_000, label: "CERTIFICATE").utf8)
        var stream = RedactionStream(masking)
        var vault = Vault()
        #expect(try stream.feed(text, into: &vault).count > text.count - 8_000)
    }
}
