internal import OpenSSL
internal import Threading

/// What only checkpoints can show.
extension LogWalk {
    private typealias Finding = VerifyReport.Finding

    /// Record 0 says whose log this is.
    mutating func take(_ genesis: Genesis) throws(LineFault) {
        if let wanted = options.origin, wanted != genesis.origin {
            throw LineFault(.origin, "the log's origin is \(genesis.origin)")
        }
        self.genesis = genesis
        origin = genesis.origin
        keys = KeyHistory(first: genesis.key, pins: pins)
        // A key that a later one was rotated to can be pinned too: then a checkpoint will tell.
        guard shelf.isEmpty, shelf.kept.isEmpty, !pins.isEmpty, !keys.firstIsPinned else { return }
        throw LineFault(.unknownKey, Self.notPinned(genesis))
    }

    private static func notPinned(_ genesis: Genesis) -> String {
        "the log's key \(genesis.key.text) is none of those pinned"
    }

    /// That no pinned key vouches for the log, which is wrong with all of it and comes before anything else.
    var unknownKey: VerifyReport.Finding? {
        guard let genesis, !pins.isEmpty, !keys.firstIsPinned, !keys.reachesPin else { return nil }
        let newest = shelf.newestCheckpoint?.note
        if let newest, pins.contains(where: { (try? newest.isSigned(by: $0)) ?? false }) { return nil }
        return foreign(genesis)
    }

    private func foreign(_ genesis: Genesis) -> VerifyReport.Finding {
        Finding(
            .unknownKey, seq: 0, segment: SegmentName(firstSeq: 0).text, line: 1, offset: 0,
            detail: Self.notPinned(genesis))
    }

    /// Compares all checkpoints up to this size, which the tree has just reached.
    mutating func compareCheckpoints(upTo size: UInt64) throws {
        while nextCut < cuts.count, cuts[nextCut] <= size {
            try compareCheckpoints(of: cuts[nextCut])
            nextCut += 1
        }
    }

    private mutating func compareCheckpoints(of size: UInt64) throws {
        for item in try shelf.items(of: size) {
            do throws(NoteFault) {
                let signed = try item.content.get()
                try checkSignatures(signed, isKept: item.isKept)
                try checkRoot(signed.checkpoint, isKept: item.isKept)
                try countCosigners(signed)
            } catch {
                // A log whose record 0 names one key while its checkpoints have the pinned one's signature is another log.
                if error.code == .unknownKey, let genesis, !pins.isEmpty, !keys.firstIsPinned { throw foreign(genesis) }
                if item.isKept, error.code != .rootMismatch {
                    throw Unusable(description: "\(item.name): \(error.code.rawValue): \(error.detail)")
                }
                let place = error.code == .rootMismatch ? lastAgreeing(isKept: item.isKept) : size
                try note(
                    Finding(error.code, seq: place, segment: item.name, line: nil, offset: nil, detail: error.detail))
            }
        }
    }

    private mutating func checkSignatures(
        _ signed: CheckpointShelf<Disk>.Signed, isKept: Bool
    ) throws(NoteFault) {
        let checkpoint = signed.checkpoint
        if let origin, checkpoint.origin != origin {
            throw NoteFault(.origin, "its origin is \(checkpoint.origin)")
        }
        // Kept by whoever asks, it is believed; a pinned key makes sure that it was the log's.
        if isKept, pins.isEmpty { return }
        try keys.check(signed.note, size: checkpoint.size)
    }

    /// The size up to which nothing was changed, as far as the checkpoints tell that this one can be held against.
    private func lastAgreeing(isKept: Bool) -> UInt64 {
        isKept ? max(keptAgreed, cosigned ?? 0) : agreed?.size ?? 0
    }

    private mutating func checkRoot(_ checkpoint: Checkpoint, isKept: Bool) throws(NoteFault) {
        // The root of fewer records than are known is not to be had.
        guard let tree, tree.size == checkpoint.size else { return }
        let root = tree.root(with: &hasher)
        guard root == checkpoint.root else {
            throw NoteFault(
                .rootMismatch,
                "the root of \(checkpoint.size) records is \(Base64.encode(root.bytes)), the checkpoint says "
                    + "\(Base64.encode(checkpoint.root.bytes)); what was changed is at or after record "
                    + "\(lastAgreeing(isKept: isKept))")
        }
        agreed = checkpoint
        if isKept { keptAgreed = checkpoint.size }
    }

    private mutating func countCosigners(_ signed: CheckpointShelf<Disk>.Signed) throws(NoteFault) {
        let cosigners = try policy.cosigners(of: signed.note)
        if policy.asksForWitnesses, policy.isMet(by: cosigners) { cosigned = signed.checkpoint.size }
    }

    private mutating func note(_ finding: VerifyReport.Finding) throws {
        var none = Walked(segment: SegmentName(firstSeq: 0), index: 0)
        try report(finding, &none)
    }

    /// What can be said when all records are known.
    mutating func finishCheckpoints(isLive: Bool) throws {
        guard findingsCount == 0 else { return }
        let records = expected.seq
        for size in cuts[nextCut...] { try checkBeyond(size, records) }
        if isLive { try awaitNewest(records) }
        try checkNewest(records)
        try checkPruneIsCovered()
        guard !pins.isEmpty else { return }
        if let genesis, !keys.reachesPin { throw foreign(genesis) }
        try checkQuorum(isLive: isLive)
    }

    /// A checkpoint of more records than there are.
    private mutating func checkBeyond(_ size: UInt64, _ records: UInt64) throws {
        for item in try shelf.items(of: size) {
            do throws(NoteFault) {
                try checkSignatures(try item.content.get(), isKept: item.isKept)
            } catch {
                if item.isKept {
                    throw Unusable(description: "\(item.name): \(error.code.rawValue): \(error.detail)")
                }
                throw Finding(error.code, seq: size, segment: item.name, line: nil, offset: nil, detail: error.detail)
            }
            throw Finding(
                .truncated, seq: records, segment: item.name, line: nil, offset: nil,
                detail: "a checkpoint of \(size) records, and there are \(records)")
        }
    }

    /// A writer puts a checkpoint among those that were published, and a moment later in the place of the newest; and the one
    /// over its stop comes after the record of it.
    private mutating func awaitNewest(_ records: UInt64) throws {
        func isLate() -> Bool {
            guard let size = shelf.newestCheckpoint?.checkpoint.size else { return false }
            return size < shelf.sizeMax || (rules.isStopped && size < records)
        }
        guard isLate() else { return }
        for _ in 0..<Self.newestTries where isLate() {
            SystemThread.sleep(milliseconds: 20)
            try shelf.readNewest()
        }
        if shelf.newestCheckpoint?.checkpoint.size == records { try compareCheckpoints(of: records) }
    }

    /// A second's worth: a disk takes some milliseconds for each file.
    private static var newestTries: Int { 50 }

    private func checkNewest(_ records: UInt64) throws {
        func finding(_ code: TamperCode, _ seq: UInt64, _ name: String, _ detail: String) -> VerifyReport.Finding {
            Finding(code, seq: seq, segment: name, line: nil, offset: nil, detail: detail)
        }
        let name = CheckpointShelf<Disk>.newestName
        guard let result = shelf.newest else {
            guard !shelf.isEmpty || !pins.isEmpty || !shelf.kept.isEmpty else { return }
            throw finding(.checkpointMissing, 0, name, "the log has no newest checkpoint")
        }
        let newest: Checkpoint
        do throws(NoteFault) { newest = try result.get().checkpoint } catch {
            throw finding(error.code, shelf.sizeMax, name, error.detail)
        }
        guard try shelf.hasFile(of: newest.size) else {
            throw finding(
                .checkpointMissing, newest.size, CheckpointShelf<Disk>.path(of: newest.size),
                "the newest checkpoint is not among those that were published")
        }
        if newest.size < shelf.sizeMax {
            throw finding(.checkpointStale, newest.size, name, "a checkpoint of \(shelf.sizeMax) records was published")
        }
        let kept = shelf.kept.map(\.content.checkpoint.size).max() ?? 0
        if newest.size < kept {
            throw finding(.checkpointStale, newest.size, name, "a checkpoint of \(kept) records was kept")
        }
        if rules.isStopped, newest.size < records {
            throw finding(.checkpointStale, newest.size, name, "the log was stopped at \(records) records")
        }
    }

    private func checkQuorum(isLive: Bool) throws {
        guard policy.asksForWitnesses else { return }
        let newest = shelf.newestCheckpoint?.checkpoint.size ?? 0
        // While a writer is at work, the newest checkpoint may be on its way to the witnesses.
        guard isLive ? cosigned == nil : (cosigned ?? 0) < newest else { return }
        throw Finding(
            .witnessQuorum, seq: cosigned ?? 0, segment: CheckpointShelf<Disk>.newestName, line: nil, offset: nil,
            detail: "too few witnesses have signed the newest checkpoint of \(newest) records")
    }

    mutating func warnAboutCoverage() {
        if let agreed, agreed.size < expected.seq {
            warn(
                "no checkpoint covers the last \(expected.seq - agreed.size) records yet: they can be cut without a trace"
            )
        }
        if agreed == nil {
            warn(
                "no checkpoint covers these records: compare the head with one kept elsewhere, for an edit after which "
                    + "every later hash was computed anew leaves no other trace")
        }
        if pins.isEmpty { warn("no key is pinned: whose log this is was not checked") }
        if firstSeq > 0, let prune {
            let (who, ticket) = (prune.prune.operatorName, prune.prune.ticket)
            warn(
                "records 0 to \(firstSeq - 1) were removed, as record \(prune.seq) says: "
                    + "operator=\(String(decoding: who, as: UTF8.self)) ticket=\(String(decoding: ticket, as: UTF8.self))"
            )
        }
        if let cosigned, let agreed, cosigned < agreed.size {
            warn("the witnesses have signed \(cosigned) records so far")
        }
    }
}

/// A log whose first records were removed (§11 of the format).
extension LogWalk {
    /// Finds out where such a log must begin.
    mutating func startAfterPrune(_ segments: [SegmentName]) throws {
        func missing(_ seq: UInt64, _ detail: String) -> VerifyReport.Finding {
            VerifyReport.Finding(
                .headTruncated, seq: seq, segment: segments.first?.text, line: nil, offset: nil, detail: detail)
        }
        guard let found = try PruneRecord.find(for: segments, of: disk) else {
            throw missing(0, "the first segment begins with record \(firstSeq)")
        }
        let record: PruneRecord
        do throws(LineFault) { record = try found.get() } catch { throw missing(0, error.detail) }
        let kept = record.keptFrom
        guard kept >= firstSeq else { throw missing(kept, "the first segment begins with record \(firstSeq)") }
        guard kept <= record.seq else { throw missing(0, "record \(record.seq) says that it was removed itself") }
        prune = record
        tree = record.prune.tree
        origin = options.origin ?? pins.first?.name ?? shelf.newestCheckpoint?.checkpoint.origin
        expected.seq = firstSeq
        if kept == firstSeq {
            expected.previousHex = record.prune.previousHash.hex
        } else {
            isResuming = true
            warn("records \(firstSeq) to \(kept - 1) are still there and may be removed")
        }
        cuts = shelf.cuts
        try compareCheckpoints(upTo: firstSeq)
    }

    /// A record of a removal, in its place.
    mutating func takePrune(_ notable: BlockRun.Notable) throws(LineFault) {
        guard let prune, prune.seq == notable.seq else { return }
        guard notable.line == prune.line else {
            throw LineFault(.hashMismatch, "the record was changed while it was verified")
        }
    }

    /// Whether a checkpoint that agrees covers the record that accounts for the missing ones: without one anybody could have
    /// written it.
    private func checkPruneIsCovered() throws {
        guard let prune, (agreed?.size ?? 0) <= prune.seq else { return }
        throw VerifyReport.Finding(
            .headTruncated, seq: 0, segment: SegmentName(firstSeq: firstSeq).text, line: nil, offset: nil,
            detail: "no checkpoint covers record \(prune.seq), which says that the first records were removed")
    }
}
