/// Revocations as one array of slots that is searched from a key's own place on: 24 bytes a slot, at most three quarters
/// of them taken. A search reads, on average, two slots that lie side by side, and allocates nothing.
struct RevocationTable: Sendable {
    private struct Slot: Sendable {
        let key: RevocationKey
        /// `empty` where the slot is free.
        var issuedBefore: Int64
    }

    private static let empty = Int64.min
    private static let free = Slot(key: RevocationKey(bytes: []), issuedBefore: empty)
    private static let slotsMin = 64

    private var slots: [Slot]
    /// Keys in it.
    private(set) var count = 0

    /// A table that takes `count` keys before it grows.
    init(reserving count: Int = 0) {
        var slotCount = Self.slotsMin
        while slotCount * 3 / 4 < count { slotCount *= 2 }
        slots = Array(repeating: Self.free, count: slotCount)
    }

    /// Bytes of memory that it takes.
    var bytesCount: Int { slots.count * MemoryLayout<Slot>.stride }

    /// The second before which tokens with this key are revoked; nil where none are.
    func issuedBefore(of key: RevocationKey) -> Int64? {
        guard count > 0 else { return nil }
        var index = home(of: key)
        while slots[index].issuedBefore != Self.empty {
            if slots[index].key == key { return slots[index].issuedBefore }
            index = (index + 1) & (slots.count - 1)
        }
        return nil
    }

    /// Revokes; of two seconds for one key the later stands.
    mutating func insert(_ key: RevocationKey, issuedBefore: Int64) {
        if (count + 1) > slots.count * 3 / 4 { grow() }
        var index = home(of: key)
        while slots[index].issuedBefore != Self.empty {
            if slots[index].key == key {
                slots[index].issuedBefore = max(slots[index].issuedBefore, issuedBefore)
                return
            }
            index = (index + 1) & (slots.count - 1)
        }
        slots[index] = Slot(key: key, issuedBefore: max(issuedBefore, Self.empty + 1))
        count += 1
    }

    private mutating func grow() {
        var larger = RevocationTable(reserving: slots.count)
        for slot in slots where slot.issuedBefore != Self.empty {
            larger.insert(slot.key, issuedBefore: slot.issuedBefore)
        }
        self = larger
    }

    /// The key is a digest: its bits are as good as random, and whoever holds a token does not choose what is revoked.
    private func home(of key: RevocationKey) -> Int { Int(truncatingIfNeeded: key.low) & (slots.count - 1) }
}
