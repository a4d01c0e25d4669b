package import Audit
package import LinuxIO
package import OpenSSL

/// What has been shipped and was found there by its hash: the file `shipped` in the state directory.
///
/// ```
/// portcullis-shipped/1
/// notes 00000000000000120000
/// head 9f86d0…
/// segment 2c26b4… 67108912 seg-00000000000000000000.jsonl
/// ```
/// It is durable before anything relies on it. One that is lost or torn is begun anew: what is there is then found there again,
/// by its hash, and not sent twice.
package struct ShippingLedger: Equatable, Sendable {
    /// A segment that is there.
    package struct Segment: Hashable, Sendable {
        /// Bytes of its file.
        package var bytes: UInt64
        /// Digest of its file.
        package var sha256: SHA256Digest

        package init(bytes: UInt64, sha256: SHA256Digest) {
            self.bytes = bytes
            self.sha256 = sha256
        }
    }

    /// By name.
    package private(set) var segments: [String: Segment] = [:]
    /// Notes of checkpoints up to this size are there.
    package var notesSize: UInt64 = 0
    /// Digest of the file `checkpoint` as it is there.
    package var head: SHA256Digest?

    /// One that knows of nothing.
    package init() {}

    package static let fileName = "shipped"
    /// The most bytes of the file, which is some 80,000 segments.
    package static let fileBytesMax = 16 << 20
    private static let mark = "portcullis-shipped/1"

    /// Notes that a segment is there.
    package mutating func add(_ object: ShipObject) {
        segments[object.name] = Segment(bytes: object.bytes, sha256: object.sha256)
    }

    /// Forgets segments that the log does not have any more.
    package mutating func keep(only names: Set<String>) { segments = segments.filter { names.contains($0.key) } }

    /// Reads it; an empty one where there is none, or none that is whole.
    /// - Throws: `EvidenceError.storage` where there is one that cannot be read.
    package static func read(_ disk: some Storage) throws(EvidenceError) -> ShippingLedger {
        do throws(FileError) {
            return (try disk.contents(of: fileName, bytesMax: fileBytesMax)).flatMap(ShippingLedger.init(text:))
                ?? ShippingLedger()
        } catch {
            throw .storage(error)
        }
    }

    /// Puts it in the place of what was there, durable when this returns.
    package func put(on disk: some Storage) throws(FileError) { try disk.put(text, as: Self.fileName, isDurable: true) }

    var text: [UInt8] {
        var lines = [Self.mark, "notes \(notesSize)"]
        if let head { lines.append("head \(String(decoding: head.hex, as: UTF8.self))") }
        for (name, segment) in segments.sorted(by: { $0.key < $1.key }) {
            lines.append("segment \(String(decoding: segment.sha256.hex, as: UTF8.self)) \(segment.bytes) \(name)")
        }
        return Array((lines.joined(separator: "\n") + "\nend\n").utf8)
    }

    init?(text: [UInt8]) {
        let lines = text.split(separator: 0x0A, omittingEmptySubsequences: false).map {
            $0.split(separator: 0x20, omittingEmptySubsequences: false).map { String(decoding: $0, as: UTF8.self) }
        }
        guard lines.count >= 3, lines[0] == [Self.mark], lines[lines.count - 2] == ["end"],
            lines[lines.count - 1] == [""]
        else { return nil }
        for line in lines[1..<(lines.count - 2)] {
            switch (line.first, line.count) {
            case ("notes", 2):
                guard let size = UInt64(line[1]) else { return nil }
                notesSize = size
            case ("head", 2):
                guard let digest = SHA256Digest(hexText: line[1]) else { return nil }
                head = digest
            case ("segment", 4):
                guard let digest = SHA256Digest(hexText: line[1]), let bytes = UInt64(line[2]) else { return nil }
                segments[line[3]] = Segment(bytes: bytes, sha256: digest)
            default: return nil
            }
        }
    }
}

extension SHA256Digest {
    fileprivate init?(hexText: String) {
        let digits = Array(hexText.utf8)
        guard digits.count == 64 else { return nil }
        var bytes: [UInt8] = []
        for index in stride(from: 0, to: 64, by: 2) {
            guard let byte = UInt8(String(decoding: digits[index..<(index + 2)], as: UTF8.self), radix: 16) else {
                return nil
            }
            bytes.append(byte)
        }
        self.init(bytes: bytes)
    }
}
