internal import Agent
internal import Curl
internal import JSON

extension Configuration {
    /// What makes vectors for the search by meaning: a model in this process, or a server. Without either it goes by words.
    public struct Embedding: Sendable {
        /// The folder of a model; empty, or not there: none.
        var model = "var/models/all-MiniLM-L6-v2"
        /// Threads of the model, or requests to the server at once.
        var threads = 1
        /// The server's URL; where it is set, it takes the place of the model.
        var url = ""
        /// The model's name at the server.
        var name = ""
        var dimensions = 384
        var questionPrefix = ""
        var passagePrefix = ""
        /// The file of the server's key, and the variable of the environment that holds it where there is no file.
        var keyFile = ""
        var keyVariable = ""
        var clientCA = ""
        var timeoutMilliseconds = 2000
    }

    private static let embeddingMembers = [
        "model", "threads", "url", "name", "dimensions", "question_prefix", "passage_prefix", "api_key",
        "api_key_variable", "ca_file", "timeout_ms",
    ]

    mutating func readEmbedding(_ root: JSONObject) throws(JSONShapeError) {
        guard let object = try root.optionalObject("embedding", allowing: Self.embeddingMembers) else { return }
        for (name, file) in [("model", \Embedding.model), ("api_key", \.keyFile), ("ca_file", \.clientCA)] {
            if let path = try object.optionalString(name, countRange: 0...4096) { embedding[keyPath: file] = path }
        }
        for (name, text) in [
            ("name", \Embedding.name), ("question_prefix", \.questionPrefix), ("passage_prefix", \.passagePrefix),
            ("api_key_variable", \.keyVariable),
        ] {
            let bytes = 0...AgentLimits.embeddingNameBytesMax
            if let value = try object.optionalString(name, countRange: bytes) { embedding[keyPath: text] = value }
        }
        try object.set("threads", &embedding.threads, in: 1...AgentLimits.embeddingThreadsMax)
        try object.set("dimensions", &embedding.dimensions, in: 1...AgentLimits.embeddingDimensionsMax)
        try object.set("timeout_ms", &embedding.timeoutMilliseconds, in: 10...60_000)
        if let url = try object.optionalString("url", countRange: 0...HTTPEndpoint.bytesMax) {
            embedding.url = url
        }
        try checkEmbedding(object)
    }

    private func checkEmbedding(_ object: JSONObject) throws(JSONShapeError) {
        guard !embedding.url.isEmpty else { return }
        guard HTTPEndpoint(embedding.url) != nil else {
            throw object.error(
                "url", found: "\"\(embedding.url)\"",
                wanted: "https://HOST[:PORT]/PATH, http:// with a numeric loopback address, or \"\" for none")
        }
        guard !embedding.name.isEmpty else {
            throw object.error("name", found: "no name", wanted: "the name of the model at url")
        }
        guard embedding.keyFile.isEmpty || embedding.keyVariable.isEmpty else {
            throw object.error("api_key_variable", found: "api_key and api_key_variable", wanted: "one of the two")
        }
    }
}
