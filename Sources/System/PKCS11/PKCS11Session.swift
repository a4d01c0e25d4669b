internal import CPKCS11
internal import Synchronization

/// A session with a token (§5.6). It does one thing at a time: its owner sees to it with a lock.
public final class PKCS11Session: Sendable {
    /// An object of the token, for as long as the session lives.
    public struct Object: Hashable, Sendable {
        let handle: UInt
    }

    /// Which half of a key pair.
    public enum Half: Sendable { case `private`, `public` }

    /// How data is signed, none of which hashes by itself.
    public enum Mechanism: Sendable {
        /// `CKM_ECDSA`: of a digest; the signature is r and s, each of the curve's length.
        case ecdsa
        /// `CKM_RSA_PKCS`: of a `DigestInfo` (RFC 8017 §9.2).
        case rsaPKCS1
    }

    /// What the private half's owner may ask of a key.
    public enum Kind: Sendable {
        /// EC on P-256.
        case p256
        /// RSA with a modulus of so many bits and the exponent 65537.
        case rsa(bits: Int)
    }

    /// The public numbers of a key, big-endian.
    public enum PublicNumbers: Equatable, Sendable {
        /// The curve's identifier in DER (`CKA_EC_PARAMS`) and the point (`CKA_EC_POINT`), as the token gives them.
        case ec(parameters: [UInt8], point: [UInt8])
        case rsa(modulus: [UInt8], exponent: [UInt8])
        /// Another kind of key, by its `CKA_KEY_TYPE`.
        case other(UInt)
    }

    /// Bytes of an attribute or a signature: those of RSA with 8192 bits.
    public static let valueBytesMax = 1024

    private let module: PKCS11Module
    private let handle: UInt
    private let isClosed = Atomic<Bool>(false)

    private init(_ module: PKCS11Module, _ handle: UInt) {
        self.module = module
        self.handle = handle
    }

    deinit { close() }

    /// Opens a session with `token`.
    /// - Parameter mayWrite: whether keys will be made or destroyed.
    public static func open(
        _ token: PKCS11Module.Token, of module: PKCS11Module, mayWrite: Bool = false
    ) throws(PKCS11Error) -> PKCS11Session {
        var handle: UInt = 0
        try PKCS11Error.check(
            .openSession, unsafe pc_p11_open(module.functions, token.slot, mayWrite ? 1 : 0, &handle))
        return PKCS11Session(module, handle)
    }

    /// Logs this process in as the token's user; one that is logged in already stays so.
    /// - Throws: `PKCS11Error` of kind `.pin` where the token does not take the PIN.
    public func logIn(_ pin: Span<UInt8>) throws(PKCS11Error) {
        let code = unsafe pin.withUnsafeBufferPointer {
            unsafe pc_p11_login(module.functions, handle, $0.baseAddress, $0.count)
        }
        try PKCS11Error.check(.login, code)
    }

    /// Logs this process out of the token: what is private is out of reach until the next login.
    func logOut() { _ = unsafe pc_p11_logout(module.functions, handle) }

    /// Ends the session: its number may be another's after that, so nothing is to be asked of it any more.
    public func close() {
        guard !isClosed.exchange(true, ordering: .relaxed) else { return }
        _ = unsafe pc_p11_close(module.functions, handle)
    }

    /// The halves of key pairs with this label and `CKA_ID`; nil stands for any. At most two, which tells that a name is
    /// not one key's.
    public func find(_ half: Half, label: [UInt8]?, id: [UInt8]?) throws(PKCS11Error) -> [Object] {
        var found: [UInt] = [0, 0]
        var count = UInt(found.count)
        let kind = half == .private ? CKO_PRIVATE_KEY : CKO_PUBLIC_KEY
        let code = unsafe Self.withName(label ?? [], id ?? []) { name in
            unsafe pc_p11_find(module.functions, handle, kind, name, &found, &count)
        }
        try PKCS11Error.check(.find, code)
        return found.prefix(Int(clamping: count)).map { Object(handle: $0) }
    }

    /// Whether the private half can be taken out of the token, or read there.
    public func mayLeave(_ key: Object) throws(PKCS11Error) -> Bool {
        let sensitive = try attribute(CKA_SENSITIVE, of: key)
        let extractable = try attribute(CKA_EXTRACTABLE, of: key)
        return sensitive.first != 1 || extractable.first != 0
    }

    /// The `CKA_ID` of an object; empty where it has none.
    public func identifier(of object: Object) throws(PKCS11Error) -> [UInt8] { try attribute(CKA_ID, of: object) }

    /// The numbers of a public half.
    public func numbers(of object: Object) throws(PKCS11Error) -> PublicNumbers {
        let type = try attribute(CKA_KEY_TYPE, of: object)
        let number = unsafe type.withUnsafeBytes { unsafe $0.count == 8 ? $0.loadUnaligned(as: UInt.self) : .max }
        switch number {
        case CKK_EC:
            return .ec(
                parameters: try attribute(CKA_EC_PARAMS, of: object), point: try attribute(CKA_EC_POINT, of: object))
        case CKK_RSA:
            return .rsa(
                modulus: try attribute(CKA_MODULUS, of: object),
                exponent: try attribute(CKA_PUBLIC_EXPONENT, of: object))
        default: return .other(number)
        }
    }

    private func attribute(_ type: UInt, of object: Object) throws(PKCS11Error) -> [UInt8] {
        var bytes = [UInt8](repeating: 0, count: Self.valueBytesMax)
        var count = UInt(bytes.count)
        let code = unsafe pc_p11_attribute(module.functions, handle, object.handle, type, &bytes, &count)
        try PKCS11Error.check(.readAttribute, code)
        return Array(bytes.prefix(Int(clamping: count)))
    }

    /// Signs `data`, which is a digest or a `DigestInfo`, as `mechanism` wants it.
    public func sign(_ data: [UInt8], with key: Object, by mechanism: Mechanism) throws(PKCS11Error) -> [UInt8] {
        var signature = [UInt8](repeating: 0, count: Self.valueBytesMax)
        var count = UInt(signature.count)
        let code = unsafe pc_p11_sign(
            module.functions, handle, mechanism == .ecdsa ? CKM_ECDSA : CKM_RSA_PKCS, key.handle, data, data.count,
            &signature, &count)
        try PKCS11Error.check(.sign, code)
        return Array(signature.prefix(Int(clamping: count)))
    }

    /// Makes a key pair whose private half signs, is sensitive and never leaves the token.
    /// - Returns: the public half and the private one.
    public func generate(
        _ kind: Kind, label: [UInt8], id: [UInt8]
    ) throws(PKCS11Error) -> (public: Object, private: Object) {
        let bits = if case .rsa(let bits) = kind { UInt(bits) } else { UInt(0) }
        var (publicKey, privateKey): (UInt, UInt) = (0, 0)
        let code = unsafe Self.withName(label, id) { name in
            unsafe pc_p11_generate(module.functions, handle, bits, name, &publicKey, &privateKey)
        }
        try PKCS11Error.check(.generate, code)
        return (Object(handle: publicKey), Object(handle: privateKey))
    }

    /// Destroys an object, for good.
    public func destroy(_ object: Object) throws(PKCS11Error) {
        try PKCS11Error.check(.destroy, unsafe pc_p11_destroy(module.functions, handle, object.handle))
    }

    /// Lends label and id to `body`.
    @unsafe private static func withName(_ label: [UInt8], _ id: [UInt8], _ body: (pc_p11_name) -> UInt) -> UInt {
        unsafe label.withUnsafeBufferPointer { label in
            unsafe id.withUnsafeBufferPointer { id in
                unsafe body(
                    pc_p11_name(
                        label: label.baseAddress, label_count: label.count, id: id.baseAddress, id_count: id.count))
            }
        }
    }
}
