import Testing

@testable import Redaction

@Suite struct CheckDigitTests {
    /// ISO/IEC 7812-1 annex B by hand: double every second digit from the right, add the digits of the products.
    private func slowLuhn(_ digits: [Int]) -> Bool {
        var sum = 0
        for (place, digit) in digits.reversed().enumerated() {
            sum += place % 2 == 0 ? digit : "\(digit * 2)".reduce(0) { $0 + ($1.wholeNumberValue ?? 0) }
        }
        return !digits.isEmpty && sum % 10 == 0
    }

    /// ISO 13616 by hand: the whole number in decimal, divided with pencil and paper.
    private func slowMod97(_ iban: String) -> Bool {
        guard iban.count > 4 else { return false }
        let decimal = (iban.dropFirst(4) + iban.prefix(4)).map { character in
            character.isNumber ? String(character) : String(Int(character.asciiValue ?? 0) - 55)
        }.joined()
        return decimal.reduce(0) { ($0 * 10 + ($1.wholeNumberValue ?? 0)) % 97 } == 1
    }

    @Test func `Luhn agrees with the sum by hand on random numbers`() {
        var random = SeededRandom.fromEnvironment()
        for _ in 0..<5_000 {
            let digits = (0..<Int.random(in: 0...24, using: &random)).map { _ in Int.random(in: 0...9, using: &random) }
            #expect(Luhn.isValid(count: digits.count) { UInt8(digits[$0]) } == slowLuhn(digits), "\(digits)")
        }
    }

    @Test func `exactly one check digit passes Luhn`() {
        var random = SeededRandom.fromEnvironment()
        for _ in 0..<500 {
            let head = (0..<15).map { _ in UInt8.random(in: 0...9, using: &random) }
            let passing = (0...9).filter { last in Luhn.isValid(count: 16) { $0 < 15 ? head[$0] : UInt8(last) } }
            #expect(passing.count == 1)
        }
    }

    @Test func `MOD 97-10 agrees with the division by hand on random accounts`() {
        var random = SeededRandom.fromEnvironment()
        let alphabet = Array("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ")
        for _ in 0..<3_000 {
            let text = String(
                (0..<Int.random(in: 0...34, using: &random)).map { _ in
                    alphabet[Int.random(in: 0..<36, using: &random)]
                })
            #expect(Mod97.isValid(Array(text.utf8).span, count: text.count) == slowMod97(text), "\(text)")
        }
    }

    /// An account of the country with right check digits, made by the model.
    private func iban(_ country: String, _ length: Int) throws -> String {
        let account = String(repeating: "7", count: length - 4)
        let check = try #require(
            (2...98).map { $0 < 10 ? "0\($0)" : "\($0)" }.first { slowMod97(country + $0 + account) })
        return country + check + account
    }

    @Test(arguments: IBAN.registry.map(\.country))
    func `each registered country's account is found at its length and at no other`(_ country: String) throws {
        let length = try #require(IBAN.registry.first { $0.country == country }).length
        let ibanCode = try type("IBAN_CODE")
        for (tried, isFound) in [(length - 1, false), (length, true), (length + 1, false)] {
            let text = try iban(country, tried)
            let found = Redactor().detect(Array("to \(text).".utf8)).filter { $0.type == ibanCode }
            #expect(found.map(\.range) == (isFound ? [3..<3 + tried] : []), "\(text)")
        }
    }

    @Test func `the registry names 89 countries once`() {
        #expect(Set(IBAN.registry.map(\.country)).count == IBAN.registry.count)
        #expect(IBAN.registry.count == 89)
        #expect(IBAN.registry.allSatisfy { (15...33).contains($0.length) })
    }
}
