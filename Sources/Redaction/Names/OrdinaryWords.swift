/// English words, places and firms: what is written with a capital and names no person.
///
/// An xor filter, so that 52,000 words take 64 KB and a word three bytes of them; one word in 256 that is in no list is
/// taken for one that is, and with it now and then a name.
struct OrdinaryWords: Sendable {
    static let shared = OrdinaryWords()

    private let fingerprints: [UInt8]
    /// Fingerprints in each of the filter's three parts.
    private let segment: UInt64

    private init() {
        fingerprints = Self.decode(Array("\(Self.table)".utf8))
        segment = UInt64(fingerprints.count / 3)
    }

    func contain(_ text: Span<UInt8>, _ word: Range<Int>) -> Bool { contain(WordHash(text, word)) }

    func contain(_ word: WordHash) -> Bool {
        let hash = Self.mix(word.value)
        var found = UInt8(truncatingIfNeeded: hash ^ hash >> 32 ^ hash >> 56)
        for part in 0..<UInt64(3) {
            let place = ((hash >> (21 * part)) & 0x1F_FFFF) * segment
            found ^= fingerprints[Int(part * segment + (place >> 21))]
        }
        return found == 0
    }

    /// Spreads what differs in a few bits over all (MurmurHash3's last step).
    private static func mix(_ value: UInt64) -> UInt64 {
        let first = (value ^ value >> 33) &* 0xFF51_AFD7_ED55_8CCD
        let second = (first ^ first >> 33) &* 0xC4CE_B9FE_1A85_EC53
        return second ^ second >> 33
    }

    /// The bytes of base64 without line breaks, as the script writes it.
    private static func decode(_ text: [UInt8]) -> [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(text.count / 4 * 3)
        var bits: UInt32 = 0
        var count = 0
        for character in text {
            let value: UInt8
            switch character {
            case UInt8(ascii: "A")...UInt8(ascii: "Z"): value = character - UInt8(ascii: "A")
            case UInt8(ascii: "a")...UInt8(ascii: "z"): value = character - UInt8(ascii: "a") + 26
            case UInt8(ascii: "0")...UInt8(ascii: "9"): value = character - UInt8(ascii: "0") + 52
            case UInt8(ascii: "+"): value = 62
            case UInt8(ascii: "/"): value = 63
            default: continue
            }
            bits = bits << 6 | UInt32(value)
            count += 6
            if count >= 8 {
                count -= 8
                bytes.append(UInt8(truncatingIfNeeded: bits >> UInt32(count)))
            }
        }
        return bytes
    }
}
