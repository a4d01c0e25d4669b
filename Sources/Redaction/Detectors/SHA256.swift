/// SHA-256 (FIPS 180-4) of up to 55 bytes, which with their padding fill one block: enough for a checksum of an address,
/// and without a dependency of this module on a library of cryptography. Never for secrets.
enum SHA256 {
    static let bytesMax = 55

    /// The digest's eight words.
    typealias Digest = InlineArray<8, UInt32>

    /// - Parameter byte: byte `index` of the message.
    static func digest(count: Int, byte: (Int) -> UInt8) -> Digest {
        precondition(count <= bytesMax, "one block holds the message")
        var schedule = InlineArray<64, UInt32>(repeating: 0)
        for index in 0..<64 {
            let value: UInt8 = index < count ? byte(index) : index == count ? 0x80 : 0
            schedule[index / 4] |= UInt32(value) << UInt32(24 - index % 4 * 8)
        }
        schedule[15] = UInt32(count * 8)
        for index in 16..<64 {
            let early = schedule[index - 15]
            let late = schedule[index - 2]
            let small0 = rotate(early, 7) ^ rotate(early, 18) ^ early >> 3
            let small1 = rotate(late, 17) ^ rotate(late, 19) ^ late >> 10
            schedule[index] = schedule[index - 16] &+ small0 &+ schedule[index - 7] &+ small1
        }
        return compress(schedule)
    }

    /// The first word of the digest of the digest.
    static func doubleDigestPrefix(count: Int, byte: (Int) -> UInt8) -> UInt32 {
        let once = digest(count: count, byte: byte)
        return digest(count: 32) { UInt8(truncatingIfNeeded: once[$0 / 4] >> UInt32(24 - $0 % 4 * 8)) }[0]
    }

    private static func compress(_ schedule: InlineArray<64, UInt32>) -> Digest {
        var state = start
        for index in 0..<64 {
            let e = state[4]
            let a = state[0]
            let big1 = rotate(e, 6) ^ rotate(e, 11) ^ rotate(e, 25)
            let choice = (e & state[5]) ^ (~e & state[6])
            let first = state[7] &+ big1 &+ choice &+ constants[index] &+ schedule[index]
            let big0 = rotate(a, 2) ^ rotate(a, 13) ^ rotate(a, 22)
            let majority = (a & state[1]) ^ (a & state[2]) ^ (state[1] & state[2])
            for place in (1..<8).reversed() { state[place] = state[place - 1] }
            state[4] = state[4] &+ first
            state[0] = first &+ big0 &+ majority
        }
        for place in 0..<8 { state[place] = state[place] &+ start[place] }
        return state
    }

    private static func rotate(_ word: UInt32, _ count: UInt32) -> UInt32 { word >> count | word << (32 - count) }

    /// FIPS 180-4 §5.3.3.
    private static let start: Digest = [
        0x6a09_e667, 0xbb67_ae85, 0x3c6e_f372, 0xa54f_f53a, 0x510e_527f, 0x9b05_688c, 0x1f83_d9ab, 0x5be0_cd19,
    ]

    /// FIPS 180-4 §4.2.2.
    private static let constants: InlineArray<64, UInt32> = [
        0x428a_2f98, 0x7137_4491, 0xb5c0_fbcf, 0xe9b5_dba5, 0x3956_c25b, 0x59f1_11f1, 0x923f_82a4, 0xab1c_5ed5,
        0xd807_aa98, 0x1283_5b01, 0x2431_85be, 0x550c_7dc3, 0x72be_5d74, 0x80de_b1fe, 0x9bdc_06a7, 0xc19b_f174,
        0xe49b_69c1, 0xefbe_4786, 0x0fc1_9dc6, 0x240c_a1cc, 0x2de9_2c6f, 0x4a74_84aa, 0x5cb0_a9dc, 0x76f9_88da,
        0x983e_5152, 0xa831_c66d, 0xb003_27c8, 0xbf59_7fc7, 0xc6e0_0bf3, 0xd5a7_9147, 0x06ca_6351, 0x1429_2967,
        0x27b7_0a85, 0x2e1b_2138, 0x4d2c_6dfc, 0x5338_0d13, 0x650a_7354, 0x766a_0abb, 0x81c2_c92e, 0x9272_2c85,
        0xa2bf_e8a1, 0xa81a_664b, 0xc24b_8b70, 0xc76c_51a3, 0xd192_e819, 0xd699_0624, 0xf40e_3585, 0x106a_a070,
        0x19a4_c116, 0x1e37_6c08, 0x2748_774c, 0x34b0_bcb5, 0x391c_0cb3, 0x4ed8_aa4a, 0x5b9c_ca4f, 0x682e_6ff3,
        0x748f_82ee, 0x78a5_636f, 0x84c8_7814, 0x8cc7_0208, 0x90be_fffa, 0xa450_6ceb, 0xbef9_a3f7, 0xc671_78f2,
    ]
}
