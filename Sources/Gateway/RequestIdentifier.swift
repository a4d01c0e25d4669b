internal import Bytes
internal import Synchronization
internal import Threading

/// Makes identifiers for requests: 26 characters of Crockford's base 32, first 48 bits of milliseconds, then 80 bits
/// that never repeat in a process and are random between processes.
///
/// They are unique, not secret: a counter is mixed with a start value, which costs no system call a request.
final class RequestIdentifiers: Sendable {
    private let counter = Atomic<UInt64>(0)
    private let start: UInt64
    private let suffix: UInt16

    init() {
        var generator = SystemRandomNumberGenerator()
        start = generator.next()
        suffix = generator.next()
    }

    /// An identifier, a trace identifier of 32 hexadecimal digits for a request that brought none, and the identifier of
    /// the span that is the request here.
    func next() -> (id: [UInt8], trace: [UInt8], span: UInt64) {
        let number = counter.add(1, ordering: .relaxed).newValue
        let milliseconds = UInt64(WallClock.microseconds / 1000)
        let mixed = Self.mix(start &+ number)
        // Never 0, which is no span (W3C Trace Context §3.2.2.4).
        let span = max(1, Self.mix(mixed ^ start))
        return (Self.base32(milliseconds, mixed, suffix), Self.hex(start ^ milliseconds, mixed), span)
    }

    /// A bijection on 64 bits (the finaliser of SplitMix64), so that different numbers stay different.
    private static func mix(_ value: UInt64) -> UInt64 {
        var value = value
        value = (value ^ (value >> 30)) &* 0xBF58_476D_1CE4_E5B9
        value = (value ^ (value >> 27)) &* 0x94D0_49BB_1331_11EB
        return value ^ (value >> 31)
    }

    private static func base32(_ milliseconds: UInt64, _ mixed: UInt64, _ suffix: UInt16) -> [UInt8] {
        var text = [UInt8](repeating: 0, count: 26)
        for index in 0..<10 { text[index] = digits[Int(milliseconds >> UInt64(45 - 5 * index) & 31)] }
        // 80 bits: 16 of the suffix, then 64 of the number.
        var high = UInt64(suffix) << 24 | mixed >> 40
        var low = mixed & 0xFF_FFFF_FFFF
        for index in (18..<26).reversed() {
            text[index] = digits[Int(low & 31)]
            low >>= 5
        }
        for index in (10..<18).reversed() {
            text[index] = digits[Int(high & 31)]
            high >>= 5
        }
        return text
    }

    private static func hex(_ high: UInt64, _ low: UInt64) -> [UInt8] {
        var text = ByteBuffer(capacity: 32)
        text.append(hex: high)
        text.append(hex: low)
        return text.array()
    }

    private static let digits = Array("0123456789ABCDEFGHJKMNPQRSTVWXYZ".utf8)
}
