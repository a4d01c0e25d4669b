internal import Bytes
internal import OpenSSL

/// The fixed parts of a line, and its hash.
///
/// ```
/// {"v":1,"seq":N,"time":"T","type":"TYPE" , members ,"prev":"HEX64","hash":"HEX64"}
/// ```
/// The hash is SHA-256 over the domain and everything before the `hash` member. See `docs/formats/audit-log.md`.
package enum Chain {
    /// The most bytes of a line without its LF: fits an entry of the transparency log's tile format.
    package static let bodyBytesMax = 65_535
    /// Bytes of `,"hash":"HEX64"}`.
    static let hashTailBytes = 75
    /// Bytes of `,"prev":"HEX64","hash":"HEX64"}`.
    static let tailBytes = 149
    /// The most bytes that the writer adds to a record's middle: 13 + 20 digits, 36 + 2 for the time, 36 for the skew, the tail.
    static let frameBytesMax = 256
    /// The most bytes of a record's middle.
    static let middleBytesMax = bodyBytesMax - frameBytesMax

    static let domain = Array("portcullis.audit.record.v1\n".utf8)
    static let head = Array(#"{"v":1,"seq":"#.utf8)
    static let timeMember = Array(#","time":""#.utf8)
    static let afterTime = Array(#"","#.utf8)
    static let hashAfterPart = Array(#","hash":""#.utf8)
    static let typeMember = Array(#"","type":""#.utf8)
    static let previousMember = Array(#","prev":""#.utf8)
    static let hashMember = Array(#"","hash":""#.utf8)
    static let end = Array(#""}"#.utf8)
    /// `prev` of record 0.
    package static let noHash = [UInt8](repeating: UInt8(ascii: "0"), count: 64)
    /// The greatest integer that every JSON reader keeps exact.
    package static let integerMax: UInt64 = (1 << 53) - 1
}

/// Where a chain stands: what the next record continues.
struct ChainEnd: Sendable {
    /// The next record's number.
    var nextSeq: UInt64 = 0
    /// The last record's hash; nil before the first record.
    var hash: SHA256Digest?
    /// The last record's time; nil before the first record.
    var time: WallTime?
}

/// Turns records into lines of a chain.
struct LineAssembler: ~Copyable {
    private(set) var end: ChainEnd
    private var hasher = SHA256()
    /// The time that was written last, and its text: one batch has one time.
    private var written: (time: WallTime, text: [UInt8])?

    init(continuing end: ChainEnd) { self.end = end }

    /// Appends the line that records `middle` at `time`, LF included, and moves the chain's end.
    ///
    /// Where `now` is before the last record's time, the line repeats that time and says by how much in `clock_skew_us`.
    /// - Returns: the record's number and hash.
    mutating func append(_ middle: [UInt8], at now: WallTime, to output: inout ByteBuffer) -> Receipt {
        precondition(middle.count <= Chain.middleBytesMax, "the encoder bounds a record's middle")
        let start = output.count
        let time = max(now, end.time ?? now)
        let seq = end.nextSeq
        output.append(Chain.head)
        output.append(decimal: seq)
        output.append(Chain.timeMember)
        output.append(text(of: time))
        output.append(Chain.afterTime)
        output.append(middle)
        if time != now {
            output.append(literal: #","clock_skew_us":"#)
            output.append(decimal: min(UInt64(time.microseconds - now.microseconds), Chain.integerMax))
        }
        output.append(Chain.previousMember)
        if let previous = end.hash { previous.appendHex(to: &output) } else { output.append(Chain.noHash) }
        output.append(UInt8(ascii: "\""))
        let hash = output.withSpan { Self.hash($0.extracting(start..<$0.count), with: &hasher) }
        output.append(Chain.hashAfterPart)
        hash.appendHex(to: &output)
        output.append(Chain.end)
        precondition(output.count - start <= Chain.bodyBytesMax, "the frame is smaller than its bound")
        output.append(UInt8(ascii: "\n"))
        end.nextSeq = seq + 1
        end.hash = hash
        end.time = time
        return Receipt(seq: seq, hash: hash)
    }

    private mutating func text(of time: WallTime) -> [UInt8] {
        if let written, written.time == time { return written.text }
        let text = Array(time.text.utf8)
        written = (time, text)
        return text
    }

    /// The hash of a record from its part before the `hash` member.
    static func hash(_ part: Span<UInt8>, with hasher: inout SHA256) -> SHA256Digest {
        hasher.reset()
        hasher.update(Chain.domain)
        hasher.update(part)
        return hasher.finish()
    }
}
