import Testing

@testable import Agent

@Suite struct `a model's sizes` {
    private static let tiny = TinyModel(seed: 0)

    private static func read(
        _ changes: [String: String] = [:], sentences: String? = nil, pooling: String? = nil, tokenizer: String? = nil
    ) throws -> TransformerConfiguration {
        let optional = { (text: String?) in text.map { Array($0.utf8) } }
        return try TransformerConfiguration(
            .init(
                model: Array(tiny.config(changes).utf8), sentences: optional(sentences), pooling: optional(pooling),
                tokenizer: optional(tokenizer)), folder: "mini")
    }

    @Test func `are read from its files`() throws {
        let sizes = try Self.read()
        #expect((sizes.hiddenSize, sizes.layerCount, sizes.headCount, sizes.headSize) == (16, 2, 2, 8))
        #expect((sizes.intermediateSize, sizes.positionCount, sizes.vocabularyCount) == (24, 20, 16))
        #expect(sizes.textKindCount == 2 && sizes.normEpsilon == 1e-12)
    }

    @Test func `say how many tokens it is given`() throws {
        #expect(try Self.read().tokensMax == 20)
        #expect(try Self.read(sentences: #"{"max_seq_length": 12, "do_lower_case": false}"#).tokensMax == 12)
        #expect(try Self.read(sentences: #"{"max_seq_length": 21}"#).tokensMax == 20)
        #expect(try Self.read(sentences: "{}").tokensMax == 20)
        #expect(try Self.read(["max_position_embeddings": "513"]).tokensMax == AgentLimits.embeddedTokensMax)
        #expect(try Self.read(["max_position_embeddings": "511"]).tokensMax == 511)
    }

    @Test(arguments: [
        ("model_type", ["\"bert\""], ["\"roberta\"", "", "7"]),
        ("hidden_act", ["\"gelu\""], ["\"gelu_new\"", "\"relu\"", ""]),
        ("position_embedding_type", ["\"absolute\"", ""], ["\"relative_key\""]),
        ("hidden_size", ["8", "4096"], ["0", "12", "4104", "16.0", ""]),
        ("intermediate_size", ["8", "16384"], ["0", "12", "16392", ""]),
        ("num_hidden_layers", ["1", "48"], ["0", "49", ""]),
        ("num_attention_heads", ["1", "16"], ["0", "3", "65", ""]),
        ("max_position_embeddings", ["3", "65536"], ["2", "65537", ""]),
        ("vocab_size", ["3", "4000000"], ["2", "4000001", ""]),
        ("type_vocab_size", ["1", "16"], ["0", "17", ""]),
        ("layer_norm_eps", ["0.001", "1e-5"], ["0.0", "0.0011", "-1e-5", "\"1e-5\"", "1", ""]),
    ])
    func `are taken within their bounds alone`(name: String, right: [String], wrong: [String]) {
        for value in right {
            #expect(throws: Never.self, "\(name) \(value)") { try Self.read([name: value]) }
        }
        for value in wrong {
            let said = modelRefusal { try Self.read([name: value]) }
            #expect(said.hasPrefix("mini/config.json: line 1, column ") && said.contains(name), "\(value): \(said)")
        }
    }

    @Test func `are refused where beside them stands that weights mean something else`() throws {
        let mean =
            #"{"word_embedding_dimension": 16, "pooling_mode_cls_token": false, "pooling_mode_mean_tokens": true}"#
        #expect(throws: Never.self) { try Self.read(pooling: mean) }
        let cls = #"{"pooling_mode_cls_token": true, "pooling_mode_mean_tokens": false}"#
        #expect(modelRefusal { try Self.read(pooling: cls) }.contains("mini/1_Pooling/config.json: line 1, column"))
        let none = #"{"pooling_mode_mean_tokens": false}"#
        #expect(modelRefusal { try Self.read(pooling: none) }.contains("takes the mean"))
        #expect(throws: Never.self) { try Self.read(tokenizer: #"{"do_lower_case": true, "strip_accents": null}"#) }
        for name in ["do_lower_case", "strip_accents", "tokenize_chinese_chars"] {
            let said = modelRefusal { try Self.read(tokenizer: #"{"\#(name)": false}"#) }
            #expect(said.hasPrefix("mini/tokenizer_config.json: ") && said.contains(name), "\(said)")
        }
        #expect(
            modelRefusal { try Self.read(sentences: #"{"max_seq_length": 2}"#) }.contains("sentence_bert_config.json"))
    }

    @Test func `are refused where the file is no JSON object or too long`() {
        func said(_ text: String) -> String {
            modelRefusal { try TransformerConfiguration(.init(model: Array(text.utf8)), folder: "mini") }
        }
        #expect(said("{").contains("mini/config.json: line 1, column 2: the text ends too early"))
        #expect(said("[]").contains("wanted an object"))
        let blank = String(repeating: " ", count: AgentLimits.modelSettingsBytesMax)
        #expect(said(blank).contains("ends too early"))
        #expect(said(blank + " ").contains("longer than \(AgentLimits.modelSettingsBytesMax) bytes"))
    }
}
