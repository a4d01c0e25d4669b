package import JSON
package import OpenSSL

/// A member of a record that only the holder of its subject's key can read (`docs/formats/audit-log.md` §13).
///
/// ```
/// "sub":{"enc":"A256GCM","kid":"6f0c…","iv":"AAECAwQFBgcICQoL","ct":"ZWe7a+jV8iu5c7Vj4ytgGF12J8KnS/LmY+ss"}
/// ```
package struct SealedValue: Hashable, Sendable {
    /// Names the key; random, so that it tells nothing of whose it is.
    package let keyIdentifier: [UInt8]
    /// The nonce.
    package let nonce: [UInt8]
    /// The encrypted JSON value and the tag.
    package let ciphertext: [UInt8]

    package init(keyIdentifier: [UInt8], nonce: [UInt8], ciphertext: [UInt8]) {
        self.keyIdentifier = keyIdentifier
        self.nonce = nonce
        self.ciphertext = ciphertext
    }

    /// The value that `node` is, or nil where it is none.
    package init?(_ node: JSONNode) {
        guard node["enc"]?.bytes?.isEqual(to: "A256GCM") == true, let kid = node["kid"]?.bytes,
            let iv = node["iv"]?.bytes.flatMap(Base64.decode), let ct = node["ct"]?.bytes.flatMap(Base64.decode),
            iv.count == AES256GCM.nonceBytes, ct.count >= AES256GCM.tagBytes
        else { return nil }
        self.init(keyIdentifier: kid, nonce: iv, ciphertext: ct)
    }

    /// What binds a value to its log, its request and its place: a value that was moved does not open.
    /// - Parameters:
    ///   - request: `req.id`; `admin.request` in a record without `req`, and nothing in one without either.
    ///   - pointer: the member's JSON pointer, such as `/principal/token/sub`.
    package static func additionalData(origin: [UInt8], request: [UInt8], pointer: [UInt8]) -> [UInt8] {
        [Array("portcullis.audit.sealed.v1".utf8), origin, request, pointer].joined(separator: [0x0A]).map { $0 }
    }

    /// Seals `value`, a JSON value's text, under `key`.
    package static func seal(
        _ value: [UInt8], key: borrowing SecretBytes, keyIdentifier: [UInt8], nonce: [UInt8], additionalData: [UInt8]
    ) -> SealedValue {
        var cipher = AES256GCM()
        return SealedValue(
            keyIdentifier: keyIdentifier, nonce: nonce,
            ciphertext: cipher.seal(value.span, key: key, nonce: nonce, authenticating: additionalData))
    }

    /// The JSON value's text, or nil where `key` or the place are not those that it was sealed with.
    package func open(with key: borrowing SecretBytes, additionalData: [UInt8]) -> [UInt8]? {
        var cipher = AES256GCM()
        guard let value = cipher.open(ciphertext.span, key: key, nonce: nonce, authenticating: additionalData) else {
            return nil
        }
        return value.withSpan { span in span.indices.map { span[$0] } }
    }
}
