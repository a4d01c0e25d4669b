/// Keys of services: the prefixes that vendors give theirs, and long random words behind a word such as "token".
enum APIKey {
    /// Characters after a prefix.
    private enum Alphabet { case alphanumeric, hex, base32, base64url, dotted }

    private struct Vendor {
        let prefix: String
        let alphabet: Alphabet
        /// Characters after the prefix.
        let counts: ClosedRange<Int>
    }

    /// Bytes of any key looked at.
    private static let bytesMax = 256
    /// Bytes of the shortest key that only the words before it tell.
    private static let announcedBytesMin = 16

    /// From the vendors' documentation of their token formats.
    private static let vendors = [
        Vendor(prefix: "sk_live_", alphabet: .alphanumeric, counts: 10...250),  // Stripe
        Vendor(prefix: "sk_test_", alphabet: .alphanumeric, counts: 10...250),
        Vendor(prefix: "rk_live_", alphabet: .alphanumeric, counts: 10...250),
        Vendor(prefix: "rk_test_", alphabet: .alphanumeric, counts: 10...250),
        Vendor(prefix: "pk_live_", alphabet: .alphanumeric, counts: 10...250),
        Vendor(prefix: "whsec_", alphabet: .alphanumeric, counts: 20...80),
        Vendor(prefix: "sk-proj-", alphabet: .base64url, counts: 20...240),  // OpenAI
        Vendor(prefix: "sk-svcacct-", alphabet: .base64url, counts: 20...240),
        Vendor(prefix: "sk-ant-", alphabet: .base64url, counts: 20...240),  // Anthropic
        Vendor(prefix: "sk-or-", alphabet: .base64url, counts: 20...240),  // OpenRouter
        Vendor(prefix: "sk-", alphabet: .alphanumeric, counts: 20...240),
        Vendor(prefix: "ghp_", alphabet: .alphanumeric, counts: 30...251),  // GitHub
        Vendor(prefix: "gho_", alphabet: .alphanumeric, counts: 30...251),
        Vendor(prefix: "ghu_", alphabet: .alphanumeric, counts: 30...251),
        Vendor(prefix: "ghs_", alphabet: .alphanumeric, counts: 30...251),
        Vendor(prefix: "ghr_", alphabet: .alphanumeric, counts: 30...251),
        Vendor(prefix: "github_pat_", alphabet: .base64url, counts: 40...240),
        Vendor(prefix: "glpat-", alphabet: .base64url, counts: 20...240),  // GitLab
        Vendor(prefix: "AKIA", alphabet: .base32, counts: 16...16),  // AWS
        Vendor(prefix: "ASIA", alphabet: .base32, counts: 16...16),
        Vendor(prefix: "AIza", alphabet: .base64url, counts: 35...35),  // Google
        Vendor(prefix: "ya29.", alphabet: .base64url, counts: 20...250),
        Vendor(prefix: "GOCSPX-", alphabet: .base64url, counts: 24...40),
        Vendor(prefix: "xoxb-", alphabet: .base64url, counts: 10...250),  // Slack
        Vendor(prefix: "xoxp-", alphabet: .base64url, counts: 10...250),
        Vendor(prefix: "xoxa-", alphabet: .base64url, counts: 10...250),
        Vendor(prefix: "xoxr-", alphabet: .base64url, counts: 10...250),
        Vendor(prefix: "xoxs-", alphabet: .base64url, counts: 10...250),
        Vendor(prefix: "xapp-", alphabet: .base64url, counts: 10...250),
        Vendor(prefix: "SG.", alphabet: .dotted, counts: 40...80),  // SendGrid
        Vendor(prefix: "SK", alphabet: .hex, counts: 32...32),  // Twilio
        Vendor(prefix: "AC", alphabet: .hex, counts: 32...32),
        Vendor(prefix: "npm_", alphabet: .alphanumeric, counts: 36...36),
        Vendor(prefix: "pypi-", alphabet: .base64url, counts: 50...250),
        Vendor(prefix: "hf_", alphabet: .alphanumeric, counts: 30...40),  // Hugging Face
        Vendor(prefix: "gsk_", alphabet: .alphanumeric, counts: 40...60),  // Groq
        Vendor(prefix: "dop_v1_", alphabet: .hex, counts: 64...64),  // DigitalOcean
        Vendor(prefix: "shpat_", alphabet: .hex, counts: 32...32),  // Shopify
        Vendor(prefix: "shpss_", alphabet: .hex, counts: 32...32),
        Vendor(prefix: "sq0atp-", alphabet: .base64url, counts: 22...22),  // Square
        Vendor(prefix: "sq0csp-", alphabet: .base64url, counts: 43...43),
        Vendor(prefix: "hvs.", alphabet: .base64url, counts: 24...250),  // HashiCorp Vault
        Vendor(prefix: "glsa_", alphabet: .base64url, counts: 40...60),  // Grafana
        Vendor(prefix: "key-", alphabet: .hex, counts: 32...32),  // Mailgun
        Vendor(prefix: "PMAK-", alphabet: .base64url, counts: 50...70),  // Postman
        Vendor(prefix: "lin_api_", alphabet: .alphanumeric, counts: 30...50),  // Linear
        Vendor(prefix: "sk-admin-", alphabet: .base64url, counts: 20...240),  // OpenAI
        Vendor(prefix: "gldt-", alphabet: .base64url, counts: 20...240),  // GitLab
        Vendor(prefix: "glptt-", alphabet: .base64url, counts: 40...40),
        Vendor(prefix: "glrt-", alphabet: .base64url, counts: 20...240),
        Vendor(prefix: "glcbt-", alphabet: .base64url, counts: 20...240),
        Vendor(prefix: "ABIA", alphabet: .base32, counts: 16...16),  // AWS
        Vendor(prefix: "ACCA", alphabet: .base32, counts: 16...16),
        Vendor(prefix: "xoxe-", alphabet: .base64url, counts: 10...250),  // Slack
        Vendor(prefix: "xoxe.xoxp-", alphabet: .base64url, counts: 10...250),
        Vendor(prefix: "doo_v1_", alphabet: .hex, counts: 64...64),  // DigitalOcean
        Vendor(prefix: "dor_v1_", alphabet: .hex, counts: 64...64),
        Vendor(prefix: "shpca_", alphabet: .hex, counts: 32...32),  // Shopify
        Vendor(prefix: "shppa_", alphabet: .hex, counts: 32...32),
        Vendor(prefix: "hvb.", alphabet: .base64url, counts: 24...250),  // HashiCorp Vault
        Vendor(prefix: "glc_", alphabet: .base64url, counts: 32...250),  // Grafana
        Vendor(prefix: "EAAA", alphabet: .base64url, counts: 56...100),  // Square
        Vendor(prefix: "xkeysib-", alphabet: .base64url, counts: 64...100),  // Brevo
        Vendor(prefix: "rubygems_", alphabet: .hex, counts: 48...48),
        Vendor(prefix: "dckr_pat_", alphabet: .base64url, counts: 20...60),  // Docker
        Vendor(prefix: "dp.pt.", alphabet: .alphanumeric, counts: 40...50),  // Doppler
        Vendor(prefix: "sntrys_", alphabet: .base64url, counts: 60...250),  // Sentry
        Vendor(prefix: "nvapi-", alphabet: .base64url, counts: 60...80),  // NVIDIA
        Vendor(prefix: "pplx-", alphabet: .alphanumeric, counts: 40...60),  // Perplexity
        Vendor(prefix: "r8_", alphabet: .alphanumeric, counts: 37...40),  // Replicate
        Vendor(prefix: "ntn_", alphabet: .alphanumeric, counts: 40...50),  // Notion
        Vendor(prefix: "figd_", alphabet: .base64url, counts: 36...60),  // Figma
        Vendor(prefix: "ATATT3", alphabet: .base64url, counts: 60...250),  // Atlassian
        Vendor(prefix: "rzp_live_", alphabet: .alphanumeric, counts: 14...14),  // Razorpay
        Vendor(prefix: "rzp_test_", alphabet: .alphanumeric, counts: 14...14),
        Vendor(prefix: "AGE-SECRET-KEY-1", alphabet: .base32, counts: 58...58),  // age
    ]

    /// Databricks' prefix stands here because it has no byte that is rare enough to be noticed by.
    private static let databricks = Array("dapi".utf8)
    private static let databricksHexCount = 32

    static func recogniseDatabricks(_ text: Span<UInt8>, word: Range<Int>) -> Match? {
        guard word.count == databricks.count + databricksHexCount, Bytes.equal(text, at: word.lowerBound, databricks)
        else { return nil }
        for index in word.lowerBound + databricks.count..<word.upperBound where !ByteClass.isHex(text[index]) {
            return nil
        }
        return Match(range: word, confidencePPM: 980_000)
    }

    /// Telegram's bot tokens: the bot's number, a colon and 35 characters.
    static func recogniseTelegram(_ text: Span<UInt8>, word: Range<Int>) -> Match? {
        guard telegramNumberCounts.contains(word.count), word.upperBound < text.count,
            text[word.upperBound] == UInt8(ascii: ":")
        else { return nil }
        for index in word where !ByteClass.isDigit(text[index]) { return nil }
        let first = word.upperBound + 1
        let end = first + telegramSecretCount
        guard end <= text.count, end == text.count || !isIn(.base64url, text[end]) else { return nil }
        for index in first..<end where !isIn(.base64url, text[index]) { return nil }
        return isRandom(text, first..<end) ? Match(range: word.lowerBound..<end, confidencePPM: 970_000) : nil
    }

    private static let telegramNumberCounts = 8...10
    private static let telegramSecretCount = 35

    static let prefixes = vendors.map { Prefix($0.prefix) }

    static func recognise(_ text: Span<UInt8>, at start: Int, prefix: Int) -> Match? {
        let vendor = vendors[prefix]
        let first = start + prefixes[prefix].bytes.count
        var end = first
        while end < text.count, end - first <= bytesMax, isIn(vendor.alphabet, text[end]) { end += 1 }
        while end > first, !ByteClass.isAlphanumeric(text[end - 1]) { end -= 1 }
        guard vendor.counts.contains(end - first), end == text.count || !ByteClass.isAlphanumeric(text[end]),
            vendor.alphabet == .hex || isRandom(text, first..<end)
        else { return nil }
        return Match(range: start..<end, confidencePPM: 980_000)
    }

    /// Letters and digits in a row, and what joins them, right behind a word that announces a secret.
    static func recogniseAnnounced(_ text: Span<UInt8>, word: Range<Int>) -> Match? {
        var start = word.lowerBound
        while start > 0, word.lowerBound - start < bytesMax, isInner(text[start - 1]) { start -= 1 }
        while !ByteClass.isAlphanumeric(text[start]) { start += 1 }
        var end = word.upperBound
        while end < text.count, end - word.upperBound < bytesMax, isInner(text[end]) || text[end] == UInt8(ascii: "=") {
            end += 1
        }
        while !ByteClass.isAlphanumeric(text[end - 1]) && text[end - 1] != UInt8(ascii: "=") { end -= 1 }
        guard end - start >= announcedBytesMin, isRandom(text, start..<end),
            Context.shared.nearest(text, before: start, within: 3).label == .secret
        else {
            return nil
        }
        return Match(range: start..<end, confidencePPM: 800_000)
    }

    /// Letters and digits, eight different ones at least: no word, no row of one character, no mask.
    private static func isRandom(_ text: Span<UInt8>, _ range: Range<Int>) -> Bool {
        var seen: (UInt64, UInt64) = (0, 0)
        var hasDigit = false
        var hasLetter = false
        for index in range {
            let byte = text[index]
            hasDigit = hasDigit || ByteClass.isDigit(byte)
            hasLetter = hasLetter || ByteClass.isLetter(byte)
            if byte < 64 { seen.0 |= 1 << UInt64(byte) } else { seen.1 |= 1 << UInt64(byte & 63) }
        }
        return hasDigit && hasLetter && seen.0.nonzeroBitCount + seen.1.nonzeroBitCount >= 8
    }

    private static func isInner(_ byte: UInt8) -> Bool {
        if ByteClass.isAlphanumeric(byte) { return true }
        switch byte {
        case UInt8(ascii: "-"), UInt8(ascii: "_"), UInt8(ascii: "."), UInt8(ascii: "/"), UInt8(ascii: "+"),
            UInt8(ascii: "~"):
            return true
        default: return false
        }
    }

    private static func isIn(_ alphabet: Alphabet, _ byte: UInt8) -> Bool {
        switch alphabet {
        case .alphanumeric: ByteClass.isAlphanumeric(byte)
        case .hex: ByteClass.isHex(byte)
        case .base32: ByteClass.isUpper(byte) || ByteClass.isDigit(byte)
        case .base64url: ByteClass.isAlphanumeric(byte) || byte == UInt8(ascii: "-") || byte == UInt8(ascii: "_")
        case .dotted:
            ByteClass.isAlphanumeric(byte) || byte == UInt8(ascii: "-") || byte == UInt8(ascii: "_")
                || byte == UInt8(ascii: ".")
        }
    }
}
