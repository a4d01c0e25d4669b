internal import JSON
internal import OpenSSL

/// One JSON Web Key (RFC 7517 §4, RFC 7518 §6, RFC 8037 §2).
struct JWK {
    /// Why a key is not taken.
    struct Unfit: Error {
        let reason: String
        init(_ reason: String) { self.reason = reason }
    }

    private let node: JSONNode

    init(_ node: JSONNode) { self.node = node }

    /// The `kid`, where it is one that `VerificationKey` takes.
    var printableID: String? {
        guard let id = node["kid"]?.text, id.utf8.count <= AuthLimits.keyIDBytesMax,
            id.utf8.allSatisfy(TokenHeader.isKeyIDByte)
        else { return nil }
        return id
    }

    /// The key, pinned to each of `algorithms` that it may be used with.
    func verificationKeys(for algorithms: [SignatureAlgorithm]) throws(Unfit) -> [VerificationKey] {
        guard node.members != nil else { throw Unfit("no object") }
        try checkUse()
        let key = try publicKey()
        if node["kid"] != nil, printableID == nil {
            throw Unfit("a kid that is not 1 to \(AuthLimits.keyIDBytesMax) bytes of letters, digits and -._~:/+=@")
        }
        var usable = algorithms.filter { $0.takes(key.components) }
        if let member = node["alg"] {
            guard let name = member.bytes else { throw Unfit("an alg that is no string") }
            usable = usable.filter { name.isEqual(to: $0.name) }
        }
        guard !usable.isEmpty else { throw Unfit("\(key.components.kindName), for none of the issuer's algorithms") }
        var keys: [VerificationKey] = []
        for algorithm in usable {
            do throws(AuthError) {
                keys.append(try VerificationKey(id: printableID, algorithm: algorithm, key: key))
            } catch {
                throw Unfit("\(error)")
            }
        }
        return keys
    }

    /// RFC 7517 §4.2 and §4.3: a key says itself what it is for.
    private func checkUse() throws(Unfit) {
        if let use = node["use"], use.text != "sig" { throw Unfit("a use other than \"sig\"") }
        if let operations = node["key_ops"] {
            guard operations.elements?.contains(where: { $0.text == "verify" }) == true else {
                throw Unfit("key_ops without \"verify\"")
            }
        }
        // Whoever publishes it has lost it: anybody can sign with it by now.
        if node["d"] != nil { throw Unfit("a private key in a public set") }
    }

    private func publicKey() throws(Unfit) -> PublicKey {
        let components = try components()
        do throws(OpenSSLError) { return try PublicKey(components) } catch { throw Unfit(error.description) }
    }

    func components() throws(Unfit) -> KeyComponents {
        guard let type = node["kty"]?.text else { throw Unfit("no kty") }
        switch type {
        case "RSA":
            let modulus = try number("n"), exponent = try number("e")
            // Longer numbers are refused before OpenSSL spends its time on them.
            guard modulus.count * 8 <= AuthLimits.rsaBitsMax else {
                throw Unfit("an RSA key of more than \(AuthLimits.rsaBitsMax) bits")
            }
            // FIPS 186-5 §5.4: at least 65537; the bound above keeps a verification short.
            guard exponent.count <= 8, exponent.count > 2, exponent.count > 3 || exponent[0] >= 1 else {
                throw Unfit("an RSA exponent outside 65537 to 64 bits")
            }
            return .rsa(modulus: modulus, exponent: exponent, bits: modulus.count * 8)
        case "EC":
            let name = node["crv"]?.text
            guard let curve = NamedCurve.allCases.first(where: { $0.name == name }) else {
                throw Unfit("an EC key on an unknown curve")
            }
            return .ec(
                curve, x: try bytes("x", count: curve.coordinateBytes), y: try bytes("y", count: curve.coordinateBytes))
        case "OKP":
            guard node["crv"]?.text == "Ed25519" else { throw Unfit("an OKP key on another curve than Ed25519") }
            return .ed25519(try bytes("x", count: Ed25519.publicKeyBytes))
        case "oct": throw Unfit("a symmetric key in a public set")
        default: throw Unfit("an unknown kty")
        }
    }

    /// A Base64urlUInt (RFC 7518 §2): no more bytes than the number needs.
    private func number(_ name: StaticString) throws(Unfit) -> [UInt8] {
        guard let text = node[name]?.bytes, let bytes = Base64URL.decode(text.span), let first = bytes.first, first != 0
        else { throw Unfit("no number \(name) in base64url without leading zeros") }
        return bytes
    }

    private func bytes(_ name: StaticString, count: Int) throws(Unfit) -> [UInt8] {
        guard let text = node[name]?.bytes, let bytes = Base64URL.decode(text.span), bytes.count == count else {
            throw Unfit("no \(name) of \(count) bytes in base64url")
        }
        return bytes
    }
}

extension SignatureAlgorithm {
    /// Whether a key of this kind can be used with the algorithm at all; its size is judged with the key.
    func takes(_ key: KeyComponents) -> Bool {
        switch (family, key) {
        case (.rsa, .rsa), (.rsaPSS, .rsa), (.ed25519, .ed25519): true
        case (.ecdsa(let wanted), .ec(let curve, _, _)): wanted == curve
        default: false
        }
    }
}
