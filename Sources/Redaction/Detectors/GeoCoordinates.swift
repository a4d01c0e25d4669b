/// Places on the globe in decimal degrees: latitude, then longitude (ISO 6709 annex H), as in `52.52437, 13.41053`.
enum GeoCoordinates {
    /// Decimals that a pair of numbers needs where no word speaks of places: 5, about a metre. Exchange rates have four.
    private static let decimalsMin = 5
    /// The same behind a word such as "latitude" or with signs for degrees: 3, about a hundred metres.
    private static let labelledDecimalsMin = 3
    private static let decimalsMax = 15
    private static let gapBytesMax = 24
    private static let latitudeMax = 90
    private static let longitudeMax = 180

    static func recognise(_ text: Span<UInt8>, _ groups: DigitGroups) -> Match? {
        guard groups.lead == .free, groups.groupCount >= 2, groups.count(0) <= 3,
            let latitude = Number(text, at: groups.start, degreesMax: latitudeMax)
        else { return nil }
        var hasMark = latitude.hasMark
        var index = latitude.end
        while index < text.count, index - latitude.end < gapBytesMax, isGap(text[index]) { index += 1 }
        guard index > latitude.end, index < text.count,
            let longitude = Number(text, at: index, degreesMax: longitudeMax),
            longitude.end == text.count || DigitGroups.mayEnd(text, at: longitude.end)
        else { return nil }
        hasMark = hasMark || longitude.hasMark
        var start = groups.start
        if start > 0, text[start - 1] == UInt8(ascii: "-") || text[start - 1] == UInt8(ascii: "+") { start -= 1 }
        let decimals = min(latitude.decimals, longitude.decimals)
        let isLabelled = hasMark || Context.shared.has(.place, text, before: start)
        guard decimals >= (isLabelled ? labelledDecimalsMin : decimalsMin) else { return nil }
        return Match(range: start..<longitude.end, confidencePPM: isLabelled ? 930_000 : 800_000)
    }

    private struct Number {
        let end: Int
        let decimals: Int
        /// Whether a sign for degrees or a letter for the direction follows.
        let hasMark: Bool

        init?(_ text: Span<UInt8>, at start: Int, degreesMax: Int) {
            var index = start
            var degrees = 0
            while index < text.count, index - start < 3, ByteClass.isDigit(text[index]) {
                degrees = degrees * 10 + Int(text[index] - UInt8(ascii: "0"))
                index += 1
            }
            guard index > start, degrees <= degreesMax, index < text.count, text[index] == UInt8(ascii: ".") else {
                return nil
            }
            index += 1
            let first = index
            while index < text.count, index - first <= decimalsMax, ByteClass.isDigit(text[index]) { index += 1 }
            decimals = index - first
            guard (labelledDecimalsMin...decimalsMax).contains(decimals) else { return nil }
            var isMarked = false
            if index + 1 < text.count, text[index] == 0xC2, text[index + 1] == 0xB0 {
                index += 2
                isMarked = true
            }
            var letter = index
            if letter < text.count, text[letter] == UInt8(ascii: " ") { letter += 1 }
            if letter < text.count, isDirection(text[letter]),
                letter + 1 == text.count || !ByteClass.isAlphanumeric(text[letter + 1])
            {
                index = letter + 1
                isMarked = true
            }
            hasMark = isMarked
            end = index
        }
    }

    private static func isDirection(_ byte: UInt8) -> Bool {
        byte == UInt8(ascii: "N") || byte == UInt8(ascii: "S") || byte == UInt8(ascii: "E") || byte == UInt8(ascii: "W")
    }

    /// What stands between the two numbers, a key such as `"longitude":` included.
    private static func isGap(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: ","), UInt8(ascii: " "), UInt8(ascii: ";"), UInt8(ascii: "/"), UInt8(ascii: "-"),
            UInt8(ascii: "\""), UInt8(ascii: ":"), UInt8(ascii: "="), UInt8(ascii: "&"):
            true
        default: ByteClass.isLetter(byte)
        }
    }
}
