import LinuxIO
import OpenSSL

@testable import Audit

/// Compares what is on the disks with what the world outside was told.
struct Judgement {
    private struct Line {
        let id: Int?
        let hash: [UInt8]
        let leaf: SHA256Digest
    }

    private let world: World
    private let lines: [Line]
    /// The record in which a bit was turned.
    private let rotten: Int?

    init(_ world: World) {
        self.world = world
        var lines: [Line] = []
        var rotten: Int?
        var checker = LineChecker()
        let segments = world.log.segments
        for (index, segment) in segments.enumerated() {
            guard let first = SegmentName(segment.name)?.firstSeq, Int(first) <= lines.count else { break }
            let next = index + 1 < segments.count ? SegmentName(segments[index + 1].name).map { Int($0.firstSeq) } : nil
            var bytes = segment.file.bytes
            let rot = world.rot.flatMap { $0.file === segment.file ? $0 : nil }
            // What was signed and acknowledged was so of the bytes as they were.
            if let rot, rot.offset < bytes.count { bytes[rot.offset] ^= rot.bit }
            var start = 0
            while lines.count < next ?? Int.max, let end = bytes[start...].firstIndex(of: 0x0A) {
                let line = Array(bytes[start..<end])
                guard checker.isRecord(line.span) else { break }
                if let rot, (start...end).contains(rot.offset) { rotten = lines.count }
                lines.append(
                    Line(id: Self.id(of: line), hash: Array(line.dropLast(2).suffix(64)), leaf: MerkleTree.leaf(line)))
                start = end + 1
            }
            // Its record is in what the next process sealed.
            if let rot, rotten == nil, rot.offset >= start { rotten = lines.count }
        }
        self.lines = lines
        self.rotten = rotten
    }

    private static func id(of line: [UInt8]) -> Int? {
        guard let start = line.firstIndex(of: UInt8(ascii: "#")),
            let end = line[(start + 1)...].firstIndex(of: UInt8(ascii: "#"))
        else { return nil }
        return Int(String(decoding: line[(start + 1)..<end], as: UTF8.self))
    }

    /// Every acknowledged record is there once and in its order, and the log extends every checkpoint that was ever signed.
    func compare() {
        var last = -1
        for id in lines.compactMap(\.id) {
            if id <= last { world.ledger.find(.repeatedOrReordered, "#\(id) after #\(last)") }
            last = max(id, last)
        }
        for record in world.ledger.acknowledged where Int(record.receipt.seq) != rotten {
            let seq = Int(record.receipt.seq)
            guard seq < lines.count, lines[seq].id == record.id, lines[seq].hash == record.receipt.hash.hex else {
                world.ledger.find(.lost, "#\(record.id), acknowledged as record \(seq) of \(lines.count)")
                continue
            }
        }
        compareCheckpoints()
    }

    /// If the log extends each of them, each extends the smaller ones.
    private func compareCheckpoints() {
        var roots: [UInt64: SHA256Digest] = [:]
        var edge = TreeEdge()
        var hasher = SHA256()
        let sizes = Set(world.ledger.signed.map(\.size))
        for line in lines {
            edge.append(line.leaf, with: &hasher) { _, _ in }
            if sizes.contains(edge.size) { roots[edge.size] = edge.root(with: &hasher) }
        }
        for checkpoint in world.ledger.signed where roots[checkpoint.size] != checkpoint.root {
            // Of a record in which a bit was turned a start knows only by a checkpoint that was kept: without one it is a torn
            // tail, which another record follows.
            if let rotten, rotten < checkpoint.size, world.ledger.unkept.contains(checkpoint.size) { continue }
            world.ledger.find(.forked, "of \(checkpoint.size) records, and the log has \(lines.count)")
        }
    }

    /// The verifier finds nothing, unless a bit was turned: then it must say so.
    /// - Returns: whether it speaks of a turned bit.
    func verify() -> Bool {
        var options = VerifyOptions()
        options.pinnedKeys = world.verifierKey.map { [$0.text] } ?? []
        let report = Verifier.verify(world.log, options: options)
        let seals = report.warnings.contains { $0.hasPrefix("torn tail sealed") }
        guard let rot = world.rot, rot.isInSegment else {
            if report.exitStatus != 0 { world.ledger.find(.falseAlarm, report.text) }
            return false
        }
        // A bit of the last record that a process wrote before it died makes it what a crash leaves: it is sealed, with a
        // warning, and nothing but a checkpoint tells it from a torn one.
        if report.exitStatus != 1, !seals {
            world.ledger.find(.rotUnseen, "\(rot.name) at \(rot.offset): \(report.text)")
        }
        return true
    }
}
