internal import LinuxIO
internal import Redaction

/// A sealed vault on disk, and whose session it is.
public struct VaultPlace: Sendable {
    /// The sealed vault.
    public let file: String
    /// The file with the key that it is sealed under.
    public let keyFile: String
    /// The session that its tokens belong to.
    public let session: String

    /// Names a vault.
    public init(file: String, keyFile: String, session: String) {
        self.file = file
        self.keyFile = keyFile
        self.session = session
    }
}

/// An open vault file, which no other command may write meanwhile: two that gave out tokens at once would give the same
/// token to two values.
final class VaultFile {
    private let place: VaultPlace
    private let sealer: VaultSealer
    private let lock: File

    /// Locks the file at `place`, which need not be there, and reads the key.
    /// - Throws: `CommandFailure`: 75 where another command holds it.
    init(_ place: VaultPlace) throws(CommandFailure) {
        self.place = place
        sealer = try Self.sealer(place)
        let isLocked: Bool
        do throws(FileError) {
            lock = try File.open(place.file + ".lock", for: .lock)
            isLocked = try lock.lockExclusively()
        } catch {
            throw CommandFailure(.cannotCreate, place.file + ".lock", "cannot lock it: \(error)")
        }
        guard isLocked else {
            throw CommandFailure(.temporary, place.file, "another command is using it", mend: "try again")
        }
    }

    /// The vault, or an empty one where there is no file.
    func read() throws(CommandFailure) -> Vault {
        guard SmallFile.exists(place.file) else { return Vault() }
        return try Self.read(place, sealer)
    }

    /// The vault at `place`, for reading alone.
    /// - Throws: `CommandFailure`: 65 where it is none, 66, 77 where the key or the session is another.
    static func read(_ place: VaultPlace) throws(CommandFailure) -> Vault {
        try read(place, sealer(place))
    }

    private static func sealer(_ place: VaultPlace) throws(CommandFailure) -> VaultSealer {
        try SecretKeyFile.read(place.keyFile, setting: "--vault-key") { VaultSealer($0) }
    }

    private static func read(_ place: VaultPlace, _ sealer: VaultSealer) throws(CommandFailure) -> Vault {
        let sealed: [UInt8]
        do throws(StreamFailure) {
            sealed = try SmallFile.read(place.file, bytesMax: Vault.sealedBytesMax)
        } catch {
            throw CommandFailure(reading: error)
        }
        do throws(VaultError) {
            return try Vault.open(sealed, by: sealer, session: Array(place.session.utf8))
        } catch {
            throw failure(error, place)
        }
    }

    /// Seals `vault` and puts it in the file's place, whole or not at all, for the owner alone.
    /// - Throws: `CommandFailure`: 73, 74
    func write(_ vault: borrowing Vault) throws(CommandFailure) {
        let sealed: [UInt8]
        do throws(VaultError) {
            sealed = try vault.sealed(by: sealer, session: Array(place.session.utf8))
        } catch {
            throw Self.failure(error, place)
        }
        let file = try OutputFile(place.file, mode: 0o600, replaces: true)
        try file.write(sealed)
        try file.finish()
    }

    private static func failure(_ error: VaultError, _ place: VaultPlace) -> CommandFailure {
        switch error {
        case .sessionLength(let limitBytes):
            CommandFailure(.usage, "--session", "wanted 1 to \(limitBytes) bytes")
        case .tooLong(let limitBytes):
            CommandFailure(.data, place.file, "it would be longer than \(limitBytes) bytes", mend: "begin another")
        case .notSealed: CommandFailure(.software, place.file, "cannot be sealed")
        case .notAVault: CommandFailure(.data, place.file, "not a vault")
        case .unknownVersion(let version):
            CommandFailure(.data, place.file, "a vault of version \(version)", mend: "use the program that made it")
        case .notAuthentic:
            CommandFailure(
                .noPermission, place.file, "the key or the session is another, or the file was changed",
                mend: "give the --vault-key and --session that it was made with")
        case .malformed:
            CommandFailure(.data, place.file, "it holds more, or other types, than this program knows")
        }
    }
}
