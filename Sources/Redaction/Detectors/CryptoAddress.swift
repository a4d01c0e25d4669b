internal import OpenSSL

/// Addresses of crypto currencies: base58check (Bitcoin and its kin), segregated witness in bech32 and bech32m, Ethereum.
enum CryptoAddress {
    /// Ethereum's: `0x` and 20 bytes in hexadecimal. The check in the case of its letters (EIP-55) is not looked at, since
    /// many programs write lower case alone, and Keccak would be needed for it.
    static func recogniseEthereum(_ text: Span<UInt8>, word: Range<Int>) -> Match? {
        guard word.count == ethereumBytes, text[word.lowerBound] == UInt8(ascii: "0"),
            text[word.lowerBound + 1] | 0x20 == UInt8(ascii: "x")
        else { return nil }
        var differs = false
        for index in word.lowerBound + 2..<word.upperBound {
            guard ByteClass.isHex(text[index]) else { return nil }
            differs = differs || text[index] != text[word.lowerBound + 2]
        }
        return differs ? Match(range: word, confidencePPM: 950_000) : nil
    }

    /// A word whose last four bytes are the start of the double SHA-256 of those before.
    static func recogniseBase58(_ text: Span<UInt8>, word: Range<Int>) -> Match? {
        guard base58Counts.contains(word.count) else { return nil }
        var payload = InlineArray<25, UInt8>(repeating: 0)
        for index in word {
            guard let digit = base58Value(text[index]) else { return nil }
            var carry = Int(digit)
            for place in (0..<payloadBytes).reversed() {
                carry += Int(payload[place]) * 58
                payload[place] = UInt8(carry & 0xFF)
                carry >>= 8
            }
            guard carry == 0 else { return nil }
        }
        let body = payloadBytes - checksumBytes
        let digest = SHA256Digest(of: SHA256Digest(of: payload.span.extracting(0..<body)).bytes).bytes
        guard (0..<checksumBytes).allSatisfy({ digest[$0] == payload[body + $0] }) else { return nil }
        return Match(range: word, confidencePPM: 990_000)
    }

    /// `bc1…` and the like (BIP 173, and BIP 350 from version 1 on).
    static func recogniseBech32(_ text: Span<UInt8>, word: Range<Int>) -> Match? {
        guard bech32Counts.contains(word.count), let data = bech32Data(text, word) else { return nil }
        let isUpper = ByteClass.isUpper(text[word.lowerBound])
        var checksum: UInt32 = 1
        for index in word.lowerBound..<data - 1 { checksum = polymod(checksum, UInt32(text[index] | 0x20) >> 5) }
        checksum = polymod(checksum, 0)
        for index in word.lowerBound..<data - 1 { checksum = polymod(checksum, UInt32(text[index] & 0x1F)) }
        var version: UInt8 = 0
        for index in data..<word.upperBound {
            guard !ByteClass.isLetter(text[index]) || ByteClass.isUpper(text[index]) == isUpper,
                let value = bech32Value(text[index])
            else { return nil }
            if index == data { version = value }
            checksum = polymod(checksum, UInt32(value))
        }
        guard version <= 16, checksum == (version == 0 ? 1 : bech32mConstant) else { return nil }
        return Match(range: word, confidencePPM: 990_000)
    }

    // MARK: Base58

    private static let ethereumBytes = 42
    /// A version, a hash of 20 bytes and the checksum.
    private static let payloadBytes = 25
    private static let checksumBytes = 4
    /// 25 bytes take up to 35 characters; addresses with leading zero bytes take fewer.
    private static let base58Counts = 26...35

    /// The value of a character of `123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz`.
    private static func base58Value(_ byte: UInt8) -> UInt8? {
        switch byte {
        case UInt8(ascii: "1")...UInt8(ascii: "9"): byte - UInt8(ascii: "1")
        case UInt8(ascii: "A")...UInt8(ascii: "H"): byte - UInt8(ascii: "A") + 9
        case UInt8(ascii: "J")...UInt8(ascii: "N"): byte - UInt8(ascii: "J") + 17
        case UInt8(ascii: "P")...UInt8(ascii: "Z"): byte - UInt8(ascii: "P") + 22
        case UInt8(ascii: "a")...UInt8(ascii: "k"): byte - UInt8(ascii: "a") + 33
        case UInt8(ascii: "m")...UInt8(ascii: "z"): byte - UInt8(ascii: "m") + 44
        default: nil
        }
    }

    // MARK: Bech32

    /// BIP 173: the shortest witness program has two bytes, the longest text 90 characters.
    private static let bech32Counts = 14...90
    /// BIP 350.
    private static let bech32mConstant: UInt32 = 0x2bc8_30a3
    /// The human-readable parts of Bitcoin, its test networks and Litecoin, with the digit that ends them.
    private static let humanReadable = ["bc1", "tb1", "bcrt1", "ltc1"].map { Array($0.utf8) }
    private static let bech32Alphabet = Array("qpzry9x8gf2tvdw0s3jn54khce6mua7l".utf8)

    /// Where the data start behind the human-readable part.
    private static func bech32Data(_ text: Span<UInt8>, _ word: Range<Int>) -> Int? {
        for part in humanReadable {
            var isEqual = true
            for (index, byte) in part.enumerated() {
                isEqual =
                    isEqual && (text[word.lowerBound + index] == byte || text[word.lowerBound + index] | 0x20 == byte)
            }
            if isEqual { return word.lowerBound + part.count }
        }
        return nil
    }

    private static func bech32Value(_ byte: UInt8) -> UInt8? {
        let lower = ByteClass.isUpper(byte) ? byte | 0x20 : byte
        return bech32Alphabet.firstIndex(of: lower).map(UInt8.init)
    }

    private static func polymod(_ checksum: UInt32, _ value: UInt32) -> UInt32 {
        let top = checksum >> 25
        var next = (checksum & 0x1FF_FFFF) << 5 ^ value
        for (bit, generator) in generators.enumerated() where top >> UInt32(bit) & 1 == 1 { next ^= generator }
        return next
    }

    /// BIP 173.
    private static let generators: [UInt32] = [
        0x3b6a_57b2, 0x2650_8e6d, 0x1ea1_19fa, 0x3d42_33dd, 0x2a14_62b3,
    ]
}
