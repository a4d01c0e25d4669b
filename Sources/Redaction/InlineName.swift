/// A name of up to `bytesMax` bytes that holds them itself, so that it is copied without counting references.
struct InlineName: Hashable, Sendable {
    static let bytesMax = 32

    private var first: UInt64 = 0
    private var second: UInt64 = 0
    private var third: UInt64 = 0
    private var fourth: UInt64 = 0
    private(set) var count: UInt8 = 0

    init() {}

    /// - Returns: nil for more than `bytesMax` bytes.
    init?(_ bytes: some Sequence<UInt8>) {
        for byte in bytes {
            guard append(byte) else { return nil }
        }
    }

    var isEmpty: Bool { count == 0 }

    /// - Returns: whether there was room.
    mutating func append(_ byte: UInt8) -> Bool {
        guard count < Self.bytesMax else { return false }
        let shifted = UInt64(byte) << UInt64(count % 8 * 8)
        switch count / 8 {
        case 0: first |= shifted
        case 1: second |= shifted
        case 2: third |= shifted
        default: fourth |= shifted
        }
        count += 1
        return true
    }

    var bytes: [UInt8] {
        (0..<Int(count)).map { place in
            let word =
                switch place / 8 {
                case 0: first
                case 1: second
                case 2: third
                default: fourth
                }
            return UInt8(truncatingIfNeeded: word >> UInt64(place % 8 * 8))
        }
    }
}
