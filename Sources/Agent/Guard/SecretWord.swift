/// Keys, tokens and the like in a word of a model's answer.
enum SecretWord {
    /// Characters behind a prefix from which it is a key and not a word about keys.
    private static let restMin = 12
    /// Characters of a random word without a prefix.
    private static let randomMin = 32

    /// From the vendors' documentation of their formats; `eyJ` begins a JSON Web Token (RFC 7519 §3.1: `{"` in base64url).
    private static let prefixes = [
        "sk-", "sk_live_", "sk_test_", "rk_live_", "rk_test_", "whsec_", "ghp_", "gho_", "ghu_", "ghs_", "ghr_",
        "github_pat_", "glpat-", "AKIA", "ASIA", "AIza", "ya29.", "GOCSPX-", "xoxb-", "xoxp-", "xoxa-", "xoxr-",
        "xoxs-",
        "xapp-", "SG.", "eyJ", "hf_", "npm_", "pypi-", "dop_v1_", "nvapi-",
    ].map { Array($0.utf8) }

    /// Where a secret begins in `word`; nil where none does. What is before it in the word is no part of it.
    static func start(in word: [UInt8], known: Set<[UInt8]>) -> Int? {
        for index in word.indices where isBoundary(word, index) {
            let rest = word[index...]
            for prefix in prefixes where rest.starts(with: prefix) {
                let behind = rest.dropFirst(prefix.count).prefix { isTokenByte($0) }
                if behind.count >= restMin { return index }
            }
            let random = rest.prefix { isTokenByte($0) || $0 == UInt8(ascii: "+") || $0 == UInt8(ascii: "/") }
            if random.count >= randomMin, isRandom(random), !known.contains(Array(random)) {
                // What may have been handed out already stays: it is letters alone.
                return random.firstIndex { !isLetter($0) } ?? index
            }
        }
        return nil
    }

    /// Whether the letters `run`, with which a part of a word begins, may become a secret with more behind them.
    static func mayBegin(_ run: ArraySlice<UInt8>) -> Bool {
        prefixes.contains { run.starts(with: $0) || $0.starts(with: run) }
    }

    /// Random words of `text`, by which an answer may name what its sources do.
    static func known(in text: [UInt8]) -> [[UInt8]] {
        text.split { !isTokenByte($0) && $0 != UInt8(ascii: "+") && $0 != UInt8(ascii: "/") }
            .filter { $0.count >= randomMin }.map { Array($0) }
    }

    private static func isBoundary(_ word: [UInt8], _ index: Int) -> Bool {
        index == 0 || !(isLetter(word[index - 1]) || isDigit(word[index - 1]))
    }

    /// Letters and digits in a mix that no language makes: both of them, and as many different ones as chance gives.
    private static func isRandom(_ text: ArraySlice<UInt8>) -> Bool {
        let digits = text.count(where: isDigit)
        let letters = text.count(where: isLetter)
        guard digits >= 4, letters >= 4, letters + digits >= text.count * 9 / 10 else { return false }
        return Set(text).count >= 12
    }

    private static func isTokenByte(_ byte: UInt8) -> Bool {
        isLetter(byte) || isDigit(byte) || byte == UInt8(ascii: "-") || byte == UInt8(ascii: "_")
            || byte == UInt8(ascii: ".") || byte == UInt8(ascii: "=")
    }

    private static func isDigit(_ byte: UInt8) -> Bool { (0x30...0x39).contains(byte) }

    static func isLetter(_ byte: UInt8) -> Bool { (0x61...0x7A).contains(byte | 0x20) }
}
