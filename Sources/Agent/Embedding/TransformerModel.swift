internal import LinuxIO
internal import OpenBLAS

/// The weights of a model shaped like BERT, where they lie in the file that is mapped, and what multiplies them.
struct TransformerModel: Sendable {
    /// A linear layer: weights in rows of inputs, a row for each output, and what is added to each output.
    struct Linear: Sendable {
        let inputs: Int
        let outputs: Int
        let weight: Range<Int>
        let bias: Range<Int>
    }

    /// A normalisation's factors and addends.
    struct Norm: Sendable {
        let weight: Range<Int>
        let bias: Range<Int>
    }

    struct Layer: Sendable {
        let query: Linear, key: Linear, value: Linear
        let attention: Linear
        let attentionNorm: Norm
        let intermediate: Linear
        let output: Linear
        let outputNorm: Norm
    }

    let configuration: TransformerConfiguration
    let weights: MappedFile
    let blas: OpenBLAS
    let words: Range<Int>, positions: Range<Int>, textKinds: Range<Int>
    let embeddingNorm: Norm
    let layers: [Layer]

    /// Finds the weights in the file that `weights` maps.
    /// - Throws: `.model` where one is missing or has another shape than `configuration` says.
    init(
        _ configuration: TransformerConfiguration, weights: MappedFile, blas: OpenBLAS
    ) throws(AgentError) {
        let prefixCount = min(weights.byteCount, SafeTensors.lengthByteCount + AgentLimits.modelHeaderBytesMax)
        let table = try weights.withBytes(in: 0..<prefixCount) { (prefix) throws(AgentError) in
            try SafeTensors(prefix: prefix, fileByteCount: weights.byteCount, file: weights.path)
        }
        let size = configuration.hiddenSize
        self.configuration = configuration
        self.weights = weights
        self.blas = blas
        words = try table.floats("embeddings.word_embeddings.weight", shape: [configuration.vocabularyCount, size])
        positions = try table.floats(
            "embeddings.position_embeddings.weight", shape: [configuration.positionCount, size])
        textKinds = try table.floats(
            "embeddings.token_type_embeddings.weight", shape: [configuration.textKindCount, size])
        embeddingNorm = try table.norm("embeddings.LayerNorm", size)
        var layers: [Layer] = []
        for index in 0..<configuration.layerCount {
            layers.append(try table.layer("encoder.layer.\(index)", configuration))
        }
        self.layers = layers
    }
}

extension SafeTensors {
    fileprivate func linear(_ name: String, _ inputs: Int, _ outputs: Int) throws(AgentError) -> TransformerModel.Linear
    {
        TransformerModel.Linear(
            inputs: inputs, outputs: outputs, weight: try floats("\(name).weight", shape: [outputs, inputs]),
            bias: try floats("\(name).bias", shape: [outputs]))
    }

    fileprivate func norm(_ name: String, _ size: Int) throws(AgentError) -> TransformerModel.Norm {
        TransformerModel.Norm(
            weight: try floats("\(name).weight", shape: [size]), bias: try floats("\(name).bias", shape: [size]))
    }

    fileprivate func layer(
        _ name: String, _ configuration: TransformerConfiguration
    ) throws(AgentError) -> TransformerModel.Layer {
        let size = configuration.hiddenSize
        let inner = configuration.intermediateSize
        return TransformerModel.Layer(
            query: try linear("\(name).attention.self.query", size, size),
            key: try linear("\(name).attention.self.key", size, size),
            value: try linear("\(name).attention.self.value", size, size),
            attention: try linear("\(name).attention.output.dense", size, size),
            attentionNorm: try norm("\(name).attention.output.LayerNorm", size),
            intermediate: try linear("\(name).intermediate.dense", size, inner),
            output: try linear("\(name).output.dense", inner, size),
            outputNorm: try norm("\(name).output.LayerNorm", size))
    }
}
