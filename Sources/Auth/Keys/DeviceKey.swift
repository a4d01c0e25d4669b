internal import OpenSSL
internal import PKCS11

/// A private key that never leaves its device, with its public half.
struct DeviceKey: Sendable {
    /// Where it is, as its key file says.
    let uri: PKCS11URI
    /// The public half.
    let components: KeyComponents
    private let device: SigningDevice

    private init(_ uri: PKCS11URI, _ components: KeyComponents) {
        self.uri = uri
        self.components = components
        device = SigningDevice.of(uri)
    }

    /// What stands for a key's bytes where a token has none of that name, or several.
    private enum Found<Value: Sendable>: Sendable {
        case value(Value)
        case none(half: String)
        case several(half: String)
        case mayLeave
    }

    // MARK: Making and opening

    /// Finds the key that `uri` names.
    /// - Throws: `AuthError`: also where the private half could be taken out of the token, and would be no better than a
    ///   file.
    static func open(_ uri: PKCS11URI) throws(AuthError) -> DeviceKey {
        guard uri.object != nil || uri.id != nil else {
            throw .key(name: uri.name, found: "no name of a key", wanted: "object= or id= in it")
        }
        let found = try SigningDevice.of(uri).perform(for: uri.name) { connection throws(PKCS11Error) in
            try search(uri, &connection)
        }
        return DeviceKey(uri, try components(of: value(of: found, uri)))
    }

    /// Makes a key where `place` says; a label that it names is the key's.
    static func generate(_ algorithm: SigningKey.Algorithm, at place: PKCS11URI) throws(AuthError) -> DeviceKey {
        guard place.id == nil else {
            throw .request(member: "id", found: "the name of a key", wanted: "a token alone: each new key gets its own")
        }
        let identifier: [UInt8]
        do throws(OpenSSLError) { identifier = try Random.bytes(count: 16) } catch { throw AuthError(error) }
        let label = place.object ?? "portcullis"
        try SigningDevice.of(place).perform(for: place.name) { connection throws(PKCS11Error) in
            _ = try connection.writingSession().generate(
                algorithm == .es256 ? .p256 : .rsa(bits: AuthLimits.rsaBitsMin), label: Array(label.utf8),
                id: identifier)
        }
        return try open(place.naming(object: label, id: identifier))
    }

    /// Destroys both halves of the key that `uri` names, for good; one that is gone is no error.
    static func destroy(_ uri: PKCS11URI) throws(AuthError) {
        let found = try SigningDevice.of(uri).perform(for: uri.name) { connection throws(PKCS11Error) in
            let session = try connection.writingSession()
            connection.keys[uri] = nil
            for half in [PKCS11Session.Half.private, .public] {
                let objects = try session.find(half, label: uri.object.map { Array($0.utf8) }, id: uri.id)
                guard objects.count < 2 else { return Found<Bool>.several(half: half.word) }
                for object in objects { try session.destroy(object) }
            }
            return .value(true)
        }
        _ = try value(of: found, uri)
    }

    // MARK: Signing

    /// The signature of `input` as a JWS has it (RFC 7518 §3.3, §3.4).
    func sign(_ input: [UInt8]) throws(AuthError) -> [UInt8] {
        let digest = SHA256Digest(of: input).bytes
        let isEC = if case .ec = components { true } else { false }
        let found = try device.perform(for: uri.name) { connection throws(PKCS11Error) in
            let key: PKCS11Session.Object
            switch try Self.privateHalf(uri, &connection) {
            case .value(let object): key = object
            case .none(let half): return Found<[UInt8]>.none(half: half)
            case .several(let half): return .several(half: half)
            case .mayLeave: return .mayLeave
            }
            return .value(
                try connection.session.sign(
                    isEC ? digest : Self.digestInfo + digest, with: key, by: isEC ? .ecdsa : .rsaPKCS1))
        }
        let signature = try Self.value(of: found, uri)
        guard signature.count == signatureBytes else {
            throw .deviceUnavailable(
                name: uri.name, found: "a signature of \(signature.count) bytes, not \(signatureBytes)",
                mend: "see whether its module is made for this device")
        }
        return signature
    }

    private var signatureBytes: Int {
        switch components {
        case .ec(let curve, _, _): 2 * curve.coordinateBytes
        case .rsa(let modulus, _, _): modulus.count
        case .ed25519, .other: 0
        }
    }

    /// What stands before a SHA-256 digest in a `DigestInfo` (RFC 8017 §9.2, note 1).
    private static let digestInfo: [UInt8] = [
        0x30, 0x31, 0x30, 0x0D, 0x06, 0x09, 0x60, 0x86, 0x48, 0x01, 0x65, 0x03, 0x04, 0x02, 0x01, 0x05, 0x00, 0x04,
        0x20,
    ]

    // MARK: Finding

    private static func privateHalf(
        _ uri: PKCS11URI, _ connection: inout SigningDevice.Connection
    ) throws(PKCS11Error) -> Found<PKCS11Session.Object> {
        if let key = connection.keys[uri] { return .value(key) }
        let label = uri.object.map { Array($0.utf8) }
        let objects = try connection.session.find(.private, label: label, id: uri.id)
        guard let key = objects.first else { return .none(half: PKCS11Session.Half.private.word) }
        guard objects.count == 1 else { return .several(half: PKCS11Session.Half.private.word) }
        guard try !connection.session.mayLeave(key) else { return .mayLeave }
        connection.keys[uri] = key
        return .value(key)
    }

    private static func search(
        _ uri: PKCS11URI, _ connection: inout SigningDevice.Connection
    ) throws(PKCS11Error) -> Found<PKCS11Session.PublicNumbers> {
        let key: PKCS11Session.Object
        switch try privateHalf(uri, &connection) {
        case .value(let object): key = object
        case .none(let half): return .none(half: half)
        case .several(let half): return .several(half: half)
        case .mayLeave: return .mayLeave
        }
        // The halves of a pair have the same CKA_ID (Cryptoki 2.40 §4.8); a label may be shared by pairs.
        let identifier = try connection.session.identifier(of: key)
        let label = identifier.isEmpty ? uri.object.map { Array($0.utf8) } : nil
        let halves = try connection.session.find(.public, label: label, id: identifier)
        guard let half = halves.first else { return .none(half: PKCS11Session.Half.public.word) }
        guard halves.count == 1 else { return .several(half: PKCS11Session.Half.public.word) }
        return .value(try connection.session.numbers(of: half))
    }

    private static func value<Value>(of found: Found<Value>, _ uri: PKCS11URI) throws(AuthError) -> Value {
        switch found {
        case .value(let value): return value
        case .none(let half):
            throw .deviceUnavailable(
                name: uri.name, found: "no \(half) of that name in the token",
                mend: "bring it back, or make keys anew with portcullis token keys")
        case .several(let half):
            throw .device(name: uri.name, found: "more than one \(half) of that name", mend: "name one by its id=")
        case .mayLeave:
            throw .device(
                name: uri.name, found: "a private key that may leave its token (CKA_EXTRACTABLE, or not CKA_SENSITIVE)",
                mend: "use one that portcullis token keys made")
        }
    }

    private static func components(of numbers: PKCS11Session.PublicNumbers) -> KeyComponents {
        switch numbers {
        case .ec(let parameters, let point):
            guard parameters == p256, let coordinates = uncompressed(point) else {
                return .other("EC on another curve")
            }
            return .ec(.p256, x: Array(coordinates.prefix(32)), y: Array(coordinates.suffix(32)))
        case .rsa(let modulus, let exponent):
            let modulus = modulus.drop { $0 == 0 }
            let bits = modulus.count * 8 - (modulus.first?.leadingZeroBitCount ?? 0)
            return .rsa(modulus: Array(modulus), exponent: Array(exponent.drop { $0 == 0 }), bits: bits)
        case .other(let type): return .other("CKK 0x" + String(type, radix: 16))
        }
    }

    /// The object identifier of P-256 in DER (RFC 5480 §2.1.1.1).
    private static let p256: [UInt8] = [0x06, 0x08, 0x2A, 0x86, 0x48, 0xCE, 0x3D, 0x03, 0x01, 0x07]

    /// Both coordinates of a point on P-256: an `OCTET STRING` in DER, as the standard says, or the bytes alone, as some
    /// modules give them.
    private static func uncompressed(_ point: [UInt8]) -> ArraySlice<UInt8>? {
        if point.count == 67, point.starts(with: [0x04, 0x41, 0x04]) { return point[3...] }
        if point.count == 65, point[0] == 0x04 { return point[1...] }
        return nil
    }
}

extension PKCS11Session.Half {
    fileprivate var word: String { self == .private ? "private key" : "public key" }
}
