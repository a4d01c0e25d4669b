/// A signed note (C2SP signed-note): text, an empty line, signature lines.
///
/// ```
/// bank.example/portcullis/gw-01
/// 3
/// rGdq8V6uWRAtM5gghkW8uO1I7anseCCv75Xn+U5w/sw=
///
/// — bank.example/portcullis/gw-01 qIVoK3eu+F7krZ…DQ=
/// — witness.example/w1 IDJKvgAAAABq…pjAC
/// ```
package struct SignedNote: Equatable, Sendable {
    /// One signature line.
    package struct Signature: Equatable, Sendable {
        /// Whose key made it.
        package let name: String
        /// The key's identifier, four bytes.
        package let keyIdentifier: [UInt8]
        /// What follows it: a signature, or a time and a signature.
        package let bytes: [UInt8]

        package init(name: String, keyIdentifier: [UInt8], bytes: [UInt8]) {
            self.name = name
            self.keyIdentifier = keyIdentifier
            self.bytes = bytes
        }

        /// The line, with its LF.
        package var line: [UInt8] {
            Array("\u{2014} \(name) \(Base64.encode(keyIdentifier + bytes))\n".utf8)
        }

        /// The signature that `line` writes, which is without its LF; nil where it is none.
        package init?(line: ArraySlice<UInt8>) {
            let mark = Array("\u{2014} ".utf8)
            guard line.starts(with: mark) else { return nil }
            let parts = line.dropFirst(mark.count).split(separator: 0x20, omittingEmptySubsequences: false)
            guard parts.count == 2, let name = String(validating: parts[0], as: UTF8.self), VerifierKey.isName(name),
                let bytes = Base64.decode(Array(parts[1])), bytes.count > 4
            else { return nil }
            self.init(name: name, keyIdentifier: Array(bytes[..<4]), bytes: Array(bytes[4...]))
        }
    }

    /// What is signed, its last LF included.
    package let text: [UInt8]
    /// In the order of their lines.
    package var signatures: [Signature]

    package init(text: [UInt8], signatures: [Signature]) {
        self.text = text
        self.signatures = signatures
    }

    /// The most bytes of a note that is read.
    package static let bytesMax = 65_536
    /// The most signature lines of one.
    package static let signaturesMax = 64

    /// Reads a note.
    /// - Throws: `NoteFault` with code `CHECKPOINT_FORMAT`.
    package init(_ bytes: [UInt8]) throws(NoteFault) {
        guard bytes.count <= Self.bytesMax else { throw .format("longer than \(Self.bytesMax) bytes") }
        guard bytes.last == 0x0A else { throw .format("does not end with a line feed") }
        for byte in bytes where byte < 0x20 && byte != 0x0A { throw .format("a control byte") }
        guard String(validating: bytes, as: UTF8.self) != nil else { throw .format("not UTF-8") }
        guard let gap = Self.lastGap(bytes) else { throw .format("no empty line before the signatures") }
        text = Array(bytes[...gap])
        signatures = []
        for line in bytes[(gap + 2)...].dropLast().split(separator: 0x0A, omittingEmptySubsequences: false) {
            guard let signature = Signature(line: line) else { throw .format("a line that is no signature") }
            signatures.append(signature)
        }
        guard signatures.count <= Self.signaturesMax else {
            throw .format("more than \(Self.signaturesMax) signatures")
        }
    }

    /// The note as it is stored and sent.
    package var bytes: [UInt8] { text + [0x0A] + signatures.flatMap(\.line) }

    /// Whether `key` signed it: `true` by a right signature, `false` where none claims to be this key's.
    /// - Throws: `CHECKPOINT_SIGNATURE` or `COSIGNATURE` where one does and is wrong.
    package func isSigned(by key: VerifierKey) throws(NoteFault) -> Bool {
        var isSigned = false
        for signature in signatures where signature.name == key.name && signature.keyIdentifier == key.identifier {
            guard key.isSignature(signature.bytes, of: text) else {
                throw NoteFault(
                    key.kind == .log ? .checkpointSignature : .cosignature, "the signature of \(key.name) is wrong")
            }
            isSigned = true
        }
        return isSigned
    }

    /// Place of the LF that ends the text: the last one that is followed by another.
    private static func lastGap(_ bytes: [UInt8]) -> Int? {
        guard bytes.count >= 4 else { return nil }
        return bytes.indices.dropLast(2).last { bytes[$0] == 0x0A && bytes[$0 + 1] == 0x0A }
    }
}

/// What is wrong with a note, as the verifier says it.
package struct NoteFault: Error, Equatable, Sendable {
    package var code: TamperCode
    package var detail: String

    package init(_ code: TamperCode, _ detail: String) {
        self.code = code
        self.detail = detail
    }

    static func format(_ detail: String) -> NoteFault { NoteFault(.checkpointFormat, detail) }
}
