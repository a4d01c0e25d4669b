internal import Synchronization

/// Due times by key in memory that never grows: shards with a lock each, in a shard buckets of eight slots, and for each
/// key two buckets to choose from, of which the emptier takes it. So nearly all slots are of use before a key finds
/// both its buckets full, and a decision reads six cache lines at most.
///
/// A slot whose due time is past holds nothing worth keeping (the key is fully replenished) and is reused first; one
/// whose due time is still to come is never given up, so no key can have its debt forgotten by the traffic of others. A
/// key that finds no slot shares one due time with all others of its shard that found none: the table fails closed, but
/// not shut.
struct RateTable: ~Copyable, Sendable {
    private static var shardCount: Int { 64 }
    private static var slotsInBucket: Int { 8 }

    private struct Slot {
        var low: UInt64 = 0
        var high: UInt64 = 0
        var due: UInt64 = 0
    }

    private struct Shard: Sendable {
        var slots: [Slot]
        var overflowDue: UInt64 = 0
    }

    private final class LockedShard: Sendable {
        let shard: Mutex<Shard>
        init(slotCount: Int) { shard = Mutex(Shard(slots: Array(repeating: Slot(), count: slotCount))) }
    }

    private let shards: [LockedShard]
    private let bucketMask: UInt64

    /// Slots in all.
    let capacity: Int

    /// A table of at least `capacity` slots, which are taken from memory at once: 24 bytes each.
    init(capacity: Int) {
        var bucketCount = 1
        while bucketCount * Self.slotsInBucket * Self.shardCount < capacity { bucketCount *= 2 }
        bucketMask = UInt64(bucketCount - 1)
        self.capacity = bucketCount * Self.slotsInBucket * Self.shardCount
        let slotCount = bucketCount * Self.slotsInBucket
        shards = (0..<Self.shardCount).map { _ in LockedShard(slotCount: slotCount) }
    }

    /// Takes a request of `key` at `now` under `rule`.
    func admit(_ key: SipHash.Digest, _ rule: RateRule, now: UInt64) -> RateVerdict {
        shards[shardIndex(key)].shard.withLock { shard in
            guard let index = place(of: key, in: shard.slots, now: now) else {
                let (verdict, due) = rule.decide(due: shard.overflowDue, now: now)
                shard.overflowDue = due
                return verdict
            }
            let isKnown = shard.slots[index].low == key.low && shard.slots[index].high == key.high
            let (verdict, due) = rule.decide(due: isKnown ? shard.slots[index].due : 0, now: now)
            shard.slots[index] = Slot(low: key.low, high: key.high, due: due)
            return verdict
        }
    }

    /// What `admit` would say, without taking a request.
    func foresee(_ key: SipHash.Digest, _ rule: RateRule, now: UInt64) -> RateVerdict {
        shards[shardIndex(key)].shard.withLock { shard in
            guard let index = place(of: key, in: shard.slots, now: now) else {
                return rule.foresee(due: shard.overflowDue, now: now)
            }
            let isKnown = shard.slots[index].low == key.low && shard.slots[index].high == key.high
            return rule.foresee(due: isKnown ? shard.slots[index].due : 0, now: now)
        }
    }

    private func shardIndex(_ key: SipHash.Digest) -> Int { Int(key.low & UInt64(Self.shardCount - 1)) }

    /// The slot of `key`, or else a free slot in the emptier of its buckets, or nil where both are full.
    @inline(__always)
    private func place(of key: SipHash.Digest, in slots: [Slot], now: UInt64) -> Int? {
        let first = Int((key.low >> 8) & bucketMask) * Self.slotsInBucket
        let second = Int((key.high >> 8) & bucketMask) * Self.slotsInBucket
        let (firstFound, firstFree, firstCount) = search(first, key, slots, now)
        if let firstFound { return firstFound }
        let (secondFound, secondFree, secondCount) = search(second, key, slots, now)
        return secondFound ?? (secondCount > firstCount ? secondFree : firstFree)
    }

    /// The slot of `key` in one bucket, one of its free slots, and how many are free.
    @inline(__always)
    private func search(
        _ start: Int, _ key: SipHash.Digest, _ slots: [Slot], _ now: UInt64
    ) -> (found: Int?, free: Int?, freeCount: Int) {
        var free: Int?
        var freeCount = 0
        for index in start..<start + Self.slotsInBucket {
            let slot = slots[index]
            if slot.low == key.low && slot.high == key.high { return (index, nil, 0) }
            if slot.due <= now {
                free = index
                freeCount += 1
            }
        }
        return (nil, free, freeCount)
    }
}
