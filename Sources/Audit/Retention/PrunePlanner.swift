package import LinuxIO
package import OpenSSL

/// Works out what a prune removes, and refuses what it must not. Reads only.
///
/// Every byte of what goes is read once: for the digests of the files, the hashes that stand for their records in the tree,
/// and their times. That the log verifies is for `Verifier`, before.
package struct PrunePlanner<Disk: Storage> {
    /// Why nothing can be removed.
    package enum Refusal: Error, Equatable, Sendable, CustomStringConvertible {
        /// No whole segment lies before that record.
        case nothing(before: UInt64)
        /// The newest record of a segment is too young.
        case young(segment: String, days: Int64, wanted: Int)
        /// No copy of a segment is known to be elsewhere.
        case notArchived(segment: String)
        /// The log is not as it must be, or cannot be read.
        case log(AuditError)

        /// One line: what was found, and the mend.
        package var description: String {
            switch self {
            case .nothing(let seq):
                "no whole segment lies before record \(seq): segments go only as a whole, and never the newest"
            case .young(let segment, let days, let wanted):
                "\(segment): its newest record is \(days) days old, wanted more than \(wanted) (audit.retention_min_days)"
            case .notArchived(let segment):
                "\(segment): no copy of it is known to be elsewhere; run `portcullis audit ship`, or name the copies "
                    + "with --archived"
            case .log(let error): error.description
            }
        }
    }

    private let disk: Disk

    package init(_ disk: Disk) { self.disk = disk }

    /// What goes where records before `seq` are not wanted any more.
    /// - Parameters:
    ///   - minDays: how old, in whole days, the newest record of a segment must be, and older.
    ///   - now: what they are held against.
    ///   - isArchived: whether a copy of these bytes is elsewhere.
    ///   - progress: bytes read, and bytes there are to read.
    package func plan(
        before seq: UInt64, minDays: Int, now: WallTime, isArchived: (LogPrune.Segment) -> Bool,
        progress: ((UInt64, UInt64) -> Void)? = nil
    ) throws(Refusal) -> LogPrune {
        do {
            let segments = try Self.segments(of: disk)
            var tree = CompactTree()
            if let first = segments.first, first.firstSeq > 0 {
                let head = try PrunedHead.covering(segments, of: disk)
                guard head.prune.keptFrom == first.firstSeq else {
                    throw AuditError.refused(
                        segment: first.text, seq: first.firstSeq, detail: "an earlier prune is not finished")
                }
                tree = head.prune.tree
            }
            var chosen: [(SegmentName, next: SegmentName)] = []
            for (segment, next) in zip(segments, segments.dropFirst()) where next.firstSeq <= seq {
                chosen.append((segment, next))
            }
            chosen = Array(chosen.prefix(LogPrune.segmentsMax))
            guard let last = chosen.last else { throw Refusal.nothing(before: seq) }
            let total = try chosen.reduce(UInt64(0)) { $0 + (try disk.status(of: $1.0.text).size) }
            var done: UInt64 = 0
            var plan = LogPrune(
                keptFrom: last.next.firstSeq, previousHash: MerkleTree.emptyRoot, segments: [], subtrees: [])
            for (segment, next) in chosen {
                let read = try read(segment, records: next.firstSeq - segment.firstSeq, into: &tree)
                let days = (now.microseconds - read.time.microseconds) / 86_400_000_000
                guard days > Int64(minDays) else {
                    throw Refusal.young(segment: segment.text, days: max(0, days), wanted: minDays)
                }
                guard isArchived(read.segment) else { throw Refusal.notArchived(segment: segment.text) }
                plan.segments.append(read.segment)
                plan.previousHash = read.lastHash
                done += read.segment.bytes
                progress?(done, total)
            }
            plan.subtrees = tree.subtrees
            return plan
        } catch let refusal as Refusal {
            throw refusal
        } catch let error as AuditError {
            throw .log(error)
        } catch let error as FileError {
            throw .log(.storage(error))
        } catch {
            throw .log(.refused(segment: disk.name, seq: 0, detail: "\(error)"))
        }
    }

    private struct Read {
        var segment: LogPrune.Segment
        var lastHash: SHA256Digest
        var time: WallTime
    }

    private func read(_ segment: SegmentName, records: UInt64, into tree: inout CompactTree) throws -> Read {
        let file = try disk.open(segment.text)
        var reader = LineReader(file)
        var hasher = SHA256()
        var last: (SHA256Digest, WallTime)?
        for _ in 0..<records {
            guard case .line(let range) = try reader.next() else {
                throw AuditError.refused(segment: segment.text, seq: tree.size, detail: "the record is missing")
            }
            let line = reader.buffer.span.extracting(range)
            tree.append(MerkleTree.leaf(line, with: &hasher), with: &hasher)
            guard let time = LineChecker.time(of: line), let hash = LineChecker.statedHash(of: line) else {
                throw AuditError.refused(segment: segment.text, seq: tree.size - 1, detail: "not shaped like a record")
            }
            last = (hash, time)
        }
        guard let (lastHash, time) = last else {
            throw AuditError.refused(segment: segment.text, seq: segment.firstSeq, detail: "the segment has no record")
        }
        let (digest, bytes) = try FileDigest.of(file)
        return Read(
            segment: .init(name: segment.text, records: records, bytes: bytes, sha256: digest), lastHash: lastHash,
            time: time)
    }

    /// The segments in order.
    static func segments(of disk: Disk) throws(AuditError) -> [SegmentName] {
        do throws(FileError) {
            return try disk.names().compactMap(SegmentName.init).sorted { $0.firstSeq < $1.firstSeq }
        } catch {
            throw .storage(error)
        }
    }
}

/// The digest of a file's bytes.
package enum FileDigest {
    /// The digest and the number of all bytes of `file`, read a megabyte at a time.
    package static func of(_ file: some StorageFile) throws(FileError) -> (SHA256Digest, bytes: UInt64) {
        var hasher = SHA256()
        var offset: UInt64 = 0
        var chunk: [UInt8] = []
        while true {
            chunk.removeAll(keepingCapacity: true)
            guard try file.read(into: &chunk, count: 1 << 20, at: offset) > 0 else { break }
            hasher.update(chunk.span)
            offset += UInt64(chunk.count)
        }
        return (hasher.finish(), offset)
    }
}

extension LineChecker {
    /// The time that `line` states; nil where it is not shaped like a record.
    static func time(of line: Span<UInt8>) -> WallTime? {
        var index = Chain.head.count
        while index < line.count, line[index] &- UInt8(ascii: "0") < 10 { index += 1 }
        let start = index + Chain.timeMember.count
        guard line.matches(Chain.timeMember, at: index), start + WallTime.byteCount <= line.count else { return nil }
        return WallTime(line, at: start)
    }

    /// The hash that `line` states; nil where it is not shaped like a record.
    static func statedHash(of line: Span<UInt8>) -> SHA256Digest? {
        guard line.count > Chain.tailBytes, line.matches(Chain.end, at: line.count - 2) else { return nil }
        return SHA256Digest(hex: (0..<64).map { line[line.count - 66 + $0] })
    }
}
