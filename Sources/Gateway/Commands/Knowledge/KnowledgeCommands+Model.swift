internal import Agent

extension KnowledgeCommands {
    /// What a command searches by meaning with.
    public enum Model: Sendable {
        /// Nothing: words alone.
        case none
        /// The model in this folder.
        case folder(String)
        /// Whatever a gateway with these settings would use, and where its relative paths begin.
        case settings(file: String, stateFolder: String)

        func start() throws(CommandFailure) -> (any SentenceEmbedder)? {
            switch self {
            case .none: return nil
            case .folder(let folder):
                do throws(AgentError) { return try LocalEmbedder.load(folder: folder) } catch {
                    throw CommandFailure(error, subject: folder)
                }
            case .settings(let file, let folder):
                let text = try PolicyFiles.read(file)
                var composition: Composition
                do throws(ConfigurationError) {
                    composition = Composition(
                        configuration: try Configuration.parse(text, file: file), stateFolder: folder)
                } catch {
                    throw CommandFailure(error)
                }
                try composition.loadModel()
                return try composition.startEmbedder()?.maker
            }
        }
    }
}
