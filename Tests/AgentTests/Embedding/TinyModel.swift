import Foundation
import Testing

@testable import Agent

/// Writes safetensors files: right ones, and wrong ones for whoever must refuse them.
struct TensorFile {
    /// The members of the header, in order.
    var members: [String] = []
    var data: [UInt8] = []

    mutating func add(_ name: String, shape: [Int], _ numbers: [Float]) {
        let start = data.count
        data += numbers.flatMap(Self.bytes(of:))
        members.append(#""\#(name)":{"dtype":"F32","shape":\#(shape),"data_offsets":[\#(start),\#(data.count)]}"#)
    }

    /// Lowest byte first.
    static func bytes(of number: Float) -> [UInt8] {
        (0..<4).map { UInt8(truncatingIfNeeded: number.bitPattern >> (8 * UInt32($0))) }
    }

    var bytes: [UInt8] { Self.bytes(header: "{" + members.joined(separator: ",") + "}", data: data) }

    /// Padded by blanks, as the format's own writer does, so that numbers begin at a multiple of eight.
    static func bytes(header: String, data: [UInt8], alignment: Int = 8) -> [UInt8] {
        var header = Array(header.utf8)
        while !header.count.isMultiple(of: alignment) { header.append(0x20) }
        return (0..<8).map { UInt8(truncatingIfNeeded: header.count >> (8 * $0)) } + header + data
    }
}

/// A model of few numbers, with what it makes of tokens calculated as the papers write it: in double precision, number by
/// number.
struct TinyModel {
    let hidden = 16, inner = 24, heads = 2, layers = 2, positions = 20
    let pieces = [
        "[PAD]", "[UNK]", "[CLS]", "[SEP]", "how", "do", "i", "re", "##set", "my", "card", "##s", "?", "pin", "a",
        "##b",
    ]
    /// By name; drawn in the order of the names.
    private(set) var tensors: [String: [Float]] = [:]

    init(seed: UInt64) {
        var generator = SeededGenerator(seed: seed)
        for (name, shape) in shapes {
            let spread: Float = name.hasSuffix("weight") && shape.count == 2 ? 0.4 : 0.2
            let centre: Float = name.hasSuffix("LayerNorm.weight") ? 1 : 0
            tensors[name] = (0..<shape.reduce(1, *)).map { _ in
                centre + Float.random(in: -spread...spread, using: &generator)
            }
        }
    }

    var shapes: [(String, [Int])] {
        var shapes: [(String, [Int])] = [
            ("embeddings.word_embeddings.weight", [pieces.count, hidden]),
            ("embeddings.position_embeddings.weight", [positions, hidden]),
            ("embeddings.token_type_embeddings.weight", [2, hidden]),
            ("embeddings.LayerNorm.weight", [hidden]), ("embeddings.LayerNorm.bias", [hidden]),
        ]
        for layer in 0..<layers {
            let linears = [
                ("attention.self.query", hidden, hidden), ("attention.self.key", hidden, hidden),
                ("attention.self.value", hidden, hidden), ("attention.output.dense", hidden, hidden),
                ("intermediate.dense", hidden, inner), ("output.dense", inner, hidden),
            ]
            for (name, inputs, outputs) in linears {
                shapes.append(("encoder.layer.\(layer).\(name).weight", [outputs, inputs]))
                shapes.append(("encoder.layer.\(layer).\(name).bias", [outputs]))
            }
            for name in ["attention.output.LayerNorm", "output.LayerNorm"] {
                shapes.append(("encoder.layer.\(layer).\(name).weight", [hidden]))
                shapes.append(("encoder.layer.\(layer).\(name).bias", [hidden]))
            }
        }
        return shapes
    }

    /// `config.json` with `changes` in it; an empty value takes a member out.
    func config(_ changes: [String: String] = [:]) -> String {
        var members = [
            "model_type": #""bert""#, "hidden_act": #""gelu""#, "position_embedding_type": #""absolute""#,
            "hidden_size": "\(hidden)", "intermediate_size": "\(inner)", "num_hidden_layers": "\(layers)",
            "num_attention_heads": "\(heads)", "max_position_embeddings": "\(positions)",
            "vocab_size": "\(pieces.count)", "type_vocab_size": "2", "layer_norm_eps": "1e-12",
            "transformers_version": #""4.8.2""#,
        ]
        for (name, value) in changes { members[name] = value.isEmpty ? nil : value }
        return "{" + members.sorted { $0.key < $1.key }.map { "\"\($0)\": \($1)" }.joined(separator: ", ") + "}"
    }

    func weights(changing change: (String, [Float]) -> [Float]) -> [UInt8] {
        var file = TensorFile()
        for (name, shape) in shapes { file.add(name, shape: shape, change(name, tensors[name] ?? [])) }
        return file.bytes
    }

    var weights: [UInt8] { weights { $1 } }

    /// The model's folder, with `files` put over the right ones; nil takes one away.
    func write(into directory: TemporaryDirectory, _ files: [String: [UInt8]?] = [:]) throws -> String {
        var all: [String: [UInt8]?] = [
            "config.json": Array(config().utf8), "model.safetensors": weights,
            "vocab.txt": Array((pieces.joined(separator: "\n") + "\n").utf8),
        ]
        for (name, content) in files { all[name] = content }
        for (name, content) in all {
            let file = URL(filePath: directory.file(name))
            try FileManager.default.createDirectory(
                at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
            if let content { try Data(content).write(to: file) }
        }
        return directory.path
    }

    // MARK: As the papers write it

    private func row(_ name: String, _ index: Int, _ size: Int) -> [Double] {
        (tensors[name] ?? [])[index * size..<(index + 1) * size].map(Double.init)
    }

    private func linear(_ name: String, _ input: [Double], _ outputs: Int) -> [Double] {
        let bias = row(name + ".bias", 0, outputs)
        return (0..<outputs).map { output in
            zip(row(name + ".weight", output, input.count), input).reduce(bias[output]) { $0 + $1.0 * $1.1 }
        }
    }

    private func norm(_ name: String, _ input: [Double]) -> [Double] {
        let mean = input.reduce(0, +) / Double(input.count)
        let variance = input.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(input.count)
        let weight = row(name + ".weight", 0, input.count)
        let bias = row(name + ".bias", 0, input.count)
        return input.indices.map { (input[$0] - mean) / (variance + 1e-12).squareRoot() * weight[$0] + bias[$0] }
    }

    func vector(of tokens: [Int32]) -> [Double] {
        var states = tokens.enumerated().map { position, token in
            let word = row("embeddings.word_embeddings.weight", Int(token), hidden)
            let place = row("embeddings.position_embeddings.weight", position, hidden)
            let kind = row("embeddings.token_type_embeddings.weight", 0, hidden)
            return norm("embeddings.LayerNorm", (0..<hidden).map { word[$0] + place[$0] + kind[$0] })
        }
        for layer in 0..<layers { states = pass("encoder.layer.\(layer)", states) }
        let mean = (0..<hidden).map { column in states.reduce(0) { $0 + $1[column] } / Double(states.count) }
        let length = mean.reduce(0) { $0 + $1 * $1 }.squareRoot()
        return mean.map { $0 / length }
    }

    private func pass(_ name: String, _ states: [[Double]]) -> [[Double]] {
        let queries = states.map { linear(name + ".attention.self.query", $0, hidden) }
        let keys = states.map { linear(name + ".attention.self.key", $0, hidden) }
        let values = states.map { linear(name + ".attention.self.value", $0, hidden) }
        let size = hidden / heads
        return states.indices.map { position in
            var context: [Double] = []
            for head in 0..<heads {
                let part = head * size..<(head + 1) * size
                let powers = keys.map { key in
                    exp(part.reduce(0) { $0 + queries[position][$1] * key[$1] } / Double(size).squareRoot())
                }
                let sum = powers.reduce(0, +)
                for column in part { context.append(zip(powers, values).reduce(0) { $0 + $1.0 / sum * $1.1[column] }) }
            }
            let attended = linear(name + ".attention.output.dense", context, hidden)
            let state = norm(name + ".attention.output.LayerNorm", zip(states[position], attended).map { $0 + $1 })
            let inner = linear(name + ".intermediate.dense", state, inner).map {
                $0 * 0.5 * erfc(-$0 / 2.0.squareRoot())
            }
            return norm(
                name + ".output.LayerNorm", zip(state, linear(name + ".output.dense", inner, hidden)).map { $0 + $1 })
        }
    }
}

/// The message of the error that `body` throws, or what it made.
func modelRefusal<Value>(_ body: () throws -> Value) -> String {
    do { return "\(try body())" } catch AgentError.model(let message) { return message } catch { return "\(error)" }
}
