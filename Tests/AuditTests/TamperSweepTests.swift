import Bytes
import Foundation
import OpenSSL
import Patience
import Seeds
import Testing

@testable import Audit

/// Every single-bit change of a small signed log, and of the notes that cover it: by somebody with an editor, by somebody who
/// computes every hash anew, and by somebody who has the log's key as well.
///
/// `make tamper` takes every bit; `make test` takes each 61st, beginning at one that the run's seed chooses, and fewer under a
/// sanitizer.
private enum Sweep {
    static let stride: Int =
        ProcessInfo.processInfo.environment["PORTCULLIS_EVERY_BIT"] == nil ? 61 * patienceFactor : 1
    static let sizes: [UInt64] = [1, 4, 6, 9, 12]

    /// The bits of `count` bytes that this run takes.
    static func bits(of count: Int) -> StrideTo<Int> {
        Swift.stride(from: Int(Seed.value % UInt64(stride)), to: 8 * count, by: stride)
    }

    /// The lines with one bit of one changed, and every hash after it computed anew.
    static func relinked(_ lines: [[UInt8]], line: Int, bit: Int) -> [[UInt8]] {
        var lines = lines
        lines[line][bit / 8] ^= 1 << UInt8(bit % 8)
        var previous: [UInt8]?
        for index in line..<lines.count {
            var part = Array(lines[index].dropLast(Chain.hashTailBytes))
            if let previous { part.replaceSubrange((part.count - 65)..<(part.count - 1), with: previous) }
            let hash = SHA256Digest(of: Chain.domain + part).hex
            lines[index] = part + Chain.hashMember.dropFirst() + hash + Chain.end
            previous = hash
        }
        return lines
    }

    /// Puts the records where the sample has them; its sealed torn tail stays.
    static func write(_ lines: [[UInt8]], like sample: FaultyStorage, to disk: FaultyStorage) {
        let segments = sample.segments.compactMap(SegmentName.init)
        for (index, segment) in segments.enumerated() {
            let end = index + 1 < segments.count ? Int(segments[index + 1].firstSeq) : lines.count
            let records: [UInt8] = lines[Int(segment.firstSeq)..<end].flatMap { $0 + [0x0A] }
            disk[segment.text] = records + Array(sample[segment.text].dropFirst(records.count))
        }
    }
}

@Suite struct `Each single bit of a signed log` {
    private func verify(_ disk: FaultyStorage, kept: [VerifyOptions.GivenFile] = []) throws -> VerifyReport.Finding? {
        guard case .tampered(let finding) = try disk.verifyPinned({ $0.checkpoints = kept }).verdict else { return nil }
        return finding
    }

    @Test func `changed in a segment is found at its record`() throws {
        let sample = try SignedLog.sample.written()
        let disk = sample.copy()
        var (tried, found) = (0, 0)
        for name in sample.segments {
            let original = sample[name]
            for bit in Sweep.bits(of: original.count) {
                var bytes = original
                bytes[bit / 8] ^= 1 << UInt8(bit % 8)
                disk[name] = bytes
                let seq = (SegmentName(name)?.firstSeq ?? 0) + UInt64(original[..<(bit / 8)].count { $0 == 0x0A })
                tried += 1
                let finding = try verify(disk)
                if finding?.seq == seq, finding?.segment == name {
                    found += 1
                } else {
                    Issue.record("bit \(bit) of \(name): \(finding?.text ?? "unnoticed")")
                }
            }
            disk[name] = original
        }
        #expect(tried > 400 / patienceFactor && found == tried, "\(found) of \(tried)")
    }

    @Test func `changed in a record, with every hash computed anew, is found at it or after the checkpoint before`()
        throws
    {
        let sample = try SignedLog.sample.written()
        let lines = SignedLog.lines(of: sample)
        let disk = sample.copy()
        var (tried, found) = (0, 0)
        for line in lines.indices {
            for bit in Sweep.bits(of: lines[line].count - Chain.tailBytes) {
                Sweep.write(Sweep.relinked(lines, line: line, bit: bit), like: sample, to: disk)
                tried += 1
                let finding = try verify(disk)
                if isPlace(finding, of: UInt64(line), sizes: Sweep.sizes) {
                    found += 1
                } else {
                    Issue.record("bit \(bit) of record \(line): \(finding?.text ?? "unnoticed")")
                }
            }
        }
        #expect(tried * patienceFactor > 150 && found == tried, "\(found) of \(tried)")
    }

    @Test func `changed by somebody with the key is found by who kept a checkpoint`() throws {
        let log = try SignedLog.sample
        let sample = try log.written()
        let lines = SignedLog.lines(of: sample)
        let kept = [4, 12].map { VerifyOptions.GivenFile(name: "kept \($0)", bytes: sample[SignedTamper.path($0)]) }
        let disk = sample.copy()
        var (tried, found) = (0, 0)
        for line in lines.indices {
            for bit in Sweep.bits(of: lines[line].count - Chain.tailBytes) {
                Sweep.write(Sweep.relinked(lines, line: line, bit: bit), like: sample, to: disk)
                try log.publish(to: disk)
                tried += 1
                let finding = try verify(disk, kept: kept)
                if isPlace(finding, of: UInt64(line), sizes: [4, 12]) {
                    found += 1
                } else {
                    Issue.record("bit \(bit) of record \(line): \(finding?.text ?? "unnoticed")")
                }
            }
        }
        #expect(tried * patienceFactor > 150 && found == tried, "\(found) of \(tried)")
    }

    /// Whether the finding is at the record, at the next one where only their order is wrong, or at the last size that agrees.
    private func isPlace(_ finding: VerifyReport.Finding?, of seq: UInt64, sizes: [UInt64]) -> Bool {
        guard let finding, let place = finding.seq else { return false }
        switch finding.code {
        case TamperCode.rootMismatch.rawValue: return place == (sizes.last { $0 <= seq } ?? 0)
        case TamperCode.timeOrder.rawValue, TamperCode.header.rawValue, TamperCode.afterStop.rawValue,
            TamperCode.structure.rawValue:
            return place == seq || place == seq + 1
        default: return place == seq
        }
    }

    @Test func `changed in a checkpoint is found at its size`() throws {
        let sample = try SignedLog.sample.written()
        let disk = sample.copy()
        var (tried, found) = (0, 0)
        for (name, size) in Sweep.sizes.map({ (SignedTamper.path($0), $0) }) + [("checkpoint", 12)] {
            let original = sample[name]
            for bit in Sweep.bits(of: original.count) {
                var bytes = original
                bytes[bit / 8] ^= 1 << UInt8(bit % 8)
                disk[name] = bytes
                tried += 1
                // The newest one's size is what it says, so that a change of it can only be found at that.
                if let finding = try verify(disk), finding.segment == name, finding.seq == size || name == "checkpoint"
                {
                    found += 1
                } else {
                    Issue.record("bit \(bit) of \(name): \(try disk.verifyPinned().text)")
                }
            }
            disk[name] = original
        }
        #expect(tried > 100 / patienceFactor && found == tried, "\(found) of \(tried)")
    }

    @Test func `changed in the signed part of a kept checkpoint makes it none`() throws {
        let disk = try SignedLog.sample.written()
        let original = disk[SignedTamper.path(9)]
        var (tried, found) = (0, 0)
        for bit in Sweep.bits(of: original.count) {
            var bytes = original
            bytes[bit / 8] ^= 1 << UInt8(bit % 8)
            let report = try disk.verifyPinned { $0.checkpoints = [.init(name: "kept", bytes: bytes)] }
            tried += 1
            found += report.exitStatus == 2 ? 1 : 0
        }
        #expect(tried * patienceFactor >= 20 && found == tried, "\(found) of \(tried)")
    }
}
