import Foundation
import FuzzTargets
import Testing

@Suite struct `Fuzz corpora replay` {
    private static let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .appending(path: "Fuzz")

    private static func inputs(_ kind: String, _ target: FuzzTarget) -> [URL] {
        let folder = folder.appending(path: "\(kind)/\(target.rawValue)")
        let files = try? FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil)
        return (files ?? []).filter { !$0.lastPathComponent.hasPrefix(".") }
    }

    @Test(arguments: FuzzTarget.allCases)
    func `every input of the corpus and every former crasher passes`(target: FuzzTarget) throws {
        let corpus = Self.inputs("Corpus", target)
        #expect(!corpus.isEmpty, "a target needs seeds")
        for file in corpus + Self.inputs("Crashers", target) { target.run(Array(try Data(contentsOf: file))) }
    }
}
