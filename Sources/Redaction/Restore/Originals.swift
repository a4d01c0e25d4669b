/// The values of a vault, one behind the other; zeroed when the vault goes and whenever they move in memory.
///
/// `@unchecked Sendable`: the reference is private to one `Vault`, which cannot be copied, so that whoever holds the
/// vault is alone with it.
final class Originals: @unchecked Sendable {
    private(set) var bytes: [UInt8] = []
    /// Sees each array after it was zeroed and before its memory is given back; for tests.
    private let onZeroed: (([UInt8]) -> Void)?

    init(onZeroed: (([UInt8]) -> Void)? = nil) { self.onZeroed = onZeroed }

    deinit { wipe(&bytes) }

    /// Grows by hand, because an array that grows by itself leaves its old bytes behind.
    func append(_ value: ArraySlice<UInt8>) -> Range<Int> {
        let start = bytes.count
        if start + value.count > bytes.capacity {
            var larger: [UInt8] = []
            larger.reserveCapacity(max(256, 2 * (start + value.count)))
            larger.append(contentsOf: bytes)
            swap(&larger, &bytes)
            wipe(&larger)
        }
        bytes.append(contentsOf: value)
        return start..<bytes.count
    }

    private func wipe(_ bytes: inout [UInt8]) {
        Self.zero(&bytes)
        onZeroed?(bytes)
    }

    /// Not inlined, so that the optimiser has to take the stores for seen.
    @inline(never)
    static func zero(_ bytes: inout [UInt8]) {
        for index in bytes.indices { bytes[index] = 0 }
    }
}
