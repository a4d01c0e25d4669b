import Foundation
import LinuxIO
import OpenBLAS
import Testing

@testable import Agent
@testable import Threading

@Suite struct `a model in this process` {
    private let directory: TemporaryDirectory
    private let tiny = TinyModel(seed: 7)

    init() throws { directory = try TemporaryDirectory() }

    private func pass(_ files: [String: [UInt8]?] = [:]) throws -> TransformerPass {
        let folder = try tiny.write(into: directory, files)
        let configuration = try TransformerConfiguration(
            .init(model: try ModelFolder.required("config.json", in: folder)), folder: folder)
        return TransformerPass(
            try TransformerModel(configuration, weights: try ModelFolder.weights(in: folder), blas: try OpenBLAS.load())
        )
    }

    private func texts(_ count: Int, _ generator: inout SeededGenerator) -> [[Int32]] {
        (0..<count).map { _ in
            [2]
                + (0..<Int.random(in: 0...18, using: &generator)).map { _ in
                    Int32.random(in: 0..<Int32(tiny.pieces.count), using: &generator)
                } + [3]
        }
    }

    private func distance(_ found: [Float], _ wanted: [Double]) -> Double {
        found.count == wanted.count ? zip(found, wanted).map { abs(Double($0) - $1) }.max() ?? 0 : .infinity
    }

    @Test func `calculates what the papers write, of texts of any length`() throws {
        var generator = SeededGenerator.announced("vectors")
        let pass = try pass()
        for text in texts(40, &generator) {
            let found = try pass.vectors(of: [text])
            #expect(found.count == 1 && distance(found[0], tiny.vector(of: text)) < 2e-6, "\(text)")
        }
    }

    @Test func `makes the same of texts that go through together, however many`() throws {
        var generator = SeededGenerator.announced("together")
        let pass = try pass()
        // More tokens than go through at once.
        let texts = texts(80, &generator)
        #expect(texts.reduce(0) { $0 + $1.count } > AgentLimits.tokensPerPassMax)
        let found = try pass.vectors(of: texts)
        #expect(found.count == texts.count)
        for (found, text) in zip(found, texts) { #expect(distance(found, tiny.vector(of: text)) < 2e-6) }
        #expect(try pass.vectors(of: []).isEmpty)
    }

    @Test func `makes vectors of length 1 of questions and passages, from the words in them`() async throws {
        let embedder = try LocalEmbedder.load(folder: try tiny.write(into: directory))
        #expect(embedder.dimensions == tiny.hidden && embedder.tokensMax == tiny.positions)
        let question = try await embedder.vector(ofQuestion: clean("How do I reset my PIN?"))
        #expect(embedder.tokens(of: Array("How do I reset my PIN?".utf8)) == [2, 4, 5, 6, 7, 8, 9, 13, 12, 3])
        #expect(distance(question, tiny.vector(of: [2, 4, 5, 6, 7, 8, 9, 13, 12, 3])) < 2e-6)
        let passages = try await embedder.vectors(ofPassages: [
            Array("how do i reset my pin?".utf8), Array("card".utf8),
        ])
        #expect(passages.count == 2 && passages[0] == question && passages[1] != question)
        #expect(abs(passages[1].reduce(0) { $0 + $1 * $1 } - 1) < 1e-6)
    }

    @Test func `keeps the order of more passages than one job has`() async throws {
        let embedder = try LocalEmbedder.load(folder: try tiny.write(into: directory), threadCount: 2)
        let words = ["how", "do", "card cards", "my pin", "reset"]
        let passages = (0..<3 * AgentLimits.passagesPerJobMax + 1).map { Array(words[$0 % words.count].utf8) }
        let vectors = try await embedder.vectors(ofPassages: passages)
        #expect(vectors.count == passages.count)
        for (index, vector) in vectors.enumerated() {
            #expect(distance(vector, vectors[index % words.count].map(Double.init)) < 1e-6)
        }
    }

    @Test func `takes a passage at its bound and none above it`() async throws {
        let embedder = try LocalEmbedder.load(folder: try tiny.write(into: directory))
        let limit = AgentLimits.embeddedPassageBytesMax
        #expect(try await embedder.vectors(ofPassages: [[UInt8](repeating: 0x61, count: limit)]).count == 1)
        await #expect(throws: AgentError.textTooLong(bytesMax: limit)) {
            try await embedder.vectors(ofPassages: [[0x61], [UInt8](repeating: 0x61, count: limit + 1)])
        }
    }

    @Test func `answers many at once with what each asked for, or says that it is busy`() async throws {
        let embedder = try LocalEmbedder.load(folder: try tiny.write(into: directory), threadCount: 3, jobsMax: 4)
        let words = ["how", "do", "card", "pin"]
        var wanted: [String: [Float]] = [:]
        for word in words { wanted[word] = try await embedder.vector(ofQuestion: clean(word)) }
        let outcomes = await withTaskGroup(of: (String, Result<[Float], AgentError>).self) { group in
            for index in 0..<200 {
                let word = words[index % words.count]
                group.addTask {
                    do throws(AgentError) {
                        return (word, .success(try await embedder.vector(ofQuestion: clean(word))))
                    } catch { return (word, .failure(error)) }
                }
            }
            var outcomes: [(String, Result<[Float], AgentError>)] = []
            for await outcome in group { outcomes.append(outcome) }
            return outcomes
        }
        #expect(outcomes.count == 200)
        for (word, outcome) in outcomes {
            switch outcome {
            case .success(let vector): #expect(vector == wanted[word])
            case .failure(let error): #expect(error == .busy)
            }
        }
    }

    @Test func `is busy where its queue is full, and takes a question again afterwards`() async throws {
        // No room at all: the queue that is asked is the one that the bound is given to.
        let full = try LocalEmbedder.load(folder: try tiny.write(into: directory), jobsMax: 0)
        await #expect(throws: AgentError.busy) { try await full.vector(ofQuestion: clean("card")) }
        let embedder = try LocalEmbedder.load(folder: directory.path, jobsMax: 1)
        #expect(try await embedder.vector(ofQuestion: clean("card")).count == tiny.hidden)
    }

    /// A file of the folder, what is put in its place, and what is said.
    static let refused: [(String, String?, String)] = [
        ("config.json", nil, "config.json: there is no such file; `make model` fetches a model"),
        ("vocab.txt", nil, "vocab.txt: there is no such file"),
        ("model.safetensors", nil, "model.safetensors: there is no such file"),
        ("model.safetensors", "", "model.safetensors: mmap: EINVAL"), ("model.safetensors", "short", "5 bytes are no"),
        ("vocab.txt", "[UNK]\n[CLS]\n[SEP]\n", "it has 3 pieces, and config.json wants 16"),
        (
            "config.json", TinyModel(seed: 7).config(["num_hidden_layers": "3"]),
            "no tensor encoder.layer.2.attention.self.query.weight"
        ),
        (
            "config.json", TinyModel(seed: 7).config(["intermediate_size": "32"]),
            "has shape [24, 16], and config.json wants [32, 16]"
        ),
        (
            "config.json", TinyModel(seed: 7).config(["max_position_embeddings": "21"]),
            "embeddings.position_embeddings.weight has shape"
        ),
        ("1_Pooling/config.json", #"{"pooling_mode_cls_token": true}"#, "1_Pooling/config.json: line 1"),
        ("sentence_bert_config.json", "{", "sentence_bert_config.json: line 1"),
        ("tokenizer_config.json", #"{"do_lower_case": false}"#, "tokenizer_config.json: line 1"),
    ]

    @Test(arguments: refused) func `is not loaded from files that are not one model's`(
        name: String, content: String?, said: String
    ) throws {
        let folder = try tiny.write(into: directory)
        try FileManager.default.createDirectory(atPath: folder + "/1_Pooling", withIntermediateDirectories: true)
        try? FileManager.default.removeItem(atPath: folder + "/" + name)
        if let content { try Data(content.utf8).write(to: URL(filePath: folder + "/" + name)) }
        let message = modelRefusal { try LocalEmbedder.load(folder: folder) }
        #expect(message.hasPrefix(folder + "/") && message.contains(said), "\(message)")
    }

    @Test(arguments: [Float.nan, .infinity]) func `gives no vector that is not finite`(number: Float) async throws {
        let weights = tiny.weights { name, numbers in
            name == "encoder.layer.1.output.LayerNorm.bias" ? [number] + numbers.dropFirst() : numbers
        }
        let embedder = try LocalEmbedder.load(folder: try tiny.write(into: directory, ["model.safetensors": weights]))
        await #expect {
            try await embedder.vector(ofQuestion: clean("card"))
        } throws: { error in
            guard case AgentError.model(let message)? = error as? AgentError else { return false }
            return message.contains("model.safetensors: a text's vector is not finite")
        }
    }
}
