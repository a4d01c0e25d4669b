import Foundation
import JSON
import Testing

@Suite struct `The tree` {
    @Test func `git tells its files`() { #expect(Tree.paths.contains("Package.swift")) }

    @Test func `unsafe code and C are under System only`() {
        for path in Tree.paths(under: "Sources/", ending: ".swift") where !path.hasPrefix("Sources/System/") {
            for (line, code) in Tree.code(path) {
                let bad = Tree.words(code).first { word in
                    ["unsafe", "@safe", "OpaquePointer"].contains(word)
                        || word.hasPrefix("Unsafe") && word.contains("Pointer")
                }
                #expect(bad == nil, "\(path):\(line)")
            }
            for module in Tree.imports(path) {
                let isC = module.count > 1 && module.hasPrefix("C") && module.dropFirst().first?.isUppercase == true
                #expect(!isC && module != "Glibc", "\(path) imports \(module)")
            }
        }
    }

    @Test func `modules import what the architecture allows`() {
        let system: Set = ["OpenSSL", "LinuxIO", "Threading", "JWT", "SQLite", "Bytes", "JSON", "Synchronization"]
        let five: Set = ["Edge", "Auth", "Redaction", "Audit", "Agent"]
        var allowed: [String: Set<String>] = [
            "JSON": ["Bytes"],
            "Auth": system.union(["Curl", "PKCS11"]), "Agent": system.union(["OpenBLAS", "VectorMath", "Curl"]),
            "Gateway": system.union(five).union(["Evidence", "Telemetry", "Sandbox", "Curl"]),
            "portcullis": ["Gateway"],
            "Telemetry": ["LinuxIO", "Threading", "Bytes", "Curl", "Synchronization"],
            "Audit": ["OpenSSL", "LinuxIO", "Threading", "Bytes", "JSON", "Synchronization"],
            "Redaction": ["JSON", "Bytes", "OpenSSL", "RE2", "Synchronization"],
            // What reads the log for people and brings it elsewhere needs libraries that its verifier must not.
            "Evidence": system.union(["Audit", "Curl"]), "portcullis-verify": ["Audit"],
        ]
        for module in five where allowed[module] == nil { allowed[module] = system }
        for path in Tree.paths(under: "Sources/", ending: ".swift") where !path.hasPrefix("Sources/System/") {
            let module = String(path.split(separator: "/")[1])
            let surplus = Set(Tree.imports(path)).subtracting(allowed[module] ?? [])
            #expect(surplus.isEmpty, "\(path) imports \(surplus.sorted())")
        }
        for path in Tree.paths(under: "Sources/System/", ending: ".swift") {
            #expect(
                Set(Tree.imports(path)).isDisjoint(
                    with: five.union(["Gateway", "Evidence", "Telemetry", "Foundation"])), "\(path)")
        }
    }

    /// What serves must not start the runtime's own threads: `System/Threading/TaskPauses.swift` says why. The progress bar
    /// is one of commands that are not confined.
    @Test func `nothing that serves waits for the runtime's own threads`() {
        for path in Tree.paths(under: "Sources/", ending: ".swift") where !path.hasSuffix("/ProgressBar.swift") {
            for (line, code) in Tree.code(path) {
                let pooled = [
                    "Task {", "Task.detached {", "Task.detached(p", "Task.sleep", "withTaskGroup", "async let",
                    "DispatchQueue",
                ]
                #expect(!pooled.contains { code.contains($0) }, "\(path):\(line)")
            }
        }
    }

    @Test func `one place makes clean text`() {
        let calls = Tree.paths(under: "Sources/", ending: ".swift").flatMap { path in
            Tree.code(path).filter { $0.code.contains("CleanText(") || $0.code.contains("CleanText.init") }.map { _ in
                path
            }
        }
        #expect(calls == ["Sources/Gateway/Stages/Redact.swift"])
    }

    @Test func `no file names a machine's folders`() {
        let folders = ["work/", "home/", "root/", "Users/", "opt/peers", "tmp/"].map { "/" + $0 }
        let openers = Set(" \n\"'`(=:".utf8)
        for path in Tree.paths where !path.hasPrefix("Tests/Fuzz/C") && !path.hasSuffix(".csv") {
            let data = Data(Tree.bytes(path))
            for folder in folders {
                var rest = data[...]
                while let found = rest.firstRange(of: Data(folder.utf8)) {
                    let isStart = found.lowerBound == 0 || openers.contains(data[found.lowerBound - 1])
                    if isStart { Issue.record("\(path): \(folder)") }
                    rest = data[found.upperBound...]
                }
            }
        }
    }

    @Test func `nothing is forced, trapped, postponed or skipped`() {
        for path in Tree.paths(under: "", ending: ".swift") {
            for (line, code) in Tree.code(path) {
                let bad = Tree.words(code).first { ["try!", "fatalError", "XCTSkip"].contains($0) }
                #expect(bad == nil && !code.contains(".disabled("), "\(path):\(line)")
            }
            #expect(!Tree.text(path).contains("TO" + "DO"), "\(path)")
        }
    }

    @Test func `no source file is longer than a reader bears`() {
        for path in Tree.paths(under: "Sources/", ending: ".swift") {
            let count = Tree.text(path).split(separator: "\n", omittingEmptySubsequences: false).count
            // The interface's description is one value, as long as the interface; a list of names is for no reader.
            let isList = [
                "Gateway/OpenAPI", "Redaction/Names/GivenNames", "Redaction/Names/Surnames",
                "Redaction/Names/OrdinaryWords+Table",
            ].contains { path == "Sources/\($0).swift" }
            #expect(count <= 401 || isList, "\(path) has \(count - 1) lines")
        }
    }

    @Test func `every policy is JSON5`() throws {
        let policies = Tree.paths(under: "policies/", ending: ".json5")
        #expect(policies.count >= 4)
        for path in policies {
            #expect(throws: Never.self, "\(path)") { try JSONParser.parse(Tree.bytes(path), dialect: .json5) }
        }
    }

    @Test func `the examples in the pages are JSON and JSON5`() {
        for path in Tree.paths(under: "", ending: ".md") {
            for (language, dialect) in [("json", JSONParser.Dialect.rfc8259), ("json5", .json5)] {
                for block in Tree.blocks(language, in: path) {
                    #expect(throws: Never.self, "\(path): \(block)") {
                        try JSONParser.parse(Array(block.utf8), dialect: dialect)
                    }
                }
            }
        }
    }

    @Test func `the links in the pages lead to files`() {
        for path in Tree.paths(under: "", ending: ".md") {
            let folder = path.split(separator: "/").dropLast().joined(separator: "/")
            for link in Tree.text(path).matches(of: #/\]\(([^)#\s]+)[^)]*\)/#) where !link.1.contains(":") {
                let target = URL(filePath: Tree.root + "/" + folder + "/" + link.1).standardizedFileURL.path
                #expect(FileManager.default.fileExists(atPath: target), "\(path): \(link.1)")
            }
        }
    }

    @Test func `nothing secret and nothing built is in the tree`() {
        for path in Tree.paths where !path.hasPrefix("Tests/") {
            #expect(!path.hasSuffix(".key") && !path.hasSuffix(".jwt") && !path.hasPrefix("var/"), "\(path)")
            #expect(!Tree.text(path).contains("-----BEGIN " + "PRIVATE KEY-----"), "\(path)")
        }
    }
}
