internal import LinuxIO
internal import OpenSSL

/// What this module could not be set up with or asked to issue. A caller's refusals are `TokenRefusal` and
/// `PolicyRefusal`; a policy file's faults are `PolicyError`.
public enum AuthError: Error, Equatable, Sendable, CustomStringConvertible {
    /// A setting outside its range.
    case setting(name: String, found: String, wanted: String)
    /// A key that is not fit for its purpose.
    case key(name: String, found: String, wanted: String)
    /// Something asked for in a new token or certificate that is not allowed.
    case request(member: String, found: String, wanted: String)
    /// A file with a key could not be used; the message names path and mend.
    case file(String)
    /// A cryptographic library failed at a thing that does not depend on the caller.
    case library(String)
    /// A device with signing keys is set up in a way that does not work, and will not by itself: its module, its PIN, a key.
    case device(name: String, found: String, mend: String)
    /// A device with signing keys does not answer, or a key in it is not there.
    case deviceUnavailable(name: String, found: String, mend: String)
    /// Too many tokens wait for a device's signatures.
    case signaturesBusy
    /// The database of revocations could not be read or written.
    case storage(file: String, found: String, mend: String)
    /// There are as many revocations as may be: they go when the tokens have expired.
    case revocationsFull(revocationsMax: Int64)
    /// There are as many tokens of the command as may wait for the log.
    case issuancesFull(issuancesMax: Int64)
    /// Too many revocations wait for the database.
    case revocationsBusy

    /// The sentence for the operator.
    public var description: String {
        switch self {
        case .setting(let name, let found, let wanted): "\(name): found \(found), wanted \(wanted)"
        case .key(let name, let found, let wanted): "key \(name): found \(found), wanted \(wanted)"
        case .request(let member, let found, let wanted): "\(member): found \(found), wanted \(wanted)"
        case .file(let message): message
        case .library(let message): message
        case .device(let name, let found, let mend), .deviceUnavailable(let name, let found, let mend):
            "\(name): found \(found); \(mend)"
        case .signaturesBusy: "too many tokens wait for a signature"
        case .storage(let file, let found, let mend): "\(file): \(found); \(mend)"
        case .revocationsFull(let revocationsMax): "there are \(revocationsMax) revocations, the most that are kept"
        case .issuancesFull(let issuancesMax):
            "\(issuancesMax) issued tokens wait for the log, the most that may"
        case .revocationsBusy: "too many revocations wait for the database"
        }
    }

    init(_ error: OpenSSLError) { self = .library(error.description) }
    init(_ error: KeyFileError) { self = .file(error.description) }
}
