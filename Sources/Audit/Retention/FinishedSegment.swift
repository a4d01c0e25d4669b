package import LinuxIO

/// A segment that is never written again: another one follows it.
package struct FinishedSegment: Hashable, Sendable {
    /// Its file's name.
    package let name: String
    /// The number of its first record.
    package let firstSeq: UInt64
    /// When the next one was begun; nil where that does not say so.
    package let finished: WallTime?

    /// The finished segments of a log, oldest first.
    /// - Parameter first: those before this one are left out.
    package static func list(_ disk: some Storage, from first: UInt64 = 0) throws(FileError) -> [FinishedSegment] {
        let all = try disk.names().compactMap(SegmentName.init).sorted { $0.firstSeq < $1.firstSeq }
        var list: [FinishedSegment] = []
        for (segment, next) in zip(all, all.dropFirst()) where segment.firstSeq >= first {
            list.append(
                FinishedSegment(
                    name: segment.text, firstSeq: segment.firstSeq, finished: try begin(of: next.text, on: disk)))
        }
        return list
    }

    private static func begin(of name: String, on disk: some Storage) throws(FileError) -> WallTime? {
        var bytes: [UInt8] = []
        _ = try disk.open(name).read(into: &bytes, count: 128, at: 0)
        return LineChecker.time(of: bytes.span)
    }
}
