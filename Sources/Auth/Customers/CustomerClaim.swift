internal import Bytes

/// Who somebody says they are: a customer's account and name, in the one way of writing that is compared.
///
/// `DE89 3704 0044` and `de8937040044`, `O'Neil` and `ONEIL` are the same. Holders of one account are told apart by their names.
public struct CustomerClaim: Hashable, Sendable {
    /// Bytes of an account's number, and of a name, as they are given.
    public static let accountBytesMax = 64, nameBytesMax = 256

    /// Account and name as they are compared: lower case, letters and digits alone.
    public let account: [UInt8], name: [UInt8]

    /// A claim; nil where one of both has neither letter nor digit, is too long, or is no UTF-8.
    public init?(account: [UInt8], name: [UInt8]) {
        guard let account = SpokenText.normalised(account, bytesMax: Self.accountBytesMax),
            let name = SpokenText.normalised(name, bytesMax: Self.nameBytesMax)
        else { return nil }
        self.account = account
        self.name = name
    }
}

/// A customer's name in database and records: a keyed hash of the claim, that tells nothing to whoever lacks the key.
public struct CustomerReference: Hashable, Sendable {
    /// 32 bytes.
    let bytes: [UInt8]

    /// As records show it: the first 16 bytes in hexadecimal.
    public var text: [UInt8] { ByteBuffer.hex(Array(bytes.prefix(16))) }
}
