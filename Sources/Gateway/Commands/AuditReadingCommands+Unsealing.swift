internal import Audit
internal import Evidence

extension AuditReadingCommands {
    /// The sealed members of record `seq`, a line each: what is in them, or that their key was destroyed.
    /// - Parameter place: whose settings name the key-encryption key and the state directory.
    public static func unseal(
        _ directory: String, seq: Int, at place: AuditUpkeep.Place
    ) throws(CommandFailure) -> String {
        let record = try record(directory, seq)
        let composition = try place.composition()
        let settings = composition.configuration.audit
        guard !settings.keyEncryptionKey.isEmpty else {
            throw CommandFailure(
                .configuration, "audit.key_encryption_key", "is not set", mend: "name the file, or leave out --unseal")
        }
        let members: [Unsealer.Member]
        do throws(AuditError) {
            let unsealer = try Unsealer(
                stateDirectory: composition.path(settings.stateDirectory),
                keyFile: composition.path(settings.keyEncryptionKey), origin: settings.origin)
            members = try unsealer.members(of: record.line)
        } catch {
            throw CommandFailure(error)
        }
        return members.map { member in
            let content =
                switch member.content {
                case .value(let value): RecordText.show(value)
                case .erased: "erased: the key \(member.keyIdentifier) is not in the key store"
                case .invalid: "not sealed for this place with the key \(member.keyIdentifier)"
                }
            return "unsealed \(member.pointer)  \(content)\n"
        }.joined()
    }
}
