internal import COpenSSL

extension PublicKey {
    /// The key of these numbers; an RSA key's length is that of its modulus, whatever `bits` says.
    /// - Throws: `OpenSSLError` where OpenSSL finds fault with them: a point off its curve, an even modulus.
    public convenience init(_ components: KeyComponents) throws(OpenSSLError) {
        switch components {
        case .rsa(let modulus, let exponent, _): try self.init(modulus: modulus, exponent: exponent)
        case .ec(let curve, let x, let y): try self.init(curve, x: x, y: y)
        case .ed25519(let bytes): try self.init(ed25519: bytes)
        case .other(let kind): throw OpenSSLError(operation: "make a key of kind \(kind)")
        }
    }

    private convenience init(modulus: [UInt8], exponent: [UInt8]) throws(OpenSSLError) {
        ErrorQueue.clear()
        let made = unsafe pc_rsa_public(
            modulus, Int32(clamping: modulus.count), exponent, Int32(clamping: exponent.count))
        guard let handle = unsafe made else { throw ErrorQueue.drain("make an RSA key of its numbers") }
        unsafe self.init(adopting: handle)
    }

    private convenience init(_ curve: NamedCurve, x: [UInt8], y: [UInt8]) throws(OpenSSLError) {
        ErrorQueue.clear()
        let point = [0x04] + x + y
        guard let handle = unsafe pc_ec_public(curve.name, point, point.count) else {
            throw ErrorQueue.drain("make an EC key of its point")
        }
        unsafe self.init(adopting: handle)
    }

    private convenience init(ed25519 bytes: [UInt8]) throws(OpenSSLError) {
        ErrorQueue.clear()
        guard let handle = unsafe EVP_PKEY_new_raw_public_key(EVP_PKEY_ED25519, nil, bytes, bytes.count) else {
            throw ErrorQueue.drain("make an Ed25519 key of its bytes")
        }
        unsafe self.init(adopting: handle)
    }
}
