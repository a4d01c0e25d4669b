@testable internal import Agent

/// Files of weights: the tensors that a file is taken with are inside it, each as long as its shape says, and none over
/// another.
enum SafeTensorsTarget {
    static func run(_ input: [UInt8]) {
        guard let table = try? SafeTensors(prefix: input.span, fileByteCount: input.count, file: "input") else {
            return
        }
        var total = 0
        for (name, tensor) in table.tensors {
            precondition(
                tensor.range.lowerBound >= SafeTensors.lengthByteCount && tensor.range.upperBound <= input.count)
            precondition(
                tensor.shape.reduce(tensor.type.byteCount, *) == tensor.range.count, "as long as its shape says")
            total += tensor.range.count
            let name = String(decoding: name, as: UTF8.self)
            if let range = try? table.floats(name, shape: tensor.shape) {
                precondition(range.lowerBound % 4 == 0 && range.count % 4 == 0, "numbers that can be read")
            }
        }
        precondition(total <= input.count, "no byte is of two tensors")
    }
}

/// A vocabulary and, behind its first empty line, a text: its tokens are of the vocabulary and no more than may be.
enum WordPiecesTarget {
    private static let tokensMax = 16

    static func run(_ input: [UInt8]) {
        guard let gap = input.indices.dropFirst().first(where: { input[$0] == 0x0A && input[$0 - 1] == 0x0A }),
            let vocabulary = try? WordPieceVocabulary(parsing: Array(input[..<gap]), file: "input")
        else { return }
        let tokenizer = WordPieceTokenizer(vocabulary: vocabulary, tokensMax: tokensMax)
        let tokens = tokenizer.tokens(of: Array(input[gap...]))
        precondition((2...tokensMax).contains(tokens.count) && tokens.first == vocabulary.start)
        precondition(tokens.last == vocabulary.end && tokens.allSatisfy { (0..<Int32(vocabulary.count)).contains($0) })
    }
}

/// A model's `config.json`: sizes that are taken can be calculated with.
enum ModelSizesTarget {
    static func run(_ input: [UInt8]) {
        guard let sizes = try? TransformerConfiguration(.init(model: input), folder: "input") else { return }
        precondition(sizes.headSize >= 1 && sizes.headSize * sizes.headCount == sizes.hiddenSize)
        precondition(sizes.hiddenSize % 8 == 0 && sizes.intermediateSize % 8 == 0 && sizes.normEpsilon > 0)
        precondition((3...AgentLimits.embeddedTokensMax).contains(sizes.tokensMax))
    }
}
