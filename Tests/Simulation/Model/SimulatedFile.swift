import Glibc
import LinuxIO

/// A file's bytes as reads see them (the kernel's cache) and as the disk has them.
///
/// A block of 512 bytes goes to the disk whole or not at all. A block that was written and not synced is dirty. One whose
/// write failed is lost: reads see it until the kernel drops it, and no later sync speaks of it.
///
/// `@unchecked Sendable`: see `Machine`.
final class SimulatedFile: @unchecked Sendable {
    static let blockBytes = 512

    let number: UInt64
    let isFolder: Bool
    var links: UInt64 = 1
    private(set) var bytes: [UInt8] = []
    private(set) var durable: [UInt8] = []
    private var dirty: Set<Int> = []
    private var lost: Set<Int> = []
    /// Bytes from the start that a power cut cannot take.
    private(set) var durableCount = 0
    /// Whether a block was lost before one that was kept.
    private(set) var hasHole = false
    private var rotten: (offset: Int, bit: UInt8)?
    /// Where lines ended when they were written, LF included.
    private(set) var lineEnds: [Int] = []

    init(number: UInt64, isFolder: Bool = false) {
        self.number = number
        self.isFolder = isFolder
    }

    func append(_ more: ArraySlice<UInt8>) {
        guard !more.isEmpty else { return }
        let start = bytes.count
        bytes.append(contentsOf: more)
        lineEnds += Self.lineEnds(in: bytes, from: start)
        dirty.formUnion(start / Self.blockBytes...(bytes.count - 1) / Self.blockBytes)
    }

    /// Puts `start` over the first bytes; the file does not become shorter.
    func overwrite(with start: [UInt8]) {
        bytes.replaceSubrange(0..<min(start.count, bytes.count), with: start)
        if !start.isEmpty { dirty.formUnion(0...(start.count - 1) / Self.blockBytes) }
        findLines()
    }

    func synchronise() {
        persist(dirty, size: bytes.count)
        dirty = []
        if lost.isEmpty { durableCount = bytes.count }
    }

    /// A sync that fails: some blocks came to the disk, and the kernel takes the others for written.
    func failToSynchronise(using random: inout some RandomNumberGenerator) {
        let blocks = dirty.sorted()
        let written = Set(blocks.filter { _ in Bool.random(using: &random) })
        let size = Bool.random(using: &random) ? bytes.count : durable.count
        let reached = written.filter { size == bytes.count || ($0 + 1) * Self.blockBytes <= size }
        persist(reached, size: size)
        lost.formUnion(dirty.subtracting(reached))
        noteHole(missing: lost, kept: reached)
        dirty = []
    }

    /// The kernel drops what it takes for written: reads of it come from the disk again.
    func dropClean() {
        for block in lost {
            let range = range(of: block, below: bytes.count)
            let known = range.clamped(to: 0..<durable.count)
            let zeros = [UInt8](repeating: 0, count: range.count - known.count)
            bytes.replaceSubrange(range, with: durable[known] + zeros)
        }
        lost = []
        if dirty.isEmpty, durable.count == bytes.count { durableCount = bytes.count }
        findLines()
    }

    /// The power goes.
    func losePower(_ survival: Survival, using random: inout some RandomNumberGenerator) {
        let surviving = survival.choose(dirty.sorted(), using: &random)
        var size = bytes.count
        switch survival {
        case .everything: break
        case .nothing: size = durable.count
        case .some: size = Int.random(in: min(durable.count, bytes.count)...bytes.count, using: &random)
        }
        let reached = Set(surviving.filter { $0 * Self.blockBytes < size })
        persist(reached, size: size)
        noteHole(missing: dirty.subtracting(reached).union(lost), kept: reached)
        dirty = []
        lost = []
        bytes = durable
        durableCount = bytes.count
        findLines()
    }

    /// Turns a bit of what the disk has, unknown to everybody.
    func rot(at offset: Int, bit: UInt8) {
        durable[offset] ^= bit
        bytes[offset] ^= bit
        rotten = (offset, bit)
    }

    private func noteHole(missing: Set<Int>, kept: Set<Int>) {
        if let first = missing.min(), kept.contains(where: { $0 > first }) { hasHole = true }
    }

    private func persist(_ blocks: some Sequence<Int>, size: Int) {
        if durable.count < size { durable += [UInt8](repeating: 0, count: size - durable.count) }
        for block in blocks {
            let range = range(of: block, below: size)
            durable.replaceSubrange(range, with: bytes[range])
        }
    }

    private func range(of block: Int, below size: Int) -> Range<Int> {
        let start = block * Self.blockBytes
        return min(start, size)..<min(start + Self.blockBytes, size)
    }

    private func findLines() {
        if let rotten, rotten.offset < bytes.count { bytes[rotten.offset] ^= rotten.bit }
        lineEnds = Self.lineEnds(in: bytes, from: 0)
        if let rotten, rotten.offset < bytes.count { bytes[rotten.offset] ^= rotten.bit }
    }

    /// By `memchr`: an unoptimised loop over bytes takes longer than all else in a run.
    private static func lineEnds(in bytes: [UInt8], from start: Int) -> [Int] {
        unsafe bytes.withUnsafeBytes { buffer in
            var ends: [Int] = []
            var rest = unsafe buffer.dropFirst(start)
            while let base = unsafe UnsafeRawBufferPointer(rebasing: rest).baseAddress,
                let found = unsafe memchr(base, 0x0A, rest.count)
            {
                let end = unsafe rest.startIndex + (UnsafeRawPointer(found) - base) + 1
                ends.append(end)
                unsafe rest = buffer.dropFirst(end)
            }
            return ends
        }
    }
}

/// What a power cut leaves of what was not synced.
enum Survival: CaseIterable, Sendable {
    case everything, nothing, some

    /// Those of `candidates` that survive.
    func choose<Element>(
        _ candidates: [Element], using random: inout some RandomNumberGenerator
    ) -> [Element] {
        switch self {
        case .everything: candidates
        case .nothing: []
        case .some: candidates.filter { _ in Bool.random(using: &random) }
        }
    }
}
