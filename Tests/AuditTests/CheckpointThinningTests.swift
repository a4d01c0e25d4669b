import LinuxIO
import Patience
import Seeds
import Synchronization
import Testing
import Threading

@testable import Audit

/// Old checkpoints over a log in memory whose records have the times that a test gives them.
@Suite struct `Old checkpoints` {
    private typealias Files = CheckpointFiles<FaultyStorage, FaultyStorage>
    private typealias Thinning = CheckpointThinning<FaultyStorage, FaultyStorage>

    private static let hour: Int64 = 3_600_000_000
    private static let start: Int64 = 1_795_161_600_000_000

    private let disk = FaultyStorage()
    private var files: Files { Files(disk: disk, state: disk) }

    private func files(of memory: MemoryLog) -> Files { Files(disk: memory.disk, state: memory.state) }

    /// A record at a number of microseconds after the log's start, and its type.
    private struct Entry {
        var offset: Int64
        var type = "request.end"
        var padding = 0
    }

    /// Writes `entries` as a log with a segment for each `segmentRecords`, and a stored checkpoint for each of `sizes`.
    private func write(_ entries: [Entry], segmentRecords: Int, checkpoints sizes: [Int]) {
        for first in stride(from: 0, to: entries.count, by: segmentRecords) {
            var bytes: [UInt8] = []
            for (index, entry) in entries[first..<min(first + segmentRecords, entries.count)].enumerated() {
                let time = WallTime(microseconds: Self.start + entry.offset).text
                let filler = String(repeating: "x", count: entry.padding)
                let line =
                    "{\"v\":1,\"seq\":\(first + index),\"time\":\"\(time)\",\"type\":\"\(entry.type)\",\"x_f\":\"\(filler)\"}\n"
                bytes += Array(line.utf8)
            }
            disk[SegmentName(firstSeq: UInt64(first)).text] = bytes
        }
        for size in sizes { disk["checkpoints/\(Files.name(ofSize: UInt64(size)))"] = [1] }
    }

    /// Thins until nothing changes, as a publisher whose newest checkpoint has the greatest size.
    private func thin() throws {
        let sizes = try files.storedSizes()
        var thinning = Thinning(files, stored: sizes)
        for _ in 0...(sizes.count / Thinning.looksPerRound + 1) { thinning.step(newestSize: sizes.last ?? 0) }
    }

    /// The rule in its plainest form.
    private func expected(_ entries: [Entry], _ sizes: [Int]) -> [UInt64] {
        let newest = sizes.max() ?? 0
        let limit = entries[newest - 1].offset - 7 * 24 * Self.hour
        return sizes.sorted().filter { size in
            let entry = entries[size - 1]
            let inHour = sizes.filter {
                entries[$0 - 1].offset < limit
                    && (Self.start + entries[$0 - 1].offset) / Self.hour == (Self.start + entry.offset) / Self.hour
            }
            return entry.offset >= limit || size == inHour.max() || ["key.rotate", "gateway.stop"].contains(entry.type)
        }.map(UInt64.init)
    }

    @Test func `are kept one an hour after seven days, and all before`() throws {
        // One each 10 minutes for ten days.
        let entries = (0..<(6 * 24 * 10)).map { Entry(offset: Int64($0) * Self.hour / 6) }
        let sizes = Array(1...entries.count)
        write(entries, segmentRecords: 144, checkpoints: sizes)
        try thin()
        let kept = try files.storedSizes()
        #expect(kept == expected(entries, sizes))
        // One of each of 72 hours; of seven days all, both ends included.
        #expect(kept.count == 72 + 6 * 24 * 7 + 1)
        #expect(kept.prefix(3) == [6, 12, 18] && kept.last == 1440)
        try thin()
        #expect(try files.storedSizes() == kept)
    }

    @Test func `of a change of the key and before a stop are kept`() throws {
        var entries = (0..<60).map { Entry(offset: Int64($0) * 1_000_000) }
        entries[10].type = "key.rotate"
        entries[20].type = "gateway.stop"
        entries[30].type = "key.rotated"
        entries.append(Entry(offset: 30 * 24 * Self.hour))
        write(entries, segmentRecords: 1000, checkpoints: Array(1...61))
        try thin()
        #expect(try files.storedSizes() == [11, 21, 60, 61])
    }

    @Test func `that an export cites are kept, also where it cannot be asked`() throws {
        var entries = (0..<10).map { Entry(offset: Int64($0)) }
        entries.append(Entry(offset: 30 * 24 * Self.hour))
        write(entries, segmentRecords: 100, checkpoints: Array(1...11))
        try CitedCheckpoints(disk).mark([3, 7, 3])
        try CitedCheckpoints(disk).mark([7, 8])
        try thin()
        #expect(try files.storedSizes() == [3, 7, 8, 10, 11])

        write(entries, segmentRecords: 100, checkpoints: Array(1...11))
        disk.fail(.status, code: FileError.inputOutputCode)
        try thin()
        #expect(try files.storedSizes() == Array(1...11))
    }

    @Test func `are kept where only the newest is there, and where their records are gone`() throws {
        var entries = (0..<40).map { Entry(offset: Int64($0) * 1_000_000) }
        entries.append(Entry(offset: 30 * 24 * Self.hour))
        write(entries, segmentRecords: 20, checkpoints: [41])
        try thin()
        #expect(try files.storedSizes() == [41])
        write(entries, segmentRecords: 20, checkpoints: Array(1...41))
        try disk.remove(SegmentName(firstSeq: 0).text)
        try thin()
        // Of records 0 to 19 nobody knows the time.
        #expect(try files.storedSizes() == Array(1...20) + [40, 41])
    }

    @Test(arguments: 0..<UInt64(max(2, 20 / patienceFactor)))
    func `are those of the plain rule, whatever was written and where a crash came`(
        round: UInt64
    ) throws {
        var random = SeededGenerator(seed: Seed.value &+ round)
        var offset: Int64 = 0
        let entries = (0..<400).map { _ in
            offset += .random(in: 0...(3 * Self.hour), using: &random)
            let types = ["request.end", "request.end", "request.end", "key.rotate", "gateway.stop"]
            return Entry(
                offset: offset, type: types.randomElement(using: &random) ?? "",
                // Long lines, so that a segment is more than what is read at once.
                padding: .random(in: 0...2000, using: &random))
        }
        var sizes = (1..<400).filter { _ in Bool.random(using: &random) }
        sizes.append(400)
        write(entries, segmentRecords: .random(in: 50...500, using: &random), checkpoints: sizes)
        // A process that ends after some rounds, and the next.
        var thinning = Thinning(files, stored: try files.storedSizes())
        for _ in 0..<Int.random(in: 0...5, using: &random) { thinning.step(newestSize: 400) }
        try thin()
        #expect(try files.storedSizes() == expected(entries, sizes), "\(round)")
    }

    @Test func `are looked at a few at a time, and also those that come`() throws {
        let entries = (0..<500).map { Entry(offset: Int64($0) * Self.hour / 60) }
        write(entries + [Entry(offset: 9000 * Self.hour)], segmentRecords: 1000, checkpoints: Array(1...500))
        var thinning = Thinning(files, stored: Array(1...500))
        thinning.step(newestSize: 500)
        #expect(thinning.removed == 0, "none is seven days old")
        disk["checkpoints/\(Files.name(ofSize: 501))"] = [1]
        thinning.note(published: 501)
        thinning.step(newestSize: 501)
        #expect(thinning.removed > 0 && thinning.removed < UInt64(Thinning.looksPerRound))
        for _ in 0..<20 { thinning.step(newestSize: 501) }
        #expect(try files.storedSizes() == expected(entries + [Entry(offset: 9000 * Self.hour)], Array(1...501)))
    }

    @Test func `that cannot be removed are kept, and go after the next start`() throws {
        var entries = (0..<10).map { Entry(offset: Int64($0)) }
        entries.append(Entry(offset: 30 * 24 * Self.hour))
        write(entries, segmentRecords: 100, checkpoints: Array(1...11))
        disk.fail(.remove, after: 2, code: FileError.inputOutputCode)
        var thinning = Thinning(files, stored: Array(1...11))
        thinning.step(newestSize: 11)
        #expect(thinning.removed == 2)
        #expect(try files.storedSizes() == Array(3...11))
        disk.mend()
        try thin()
        #expect(try files.storedSizes() == [10, 11])
    }

    @Test func `go while a log is served, and it continues`() async throws {
        let memory = try MemoryLog()
        // Ten days ago, three processes that a crash ended, in the middle of one hour.
        let hours = Moment.now.wall.microseconds / Self.hour - 240
        for minute in 10..<13 {
            let wall = WallTime(microseconds: hours * Self.hour + Int64(minute) * 60_000_000)
            let log = try memory.open(at: Moment(monotonic: .now, wall: wall))
            memory.disk.fail(.write, code: FileError.inputOutputCode)
            memory.state.fail(.synchroniseData, code: FileError.inputOutputCode)
            log.close(requestsServed: 0)
            memory.disk.crash { _ in 0 }
            memory.state.crash { _ in 0 }
        }
        #expect(try files(of: memory).storedSizes() == [2, 4, 6])
        let log = try memory.open()
        #expect(eventuallyOnThisThread { (try? files(of: memory).storedSizes()) == [6, 8] })
        log.close(requestsServed: 0)
        #expect(try files(of: memory).storedSizes() == [6, 8, 9])
        let again = try memory.open()
        again.close(requestsServed: 0)
        #expect(memory.disk.verify().exitStatus == 0)
    }
}

@Suite struct `A record that is looked for by its number` {
    @Test(arguments: 0..<10) func `is found by halving, wherever it is`(round: UInt64) throws {
        var random = SeededGenerator(seed: Seed.value &+ round)
        let disk = FaultyStorage()
        var seq = 0
        for _ in 0..<3 {
            var bytes: [UInt8] = []
            let first = seq
            for _ in 0..<Int.random(in: 1...600, using: &random) {
                let time = WallTime(microseconds: Int64(seq) * 1_000_000).text
                let filler = String(repeating: "x", count: .random(in: 0...3000, using: &random))
                bytes += Array(#"{"v":1,"seq":\#(seq),"time":"\#(time)","type":"request.end","x_f":"\#(filler)"}"#.utf8)
                bytes.append(0x0A)
                seq += 1
            }
            // What a crash left is no record, whatever it looks like.
            bytes += Array(#"{"v":1,"seq":9"#.utf8)
            disk[SegmentName(firstSeq: UInt64(first)).text] = bytes
        }
        var seeker = RecordSeeker(disk)
        for number in [0, seq - 1] + (0..<200).map({ _ in Int.random(in: 0..<seq, using: &random) }) {
            let head = try seeker.head(of: UInt64(number))
            #expect(head?.seq == UInt64(number) && head?.time.microseconds == Int64(number) * 1_000_000)
            #expect(head?.type == .requestEnd)
        }
        #expect(try seeker.head(of: UInt64(seq)) == nil)
        #expect(try seeker.head(of: .max) == nil)
    }

    @Test func `is not found in what is no log`() throws {
        let disk = FaultyStorage()
        var seeker = RecordSeeker(disk)
        #expect(try seeker.head(of: 0) == nil)
        disk[SegmentName(firstSeq: 0).text] = []
        #expect(try seeker.head(of: 0) == nil)
        disk[SegmentName(firstSeq: 0).text] = [UInt8](repeating: 0x41, count: 300_000)
        #expect(try seeker.head(of: 0) == nil)
        for line in [
            #"{"v":1,"seq":00,"time":"2026-11-20T08:00:00.000000Z","type":"a"}"#,
            #"{"v":1,"seq":0,"time":"2026-13-20T08:00:00.000000Z","type":"a"}"#,
            #"{"v":1,"seq":0,"time":"2026-11-20T08:00:00.000000Z","typ":"a"}"#, #"{"v":1,"seq":0"#,
        ] {
            #expect(RecordHead(Array(line.utf8).span) == nil, "\(line)")
        }
    }
}
