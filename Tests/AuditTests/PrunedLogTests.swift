import OpenSSL
import Testing

@testable import Audit

@Suite struct `A log whose first segments were removed` {
    /// The sample, its stop replaced by a record of the removal of what is before `kept`.
    private func pruned(
        to kept: UInt64, remove: Bool = true, _ change: (inout SignedLog, inout [String]) throws -> Void = { _, _ in }
    ) throws -> FaultyStorage {
        var log = try SignedLog.sample
        let whole = FaultyStorage()
        log.writeSegments(to: whole)
        let lines = SignedLog.lines(of: whole)
        var subtrees: [String] = []
        var start = 0
        for size in MerkleTree.subtreeSizes(kept) {
            subtrees.append(Base64.encode(SignedLog.root(of: lines[start..<(start + Int(size))]).bytes))
            start += Int(size)
        }
        let previous = String(decoding: lines[Int(kept) - 1].suffix(66).prefix(64), as: UTF8.self)
        var members = ["\(kept)", previous, subtrees.map { "\"\($0)\"" }.joined(separator: ",")]
        try change(&log, &members)
        log.segments[2].middles[2] = SignedLog.text(
            #""type":"log.prune","prune":{"kept_from":\#(members[0]),"prev":"\#(members[1])","#
                + #""segments":[{"name":"seg-00000000000000000000.jsonl","records":4,"bytes":1,"sha256":"\#(members[1])"}],"subtrees":[\#(members[2])],"operator":"o","ticket":"t"}"#
        )
        let disk = try log.written()
        if remove { for name in disk.segments where (SegmentName(name)?.firstSeq ?? 0) < kept { disk.delete(name) } }
        return disk
    }

    @Test(arguments: [UInt64](arrayLiteral: 4, 8))
    func `is OK, and says so`(kept: UInt64) throws {
        let report = try pruned(to: kept).verifyPinned()
        #expect(report.text.hasPrefix("OK records=\(12 - kept) first=\(kept) size=12 root="), "\(report.text)")
        #expect(
            report.text.contains(
                "WARNING records 0 to \(kept - 1) were removed, as record 11 says: operator=o ticket=t\n"))
        try expect(pruned(to: kept, remove: false).verifyPinned(), begins: "OK records=12 first=0 ")
    }

    @Test func `is found by the file that a prune leaves, which is not believed`() throws {
        let disk = try pruned(to: 8)
        let text = try disk.verifyPinned().text
        let genesis = SignedLog.lines(of: try SignedLog.sample.written())[0]
        func leave(_ record: [UInt8]) { disk[PrunedHead.fileName] = genesis + [0x0A] + record + [0x0A] }
        let record = try #require(SignedLog.lines(of: disk).last)
        leave(record)
        #expect(try disk.verifyPinned().text == text)
        leave(try #require(SignedLog.lines(of: try pruned(to: 4)).last))
        #expect(try disk.verifyPinned().text == text, "a record of less than is gone")
        let other = try pruned(to: 8) { _, members in members[1] = String(repeating: "a", count: 64) }
        leave(try #require(SignedLog.lines(of: other).last))
        #expect(try disk.verifyPinned().text == text, "a record that is not in the log")
        disk[PrunedHead.fileName] = Array("nonsense".utf8)
        #expect(try disk.verifyPinned().text == text)
    }

    @Test func `is OK while the removal is not complete`() throws {
        let disk = try pruned(to: 8, remove: false)
        disk.delete(disk.segments[0])
        let report = try disk.verifyPinned()
        #expect(report.text.hasPrefix("OK records=8 first=4 size=12 "), "\(report.text)")
        #expect(report.text.contains("WARNING records 4 to 7 are still there and may be removed"))
    }

    @Test func `must have a record of it that a checkpoint covers`() throws {
        let none = try SignedLog.sample.written()
        none.delete(none.segments[0])
        try expect(none.verifyPinned(), begins: "TAMPERED code=HEAD_TRUNCATED seq=0 ")
        let uncovered = try pruned(to: 4) { log, _ in log.sizes = [1, 4, 9] }
        try expect(uncovered.verifyPinned(), begins: "TAMPERED code=HEAD_TRUNCATED seq=0 ")
    }

    @Test func `shows that more was removed than was recorded`() throws {
        let disk = try pruned(to: 4)
        disk.delete(disk.segments[0])
        try expect(disk.verifyPinned(), begins: "TAMPERED code=HEAD_TRUNCATED seq=4 ")
    }

    @Test func `shows a record of it that someone without the key has written`() throws {
        let original = try pruned(to: 4, remove: false)
        let widened = try pruned(to: 8)
        for name in original.names(in: "checkpoints").map({ "checkpoints/" + $0 }) + ["checkpoint"] {
            widened[name] = original[name]
        }
        try expect(widened.verifyPinned(), begins: "TAMPERED code=ROOT_MISMATCH seq=9 ")
    }

    @Test func `shows subtrees that are not those of what was removed`() throws {
        let disk = try pruned(to: 4) { _, members in
            members[2] = "\"\(Base64.encode([UInt8](repeating: 1, count: 32)))\""
        }
        try expect(disk.verifyPinned(), begins: "TAMPERED code=ROOT_MISMATCH seq=0 ")
        let count = try pruned(to: 8) { _, members in members[2] += "," + members[2] }
        try expect(count.verifyPinned(), begins: "TAMPERED code=HEAD_TRUNCATED seq=0 ")
    }

    @Test func `must begin where the record says that it does`() throws {
        let disk = try pruned(to: 4) { _, members in members[1] = String(repeating: "a", count: 64) }
        try expect(disk.verifyPinned(), begins: "TAMPERED code=PREV_MISMATCH seq=4 ")
    }
}
