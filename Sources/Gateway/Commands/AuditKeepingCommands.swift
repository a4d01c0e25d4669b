internal import Audit

/// What is done to a log whose gateway is stopped: `portcullis audit new-log` and `rotate-key`.
public enum AuditKeepingCommands {
    /// The log that the settings describe.
    public struct Place: Sendable {
        /// The settings file.
        public var configurationFile: String
        /// The folder that relative paths begin at.
        public var stateFolder: String

        /// Takes both.
        public init(configurationFile: String, stateFolder: String) {
            self.configurationFile = configurationFile
            self.stateFolder = stateFolder
        }
    }

    /// Makes the log that the settings describe, as the successor of the one in `old`.
    /// - Returns: what to tell the operator: the log's key, as auditors pin it.
    /// - Throws: `CommandFailure`: 65 where the old log's checkpoint is none, 78 where there is a log already.
    public static func makeLog(_ place: Place, after old: String, ticket: String) throws(CommandFailure) -> String {
        let configuration = try configuration(place)
        do throws(AuditError) {
            return try AuditLog.make(configuration, after: old, ticket: ticket).key
        } catch {
            throw CommandFailure(error)
        }
    }

    /// Changes the key that signs the log's checkpoints, and has its witnesses cosign the change.
    /// - Parameter say: told a line for each witness that did not.
    /// - Returns: the new key, as auditors pin it.
    /// - Throws: `CommandFailure`: 75 while a gateway holds the log.
    public static func rotateKey(
        _ place: Place, say: @escaping @Sendable (String) -> Void
    ) throws(CommandFailure) -> String {
        let composition = try composition(place)
        let configuration = try composition.auditConfiguration(try PolicyFiles(composition.configuration))
        let witnesses = try composition.startWitnesses(Observation(), say: say)
        do throws(AuditError) {
            return try AuditLog.rotateKey(
                configuration, cosign: { note throws(AuditError) in try witnesses?.cosign(note) ?? [] }
            ).key
        } catch {
            throw CommandFailure(error)
        }
    }

    /// Makes the key that the next `rotateKey` hands over to, and changes nothing else.
    /// - Returns: it, as witnesses and auditors are told it.
    public static func prepareKey(_ place: Place) throws(CommandFailure) -> String {
        let configuration = try configuration(place)
        do throws(AuditError) { return try AuditLog.prepareKey(configuration) } catch { throw CommandFailure(error) }
    }

    /// The log's settings, as the gateway has them.
    static func configuration(_ place: Place) throws(CommandFailure) -> AuditConfiguration {
        let composition = try composition(place)
        return try composition.auditConfiguration(try PolicyFiles(composition.configuration))
    }

    private static func composition(_ place: Place) throws(CommandFailure) -> Composition {
        let text = try PolicyFiles.read(place.configurationFile)
        let configuration: Configuration
        do throws(ConfigurationError) {
            configuration = try Configuration.parse(text, file: place.configurationFile)
        } catch {
            throw CommandFailure(error)
        }
        return Composition(configuration: configuration, stateFolder: place.stateFolder)
    }
}
