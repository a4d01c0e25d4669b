internal import Redaction

/// A session's file: `sessions/<64 hex digits>` in the state directory, named by a keyed hash of whose it is.
///
/// ```
/// 50 43 53 53               "PCSS"
/// 01                        version
/// 00 06 43 1A 5E 2B 9C 40   when it was last used, in microseconds since 1970, big-endian
/// …                         the sealed vault, bound to the file's name
/// ```
struct SealedSession {
    /// Bytes of a file.
    static let bytesMax = headerBytes + Vault.sealedBytesMax
    private static let headerBytes = 13
    private static let magic = Array("PCSS".utf8) + [1]

    let usedMicroseconds: Int64
    let vault: [UInt8]

    /// The file's bytes.
    var bytes: [UInt8] {
        var bytes = Self.magic
        for shift in stride(from: 56, through: 0, by: -8) {
            bytes.append(UInt8(truncatingIfNeeded: usedMicroseconds >> Int64(shift)))
        }
        return bytes + vault
    }
}

extension SealedSession {
    /// What a file of these bytes holds; nil where it is none. What is in the vault is not looked at.
    init?(_ bytes: [UInt8]) {
        guard bytes.count > Self.headerBytes, bytes.starts(with: Self.magic) else { return nil }
        let used = bytes[Self.magic.count..<Self.headerBytes].reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
        self.init(usedMicroseconds: Int64(truncatingIfNeeded: used), vault: Array(bytes[Self.headerBytes...]))
    }
}
