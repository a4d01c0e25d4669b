internal import Agent
internal import LinuxIO
internal import Telemetry

extension Composition {
    /// Opens the customers' documents; nil where there is no key to seal them with.
    func openDocuments(_ observation: Observation) throws(CommandFailure) -> Documents? {
        let settings = configuration.documents
        let (file, folder) = (path(settings.key), path(settings.directory))
        let keys = folder + "/keys.db"
        // With documents and without the key something is lost, and the start says so.
        guard !settings.key.isEmpty, SmallFile.exists(file) || SmallFile.exists(keys) else {
            observation.say(
                .info, "documents_off",
                "\(settings.key.isEmpty ? "documents.key" : file) is not there: no documents are kept. Have them kept: "
                    + SecretKeyFile.mend(file))
            return nil
        }
        let key = try SecretKeyFile.read(file, setting: "documents.key") { ContentKeyEncryptionKey($0) }
        do throws(StreamFailure) { try SmallFile.makeDirectory(folder) } catch {
            throw CommandFailure(.configuration, "documents.directory", "\(folder): \(error.reason)")
        }
        var scanner: VirusScanner?
        if let address = settings.scannerAddress {
            scanner = VirusScanner(at: address, timeout: .milliseconds(settings.scannerTimeoutMilliseconds))
        }
        do throws(AgentError) {
            let keyring = try ContentKeyring.open(path: keys, key: key)
            let store = try DocumentStore.open(
                folder, keyring: keyring,
                bounds: DocumentBounds(
                    bytesMax: settings.bytesMax, ownerBytesMax: Int64(settings.ownerBytesMax),
                    totalBytesMax: Int64(settings.totalBytesMax)))
            return Documents(
                store: store, gate: try DocumentGate.start(types: settings.allowed, scanner: scanner),
                bytesMax: settings.bytesMax)
        } catch {
            throw CommandFailure(error, subject: folder)
        }
    }
}
