/// One document's way through ClamAV's daemon (clamd(8), `INSTREAM`), without I/O: what is sent, and what the answer means.
///
/// ```
/// ──► "zINSTREAM\0"  (length of 4 bytes, highest first; bytes)…  length 0
/// ◄── "stream: OK\0"   or   "stream: NAME FOUND\0"   or   "… ERROR\0"
/// ```
///
/// Only the one answer that says so lets a document pass: whatever else comes is no verdict.
struct ScanExchange: Sendable {
    /// What the daemon says.
    enum Verdict: Hashable, Sendable {
        case clean
        /// It knows it. The name is the signature's, for the operator.
        case infected(name: [UInt8])
    }

    /// Why there is no verdict.
    enum Fault: Error, Hashable, Sendable {
        /// The daemon says that it cannot: the document is larger than its `StreamMaxLength`, or its database is missing.
        case refused([UInt8])
        /// The answer broke off, is none, or is too long.
        case noAnswer
    }

    /// Sent before a document.
    static let opening = Array("zINSTREAM\0".utf8)
    /// Sent after it.
    static let closing: [UInt8] = [0, 0, 0, 0]
    /// Bytes of the longest answer that is read.
    static let answerBytesMax = 1_024
    /// Bytes of a document that are sent under one length.
    static let pieceBytes = 64 * 1024

    private var answer: [UInt8] = []

    /// What goes in front of the next `count` bytes of a document, which are `pieceBytes` or fewer.
    static func length(of count: Int) -> [UInt8] {
        [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: count >> $0) }
    }

    /// Takes more of the answer.
    /// - Returns: the verdict once the answer is whole; nil where more has to come.
    mutating func consume(_ bytes: ArraySlice<UInt8>) throws(Fault) -> Verdict? {
        for byte in bytes {
            if byte == 0 { return try Self.verdict(answer) }
            guard answer.count < Self.answerBytesMax else { throw .noAnswer }
            answer.append(byte)
        }
        return nil
    }

    /// To be called where the connection ends without a whole answer.
    func finish() -> Fault { .noAnswer }

    private static func verdict(_ answer: [UInt8]) throws(Fault) -> Verdict {
        let prefix = Array("stream: ".utf8), found = Array(" FOUND".utf8)
        if answer.elementsEqual("stream: OK".utf8) { return .clean }
        if answer.starts(with: prefix), answer.count > prefix.count + found.count,
            answer.suffix(found.count).elementsEqual(found)
        {
            return .infected(name: Array(answer[prefix.count..<(answer.count - found.count)]))
        }
        guard answer.suffix(5).elementsEqual("ERROR".utf8) else { throw .noAnswer }
        throw .refused(answer)
    }
}
