internal import JSON
internal import LinuxIO

/// Reads sealed members back. Whoever has the key-encryption key and the key store may; there is no other permission.
///
/// ```swift
/// let unsealer = try Unsealer(stateDirectory: "var/state", keyFile: "/etc/portcullis/audit.kek", origin: "bank.example/gw-01")
/// for member in try unsealer.members(of: body) { print(member.pointer, member.content) }
/// ```
public struct Unsealer: Sendable {
    /// A sealed member of a record.
    public struct Member: Hashable, Sendable {
        /// What became of it.
        public enum Content: Hashable, Sendable {
            /// The text of its JSON value, such as `"emp-00042"` with its quotes.
            case value([UInt8])
            /// Its key was destroyed, or never was in this store.
            case erased
            /// It was not sealed for this record, or not with this key.
            case invalid
        }

        /// Its JSON pointer, such as `/principal/token/sub`.
        public let pointer: String
        /// Names its key.
        public let keyIdentifier: String
        /// What is in it.
        public let content: Content
    }

    private let store: KeyStore<DirectoryStorage>
    private let origin: [UInt8]

    /// Opens a key store. Changes nothing.
    /// - Throws: `AuditError`
    public init(stateDirectory: String, keyFile: String, origin: String) throws(AuditError) {
        let master = try KeyEncryptionKey.read(keyFile)
        do throws(FileError) {
            store = KeyStore(try DirectoryStorage(path: stateDirectory, isPrivate: true), master: master)
        } catch {
            throw .storage(error)
        }
        self.origin = Array(origin.utf8)
    }

    /// The sealed members of the record `body`, a line without its LF, in its order. None where it is no JSON object.
    /// - Throws: `AuditError` where the key store cannot be read, or holds what this key-encryption key does not open.
    public func members(of body: [UInt8]) throws(AuditError) -> [Member] {
        guard let record = try? JSONParser.parse(body) else { return [] }
        let request = record["req"]?["id"]?.bytes ?? record["admin"]?["request"]?.bytes ?? []
        var found: [Member] = []
        try walk(record, at: [], request: request, into: &found)
        return found
    }

    private func walk(
        _ node: JSONNode, at pointer: [UInt8], request: [UInt8], into found: inout [Member]
    ) throws(AuditError) {
        if let sealed = SealedValue(node) {
            let data = SealedValue.additionalData(origin: origin, request: request, pointer: pointer)
            let content: Member.Content =
                if let key = try store.key(sealed.keyIdentifier) {
                    sealed.open(with: key.secret, additionalData: data).map { .value($0) } ?? .invalid
                } else {
                    .erased
                }
            found.append(
                Member(
                    pointer: String(decoding: pointer, as: UTF8.self),
                    keyIdentifier: String(decoding: sealed.keyIdentifier, as: UTF8.self), content: content))
            return
        }
        for member in node.members ?? [] {
            try walk(member.node, at: pointer + [0x2F] + member.name, request: request, into: &found)
        }
    }
}
