/// Ticket identifiers: `T-` and 128 random bits in Crockford's base 32 (crockford.com/base32.html), lower case.
enum TicketID {
    static let digits = 26
    private static let alphabet = Array("0123456789abcdefghjkmnpqrstvwxyz".utf8)

    /// A new one. The generator is the operating system's (getrandom(2)).
    static func make() -> [UInt8] {
        var generator = SystemRandomNumberGenerator()
        var bits = UInt128(generator.next() as UInt64) << 64 | UInt128(generator.next() as UInt64)
        var id: [UInt8] = Array("T-".utf8)
        for _ in 0..<digits {
            id.append(alphabet[Int(bits & 31)])
            bits >>= 5
        }
        return id
    }

    /// Whether `bytes` could be one, so that anything else needs no look into the database.
    static func isWellFormed(_ bytes: [UInt8]) -> Bool {
        bytes.count == digits + 2 && bytes.starts(with: "T-".utf8) && bytes.dropFirst(2).allSatisfy(alphabet.contains)
    }
}
