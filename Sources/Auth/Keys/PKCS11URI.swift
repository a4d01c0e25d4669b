internal import LinuxIO

/// Where a key is in a PKCS #11 token: a URI (RFC 7512), of which this program takes what names a token and a key in it,
/// with the library that reaches it and the file with the PIN.
///
/// Example: `pkcs11:token=bank;object=portcullis;id=%01%02;type=private?module-path=/usr/lib/softhsm/libsofthsm2.so&pin-source=file:/etc/portcullis/hsm.pin`
///
/// What is unknown, empty, there twice or not encoded as it must be is refused, and `pin-value` with it: the PIN would stand
/// where keys are listed.
public struct PKCS11URI: Hashable, Sendable {
    /// What a token is known by: `token` is its label. At least one of `token` and `serial` is there.
    struct Token: Hashable, Sendable {
        var label: String?, manufacturer: String?, model: String?, serial: String?
    }

    let token: Token
    /// `object`: the label of the key's halves.
    let object: String?
    /// `id`: their `CKA_ID`.
    let id: [UInt8]?
    /// `module-path`: the library, an absolute path.
    let modulePath: String
    /// `pin-source`: the file with the PIN, an absolute path.
    let pinFile: String

    private init(token: Token, object: String?, id: [UInt8]?, modulePath: String, pinFile: String) {
        self.token = token
        self.object = object
        self.id = id
        self.modulePath = modulePath
        self.pinFile = pinFile
    }

    /// Reads a URI.
    /// - Parameter name: where it stands, for the error.
    /// - Throws: `AuthError.key`
    public init(parsing text: [UInt8], name: String) throws(AuthError) {
        do throws(PKCS11URIFault) { self = try PKCS11URIParser.parse(text) } catch {
            throw .key(name: name, found: error.found, wanted: error.wanted)
        }
    }

    /// The same token, for other keys with this one's label.
    var place: PKCS11URI { naming(object: object, id: nil) }

    /// The one line of a key file that is a URI rather than a key; nil for a key.
    static func line(_ file: Span<UInt8>) -> [UInt8]? {
        guard PKCS11URIParser.isLikely(file) else { return nil }
        var line = file.indices.map { file[$0] }
        if line.last == UInt8(ascii: "\n") { line.removeLast() }
        return line
    }

    /// What a key file of mode 0600 names; nil where it holds a key itself.
    static func read(_ path: String) throws(AuthError) -> PKCS11URI? {
        let text: [UInt8]?
        do throws(KeyFileError) { text = try KeyFile.readSecret(path) { line($0) } } catch { throw AuthError(error) }
        return try text.map { text throws(AuthError) in try PKCS11URI(parsing: text, name: path) }
    }

    init(_ attributes: PKCS11URIAttributes) throws(PKCS11URIFault) {
        token = Token(
            label: try attributes.text(.token), manufacturer: try attributes.text(.manufacturer),
            model: try attributes.text(.model), serial: try attributes.text(.serial))
        guard token.label != nil || token.serial != nil else {
            throw PKCS11URIFault(found: "a URI without a token", wanted: "token= or serial= in it")
        }
        object = try attributes.text(.object)
        id = try attributes.bytes(.id)
        if let type = try attributes.text(.type), type != "private" {
            throw PKCS11URIFault(found: "type=\(type)", wanted: "type=private")
        }
        modulePath = try attributes.modulePath()
        pinFile = try attributes.pinFile()
    }

    /// The same token, with a key of this name; nil names none.
    func naming(object: String?, id: [UInt8]?) -> PKCS11URI {
        PKCS11URI(token: token, object: object, id: id, modulePath: modulePath, pinFile: pinFile)
    }

    /// The URI as it stands in a key file, in the order of the example.
    public var text: String {
        "\(name);type=private?module-path=\(Self.encode(modulePath.utf8, "/:"))&pin-source=file:\(Self.encode(pinFile.utf8, "/:"))"
    }

    /// Token and key alone, for messages.
    public var name: String {
        let texts = [
            ("token", token.label), ("manufacturer", token.manufacturer), ("model", token.model),
            ("serial", token.serial), ("object", object),
        ]
        var attributes = texts.compactMap { name, value in value.map { "\(name)=\(Self.encode($0.utf8))" } }
        if let id { attributes.append("id=\(Self.encode(id))") }
        return "pkcs11:" + attributes.joined(separator: ";")
    }

    /// Unreserved characters (RFC 3986 §2.3) and those of `plain` as they are, all else by their bytes.
    private static func encode(_ bytes: some Sequence<UInt8>, _ plain: String = "") -> String {
        var text = ""
        for byte in bytes {
            if PKCS11URIParser.isUnreserved(byte) || plain.utf8.contains(byte) {
                text.unicodeScalars.append(Unicode.Scalar(byte))
            } else {
                let digits = String(byte, radix: 16, uppercase: true)
                text += digits.utf8.count == 1 ? "%0" + digits : "%" + digits
            }
        }
        return text
    }
}
