internal import LinuxIO

/// The files of a model.
enum ModelFolder {
    static let vocabularyName = "vocab.txt", weightsName = "model.safetensors"

    /// The content of the file `name`.
    /// - Throws: `.model` where it is not there or cannot be read.
    static func required(
        _ name: String, in folder: String, bytesMax: Int = AgentLimits.modelSettingsBytesMax
    ) throws(AgentError) -> [UInt8] {
        guard let content = try optional(name, in: folder, bytesMax: bytesMax) else {
            throw .model("\(folder)/\(name)", "there is no such file; `make model` fetches a model")
        }
        return content
    }

    /// The content of the file `name`, or nil where there is none.
    static func optional(
        _ name: String, in folder: String, bytesMax: Int = AgentLimits.modelSettingsBytesMax
    ) throws(AgentError) -> [UInt8]? {
        let path = "\(folder)/\(name)"
        do { return try SmallFile.read(path, bytesMax: bytesMax) } catch {
            if error.isMissing { return nil }
            throw .model(path, "\(error.reason); a file of at most \(bytesMax) bytes that can be read is wanted")
        }
    }

    static func weights(in folder: String) throws(AgentError) -> MappedFile {
        let path = "\(folder)/\(weightsName)"
        do { return try MappedFile.open(path, bytesMax: AgentLimits.modelBytesMax) } catch {
            if error.isMissing { throw .model(path, "there is no such file; `make model` fetches a model") }
            throw .model(message: "\(error.description); a model's weights, which can be read, are wanted")
        }
    }
}
