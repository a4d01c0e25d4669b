public import OpenSSL

/// A file of the log on its way to other storage.
public struct ShipObject: Hashable, Sendable {
    /// Its name there and in the log's directory, such as `checkpoints/00000000000000000003.note`.
    public let name: String
    /// Its bytes.
    public let bytes: UInt64
    /// Their digest.
    public let sha256: SHA256Digest
    /// Whether what stands there under this name may be replaced: a segment never changes, a note gains cosignatures.
    public let mayReplace: Bool

    /// An object from its parts.
    public init(name: String, bytes: UInt64, sha256: SHA256Digest, mayReplace: Bool) {
        self.name = name
        self.bytes = bytes
        self.sha256 = sha256
        self.mayReplace = mayReplace
    }
}

/// What stands under an object's name at a target.
public enum ShipPresence: Equatable, Sendable {
    /// Nothing.
    case missing
    /// The object, byte for byte as far as its hash tells.
    case same
    /// Something else.
    case different
}

/// Why an object is not there yet. The raw value is the metric's label.
public enum ShipFailure: String, Error, CaseIterable, Sendable {
    /// The file of the log, or the target's directory, cannot be read or written.
    case file
    /// Nobody answers, or TLS fails.
    case unreachable
    /// It took too long.
    case timeout
    /// The credentials or permissions are not enough (401, 403).
    case denied
    /// Any other answer, or a command that did not end with 0.
    case refused
    /// What stands there afterwards is not what was sent.
    case hash
    /// Something else stands there under a segment's name: it is never replaced.
    case conflict
}

/// Storage that the log is shipped to. Called from one thread; may block, within bounds of its own.
public protocol ShipTarget: ~Copyable {
    /// What stands under the object's name, by its bytes' hash and not by anybody's word for it.
    mutating func presence(of object: ShipObject) throws(ShipFailure) -> ShipPresence
    /// Puts the object there, from the file at `path`. What stands there afterwards is for `presence` to tell.
    mutating func put(_ object: ShipObject, from path: String) throws(ShipFailure)
}
