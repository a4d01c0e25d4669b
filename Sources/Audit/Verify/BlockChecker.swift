internal import Bytes
internal import LinuxIO

/// Checks blocks of segments, one after the other, in memory of its own: what one thread does.
struct BlockChecker<OpenFile: StorageFile>: ~Copyable {
    /// Whether to go on after what is wrong.
    private let listsAll: Bool
    private var window = FileWindow<OpenFile>()
    private var runs: RunChecker

    /// - Parameter cuts: sizes at which a root will be asked for, ascending.
    init(cuts: [UInt64], listsAll: Bool) {
        self.listsAll = listsAll
        runs = RunChecker(cuts: cuts)
    }

    mutating func check(_ job: BlockJob<OpenFile>) -> BlockResult {
        var result = BlockResult()
        do throws(FileError) { try check(job, into: &result) } catch { result.failure = error }
        return result
    }

    private mutating func check(_ job: BlockJob<OpenFile>, into result: inout BlockResult) throws(FileError) {
        guard var place = try window.open(job) else { return }
        var run: BlockRun?
        while window.base + UInt64(place) < job.range.upperBound {
            var current = run ?? newRun(at: place, result)
            run = nil
            guard let end = try window.lineFeed(from: place, within: Chain.bodyBytesMax + 1) else {
                guard let next = try takeUnended(place, &current, &result) else { return }
                place = next
                continue
            }
            do throws(LineFault) {
                let isTaken = try runs.take(
                    window.bytes, place..<end, base: window.base, into: &current, limit: job.limit)
                guard isTaken else {
                    close(&current, .limit, in: &result)
                    return
                }
                result.lines += 1
                place = end + 1
                run = current
            } catch {
                // A line that is a record, and does not follow, is where the next run begins.
                let begins = current.count > 0 && runs.isRecord(window.bytes, place..<end)
                close(&current, .fault(error), in: &result)
                guard listsAll else { return }
                if !begins { place = try skip(from: place, until: job.range.upperBound, &result) }
            }
        }
        if var run { close(&run, .blockEnd, in: &result) }
    }

    private func newRun(at place: Int, _ result: BlockResult) -> BlockRun {
        let offset = window.base + UInt64(place)
        return BlockRun(offset: offset, line: result.lines, end: offset)
    }

    private mutating func close(_ run: inout BlockRun, _ stop: BlockRun.Stop, in result: inout BlockResult) {
        run.stop = stop
        runs.finish(&run, window.bytes)
        result.runs.append(run)
    }

    /// Takes bytes that no line feed ends where a record's would have to.
    /// - Returns: where to go on; nil for not at all.
    private mutating func takeUnended(
        _ place: Int, _ run: inout BlockRun, _ result: inout BlockResult
    ) throws(FileError) -> Int? {
        let count = min(Chain.bodyBytesMax + 1, window.bytes.count - place)
        guard count > Chain.bodyBytesMax else {
            close(&run, .unterminated(count: count), in: &result)
            return nil
        }
        let fault = LineFault(.lineTooLong, "more than \(Chain.bodyBytesMax) bytes without an LF: \(count)")
        close(&run, .fault(fault), in: &result)
        guard listsAll, let end = try window.lineFeed(from: place, within: Int(BlockJob<OpenFile>.bytes)) else {
            return nil
        }
        result.lines += 1
        return end + 1
    }

    /// The next line after the one at `place` that is a record by itself.
    private mutating func skip(
        from place: Int, until end: UInt64, _ result: inout BlockResult
    ) throws(FileError) -> Int {
        var place = place
        repeat {
            guard let feed = try window.lineFeed(from: place, within: Int(BlockJob<OpenFile>.bytes)) else {
                return window.bytes.count
            }
            result.lines += 1
            place = feed + 1
            guard window.base + UInt64(place) < end,
                let next = try window.lineFeed(from: place, within: Chain.bodyBytesMax + 1)
            else { return place }
            if runs.isRecord(window.bytes, place..<next) { return place }
        } while true
    }
}

/// A part of a file in memory, from the byte before a block to the end of the last line that begins in it.
struct FileWindow<OpenFile: StorageFile> {
    /// What has been read.
    private(set) var bytes: [UInt8] = []
    /// Offset in the file of the first byte.
    private(set) var base: UInt64 = 0
    private var job: BlockJob<OpenFile>?

    /// Most lines that begin in a block end within so many bytes after it.
    private static var slack: UInt64 { 4096 }

    /// Reads a block.
    /// - Returns: where the first line that begins in it does; nil where none does.
    mutating func open(_ job: BlockJob<OpenFile>) throws(FileError) -> Int? {
        self.job = job
        bytes.removeAll(keepingCapacity: true)
        base = job.range.lowerBound
        guard base > 0 else {
            try fill(to: min(job.size, job.range.upperBound + Self.slack))
            return 0
        }
        // The byte before tells whether a line begins with the block.
        base -= 1
        try fill(to: min(job.size, job.range.upperBound + Self.slack))
        return try lineFeed(from: 0, within: job.range.count + 1).map { $0 + 1 }
    }

    /// The next line feed, from `place` on and within so many bytes; reads on where it must.
    mutating func lineFeed(from place: Int, within count: Int) throws(FileError) -> Int? {
        if let found = bytes.span.firstIndex(of: 0x0A, from: place) { return found - place < count ? found : nil }
        guard let job else { return nil }
        let known = bytes.count
        try fill(to: min(job.size, base + UInt64(place + count)))
        guard bytes.count > known, let found = bytes.span.firstIndex(of: 0x0A, from: known) else { return nil }
        return found - place < count ? found : nil
    }

    private mutating func fill(to offset: UInt64) throws(FileError) {
        guard let file = job?.file else { return }
        while base + UInt64(bytes.count) < offset {
            let place = base + UInt64(bytes.count)
            if try file.read(into: &bytes, count: Int(offset - place), at: place) == 0 { return }
        }
    }
}
