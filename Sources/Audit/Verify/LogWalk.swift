internal import LinuxIO
internal import OpenSSL

/// One pass over a log, from its first record on: joins what threads have found in its blocks, in order, and compares the tree
/// with each checkpoint when it has grown to its size.
///
/// What is thrown first is the smallest position at which something is wrong: a checkpoint that disagrees is met before any
/// record that it does not cover. Where everything is to be listed, nothing is thrown, and the tree ends at the first break.
struct LogWalk<Disk: Storage>: ~Copyable {
    /// A segment that is walked, or has been, for its successor's header to be compared with.
    struct Walked {
        var segment: SegmentName
        /// Its number, from 0 for the first one that is there.
        var index: Int
        var next: SegmentName?
        /// Offset after its last record.
        var bytes: UInt64 = 0
        var records: UInt64 = 0
        /// Line feeds so far.
        var lines: UInt64 = 0
        /// What follows the last record, and what makes it unfit to be a torn tail.
        var tail: TornTail?
        var tailFault: String?
        /// Whether something was wrong in it, so that its numbers cannot be compared.
        var isBroken = false

        /// A closed segment has as many records as the next one's name says.
        var recordsMax: UInt64 { next.map { $0.firstSeq - segment.firstSeq } ?? UInt64.max }
    }

    let disk: Disk
    let options: VerifyOptions
    let policy: TlogPolicy
    let pins: [VerifierKey]
    var shelf: CheckpointShelf<Disk>
    let progress: ((UInt64, UInt64) -> Void)?

    var keys: KeyHistory
    var origin: String?
    var genesis: Genesis?
    /// Nil after the first break: no later root can be told.
    var tree: CompactTree? = CompactTree()
    var hasher = SHA256()
    var cuts: [UInt64] = []
    var nextCut = 0
    /// The largest checkpoint that agrees, and the largest one that enough witnesses have signed.
    var agreed: Checkpoint?
    var cosigned: UInt64?
    /// The largest kept checkpoint that agrees: those in the folder someone with the key can have signed anew.
    var keptAgreed: UInt64 = 0
    /// What stands for the records that are not there.
    var prune: PruneRecord?

    var rules = ChainRules()
    var expected = LineExpectation()
    /// Whether the next line may be any: after a break, and where the first records were removed.
    var isResuming = false
    var firstSeq: UInt64 = 0
    var firstIndex: UInt64 = 0
    var firstTime: WallTime?
    var previous: Walked?
    var bytesDone: UInt64 = 0
    var bytesShown: UInt64 = 0
    var bytesTotal: UInt64 = 0
    private(set) var warnings: [String] = []
    /// What is wrong, where everything is listed.
    private(set) var findings: [VerifyReport.Finding] = []
    private(set) var findingsCount = 0

    private static var warningsMax: Int { 32 }
    /// More breaks than this are counted, not listed.
    static var findingsMax: Int { 1000 }

    init(
        _ disk: Disk, options: VerifyOptions, policy: TlogPolicy, pins: [VerifierKey], shelf: CheckpointShelf<Disk>,
        progress: ((UInt64, UInt64) -> Void)?
    ) {
        self.disk = disk
        self.options = options
        self.policy = policy
        self.pins = pins
        self.shelf = shelf
        self.progress = progress
        keys = KeyHistory(first: nil, pins: pins)
    }

    mutating func run() throws -> VerifyReport.Summary {
        let wasLive = try options.isLive || disk.isLockedByWriter()
        let segments = try listSegments()
        guard let first = segments.first else { throw Unusable(description: "\(disk.name): no segments") }
        firstSeq = first.firstSeq
        if firstSeq > 0 { try startAfterPrune(segments) }
        cuts = shelf.cuts
        let marks = prune.map { cuts + [$0.keptFrom] } ?? cuts
        var plan = SegmentPlan(
            disk, segments: segments, bytes: bytesTotal, cuts: marks.sorted(), listsAll: options.listsAll)
        do {
            for index in segments.indices { try walk(index, &plan, wasLive: wasLive) }
            try finishCheckpoints(isLive: wasLive)
        } catch let finding as VerifyReport.Finding {
            throw unknownKey ?? finding
        }
        guard let from = firstTime, let to = expected.notBefore else {
            throw Unusable(description: "\(disk.name): no records")
        }
        warnAboutCoverage()
        return VerifyReport.Summary(
            records: expected.seq - firstSeq, first: firstSeq, size: agreed?.size,
            root: agreed.map { Base64.encode($0.root.bytes) },
            head: String(decoding: expected.previousHex, as: UTF8.self),
            uncovered: expected.seq - max(firstSeq, min(expected.seq, agreed?.size ?? 0)), cosigned: cosigned,
            from: from.text, to: to.text)
    }

    private mutating func listSegments() throws -> [SegmentName] {
        var segments: [SegmentName] = []
        for name in try disk.names().sorted() where SegmentName.isClaimed(by: name) {
            guard let segment = SegmentName(name) else {
                throw VerifyReport.Finding(
                    .badName, seq: nil, segment: name, line: nil, offset: nil, detail: "not a segment's name")
            }
            segments.append(segment)
            bytesTotal += try disk.status(of: name).size
        }
        return segments.sorted { $0.firstSeq < $1.firstSeq }
    }

    private mutating func walk(_ index: Int, _ plan: inout SegmentPlan<Disk>, wasLive: Bool) throws {
        let next = index + 1 < plan.segments.count ? plan.segments[index + 1] : nil
        var walked = Walked(segment: plan.segments[index], index: index, next: next)
        let opened: SegmentPlan<Disk>.Opened
        do { opened = try plan.open(index) } catch let finding as VerifyReport.Finding {
            try report(finding, &walked)
            (previous, isResuming) = (walked, true)
            return
        }
        var isDone = false
        while !isDone, let block = try plan.next(of: index) {
            for run in block.runs where !isDone { isDone = try join(run, &walked, wasLive: wasLive) }
            walked.lines += block.lines
            progressed(to: walked.bytes)
        }
        if isDone { try plan.skip(index) }
        bytesDone += opened.size
        progressed(to: 0)
        if next != nil, walked.records < walked.recordsMax, !walked.isBroken {
            try report(try short(walked), &walked)
            isResuming = true
        }
        if next != nil, !walked.isBroken { try takeTail(of: opened, into: &walked) }
        if walked.isBroken { isResuming = true }
        previous = walked
    }

    /// Joins the lines of a block to what came before them.
    /// - Returns: whether nothing more of the segment is its records.
    private mutating func join(_ run: BlockRun, _ walked: inout Walked, wasLive: Bool) throws -> Bool {
        if walked.records >= walked.recordsMax, !walked.isBroken { return true }
        if let start = run.start, !isResuming {
            if let fault = misfit(start) {
                try report(fault, run, at: 0, seq: expected.seq, walked.lines, &walked)
            } else if run.count > 0, let fault = timeFault(start) {
                try report(fault, run, at: 0, walked.lines, &walked)
            }
        }
        if let start = run.start { try take(run, start, &walked) }
        if walked.records >= walked.recordsMax, !walked.isBroken { return true }
        switch run.stop {
        case .blockEnd: return false
        case .limit: return true
        case .fault(let fault):
            try report(fault, run, at: run.count, walked.lines, &walked)
            isResuming = true
            return false
        case .unterminated(let count):
            // In a closed segment this is the record that ends early, or a torn tail.
            if walked.next == nil { try takeTorn(walked, count: count, wasLive: wasLive) }
            return true
        }
    }

    /// What keeps the first line of a run from following the record before.
    private func misfit(_ start: BlockRun.Start) -> LineFault? {
        if start.seq != expected.seq {
            return LineFault(.seq, at: Chain.head.count, "found seq \(start.seq)")
        }
        if start.previousHex != expected.previousHex {
            return LineFault(.previousMismatch, at: start.previousStart, "prev is not the hash of the record before")
        }
        return nil
    }

    private func timeFault(_ start: BlockRun.Start) -> LineFault? {
        guard let time = start.time else { return nil }
        if let notBefore = expected.notBefore, time < notBefore {
            return LineFault(.timeOrder, at: start.timeStart, "before the record before it, \(notBefore.text)")
        }
        // Where records were removed, nobody can tell what the time was before.
        let isPruned = expected.notBefore == nil && prune != nil
        if let skew = start.clockSkew, time != expected.notBefore, !isPruned {
            return LineFault(
                .clockSkew, at: skew, "clock_skew_us without the time of the record before, or not above 0")
        }
        return nil
    }

    /// Takes the lines of a run that follow what came before them.
    private mutating func take(_ run: BlockRun, _ start: BlockRun.Start, _ walked: inout Walked) throws {
        guard run.count > 0 else { return }
        isResuming = false
        firstTime = firstTime ?? start.time
        var rest = run.notables[...]
        var place = start.seq
        var leaf = start.seq
        for subtree in run.leaves.subtrees {
            leaf += 1 << UInt64(subtree.level)
            append(subtree, endingAt: leaf)
            guard nextCut < cuts.count, cuts[nextCut] <= leaf else { continue }
            try follow(&rest, from: &place, to: leaf, run, start, &walked)
            try compareCheckpoints(upTo: leaf)
        }
        try follow(&rest, from: &place, to: start.seq + run.count, run, start, &walked)
        walked.records = start.seq + run.count - walked.segment.firstSeq
        walked.bytes = run.end
        expected = LineExpectation(seq: start.seq + run.count, previousHex: run.lastHex, notBefore: run.lastTime)
    }

    private mutating func append(_ subtree: FoldedLeaves.Subtree, endingAt end: UInt64) {
        if let prune, end <= prune.keptFrom { return }
        guard tree != nil else { return }
        tree?.append(subtree.hash, level: subtree.level, with: &hasher)
    }

    /// Holds the lines from `place` to `end` to the rules of which record may follow which.
    private mutating func follow(
        _ rest: inout ArraySlice<BlockRun.Notable>, from place: inout UInt64, to end: UInt64, _ run: BlockRun,
        _ start: BlockRun.Start, _ walked: inout Walked
    ) throws {
        while place < end {
            let isFirst = place == walked.segment.firstSeq
            guard let notable = rest.first, notable.seq < end else {
                try ordinary(at: place, isFirst: isFirst, run, start, &walked)
                place = end
                return
            }
            if notable.seq > place { try ordinary(at: place, isFirst: isFirst, run, start, &walked) }
            do throws(LineFault) {
                try accept(notable, isFirst: notable.seq == walked.segment.firstSeq)
            } catch {
                try report(error, run, at: notable.seq - start.seq, offset: notable.offset, walked.lines, &walked)
            }
            if notable.type == .segmentOpen, notable.seq == walked.segment.firstSeq {
                do { try compareHeader(notable.line, walked) } catch let finding as VerifyReport.Finding {
                    try report(finding, &walked)
                }
            }
            rest.removeFirst()
            place = notable.seq + 1
        }
    }

    /// Takes a run of records of other types, of which the first tells all.
    private mutating func ordinary(
        at place: UInt64, isFirst: Bool, _ run: BlockRun, _ start: BlockRun.Start, _ walked: inout Walked
    ) throws {
        do throws(LineFault) {
            try rules.accept(type: nil, seq: place, isFirstOfSegment: isFirst, opening: nil)
        } catch {
            let offset = run.notables.last { $0.seq < place }?.end ?? run.offset
            try report(error, run, at: place - start.seq, offset: offset, walked.lines, &walked)
        }
    }

    private mutating func accept(_ notable: BlockRun.Notable, isFirst: Bool) throws(LineFault) {
        let opening = notable.type == .segmentOpen && isFirst ? try SegmentOpen(line: notable.line) : nil
        try rules.accept(type: notable.type, seq: notable.seq, isFirstOfSegment: isFirst, opening: opening)
        switch notable.type {
        case .genesis where notable.seq == 0: try take(try Genesis(line: notable.line))
        case .keyRotate: try keys.rotate(line: notable.line, seq: notable.seq, origin: origin)
        case .prune: try takePrune(notable)
        case .genesis, .segmentOpen, .gatewayStart, .gatewayStop, .other: break
        }
    }

    /// Says what is wrong: by throwing it, or in the list of all that is.
    mutating func report(_ finding: VerifyReport.Finding, _ walked: inout Walked) throws {
        guard options.listsAll else { throw finding }
        walked.isBroken = true
        tree = nil
        findingsCount += 1
        if findings.count < Self.findingsMax { findings.append(finding) }
    }

    private mutating func report(
        _ fault: LineFault, _ run: BlockRun, at index: UInt64, seq: UInt64? = nil, offset: UInt64? = nil,
        _ lines: UInt64, _ walked: inout Walked
    ) throws {
        let seq = seq ?? run.start.map { $0.seq + index } ?? expected.seq
        let lineOffset = offset ?? (index == 0 ? run.offset : run.end)
        let finding = VerifyReport.Finding(
            fault.code, seq: seq, segment: walked.segment.text, line: lines + run.line + index + 1,
            offset: lineOffset + UInt64(fault.offset), detail: fault.detail)
        try report(finding, &walked)
    }

    private mutating func progressed(to bytes: UInt64) {
        let done = min(bytesDone + bytes, bytesTotal)
        guard done >> 20 > bytesShown >> 20 else { return }
        bytesShown = done
        progress?(done, bytesTotal)
    }

    mutating func warn(_ text: String) {
        if warnings.count < Self.warningsMax { warnings.append(VerifyReport.printable(text)) }
    }
}
