import Testing

@testable import Redaction

@Suite struct SecretsTests {
    private func types(_ text: String) -> [String] { Redactor().detect(Array(text.utf8)).map { "\($0.type)" } }

    private static let addresses = [
        // The first block's output, and the examples of BIP 173 and BIP 350.
        "1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa", "3J98t1WpEZ73CNmQviecrnyiWrnqRhWNLy",
        "tb1qw508d6qejxtdg4y5r3zarvary0c5xw7kxpjzsx",
        "bc1qrp33g0q5c5txsp9arysrx4k6zdkfs4nce4xj0gdcccefvpysxf3qccfmv3",
        "bc1pw508d6qejxtdg4y5r3zarvary0c5xw7kw508d6qejxtdg4y5r3zarvary0c5xw7kt5nd6y",
        "bc1zw508d6qejxtdg4y5r3zarvaryvaxxpcs", "bc1p0xlxvlhemja6c4dqv22uapctqupfhlxm9h8z3k2e72q4k9hcz7vqzk5jj0",
    ]

    @Test(arguments: addresses)
    func `an address is found, and not with any one character changed`(_ address: String) {
        #expect(types(address) == ["CRYPTO_ADDRESS"])
        let bytes = Array(address.utf8)
        // Behind the human-readable part, a change within the alphabet can only be told by the checksum.
        let alphabet = Array((address.hasPrefix("1") || address.hasPrefix("3") ? "1zXk9" : "qpz7l").utf8)
        for place in 4..<bytes.count {
            for byte in alphabet where byte != bytes[place] {
                var changed = bytes
                changed[place] = byte
                let findings = Redactor().detect(changed).map { "\($0.type)" }
                #expect(!findings.contains("CRYPTO_ADDRESS"), "\(String(decoding: changed, as: UTF8.self))")
            }
        }
    }

    /// BIP 350: a version 0 program in bech32m and later ones in bech32, mixed case, a version above 16.
    @Test(arguments: [
        "bc1p0xlxvlhemja6c4dqv22uapctqupfhlxm9h8z3k2e72q4k9hcz7vqh2y7hd",
        "bc1q0xlxvlhemja6c4dqv22uapctqupfhlxm9h8z3k2e72q4k9hcz7vqg0yqxx",
        "tb1p0xlxvlhemja6c4dqv22uapctqupfhlxm9h8z3k2e72q4k9hcz7vq47Zagq",
        "BC130XLXVLHEMJA6C4DQV22UAPCTQUPFHLXM9H8Z3K2E72Q4K9HCZ7VQ7ZWS8R",
    ])
    func `an invalid witness address is not found`(_ address: String) {
        #expect(!types(address).contains("CRYPTO_ADDRESS"))
    }

    @Test func `a block of a key without end takes the lines of base64 and leaves the text`() {
        let key = "-----BEGIN RSA PRIVATE KEY-----\nMHcCAQEEIBkg4LVWM9nuwNSk3yByxZpY\nAwEHoUQDQgAEP4=="
        let text = Array("\(key)\nwhy is it rejected?".utf8)
        #expect(Redactor().detect(text).map(\.range) == [0..<key.utf8.count])
    }

    @Test func `many opened blocks cost no more than their bytes`() {
        let text = Array(String(repeating: "-----BEGIN RSA PRIVATE KEY-----", count: 4_000).utf8)
        #expect(Redactor().detect(text).count == 4_000)
    }

    @Test(arguments: [
        "sk_live_", "ghp_", "glpat-", "AKIA", "xoxb-", "npm_", "hf_", "pypi-", "sk-ant-",
    ])
    func `a prefix alone is no key`(_ prefix: String) {
        #expect(types("the \(prefix) prefix").isEmpty)
        #expect(types("the \(prefix)XXXXXXXXXXXXXXXXXXXXXXXX").isEmpty)
    }

    @Test func `keys without a rare byte in their prefix are found as words`() {
        #expect(types("dapi0123456789abcdef0123456789abcdef") == ["API_KEY"])
        #expect(types("bot 123456789:AAF3xk9ZqLw0YvT2mNc7Rb4PdHsJgUeX1oQ at") == ["API_KEY"])
        #expect(types("123456789:AAF3xk9Z").isEmpty)
    }
}
