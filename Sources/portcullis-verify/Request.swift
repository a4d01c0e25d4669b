internal import Audit

/// A command line that does not fit.
struct Usage: Error { let text: String }

/// A command line that fits.
struct Request {
    private(set) var options = VerifyOptions()
    private(set) var operands: [String] = []
    private(set) var asJSON = false

    init(_ words: [String]) throws(Usage) {
        var rest = words[...]
        while let word = rest.popFirst() {
            if word == "--" {
                operands += rest
                break
            }
            guard word.hasPrefix("-") else {
                operands.append(word)
                continue
            }
            let parts = word.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
            try take(parts[0], parts.count == 2 ? parts[1] : nil, &rest)
        }
    }

    private mutating func take(_ name: String, _ attached: String?, _ rest: inout ArraySlice<String>) throws(Usage) {
        switch name {
        case "--unpinned", "--live", "--all", "--json":
            guard attached == nil else { throw Usage(text: "\(name) takes no value") }
            switch name {
            case "--unpinned": options.isUnpinned = true
            case "--live": options.isLive = true
            case "--all": options.listsAll = true
            default: asJSON = true
            }
        case "--vkey", "--policy", "--checkpoint", "--origin":
            guard let value = attached ?? rest.popFirst() else { throw Usage(text: "\(name) wants a value") }
            switch name {
            case "--vkey": options.pinnedKeys.append(value)
            case "--policy" where options.policy == nil: options.policy = try Self.read(value)
            case "--checkpoint": options.checkpoints.append(try Self.read(value))
            case "--origin" where options.origin == nil: options.origin = value
            default: throw Usage(text: "\(name) is given twice")
            }
        default: throw Usage(text: "\(name) is not an option")
        }
    }

    private static func read(_ path: String) throws(Usage) -> VerifyOptions.GivenFile {
        let (file, failure) = AuditorConsole.read(path)
        guard let file else { throw Usage(text: failure ?? path) }
        return file
    }
}
