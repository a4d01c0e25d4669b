internal import LinuxIO
internal import Threading

/// Cuts the segments of a log into blocks, lets a pool check them, and hands the results back in the order of the log.
struct SegmentPlan<Disk: Storage>: ~Copyable {
    /// A segment that can be read.
    struct Opened {
        var file: Disk.OpenFile
        var size: UInt64
    }

    private let disk: Disk
    let segments: [SegmentName]
    private let pool: BlockPool<Disk.OpenFile>
    private var checker: BlockChecker<Disk.OpenFile>
    /// Segments that were opened and not yet walked.
    private var opened: [Int: Result<Opened, any Error>] = [:]
    /// The segment that is being cut, and from where on.
    private var cutting = 0
    private var offset: UInt64 = 0
    private var pending: [(segment: Int, number: Int)] = []
    private var submitted = 0
    /// Blocks that may wait to be checked or to be walked.
    private let window: Int

    /// - Parameter bytes: of all segments: for a small log no thread is started.
    init(_ disk: Disk, segments: [SegmentName], bytes: UInt64, cuts: [UInt64], listsAll: Bool) {
        self.disk = disk
        self.segments = segments
        pool = BlockPool(cuts: cuts, listsAll: listsAll)
        checker = BlockChecker(cuts: cuts, listsAll: listsAll)
        let threads = SystemThread.coreCount
        if threads > 1, bytes > 4 * BlockJob<Disk.OpenFile>.bytes { pool.start(threads: threads) }
        window = pool.isParallel ? 4 * min(threads, BlockPool<Disk.OpenFile>.threadsMax) : 1
    }

    deinit { pool.close() }

    /// The segment with this number, or why it cannot be read.
    mutating func open(_ index: Int) throws -> Opened {
        fill()
        guard let result = opened.removeValue(forKey: index) else {
            throw Unusable(description: "\(disk.name): \(segments[index].text) was not opened")
        }
        return try result.get()
    }

    /// What was found in the next block of the segment; nil after the last one.
    mutating func next(of index: Int) throws -> BlockResult? {
        fill()
        guard let first = pending.first, first.segment == index else { return nil }
        pending.removeFirst()
        let result = pool.result(of: first.number, by: &checker)
        if let failure = result.failure { throw failure }
        return result
    }

    /// Forgets what is left of the segment.
    mutating func skip(_ index: Int) throws {
        if cutting == index { offset = UInt64.max }
        while try next(of: index) != nil {}
    }

    private mutating func fill() {
        while pending.count < window, cutting < segments.count {
            if opened[cutting] == nil, offset == 0 {
                let index = cutting
                opened[index] = Result { try openSegment(segments[index]) }
            }
            guard case .success(let segment) = opened[cutting] ?? walking, offset < segment.size else {
                (cutting, offset, walking) = (cutting + 1, 0, nil)
                continue
            }
            walking = .success(segment)
            let next = cutting + 1 < segments.count ? segments[cutting + 1].firstSeq : UInt64.max
            let end = min(segment.size, offset + BlockJob<Disk.OpenFile>.bytes)
            let job = BlockJob(file: segment.file, range: offset..<end, size: segment.size, limit: next)
            pool.submit(job, number: submitted)
            pending.append((cutting, submitted))
            submitted += 1
            offset = end
        }
    }

    /// The segment that is being cut, once the walk has taken it out of `opened`.
    private var walking: Result<Opened, any Error>?

    private func openSegment(_ segment: SegmentName) throws -> Opened {
        let status = try disk.status(of: segment.text)
        func finding(_ code: TamperCode, _ detail: String) -> VerifyReport.Finding {
            VerifyReport.Finding(
                code, seq: segment.firstSeq, segment: segment.text, line: nil, offset: nil, detail: detail)
        }
        switch status.kind {
        case .regular: break
        case .link: throw finding(.notRegular, "a symbolic link")
        case .directory, .other: throw Unusable(description: "\(disk.name)/\(segment.text): not a regular file")
        }
        let file = try disk.open(segment.text)
        let size = try file.status().size
        guard size > 0 else { throw finding(.segmentEmpty, "the file is empty") }
        return Opened(file: file, size: size)
    }
}

/// A reason why nothing can be said.
struct Unusable: Error, CustomStringConvertible { let description: String }
