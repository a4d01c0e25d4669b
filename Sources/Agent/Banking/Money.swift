/// An amount of money: a whole number of the currency's minor units, never a fraction.
public struct Money: Hashable, Sendable {
    /// Minor units: cents of EUR, yen of JPY.
    public let minorUnits: Int64
    /// The currency's three letters (ISO 4217), capitals.
    public let currency: [UInt8]

    /// An amount; nil where `currency` is not three capital letters.
    public init?(minorUnits: Int64, currency: [UInt8]) {
        guard currency.count == 3, currency.allSatisfy({ (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains($0) }) else {
            return nil
        }
        self.minorUnits = minorUnits
        self.currency = currency
    }

    /// Digits after the point (ISO 4217, "minor unit").
    public var decimals: Int {
        let code = String(decoding: currency, as: UTF8.self)
        if Self.withoutDecimals.contains(code) { return 0 }
        return Self.withThreeDecimals.contains(code) ? 3 : 2
    }

    /// `1,204.50 EUR`; `-0.05 EUR`; `1,204 JPY`.
    public var text: [UInt8] {
        let digits = Array(String(minorUnits.magnitude).utf8)
        let padded = [UInt8](repeating: UInt8(ascii: "0"), count: max(0, decimals + 1 - digits.count)) + digits
        var text: [UInt8] = minorUnits < 0 ? [UInt8(ascii: "-")] : []
        let whole = padded.dropLast(decimals)
        for (index, digit) in whole.enumerated() {
            if index > 0 && (whole.count - index) % 3 == 0 { text.append(UInt8(ascii: ",")) }
            text.append(digit)
        }
        if decimals > 0 { text += [UInt8(ascii: ".")] + padded.suffix(decimals) }
        return text + [UInt8(ascii: " ")] + currency
    }

    private static let withoutDecimals: Set<String> = [
        "BIF", "CLP", "DJF", "GNF", "ISK", "JPY", "KMF", "KRW", "PYG", "RWF", "UGX", "VND", "VUV", "XAF", "XOF", "XPF",
    ]
    private static let withThreeDecimals: Set<String> = ["BHD", "IQD", "JOD", "KWD", "LYD", "OMR", "TND"]
}
