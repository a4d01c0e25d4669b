internal import JSON
internal import VectorMath

/// The sizes of a model shaped like BERT, and that it is one: `config.json`, and what Sentence Transformers puts beside it.
///
/// What would make the same weights say something else (another activation, another pooling, capitals kept) is refused, not
/// passed over.
struct TransformerConfiguration: Equatable, Sendable {
    /// Numbers of a token between layers, and of a text's vector.
    let hiddenSize: Int
    let layerCount: Int
    /// Heads of attention, each over its part of the numbers.
    let headCount: Int
    /// Numbers of a token within a layer's second half.
    let intermediateSize: Int
    /// Added to a variance before its root is taken.
    let normEpsilon: Float
    let positionCount: Int
    let vocabularyCount: Int
    /// Kinds of text that the model tells apart; ours are all of the first.
    let textKindCount: Int
    /// Tokens of a text that the model is given.
    let tokensMax: Int

    var headSize: Int { hiddenSize / headCount }

    /// The files of a model's folder that are read, but for weights and vocabulary. Of these, the first must be there.
    struct Files {
        var model: [UInt8]
        var sentences: [UInt8]?
        var pooling: [UInt8]?
        var tokenizer: [UInt8]?

        static let modelName = "config.json", sentencesName = "sentence_bert_config.json"
        static let poolingName = "1_Pooling/config.json", tokenizerName = "tokenizer_config.json"
    }

    /// Reads the sizes.
    /// - Parameter folder: the model's, for messages.
    /// - Throws: `.model`.
    init(_ files: Files, folder: String) throws(AgentError) {
        let tokens = try files.sentences.map { (text) throws(AgentError) in
            try Self.read(text, "\(folder)/\(Files.sentencesName)").check { (object) throws(JSONShapeError) in
                try object.optionalInteger("max_seq_length", in: 3...1_000_000)
            }
        }
        let root = try Self.read(files.model, "\(folder)/\(Files.modelName)")
        self = try root.check { (object) throws(JSONShapeError) in
            try TransformerConfiguration(object, tokensMax: tokens ?? nil)
        }
        if let text = files.pooling { try Self.read(text, "\(folder)/\(Files.poolingName)").check(Self.checkPooling) }
        if let text = files.tokenizer {
            try Self.read(text, "\(folder)/\(Files.tokenizerName)").check(Self.checkTokenizer)
        }
    }

    private init(_ object: JSONObject, tokensMax: Int?) throws(JSONShapeError) {
        try Self.require("model_type", "bert", of: object, mayBeAbsent: false)
        try Self.require("hidden_act", "gelu", of: object, mayBeAbsent: false)
        try Self.require("position_embedding_type", "absolute", of: object, mayBeAbsent: true)
        hiddenSize = try Self.lanes(object, "hidden_size", max: 4_096)
        intermediateSize = try Self.lanes(object, "intermediate_size", max: 16_384)
        layerCount = try object.integer("num_hidden_layers", in: 1...48)
        headCount = try object.integer("num_attention_heads", in: 1...64)
        guard hiddenSize.isMultiple(of: headCount) else {
            throw object.error("num_attention_heads", found: "\(headCount)", wanted: "a divisor of \(hiddenSize)")
        }
        positionCount = try object.integer("max_position_embeddings", in: 3...65_536)
        vocabularyCount = try object.integer("vocab_size", in: 3...4_000_000)
        textKindCount = try object.integer("type_vocab_size", in: 1...16)
        normEpsilon = try Self.epsilon(object)
        self.tokensMax = min(tokensMax ?? positionCount, positionCount, AgentLimits.embeddedTokensMax)
    }

    private static func require(
        _ name: String, _ wanted: String, of object: JSONObject, mayBeAbsent: Bool
    ) throws(JSONShapeError) {
        if mayBeAbsent && object.optional(name) == nil { return }
        let found = try object.string(name, countRange: 1...64)
        guard found == wanted else { throw object.error(name, found: found, wanted: wanted) }
    }

    /// A size that is calculated with eight numbers at once.
    private static func lanes(_ object: JSONObject, _ name: String, max: Int) throws(JSONShapeError) -> Int {
        let size = try object.integer(name, in: FloatLanes.laneCount...max)
        guard size.isMultiple(of: FloatLanes.laneCount) else {
            throw object.error(name, found: "\(size)", wanted: "a multiple of \(FloatLanes.laneCount)")
        }
        return size
    }

    private static func epsilon(_ object: JSONObject) throws(JSONShapeError) -> Float {
        let name = "layer_norm_eps"
        guard case .double(let epsilon) = try object.required(name).value, epsilon > 0, epsilon <= 0.001 else {
            throw object.error(name, found: "no such number", wanted: "a number above 0, up to 0.001")
        }
        return Float(epsilon)
    }

    /// The mean over a text's tokens, and nothing beside it.
    private static func checkPooling(_ object: JSONObject) throws(JSONShapeError) {
        for member in object.members {
            let name = String(decoding: member.name, as: UTF8.self)
            guard name.hasPrefix("pooling_mode_"), let isOn = try object.optionalBool(name) else { continue }
            let isMean = name == "pooling_mode_mean_tokens"
            guard isOn == isMean else {
                throw object.error(
                    name, found: "\(isOn)", wanted: "\(isMean): a model that takes the mean of its tokens")
            }
        }
    }

    private static func checkTokenizer(_ object: JSONObject) throws(JSONShapeError) {
        for name in ["do_lower_case", "strip_accents", "tokenize_chinese_chars"] {
            if case .bool(false) = object.optional(name)?.value {
                throw object.error(
                    name, found: "false", wanted: "true: a model for text in small letters, as uncased BERT")
            }
        }
    }

    /// A file whose members are not all known.
    private struct Document {
        let file: String
        let text: [UInt8]
        let object: JSONObject

        func check<Value>(_ body: (JSONObject) throws(JSONShapeError) -> Value) throws(AgentError) -> Value {
            do { return try body(object) } catch {
                let place = TextPosition(of: error.offset, in: text)
                throw .model(file, "line \(place.line), column \(place.column): \(error.description)")
            }
        }
    }

    private static func read(_ text: [UInt8], _ file: String) throws(AgentError) -> Document {
        guard text.count <= AgentLimits.modelSettingsBytesMax else {
            throw .model(file, "longer than \(AgentLimits.modelSettingsBytesMax) bytes; is it a model's?")
        }
        do {
            return Document(
                file: file, text: text, object: try JSONObject(try JSONParser.parse(text), allowing: nil))
        } catch let error as JSONSyntaxError {
            throw .model(file, error.description)
        } catch {
            throw .model(file, "\(error)")
        }
    }
}
