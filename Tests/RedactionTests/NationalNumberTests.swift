import Testing

@testable import Redaction

/// The check characters of national and bank numbers.
@Suite struct NationalNumberTests {
    /// A number that is found as its type, by the words before it where it needs some.
    struct Sample: CustomTestStringConvertible, Sendable {
        let type: String
        let words: String
        let number: String

        var testDescription: String { "\(type): \(number)" }
    }

    /// Types whose check catches every single changed digit, with numbers from the registries' own pages where they
    /// publish some: the NHS Data Dictionary, the Bundeszentralamt für Steuern, and the test numbers of the others.
    static let samples = [
        Sample(type: "ABA_ROUTING", words: "routing number", number: "021000021"),
        Sample(type: "UK_NHS", words: "NHS number", number: "9434765919"),
        Sample(type: "DE_TAX_ID", words: "Steuer-ID", number: "86095742719"),
        Sample(type: "FR_NIR", words: "NIR", number: "255081416802538"),
        Sample(type: "NL_BSN", words: "BSN", number: "111222333"),
        Sample(type: "PL_PESEL", words: "PESEL", number: "44051401359"),
        Sample(type: "IN_AADHAAR", words: "Aadhaar", number: "234567890124"),
        Sample(type: "BR_CPF", words: "CPF", number: "52998224725"),
        Sample(type: "BR_CNPJ", words: "CNPJ", number: "11222333000181"),
        Sample(type: "AU_TFN", words: "TFN", number: "876543210"),
        Sample(type: "CA_SIN", words: "SIN", number: "130692544"),
        Sample(type: "ES_DNI", words: "DNI", number: "12345678Z"),
        Sample(type: "SG_NRIC", words: "NRIC", number: "S1234567D"),
    ]

    private func isFound(_ sample: Sample, as number: String) throws -> Bool {
        let type = try type(sample.type)
        return Redactor().detect(Array("\(sample.words) \(number).".utf8)).contains { $0.type == type }
    }

    @Test(arguments: samples)
    func `a number is found, and with any one digit changed it is not`(_ sample: Sample) throws {
        #expect(try isFound(sample, as: sample.number))
        let bytes = Array(sample.number.utf8)
        for place in bytes.indices where ByteClass.isDigit(bytes[place]) {
            for digit in UInt8(ascii: "0")...UInt8(ascii: "9") where digit != bytes[place] {
                var changed = bytes
                changed[place] = digit
                let number = String(decoding: changed, as: UTF8.self)
                #expect(try !isFound(sample, as: number), "\(number)")
            }
        }
    }

    @Test(arguments: samples)
    func `a number is not found with a digit more or less`(_ sample: Sample) throws {
        #expect(try !isFound(sample, as: sample.number + "0"))
        #expect(try !isFound(sample, as: "1" + sample.number))
        #expect(try !isFound(sample, as: String(sample.number.dropFirst())))
    }

    // MARK: Verhoeff

    /// The multiplication table as J. Verhoeff printed it, row by row.
    private let table = [
        "0123456789", "1234067895", "2340178956", "3401289567", "4012395678", "5987604321", "6598710432", "7659821043",
        "8765932104", "9876543210",
    ]

    @Test func `the product is that of the printed table`() {
        for (left, row) in table.enumerated() {
            for (right, product) in row.enumerated() {
                #expect(Verhoeff.product(left, right) == product.wholeNumberValue)
            }
        }
    }

    @Test func `the permutation comes back to itself after eight times`() {
        let last = (0..<10).map { Verhoeff.permutations[70 + $0] }
        #expect((0..<10).map { last[Verhoeff.permutations[10 + $0]] } == Array(0..<10))
    }

    @Test func `Verhoeff finds each changed digit and each two that changed places`() {
        var random = SeededRandom.fromEnvironment()
        for _ in 0..<300 {
            let head = (0..<11).map { _ in UInt8.random(in: 0...9, using: &random) }
            let passing = (UInt8(0)...9).filter { last in Verhoeff.isValid(count: 12) { $0 < 11 ? head[$0] : last } }
            #expect(passing.count == 1)
            let digits = head + passing
            for place in 0..<11 where digits[place] != digits[place + 1] {
                var swapped = digits
                swapped.swapAt(place, place + 1)
                #expect(!Verhoeff.isValid(count: 12) { swapped[$0] })
            }
        }
    }

    // MARK: ISO/IEC 7064

    @Test(arguments: ["86095742719", "47036892816", "65929970489", "02476291358"])
    func `MOD 11,10 passes the published tax numbers`(_ number: String) {
        let digits = number.utf8.map { $0 - UInt8(ascii: "0") }
        #expect(ISO7064.isValidMod11To10(count: 11) { digits[$0] })
        for place in 0..<11 {
            for digit in UInt8(0)...9 where digit != digits[place] {
                #expect(!ISO7064.isValidMod11To10(count: 11) { $0 == place ? digit : digits[$0] })
            }
        }
    }

    // MARK: Codes

    @Test func `an Italian code is found with its check letter and no other`() throws {
        let code = try type("IT_FISCAL_CODE")
        let passing = (UInt8(ascii: "A")...UInt8(ascii: "Z")).filter { letter in
            Redactor().detect(Array("RSSMRA85T10A562".utf8) + [letter]).contains { $0.type == code }
        }
        #expect(passing == [UInt8(ascii: "S")])
    }

    @Test func `a national insurance number has letters that are given out`() throws {
        let nino = try type("UK_NINO")
        for first in "ABCDEFGHIJKLMNOPQRSTUVWXYZ" {
            for second in "ABCDEFGHIJKLMNOPQRSTUVWXYZ" {
                let isGiven =
                    !"DFIQUV".contains(first) && !"DFIQUVO".contains(second)
                    && !["BG", "GB", "NK", "KN", "TN", "NT", "ZZ"].contains("\(first)\(second)")
                let found = Redactor().detect(Array("NINO \(first)\(second)123456C".utf8)).contains { $0.type == nino }
                #expect(found == isGiven, "\(first)\(second)")
            }
        }
    }

    @Test(arguments: [
        ("AE", true), ("GB", true), ("XK", true), ("ZW", true), ("AN", false), ("SF", false), ("XX", false),
        ("UK", false),
    ])
    func `a bank's code names a country that there is`(_ country: String, _ isFound: Bool) throws {
        let bic = try type("SWIFT_BIC")
        #expect(Redactor().detect(Array("BIC ABCD\(country)2L".utf8)).contains { $0.type == bic } == isFound)
    }

    @Test func `there are the 249 countries of ISO 3166-1 and Kosovo`() {
        let letters = UInt8(ascii: "A")...UInt8(ascii: "Z")
        let count = letters.reduce(0) { sum, first in
            sum + letters.count { Country.isAssigned(first, $0) }
        }
        #expect(count == 250)
    }
}
