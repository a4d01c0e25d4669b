import Foundation
import Testing

@testable import Redaction

/// `docs/redaction.md` and the notices say what the catalogue and the lists of names are.
@Suite struct `The redaction page` {
    private static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent()

    private func read(_ path: String) throws -> String {
        try String(contentsOf: Self.root.appending(path: path), encoding: .utf8)
    }

    /// The cells of a row of the table that can be made from the catalogue: all but what the type is, and the source.
    private func cells(of type: DetectorType) -> [String] {
        let detector = type.detector
        var reasons: [String] = []
        var words: [String] = []
        for recognition in detector.recognisers where !reasons.contains(recognition.reason) {
            reasons.append(recognition.reason)
        }
        for label in Label.allCases where detector.recognisers.contains(where: { $0.labels.contains(label) }) {
            words.append(label.name)
        }
        let mask =
            switch detector.masking {
            case .lastFour: "last four"
            case .placeholder: "`<\(detector.name)>`"
            }
        return [
            "`\(detector.name)`", reasons.joined(separator: "; or "),
            words.isEmpty ? "-" : words.joined(separator: ", "), "`\(detector.actionByDefault)`", mask,
        ]
    }

    @Test func `has a row for each type, as the catalogue has it`() throws {
        let rows = try read("docs/redaction.md").split(separator: "\n").filter {
            $0.hasPrefix("| `") && $0.contains("` |")
        }
        .map { $0.split(separator: "|").map { $0.trimmingCharacters(in: .whitespaces) } }
        .filter { $0.count == 7 }
        let rowsByName = Dictionary(grouping: rows) { $0[0] }
        for type in DetectorType.all {
            let wanted = cells(of: type)
            let row = try #require(rowsByName[wanted[0]]?.first, "| \(wanted.joined(separator: " | ")) |")
            #expect([row[0], row[2], row[3], row[5], row[6]] == wanted)
            #expect(!row[1].isEmpty && !row[4].isEmpty, "\(type)")
        }
        #expect(rows.count == DetectorType.all.count)
    }

    @Test func `ships the notices of the lists of names`() throws {
        let notices = try read("packaging/THIRD-PARTY-NOTICES").split(separator: "\n").map {
            $0.trimmingCharacters(in: .whitespaces)
        }
        let comments = try read("Sources/Redaction/Names/Provenance.swift").split(separator: "\n")
        for line in comments {
            let text = line.drop { $0 == "/" || $0 == " " }
            guard line.hasPrefix("//     "), !text.isEmpty else { continue }
            #expect(notices.contains(String(text)), "\(text)")
        }
    }
}
