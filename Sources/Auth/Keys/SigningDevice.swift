internal import LinuxIO
internal import OpenSSL
internal import PKCS11
internal import Synchronization

/// A PKCS #11 token with signing keys. It is logged in to once in a process, and again where its session is lost.
///
/// A PIN that the token refused is never tried again: each wrong one brings the token nearer to its lock.
final class SigningDevice: Sendable {
    /// A session that is logged in, and the private keys found in it.
    struct Connection {
        let module: PKCS11Module
        let token: PKCS11Module.Token
        let session: PKCS11Session
        var keys: [PKCS11URI: PKCS11Session.Object] = [:]

        /// A session in which keys are made and destroyed. It shares the login.
        func writingSession() throws(PKCS11Error) -> PKCS11Session {
            try PKCS11Session.open(token, of: module, mayWrite: true)
        }
    }

    private struct Place: Hashable {
        let token: PKCS11URI.Token
        let modulePath: String
    }

    private struct State: ~Copyable {
        var connection: Connection?
        /// Read once: where the process is confined, the file is out of reach.
        var pin: SecretBytes?
        var refusal: AuthError?
    }

    private static let known = Mutex<[Place: SigningDevice]>([:])

    private let uri: PKCS11URI
    private let state: Mutex<State>

    private init(_ uri: PKCS11URI) {
        self.uri = uri
        state = Mutex(State(connection: nil, pin: nil, refusal: nil))
    }

    /// The device that `uri` names a key or a place in. Nothing is opened yet.
    static func of(_ uri: PKCS11URI) -> SigningDevice {
        known.withLock { known in
            let place = Place(token: uri.token, modulePath: uri.modulePath)
            if let device = known[place] { return device }
            let device = SigningDevice(uri)
            known[place] = device
            return device
        }
    }

    /// Does `body` in a session that is logged in; once more in another where the session or an object was lost.
    ///
    /// Blocks for as long as the device takes, and for others that use it.
    /// - Throws: `AuthError.device`, `.deviceUnavailable`; `.file` of the file with the PIN.
    func perform<Value: Sendable>(
        for name: String, _ body: (inout Connection) throws(PKCS11Error) -> Value
    ) throws(AuthError) -> Value {
        try state.withLock { state throws(AuthError) in
            if var connection = state.connection.take() {
                do throws(PKCS11Error) {
                    let value = try body(&connection)
                    state.connection = connection
                    return value
                } catch {
                    guard error.kind == .session || error.kind == .object else {
                        state.connection = connection
                        throw Self.translate(error, name)
                    }
                    // Closed before another is opened, which may get its number.
                    connection.session.close()
                }
            }
            var connection = try connect(&state)
            do throws(PKCS11Error) {
                let value = try body(&connection)
                state.connection = connection
                return value
            } catch {
                throw Self.translate(error, name)
            }
        }
    }

    private func connect(_ state: inout State) throws(AuthError) -> Connection {
        if let refusal = state.refusal { throw refusal }
        let (module, token) = try find()
        try checkPINState(of: token)
        let session: PKCS11Session
        do throws(PKCS11Error) { session = try PKCS11Session.open(token, of: module) } catch {
            throw Self.translate(error, uri.deviceName)
        }
        let pin = try takePIN(&state)
        do throws(PKCS11Error) {
            try pin.withSpan { pin throws(PKCS11Error) in try session.logIn(pin) }
        } catch {
            if error.kind == .pin {
                state.refusal = .device(
                    name: uri.pinFile, found: "a PIN that \(uri.deviceName) does not take: \(error)",
                    mend: "put the right one there before you try again: a token locks after some wrong ones, and this "
                        + "process does not try it again")
            }
            state.pin = consume pin
            throw state.refusal ?? Self.translate(error, uri.deviceName)
        }
        state.pin = consume pin
        return Connection(module: module, token: token, session: session)
    }

    private func find() throws(AuthError) -> (PKCS11Module, PKCS11Module.Token) {
        let module: PKCS11Module
        let tokens: [PKCS11Module.Token]
        do throws(PKCS11Error) {
            module = try PKCS11Module.load(uri.modulePath)
            tokens = try module.tokens()
        } catch {
            throw Self.translate(error, uri.deviceName)
        }
        let fitting = tokens.filter(uri.token.fits)
        guard let token = fitting.first else {
            let labels = tokens.isEmpty ? "none" : tokens.map(\.label).joined(separator: ", ")
            throw .deviceUnavailable(
                name: uri.deviceName, found: "no such token behind \(uri.modulePath), which has: \(labels)",
                mend: "name one that is there, or bring it back")
        }
        guard fitting.count == 1 else {
            throw .device(
                name: uri.deviceName, found: "\(fitting.count) such tokens behind \(uri.modulePath)",
                mend: "add the serial= of one")
        }
        return (module, token)
    }

    /// The last try before the lock is a person's.
    private func checkPINState(of token: PKCS11Module.Token) throws(AuthError) {
        switch token.pinState {
        case .free: return
        case .finalTry:
            throw .device(
                name: uri.deviceName, found: "a token that one more wrong PIN locks",
                mend: "log in to it once by its own tool, then try again: its PIN is not tried before")
        case .locked:
            throw .device(
                name: uri.deviceName, found: "a token that takes no PIN any more, after wrong ones",
                mend: "have its security officer set a new PIN")
        }
    }

    private func takePIN(_ state: inout State) throws(AuthError) -> SecretBytes {
        if let pin = state.pin.take() { return pin }
        do throws(KeyFileError) {
            return try KeyFile.readSecret(uri.pinFile) { text in
                let isLine = text[text.count - 1] == UInt8(ascii: "\n")
                return SecretBytes(copying: text.extracting(0..<text.count - (isLine ? 1 : 0)))
            }
        } catch {
            throw AuthError(error)
        }
    }

    private static func translate(_ error: PKCS11Error, _ name: String) -> AuthError {
        switch error {
        case .notLoaded(let reason):
            .device(
                name: name, found: "a module that cannot be loaded: \(reason)",
                mend: "name the device's library with module-path; a gateway that serves loads none, so restart it")
        case .refused:
            .deviceUnavailable(
                name: name, found: "\(error)",
                mend: "see that the device is there, and that a confined gateway's signing.pkcs11_paths name what its "
                    + "module reads and writes")
        }
    }
}

extension PKCS11URI {
    /// The token alone, for messages.
    fileprivate var deviceName: String { naming(object: nil, id: nil).name }
}

extension PKCS11URI.Token {
    /// Whether each attribute that is named is the token's.
    fileprivate func fits(_ token: PKCS11Module.Token) -> Bool {
        [(label, token.label), (manufacturer, token.manufacturer), (model, token.model), (serial, token.serial)]
            .allSatisfy { wanted, found in wanted.map { $0 == found } ?? true }
    }
}
