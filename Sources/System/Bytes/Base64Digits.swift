/// The alphabet of base64url (RFC 4648 §5), read backwards.
public enum Base64Digits {
    /// The value of a digit, 0 to 63, or 64 for a byte that is none.
    @inlinable
    @inline(__always)
    public static func value(of byte: UInt8) -> UInt8 {
        byte < 128 ? (unsafe table.utf8Start[Int(byte)]) : 64
    }

    /// One byte for each of ASCII: a literal, because a stored array would be looked up and checked at each digit.
    @usableFromInline
    static let table: StaticString = """
        \u{40}\u{40}\u{40}\u{40}\u{40}\u{40}\u{40}\u{40}\u{40}\u{40}\u{40}\u{40}\u{40}\u{40}\u{40}\u{40}\
        \u{40}\u{40}\u{40}\u{40}\u{40}\u{40}\u{40}\u{40}\u{40}\u{40}\u{40}\u{40}\u{40}\u{40}\u{40}\u{40}\
        \u{40}\u{40}\u{40}\u{40}\u{40}\u{40}\u{40}\u{40}\u{40}\u{40}\u{40}\u{40}\u{40}\u{3e}\u{40}\u{40}\
        \u{34}\u{35}\u{36}\u{37}\u{38}\u{39}\u{3a}\u{3b}\u{3c}\u{3d}\u{40}\u{40}\u{40}\u{40}\u{40}\u{40}\
        \u{40}\u{00}\u{01}\u{02}\u{03}\u{04}\u{05}\u{06}\u{07}\u{08}\u{09}\u{0a}\u{0b}\u{0c}\u{0d}\u{0e}\
        \u{0f}\u{10}\u{11}\u{12}\u{13}\u{14}\u{15}\u{16}\u{17}\u{18}\u{19}\u{40}\u{40}\u{40}\u{40}\u{3f}\
        \u{40}\u{1a}\u{1b}\u{1c}\u{1d}\u{1e}\u{1f}\u{20}\u{21}\u{22}\u{23}\u{24}\u{25}\u{26}\u{27}\u{28}\
        \u{29}\u{2a}\u{2b}\u{2c}\u{2d}\u{2e}\u{2f}\u{30}\u{31}\u{32}\u{33}\u{40}\u{40}\u{40}\u{40}\u{40}
        """
}
