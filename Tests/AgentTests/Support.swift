import Agent
import Foundation
import SQLite

/// A directory of a test's own, gone with it.
final class TemporaryDirectory: Sendable {
    let path: String

    init() throws {
        path = NSTemporaryDirectory() + "portcullis-agent-" + UUID().uuidString
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }

    func file(_ name: String) -> String { path + "/" + name }
}

func clean(_ text: String) -> CleanText { CleanText(redacted: Array(text.utf8)) }

func text(_ bytes: [UInt8]) -> String { String(decoding: bytes, as: UTF8.self) }

/// The repository's root, found from this file's place in it.
let repository = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent()

func shippedFAQ() throws -> [UInt8] { try Array(Data(contentsOf: repository.appending(path: "knowledge/faq.csv"))) }

/// A knowledge base in `directory` that holds the FAQ which ships with the project.
func shippedKnowledge(in directory: TemporaryDirectory) async throws -> KnowledgeBase {
    let knowledge = try KnowledgeBase.open(path: directory.file("knowledge.sqlite"))
    _ = try await knowledge.replace(csv: try shippedFAQ())
    return knowledge
}

/// A small generator for tests whose randomness must repeat (SplitMix64, Steele et al. 2014).
struct SeededGenerator: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var z = state
        z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        return z ^ (z >> 31)
    }

    /// From `PORTCULLIS_SEED`, or new; printed, so that a failure can be repeated.
    static func announced(_ test: String) -> SeededGenerator {
        let seed =
            ProcessInfo.processInfo.environment["PORTCULLIS_SEED"].flatMap(UInt64.init)
            ?? UInt64.random(in: .min ... .max)
        print("\(test): PORTCULLIS_SEED=\(seed)")
        return SeededGenerator(seed: seed)
    }
}
