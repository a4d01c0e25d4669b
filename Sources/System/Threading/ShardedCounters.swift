internal import Synchronization

/// Counters that many threads add to and one reads now and then.
///
/// Each event loop adds in a row of its own, which shares no cache line with another's: an addition is one uncontended
/// instruction, without lock. Reading adds the rows up; a reader sees each counter grow, but no moment of all of them.
///
/// `@safe`: the cells are made and freed here, and every index is checked. `@unchecked Sendable`: the pointer never
/// changes and what it leads to is atomic.
@safe public final class ShardedCounters: @unchecked Sendable {
    /// Counters in the set.
    public let count: Int
    private let stride: Int
    private let cells: UnsafeMutablePointer<Atomic<UInt64>>

    /// Rows; threads of higher numbers share, which costs time and no count.
    private static let shardCount = 16
    private static let cellsPerCacheLine = 8

    /// Makes `count` counters at 0.
    /// - Precondition: `count` is at least 1.
    public init(count: Int) {
        precondition(count > 0, "a set of counters has one")
        self.count = count
        stride = (count + Self.cellsPerCacheLine - 1) / Self.cellsPerCacheLine * Self.cellsPerCacheLine
        let total = stride * Self.shardCount
        let raw = UnsafeMutableRawPointer.allocate(byteCount: total * 8, alignment: 64)
        unsafe cells = raw.bindMemory(to: Atomic<UInt64>.self, capacity: total)
        for index in 0..<total { unsafe (cells + index).initialize(to: Atomic(0)) }
    }

    deinit {
        unsafe cells.deinitialize(count: stride * Self.shardCount)
        unsafe UnsafeMutableRawPointer(cells).deallocate()
    }

    /// Adds `amount` to the counter at `index`. It wraps at 2^64.
    @inline(__always)
    public func add(_ amount: UInt64 = 1, to index: Int) {
        precondition(index >= 0 && index < count, "counters are a fixed set")
        let row = Int(SystemThread.currentNumber) & (Self.shardCount - 1)
        unsafe cells[row * stride + index].wrappingAdd(amount, ordering: .relaxed)
    }

    /// The counter at `index`.
    public func value(_ index: Int) -> UInt64 {
        precondition(index >= 0 && index < count, "counters are a fixed set")
        var sum: UInt64 = 0
        for row in 0..<Self.shardCount { unsafe sum &+= cells[row * stride + index].load(ordering: .relaxed) }
        return sum
    }
}
