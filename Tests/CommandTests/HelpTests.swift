import Gateway
import Testing

@testable import portcullis

@Suite struct `Help and suggestions` {
    @Test func `every command teaches its usage, its options, an example and its exit codes`() {
        for command in Portcullis.commands {
            let syntax = command.syntax
            let page = Help.page(of: syntax)
            #expect(page.contains("Usage: portcullis \(syntax.name)"))
            #expect(page.contains("--help"))
            #expect(!syntax.examples.isEmpty)
            for option in syntax.options {
                #expect(page.contains("--\(option.name)"), "\(syntax.name)")
                if let fallback = option.fallback { #expect(page.contains("default: \(fallback)"), "\(syntax.name)") }
            }
            #expect(page.contains("Exit codes:"))
            for line in page.split(separator: "\n") { #expect(line.count <= 120, "\(syntax.name): \(line)") }
        }
    }

    @Test func `every example is a command line that its command takes`() throws {
        for command in Portcullis.commands {
            let own = ["portcullis"] + command.syntax.name.split(separator: " ").map(String.init)
            for example in command.syntax.examples {
                let parts = example.split(separator: "|").map { shellWords(String($0)) }
                let line = try #require(parts.first { $0.starts(with: own) }, "\(example)")
                _ = try Arguments(Array(line.dropFirst(own.count)), for: command.syntax)
            }
        }
    }

    /// Words as a shell splits them, as far as the examples go: blanks, single quotes, a redirection at the end.
    private func shellWords(_ line: String) -> [String] {
        var words: [String] = []
        for (index, part) in line.split(separator: "'", omittingEmptySubsequences: false).enumerated() {
            words += index % 2 == 1 ? [String(part)] : part.split(separator: " ").map(String.init)
        }
        return Array(words.prefix { !$0.hasPrefix(">") && !$0.hasPrefix("<") })
    }

    @Test func `no option is declared twice`() {
        for command in Portcullis.commands {
            let names = command.syntax.options.map(\.name)
            #expect(Set(names).count == names.count, "\(command.syntax.name)")
        }
    }

    @Test(arguments: [
        ("serv", "serve"), ("sevre", "serve"), ("tokne", "token"), ("x", nil), ("completely-other", nil),
    ])
    func `the nearest name is found if it is near`(word: String, nearest: String?) {
        #expect(nearestName(to: word, among: ["serve", "token", "policy", "knowledge"]) == nearest)
    }

    @Test(arguments: [("", "abc", 3), ("abc", "", 3), ("abc", "abc", 0), ("abc", "acb", 1), ("abc", "xbcd", 2)])
    func `the edit distance counts inserts, deletes, replacements and swaps`(a: String, b: String, distance: Int) {
        #expect(editDistance(Array(a), Array(b)) == distance)
        #expect(editDistance(Array(b), Array(a)) == distance)
    }
}

@Suite struct `The progress bar` {
    private static let second: UInt64 = 1_000_000_000

    @Test func `it stays away for a second and is drawn ten times a second after`() {
        var bar = ProgressBar("verifying", now: 5)
        #expect(bar.update(1, of: 2, now: 4 + Self.second) == nil)
        #expect(bar.finish() == nil)
        #expect(bar.update(1, of: 2, now: 5 + Self.second)?.contains("50 %") == true)
        #expect(bar.update(1, of: 2, now: 4 + Self.second + 100_000_000) == nil)
        #expect(bar.update(2, of: 2, now: 5 + Self.second + 100_000_000)?.contains("100 %") == true)
        #expect(bar.finish() != nil)
    }

    @Test(arguments: [(-1, 10), (11, 10), (0, 0)]) func `it bears counts that make no sense`(done: Int, total: Int) {
        var bar = ProgressBar("x", now: 0)
        #expect(bar.update(done, of: total, now: Self.second)?.hasSuffix(" %") == true)
    }
}
