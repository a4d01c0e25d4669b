import Foundation

/// The files of the repository, as git knows them (tracked, or new and not ignored).
enum Tree {
    static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().path

    /// Paths from the root.
    static let paths: [String] = {
        let git = Process()
        let output = Pipe()
        git.executableURL = URL(filePath: "/usr/bin/env")
        git.arguments = ["git", "-C", root, "ls-files", "--cached", "--others", "--exclude-standard"]
        git.standardOutput = output
        do { try git.run() } catch { return [] }
        let data = output.fileHandleForReading.readDataToEndOfFile()
        git.waitUntilExit()
        return String(decoding: data, as: UTF8.self).split(separator: "\n").map(String.init)
            .filter { FileManager.default.fileExists(atPath: root + "/" + $0) }.sorted()
    }()

    static func paths(under folder: String, ending: String) -> [String] {
        paths.filter { $0.hasPrefix(folder) && $0.hasSuffix(ending) }
    }

    static func bytes(_ path: String) -> [UInt8] {
        FileManager.default.contents(atPath: root + "/" + path).map { [UInt8]($0) } ?? []
    }

    static func text(_ path: String) -> String { String(decoding: bytes(path), as: UTF8.self) }

    /// The lines of Swift code without comments and string literals: what the compiler acts on.
    static func code(_ path: String) -> [(line: Int, code: String)] {
        var isInText = false
        return text(path).split(separator: "\n", omittingEmptySubsequences: false).enumerated().compactMap {
            index, raw in
            var line = String(raw)
            let wasInText = isInText
            if line.components(separatedBy: "\"\"\"").count % 2 == 0 { isInText.toggle() }
            if wasInText { return nil }
            line = line.replacing(#/"(\\.|[^"\\])*"/#, with: "\"\"").replacing(#/`[^`]*`/#, with: "name")
            if let comment = line.firstRange(of: "//") { line = String(line[..<comment.lowerBound]) }
            return (index + 1, line)
        }
    }

    /// The modules that a Swift file imports.
    static func imports(_ path: String) -> [String] {
        code(path).compactMap { _, code in
            code.firstMatch(
                of: #/^\s*(?:@\w+\s+)?(?:(?:public|package|internal|fileprivate|private)\s+)?import\s+(?:\w+\s+)?(\w+)/#
            )
            .map { String($0.1) }
        }
    }

    /// The fenced blocks of a page in the language `language`.
    static func blocks(_ language: String, in path: String) -> [String] {
        var blocks: [String] = []
        var current: [Substring]?
        for line in text(path).split(separator: "\n", omittingEmptySubsequences: false) {
            if let lines = current {
                if line.hasPrefix("```") {
                    blocks.append(lines.joined(separator: "\n"))
                    current = nil
                } else {
                    current = lines + [line]
                }
            } else if line == "```" + language {
                current = []
            }
        }
        return blocks
    }
}
