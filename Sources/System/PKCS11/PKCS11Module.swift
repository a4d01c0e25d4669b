internal import CPKCS11
internal import Synchronization

/// A PKCS #11 module: the library through which a device with keys is reached.
///
/// `@safe` and `@unchecked Sendable`: the list of functions belongs to the library, which is never unloaded, and nothing
/// writes to it after it was loaded. The module locks by itself (`CKF_OS_LOCKING_OK`); what one session does at a time is
/// its owner's care (`PKCS11Session`).
@safe public final class PKCS11Module: @unchecked Sendable {
    let functions: UnsafePointer<CK_FUNCTION_LIST>

    private init(_ functions: UnsafePointer<CK_FUNCTION_LIST>) { unsafe self.functions = functions }

    /// A token in a slot of the module (§3.2), its texts without the blanks that fill them up.
    public struct Token: Equatable, Sendable {
        /// The label that it was given when it was initialised.
        public let label: String
        /// Who made it, what kind it is, and which one.
        public let manufacturer: String, model: String, serial: String
        /// Whether wrong PINs have brought the token near its lock.
        public let pinState: PINState
        let slot: UInt
    }

    /// How a token takes the user's PIN (§3.2, `CKF_USER_PIN_…`).
    public enum PINState: Sendable {
        case free
        /// One more wrong one locks it.
        case finalTry
        /// It takes none until the security officer has set a new one.
        case locked

        init(flags: UInt) {
            self =
                flags & CKF_USER_PIN_LOCKED != 0 ? .locked : flags & CKF_USER_PIN_FINAL_TRY != 0 ? .finalTry : .free
        }
    }

    /// Slots that are looked at.
    public static let slotsMax = 64

    /// The modules of this process by their path: a module is initialised once in a process.
    private static let loaded = Mutex<[String: PKCS11Module]>([:])

    /// The module at `path`, loaded and initialised where it was not yet.
    /// - Throws: `.notLoaded`; `.refused` where the module does not start, such as `CKR_NEED_TO_CREATE_THREADS`: it is told
    ///   that it may start no threads.
    public static func load(_ path: String) throws(PKCS11Error) -> PKCS11Module {
        try loaded.withLock { loaded throws(PKCS11Error) in
            if let module = loaded[path] { return module }
            var message = [CChar](repeating: 0, count: 512)
            guard let functions = unsafe pc_p11_load(path, &message, message.count) else {
                let text = message.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }
                throw .notLoaded(reason: String(decoding: text, as: UTF8.self))
            }
            let module = unsafe PKCS11Module(functions)
            try PKCS11Error.check(.initialise, unsafe pc_p11_initialize(functions))
            loaded[path] = module
            return module
        }
    }

    /// The tokens that are there now and initialised.
    public func tokens() throws(PKCS11Error) -> [Token] {
        var slots = [UInt](repeating: 0, count: Self.slotsMax)
        var count = UInt(Self.slotsMax)
        try PKCS11Error.check(.listSlots, unsafe pc_p11_slots(functions, &slots, &count))
        var tokens: [Token] = []
        for slot in slots.prefix(Int(clamping: count)) {
            var texts = pc_p11_token()
            var flags: UInt = 0
            try PKCS11Error.check(.readToken, unsafe pc_p11_token_info(functions, slot, &texts, &flags))
            guard flags & CKF_TOKEN_INITIALIZED != 0 else { continue }
            let bytes = unsafe withUnsafeBytes(of: texts) { unsafe Array($0) }
            tokens.append(
                Token(
                    label: Self.text(bytes[0..<32]), manufacturer: Self.text(bytes[32..<64]),
                    model: Self.text(bytes[64..<80]), serial: Self.text(bytes[80..<96]),
                    pinState: PINState(flags: flags),
                    slot: slot))
        }
        return tokens
    }

    private static func text(_ bytes: ArraySlice<UInt8>) -> String {
        let end = bytes.lastIndex { $0 != 0x20 && $0 != 0 }.map { $0 + 1 } ?? bytes.startIndex
        return String(decoding: bytes[..<end], as: UTF8.self)
    }
}
