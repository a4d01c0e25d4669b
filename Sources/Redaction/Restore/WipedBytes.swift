/// Bytes of personal data, zeroed when they go and whenever they move in memory.
///
/// `@unchecked Sendable`: the reference is private to one owner that cannot be copied, so that whoever holds the owner
/// is alone with it.
final class WipedBytes: @unchecked Sendable {
    private(set) var bytes: [UInt8] = []
    /// Sees each array after it was zeroed and before its memory is given back; for tests.
    private let onZeroed: (([UInt8]) -> Void)?

    init(onZeroed: (([UInt8]) -> Void)? = nil) { self.onZeroed = onZeroed }

    deinit { wipe(&bytes) }

    /// Grows by hand, because an array that grows by itself leaves its old bytes behind.
    /// - Returns: where `value` is now.
    @discardableResult
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

    /// Drops the first `count` bytes; the others move to the front, and nothing of them stays behind.
    func removeFirst(_ count: Int) {
        guard count > 0 else { return }
        bytes.removeFirst(count)
        // Over what the array left behind its new end; it has the room.
        bytes.append(contentsOf: repeatElement(0, count: count))
        bytes.removeLast(count)
    }

    private func wipe(_ bytes: inout [UInt8]) {
        guard !bytes.isEmpty else { return }
        Self.zero(&bytes)
        onZeroed?(bytes)
    }

    /// Not inlined, so that the optimiser has to take the stores for seen.
    @inline(never)
    static func zero(_ bytes: inout [UInt8]) {
        for index in bytes.indices { bytes[index] = 0 }
    }
}
