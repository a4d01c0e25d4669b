internal import OpenSSL

/// A document as it stands on the disk: AES-256-GCM in chunks that can be neither changed, dropped, doubled, nor put into
/// another order, and none of which is believed before it was verified (STREAM: Hoang, Reyhanitabar, Rogaway, Vizár 2015; as
/// age has it, C2SP/age §"Payload").
///
/// ```
///  1 byte   version, 1
/// 16 bytes  salt: the file's key is HMAC-SHA-256(the owner's key, label and salt)
/// …         chunks: 65,536 bytes of ciphertext and a tag of 16; the last has 1 to 65,536 bytes
/// ```
///
/// A chunk's nonce is its number, from 0, as 11 bytes, the highest first, and 1 for the last chunk or 0. A file's key seals
/// that file alone, so that no nonce is used twice. Each chunk is bound to the file's name.
enum ChunkedCipher {
    private static let version: UInt8 = 1
    private static let saltBytes = 16
    /// Bytes in front of the chunks.
    static let headBytes = 1 + saltBytes
    /// Bytes of a whole sealed chunk.
    static let sealedChunkBytes = AgentLimits.documentChunkBytes + AES256GCM.tagBytes

    /// Bytes of the file for a document of `count` bytes, which is 1 or more.
    static func fileBytes(of count: Int) -> Int {
        let chunks = (count + AgentLimits.documentChunkBytes - 1) / AgentLimits.documentChunkBytes
        return headBytes + count + chunks * AES256GCM.tagBytes
    }

    /// Seals a document piece by piece: first the head, then a chunk for each call.
    struct Sealer: ~Copyable {
        let head: [UInt8]
        private let key: SecretBytes
        private let name: [UInt8]
        private var cipher: AES256GCM
        private var number: UInt64 = 0

        /// - Parameter name: the file's.
        init(_ key: ContentKey, name: [UInt8]) throws(ContentError) {
            let salt = try SaltedCipher.randomBytes(saltBytes)
            let key = try fileKey(key, salt)
            head = [version] + salt
            self.key = key
            self.name = name
            cipher = AES256GCM()
        }

        /// The next chunk, which has `AgentLimits.documentChunkBytes` unless it is the last.
        mutating func seal(_ chunk: Span<UInt8>, isLast: Bool) -> [UInt8] {
            precondition(
                chunk.count == AgentLimits.documentChunkBytes
                    || isLast && (1..<AgentLimits.documentChunkBytes).contains(chunk.count),
                "chunks are whole but for the last")
            defer { number += 1 }
            return cipher.seal(chunk, key: key, nonce: nonce(number, isLast), authenticating: name)
        }
    }

    /// Opens a document piece by piece.
    struct Opener: ~Copyable {
        private let key: SecretBytes
        private let name: [UInt8]
        private var cipher: AES256GCM
        private var number: UInt64 = 0

        /// - Throws: `.damaged` where `head` is none, `.shredded`.
        init(_ key: ContentKey, name: [UInt8], head: [UInt8]) throws(ContentError) {
            guard head.count == headBytes, head[0] == version else { throw .damaged }
            let key = try fileKey(key, Array(head[1...]))
            self.key = key
            self.name = name
            cipher = AES256GCM()
        }

        /// The next chunk's bytes, appended to `output`.
        /// - Throws: `.damaged`, with nothing appended.
        mutating func open(
            _ sealed: Span<UInt8>, isLast: Bool, into output: inout [UInt8]
        ) throws(ContentError) {
            guard let chunk = cipher.open(sealed, key: key, nonce: nonce(number, isLast), authenticating: name)
            else { throw .damaged }
            number += 1
            chunk.withSpan { (bytes: Span<UInt8>) in
                output.append(addingCapacity: bytes.count) { room in
                    for index in bytes.indices { room.append(bytes[index]) }
                }
            }
        }
    }

    private static func fileKey(_ key: ContentKey, _ salt: [UInt8]) throws(ContentError) -> SecretBytes {
        try key.derived(Array("portcullis.document.file.v1".utf8) + salt)
    }

    private static func nonce(_ number: UInt64, _ isLast: Bool) -> [UInt8] {
        let digits = (0..<8).map { UInt8(truncatingIfNeeded: number >> UInt64(56 - 8 * $0)) }
        return [0, 0, 0] + digits + [isLast ? 1 : 0]
    }
}
