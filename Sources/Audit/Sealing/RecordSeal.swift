internal import Bytes
internal import OpenSSL

/// Members that can be sealed.
public struct SealedMembers: OptionSet, Hashable, Sendable {
    /// A bit for each member.
    public let rawValue: UInt8

    /// The members whose bits are set.
    public init(rawValue: UInt8) { self.rawValue = rawValue }

    /// `principal.token.sub`
    public static let tokenSubject = SealedMembers(rawValue: 1)
    /// `req.peer`
    public static let peer = SealedMembers(rawValue: 2)

    /// The member that the setting `audit.seal` calls `name`.
    public init?(named name: String) {
        switch name {
        case "principal.token.sub": self = .tokenSubject
        case "req.peer": self = .peer
        default: return nil
        }
    }

    /// The names that `init(named:)` knows.
    public static let names = ["principal.token.sub", "req.peer"]
}

/// The key that a request's records are sealed with, and which of their members are. Durable in the key store.
public struct RecordSeal: Sendable {
    let key: DataKey
    let origin: [UInt8]
    let members: SealedMembers
    /// The request id that the values are bound to.
    private(set) var request: [UInt8] = []

    init(key: DataKey, origin: [UInt8], members: SealedMembers) {
        self.key = key
        self.origin = origin
        self.members = members
    }

    func bound(to request: [UInt8]) -> RecordSeal {
        var seal = self
        seal.request = Array(request.prefix(RecordLimits.identifierBytesMax))
        return seal
    }

    /// Seals a JSON value's text under a nonce of its own.
    func seal(_ value: [UInt8], path: StaticString) -> SealedValue {
        guard let nonce = try? Random.bytes(count: AES256GCM.nonceBytes) else {
            // The generator made this key: it was seeded, and has nothing left to fail at.
            preconditionFailure("no random numbers for a nonce")
        }
        let pointer = [UInt8(ascii: "/")] + Array(path.description.utf8).map { $0 == 0x2E ? 0x2F : $0 }
        return .seal(
            value, key: key.secret, keyIdentifier: key.identifier, nonce: nonce,
            additionalData: SealedValue.additionalData(origin: origin, request: request, pointer: pointer))
    }
}

extension RecordBuffer {
    /// A string from outside, unreadable without its subject's key where `seal` covers `member`.
    mutating func text(
        _ name: StaticString, _ text: [UInt8], path: StaticString, as member: SealedMembers, sealedBy seal: RecordSeal?
    ) {
        guard let seal, seal.members.contains(member) else { return self.text(name, text, path: path) }
        var value = ByteBuffer(capacity: text.count + 2)
        value.append(UInt8(ascii: "\""))
        if TextProfile.append(text, bytesMax: textBytesMax, to: &value) { noteCut(path) }
        value.append(UInt8(ascii: "\""))
        let sealed = seal.seal(value.array(), path: path)
        object(name) { buffer in
            buffer.literal("enc", "A256GCM")
            buffer.ascii("kid", sealed.keyIdentifier)
            buffer.ascii("iv", Array(Base64.encode(sealed.nonce).utf8))
            buffer.ascii("ct", Array(Base64.encode(sealed.ciphertext).utf8))
        }
    }
}
