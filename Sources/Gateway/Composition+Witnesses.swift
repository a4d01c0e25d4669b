internal import Audit
internal import Evidence
internal import LinuxIO

extension Composition {
    /// The witnesses that the policy of `audit.witness.policy` names; nil where there is none.
    func witnessConfiguration() throws(CommandFailure) -> WitnessConfiguration? {
        let settings = configuration.audit.witness
        guard !settings.policy.isEmpty else { return nil }
        let file = witnessPolicyFile
        let text = try PolicyFiles.read(file)
        let policy: TlogPolicy
        do throws(TlogPolicy.Fault) { policy = try TlogPolicy(text) } catch {
            throw CommandFailure(.configuration, "\(file):\(error.line)", error.detail)
        }
        let origin = configuration.audit.origin
        guard policy.logs.contains(where: { $0.name == origin }) else {
            throw CommandFailure(
                .configuration, file, "no log line is about \(origin)", mend: "wanted the log's own key")
        }
        guard !settings.isRequired || policy.asksForWitnesses else {
            throw CommandFailure(
                .configuration, file, "quorum none asks for nobody, and audit.witness.required is true",
                mend: "name a quorum, or set it to false")
        }
        var witnesses: WitnessConfiguration
        do throws(EvidenceError) { witnesses = try WitnessConfiguration(policy) } catch {
            throw CommandFailure(.configuration, file, error.description)
        }
        witnesses.lagMax = .seconds(settings.lagSecondsMax)
        if !settings.clientCA.isEmpty {
            let ca = path(settings.clientCA)
            _ = try PolicyFiles.read(ca)
            witnesses.caFile = ca
        }
        return witnesses
    }

    /// Where the policy of the witnesses is: beside the other policies, unless its path is absolute.
    var witnessPolicyFile: String {
        let name = configuration.audit.witness.policy
        return name.hasPrefix("/") ? name : PolicyFiles.folder(of: configuration.file) + name
    }

    /// Starts the thread that asks the witnesses, before the log is opened; nil where there are none.
    /// - Parameter say: told what the operator's log is told.
    func startWitnesses(
        _ observation: Observation, say: @escaping @Sendable (String) -> Void = { _ in }
    ) throws(CommandFailure) -> Witnesses? {
        guard let witnesses = try witnessConfiguration(), !witnesses.witnesses.isEmpty else { return nil }
        let settings = configuration.audit
        let (directory, state) = (path(settings.directory), path(settings.stateDirectory))
        beginFolder(directory, mode: 0o750)
        beginFolder(state, mode: 0o700)
        do throws(AuditError) {
            let disks: (log: DirectoryStorage, state: DirectoryStorage)
            do throws(FileError) {
                disks = (
                    try DirectoryStorage(path: directory), try DirectoryStorage(path: state, isPrivate: true)
                )
            } catch {
                throw .storage(error)
            }
            return try Witnesses.start(
                witnesses, isRequired: settings.witness.isRequired, state: disks.state, disk: disks.log,
                origin: settings.origin, observation, say: say)
        } catch {
            throw CommandFailure(error)
        }
    }
}
