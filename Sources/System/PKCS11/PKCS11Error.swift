internal import CPKCS11

/// Why a PKCS #11 module could not do something (Cryptoki 2.40 §5.1).
public enum PKCS11Error: Error, Equatable, Sendable, CustomStringConvertible {
    /// The module's library cannot be loaded; the loader's words.
    case notLoaded(reason: String)
    /// A function returned something other than `CKR_OK`.
    case refused(operation: Operation, code: UInt)

    /// What was tried.
    public enum Operation: String, Sendable {
        case initialise = "C_Initialize"
        case listSlots = "C_GetSlotList"
        case readToken = "C_GetTokenInfo"
        case openSession = "C_OpenSession"
        case login = "C_Login"
        case find = "C_FindObjects"
        case readAttribute = "C_GetAttributeValue"
        case sign = "C_Sign"
        case generate = "C_GenerateKeyPair"
        case destroy = "C_DestroyObject"
    }

    /// What a caller treats differently.
    public enum Kind: Equatable, Sendable {
        /// The PIN is wrong, or no PIN is taken any more. To try again would bring the token nearer to its lock.
        case pin
        /// The session is gone, or its login: another may do.
        case session
        /// The object is gone.
        case object
        /// Anything else.
        case other
    }

    /// What to do about it.
    public var kind: Kind {
        guard case .refused(let operation, let code) = self else { return .other }
        if operation == .login { return Self.pinCodes.contains(code) ? .pin : Self.sessionKind(code) }
        return [CKR_OBJECT_HANDLE_INVALID, CKR_KEY_HANDLE_INVALID].contains(code) ? .object : Self.sessionKind(code)
    }

    private static func sessionKind(_ code: UInt) -> Kind { sessionCodes.contains(code) ? .session : .other }

    private static var pinCodes: [UInt] {
        [CKR_PIN_INCORRECT, CKR_PIN_INVALID, CKR_PIN_LEN_RANGE, CKR_PIN_EXPIRED, CKR_PIN_LOCKED]
    }

    private static var sessionCodes: [UInt] {
        [
            CKR_SESSION_HANDLE_INVALID, CKR_SESSION_CLOSED, CKR_USER_NOT_LOGGED_IN, CKR_DEVICE_REMOVED,
            CKR_DEVICE_ERROR,
            CKR_TOKEN_NOT_PRESENT,
        ]
    }

    /// "FUNCTION: CODE", or the loader's words.
    public var description: String {
        switch self {
        case .notLoaded(let reason): reason
        case .refused(let operation, let code): "\(operation.rawValue): \(Self.name(of: code))"
        }
    }

    /// The standard's name for the codes that an operator meets, and the number for all.
    private static func name(of code: UInt) -> String {
        let number = "0x" + String(code, radix: 16)
        guard let name = names[code] else { return "CKR \(number)" }
        return "\(name) (\(number))"
    }

    private static let names: [UInt: String] = [
        CKR_HOST_MEMORY: "CKR_HOST_MEMORY", CKR_SLOT_ID_INVALID: "CKR_SLOT_ID_INVALID",
        CKR_GENERAL_ERROR: "CKR_GENERAL_ERROR", CKR_FUNCTION_FAILED: "CKR_FUNCTION_FAILED",
        CKR_NEED_TO_CREATE_THREADS: "CKR_NEED_TO_CREATE_THREADS", CKR_CANT_LOCK: "CKR_CANT_LOCK",
        CKR_DEVICE_ERROR: "CKR_DEVICE_ERROR", CKR_DEVICE_MEMORY: "CKR_DEVICE_MEMORY",
        CKR_DEVICE_REMOVED: "CKR_DEVICE_REMOVED", CKR_FUNCTION_NOT_SUPPORTED: "CKR_FUNCTION_NOT_SUPPORTED",
        CKR_KEY_HANDLE_INVALID: "CKR_KEY_HANDLE_INVALID", CKR_KEY_TYPE_INCONSISTENT: "CKR_KEY_TYPE_INCONSISTENT",
        CKR_KEY_FUNCTION_NOT_PERMITTED: "CKR_KEY_FUNCTION_NOT_PERMITTED",
        CKR_MECHANISM_INVALID: "CKR_MECHANISM_INVALID", CKR_OBJECT_HANDLE_INVALID: "CKR_OBJECT_HANDLE_INVALID",
        CKR_PIN_INCORRECT: "CKR_PIN_INCORRECT", CKR_PIN_INVALID: "CKR_PIN_INVALID",
        CKR_PIN_LEN_RANGE: "CKR_PIN_LEN_RANGE", CKR_PIN_EXPIRED: "CKR_PIN_EXPIRED", CKR_PIN_LOCKED: "CKR_PIN_LOCKED",
        CKR_SESSION_CLOSED: "CKR_SESSION_CLOSED", CKR_SESSION_COUNT: "CKR_SESSION_COUNT",
        CKR_SESSION_HANDLE_INVALID: "CKR_SESSION_HANDLE_INVALID",
        CKR_SESSION_READ_ONLY: "CKR_SESSION_READ_ONLY", CKR_TOKEN_NOT_PRESENT: "CKR_TOKEN_NOT_PRESENT",
        CKR_TOKEN_NOT_RECOGNIZED: "CKR_TOKEN_NOT_RECOGNIZED",
        CKR_TOKEN_WRITE_PROTECTED: "CKR_TOKEN_WRITE_PROTECTED", CKR_USER_NOT_LOGGED_IN: "CKR_USER_NOT_LOGGED_IN",
        CKR_USER_PIN_NOT_INITIALIZED: "CKR_USER_PIN_NOT_INITIALIZED", CKR_BUFFER_TOO_SMALL: "CKR_BUFFER_TOO_SMALL",
    ]

    /// - Throws: `.refused` for each code but `CKR_OK`.
    static func check(_ operation: Operation, _ code: UInt) throws(PKCS11Error) {
        guard code == CKR_OK else { throw .refused(operation: operation, code: code) }
    }
}
