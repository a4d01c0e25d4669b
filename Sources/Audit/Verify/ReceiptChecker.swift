internal import Bytes
internal import LinuxIO

/// Compares the `Audit-Receipt` of a response with the log.
public enum ReceiptChecker {
    /// What was found.
    public struct Report: Sendable {
        /// 0 the record with that number has that hash, 1 it has not or is not there, 2 no answer.
        public let exitStatus: Int32
        /// One line, with its LF; for standard error where there is no answer.
        public let text: String
    }

    /// Looks in `directory` for the record that `receipt` names, as `SEQ:HASH`.
    public static func check(_ receipt: String, directory: String) -> Report {
        do throws(FileError) {
            return check(receipt, try DirectoryStorage(path: directory))
        } catch {
            return unusable(error.description)
        }
    }

    /// Looks in `disk` for the record that `receipt` names.
    package static func check<Disk: Storage>(_ receipt: String, _ disk: Disk) -> Report {
        let parts = receipt.utf8.split(separator: UInt8(ascii: ":"), omittingEmptySubsequences: false)
        guard parts.count == 2, let seq = UInt64(plainDecimal: Array(parts[0])[...]), parts[1].count == 64,
            parts[1].allSatisfy({ (0x30...0x39).contains($0) || (0x61...0x66).contains($0) })
        else { return unusable("\(receipt): not a receipt of the form SEQ:HASH with 64 lowercase hex digits") }
        do {
            return try find(seq, Array(parts[1]), in: disk)
        } catch {
            return unusable("\(error)")
        }
    }

    private static func find<Disk: Storage>(_ seq: UInt64, _ hash: [UInt8], in disk: Disk) throws -> Report {
        let segments = try disk.names().compactMap(SegmentName.init).sorted { $0.firstSeq < $1.firstSeq }
        guard let first = segments.first else { throw Unusable(description: "\(disk.name): no segments") }
        guard let segment = segments.last(where: { $0.firstSeq <= seq }) else {
            throw Unusable(description: "record \(seq) is older than the log's first segment \(first.text)")
        }
        var reader = LineReader(try disk.open(segment.text))
        var reading = LineReading()
        while case .line(let range) = try reader.next() {
            let line = reader.buffer.span.extracting(range)
            guard let frame = LineChecker.Frame(of: line), frame.seq == seq else { continue }
            guard let facts = reading.read(line) else {
                return wrong(seq, segment, "the record is damaged: its hash or its form is wrong")
            }
            guard line.matches(hash, at: facts.hashStart) else {
                return wrong(seq, segment, "the record has another hash than the receipt")
            }
            return Report(exitStatus: 0, text: "OK seq=\(seq) segment=\(segment.text) time=\(facts.time.text)\n")
        }
        return wrong(seq, segment, "the record is not in the log")
    }

    private static func wrong(_ seq: UInt64, _ segment: SegmentName, _ detail: String) -> Report {
        Report(exitStatus: 1, text: "MISMATCH seq=\(seq) segment=\(segment.text) detail=\(detail)\n")
    }

    private static func unusable(_ reason: String) -> Report {
        Report(exitStatus: 2, text: "UNUSABLE \(reason)\n")
    }
}
