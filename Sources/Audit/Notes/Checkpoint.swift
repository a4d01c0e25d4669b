package import OpenSSL

/// A statement of a log's size and root (C2SP tlog-checkpoint): three lines, none more.
package struct Checkpoint: Hashable, Sendable {
    /// The log's name.
    package let origin: String
    /// Records it covers.
    package let size: UInt64
    /// Root of the tree over them.
    package let root: SHA256Digest

    package init(origin: String, size: UInt64, root: SHA256Digest) {
        self.origin = origin
        self.size = size
        self.root = root
    }

    /// The text that is signed.
    package var text: [UInt8] { Array("\(origin)\n\(size)\n\(Base64.encode(root.bytes))\n".utf8) }

    /// Reads the text of a note.
    /// - Throws: `NoteFault` with code `CHECKPOINT_FORMAT`.
    package init(text: [UInt8]) throws(NoteFault) {
        let lines = text.dropLast().split(separator: 0x0A, omittingEmptySubsequences: false)
        guard text.last == 0x0A, lines.count >= 3 else { throw .format("fewer than three lines") }
        guard lines.count == 3 else { throw .format("an extension line") }
        guard let origin = String(validating: lines[0], as: UTF8.self), VerifierKey.isName(origin) else {
            throw .format("the first line is no origin")
        }
        guard let size = UInt64(plainDecimal: lines[1]) else { throw .format("the second line is no size") }
        guard let bytes = Base64.decode(Array(lines[2])), let root = SHA256Digest(bytes: bytes) else {
            throw .format("the third line is no root")
        }
        self.init(origin: origin, size: size, root: root)
    }

    /// This log's signature of it by `key`; nil where OpenSSL has no memory.
    package func signature(by key: borrowing Ed25519PrivateKey) -> SignedNote.Signature? {
        guard let bytes = key.sign(text) else { return nil }
        let name = VerifierKey(name: origin, publicKey: key.publicKey)
        return SignedNote.Signature(name: origin, keyIdentifier: name.identifier, bytes: bytes)
    }
}

extension UInt64 {
    /// The number that ASCII digits write without sign or leading zero, at most 2^53 - 1.
    package init?(plainDecimal digits: ArraySlice<UInt8>) {
        guard (1...16).contains(digits.count), digits.allSatisfy({ (0x30...0x39).contains($0) }),
            digits.first != 0x30 || digits.count == 1
        else { return nil }
        let value = digits.reduce(0) { $0 * 10 + UInt64($1 - 0x30) }
        guard value <= Chain.integerMax else { return nil }
        self = value
    }
}
