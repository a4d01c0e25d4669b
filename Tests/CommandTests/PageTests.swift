import Foundation
import Gateway
import Testing

@testable import portcullis

@Suite struct `The pages` {
    @Test func `every command line in them is one that its command takes`() throws {
        let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
        let files = try #require(FileManager.default.enumerator(at: root, includingPropertiesForKeys: nil))
        var seen = 0
        while let file = files.nextObject() as? URL {
            if file.lastPathComponent.hasPrefix(".") {
                files.skipDescendants()
            } else if file.pathExtension == "md" {
                for line in try commandLines(in: String(contentsOf: file, encoding: .utf8)) {
                    seen += 1
                    try check(line, file.lastPathComponent)
                }
            }
        }
        #expect(seen > 0)
    }

    @Test func `only lines that start with the command are its command lines`() {
        let page = """
            ```sh
            portcullis version
            .build/release/portcullis audit verify \\
                --unpinned
            scripts/run.sh .build/release/portcullis var 8444
            see portcullis serve
            ```
            portcullis outside of a block
            """
        let lines = commandLines(in: page).map { $0.split(separator: " ").joined(separator: " ") }
        #expect(lines == ["portcullis version", "portcullis audit verify --unpinned"])
    }

    /// Lines of the `sh` blocks that begin with the command's name, with continued lines joined.
    private func commandLines(in page: String) -> [String] {
        var isInBlock = false
        var lines: [String] = []
        for line in page.replacing("\\\n", with: " ").split(separator: "\n") {
            if line.hasPrefix("```") {
                isInBlock = line == "```sh"
            } else if isInBlock, let start = line.prefixMatch(of: #/\s*(\S*\/)?portcullis /#)?.range {
                lines.append("portcullis " + line[start.upperBound...])
            }
        }
        return lines
    }

    private func check(_ line: String, _ page: String) throws {
        let words = line.split(separator: "#")[0].split(separator: "|")[0].split(separator: " ").map(String.init)
        let known = Portcullis.commands.first { command in
            words.dropFirst().starts(with: command.syntax.name.split(separator: " ").map(String.init))
        }
        let command = try #require(known, "\(page): \(line)")
        let own = command.syntax.name.split(separator: " ").count
        guard !line.contains("'") else { return }
        #expect(throws: Never.self, "\(page): \(line)") {
            let typed = words.dropFirst(1 + own).prefix { !$0.hasPrefix(">") && !$0.hasPrefix("<") }
            _ = try Arguments(Array(typed), for: command.syntax)
        }
    }
}
