import Foundation
import Synchronization

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
        cache.withLock { cache in
            if let known = cache[path] { return known }
            let lines = readCode(path)
            cache[path] = lines
            return lines
        }
    }

    private static let cache = Mutex<[String: [(line: Int, code: String)]]>([:])

    private static func readCode(_ path: String) -> [(line: Int, code: String)] {
        var isInText = false
        var lines: [(line: Int, code: String)] = []
        for (index, line) in bytes(path).split(separator: 0x0A, omittingEmptySubsequences: false).enumerated() {
            var code: [UInt8] = []
            var position = line.startIndex
            if line.contains(0x22) && isFence(line) {
                isInText.toggle()
                continue
            }
            if isInText { continue }
            while position < line.endIndex {
                let byte = line[position]
                let next = position + 1 < line.endIndex ? line[position + 1] : 0
                if byte == UInt8(ascii: "/") && next == byte { break }
                if byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "`") {
                    position += 1
                    while position < line.endIndex && line[position] != byte {
                        position += line[position] == UInt8(ascii: "\\") ? 2 : 1
                    }
                    code.append(byte)
                }
                code.append(byte)
                position += 1
            }
            lines.append((index + 1, String(decoding: code, as: UTF8.self)))
        }
        return lines
    }

    /// Whether the line opens or closes a multi-line string.
    private static func isFence(_ line: ArraySlice<UInt8>) -> Bool {
        String(decoding: line, as: UTF8.self).components(separatedBy: "\"\"\"").count % 2 == 0
    }

    /// The modules that a Swift file imports.
    static func imports(_ path: String) -> [String] {
        let modifiers: Set<Substring> = ["public", "package", "internal", "fileprivate", "private"]
        return code(path).compactMap { _, code in
            let words = code.split(separator: " ").drop { $0.hasPrefix("@") || modifiers.contains($0) }
            return words.first == "import" ? words.last.map(String.init) : nil
        }
    }

    /// The words of a line of code.
    static func words(_ code: String) -> [Substring] {
        code.split { !($0.isLetter || $0.isNumber || $0 == "_" || $0 == "@" || $0 == "!") }
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
