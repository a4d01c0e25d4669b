internal import JSON
package import OpenSSL

/// What a `log.prune` record says: which oldest segments are about to go, and what stands for them afterwards.
///
/// ```
/// "prune":{"kept_from":120000,"prev":"9f…","segments":[{"name":"seg-0….jsonl","records":60000,"bytes":67108912,"sha256":"…"},…],
/// "subtrees":["qIVo…=",…],"operator":"ops-3","ticket":"CHG-1201"}
/// ```
package struct LogPrune: Hashable, Sendable {
    /// A segment that goes.
    package struct Segment: Hashable, Sendable {
        /// Its file's name.
        package var name: String
        /// Records in it.
        package var records: UInt64
        /// Bytes of its file, a sealed torn tail included.
        package var bytes: UInt64
        /// Digest of its file.
        package var sha256: SHA256Digest
    }

    /// The first record that stays.
    package var keptFrom: UInt64
    /// Hash of the record before that one.
    package var previousHash: SHA256Digest
    /// What goes, oldest first.
    package var segments: [Segment]
    /// Roots of the complete subtrees that the first `keptFrom` leaves fall into, left to right.
    package var subtrees: [SHA256Digest]
    /// Who has it done.
    package var operatorName: [UInt8] = []
    /// On whose order.
    package var ticket: [UInt8] = []

    /// The tree of the first `keptFrom` records.
    var tree: CompactTree { CompactTree(size: keptFrom, subtrees: subtrees) }

    /// The most segments that one record names; more take another.
    package static let segmentsMax = 256

    /// The record.
    package func encode() -> EncodedRecord {
        EncodedRecord(.prune, capacity: 4096) { buffer in
            buffer.object("prune") { buffer in
                buffer.number("kept_from", keptFrom)
                buffer.hex("prev", previousHash)
                buffer.array("segments") { buffer in
                    for segment in segments.prefix(Self.segmentsMax) {
                        buffer.object { buffer in
                            buffer.ascii("name", Array(segment.name.utf8))
                            buffer.number("records", segment.records)
                            buffer.number("bytes", segment.bytes)
                            buffer.hex("sha256", segment.sha256)
                        }
                    }
                }
                buffer.array("subtrees") { buffer in
                    for hash in subtrees { buffer.asciiElement(Array(Base64.encode(hash.bytes).utf8)) }
                }
                buffer.text("operator", operatorName, path: "prune.operator", bytesMax: 128)
                buffer.text("ticket", ticket, path: "prune.ticket", bytesMax: 128)
            }
        }
    }

    /// Reads it from its line, which has already been found to be a record.
    /// - Throws: `LineFault` with code `HEAD_TRUNCATED`.
    init(line: [UInt8]) throws(LineFault) {
        do {
            let record = try JSONObject(try JSONParser.parse(line), allowing: nil)
            let prune = try record.object("prune", allowing: nil)
            let integers = 1...Int(Chain.integerMax)
            keptFrom = UInt64(try prune.integer("kept_from", in: integers))
            guard let previous = SHA256Digest(hex: try prune.bytes("prev", countRange: 64...64)) else {
                throw LineFault(.headTruncated, "prune.prev is not a hash")
            }
            previousHash = previous
            segments = try prune.array("segments").map { node in
                let object = try JSONObject(node, allowing: nil)
                guard let digest = SHA256Digest(hex: try object.bytes("sha256", countRange: 64...64)) else {
                    throw LineFault(.headTruncated, "prune.segments: sha256 is not a digest")
                }
                return Segment(
                    name: try object.string("name"), records: UInt64(try object.integer("records", in: integers)),
                    bytes: UInt64(try object.integer("bytes", in: integers)), sha256: digest)
            }
            subtrees = try prune.array("subtrees").map { node in
                guard let text = node.bytes, let bytes = Base64.decode(text), let hash = SHA256Digest(bytes: bytes)
                else { throw LineFault(.headTruncated, "prune.subtrees: not a hash in base64") }
                return hash
            }
            operatorName = try prune.bytes("operator")
            ticket = try prune.bytes("ticket")
        } catch let fault as LineFault {
            throw fault
        } catch {
            throw LineFault(.headTruncated, "\(error)")
        }
        guard subtrees.count == keptFrom.nonzeroBitCount else {
            throw LineFault(.headTruncated, "prune.subtrees: \(subtrees.count) hashes for \(keptFrom) records")
        }
    }

    package init(
        keptFrom: UInt64, previousHash: SHA256Digest, segments: [Segment], subtrees: [SHA256Digest],
        operatorName: [UInt8] = [], ticket: [UInt8] = []
    ) {
        self.keptFrom = keptFrom
        self.previousHash = previousHash
        self.segments = segments
        self.subtrees = subtrees
        self.operatorName = operatorName
        self.ticket = ticket
    }
}
