extension Catalogue {
    /// What opens something.
    static let secrets = [
        Detector(
            name: "JWT", auditLabel: "jwt", tokenStem: "JWT", masking: .placeholder, actionByDefault: .block,
            recognisers: [
                Recognition(
                    "compact", .prefixes(JSONWebToken.prefixes, JSONWebToken.recognise),
                    reason: "base64url parts joined by full stops, the first the header of a token")
            ],
            examples: [
                "Bearer ‹eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2lnbmF0dXJl›", "‹eyJhbGciOiJub25lIn0.eyJzdWIiOiIxIn0›.",
                "\"‹eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0›\"", "‹eyJhbGciOiJSU0EifQ.a2V5a2V5.aXZpdg.dGV4dA.dGFn›",
            ],
            counterExamples: ["eyJhbGciOiJIUzI1NiJ9", "eyJ.eyJ.x", "keyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2ln"]),
        Detector(
            name: "API_KEY", auditLabel: "api_key", tokenStem: "KEY", masking: .placeholder, actionByDefault: .block,
            recognisers: [
                Recognition(
                    "vendor_prefix", .prefixes(APIKey.prefixes, APIKey.recognise),
                    reason: "a prefix that a vendor gives to its keys, and as many characters as its keys have"),
                Recognition(
                    "announced", .longWord(APIKey.recogniseAnnounced), labels: [.secret],
                    reason: "a long random word behind a word for a key or token"),
                Recognition(
                    "databricks", .longWord(APIKey.recogniseDatabricks),
                    reason: "the prefix and length of a Databricks token"),
                Recognition(
                    "telegram", .longWord(APIKey.recogniseTelegram),
                    reason: "a number, a colon and 35 characters, as in a Telegram bot token"),
            ],
            examples: [
                "token ‹ghp_JpH4K0ilnEI1UB8FbSqzyGHfsYVSQcQ3Ni3E› stopped",
                "api_key=‹sk_live_gw5CQkEUUFCQgxwswfvWLllO›",
                "‹AKIA2PMBBXF346LHA5RN›", "‹xoxb-171538325578-351999052983-0agS8tB0uGlXFugXk7SbG2pb›",
                "aws_secret_access_key=‹wJa1rX/tnFEM8/K7M/bPxRfi9CY/k3y›",
                "X-Api-Key: ‹27a0e11d60eb02b9c8228cb48db35c23›", "\"client_secret\": \"‹a8F2-k39dLq02mZx71PqWe55›\"",
                "OPENAI_API_KEY=‹sk-proj-MGMDDSWtK8d7Tvv6qkWpuOs1YZU3MGvYDQASaREa›",
            ],
            counterExamples: [
                "commit b596daf86ddacb7d2accc2fb674d8052eb9da8e4", "request_id 27a0e11d60eb02b9c8228cb48db35c23",
                "sk-learn", "api key: XXXXXXXXXXXXXXXX1", "api key: 27a0e11d60eb02b", "the token is lost",
                "AKIA2PMBBXF346LHA5RNX",
                "skip SKU-12345678",
            ]),
        Detector(
            name: "PRIVATE_KEY", auditLabel: "private_key", tokenStem: "PRIVATEKEY", masking: .placeholder,
            actionByDefault: .block,
            recognisers: [
                Recognition(
                    "block", .prefixes(PrivateKey.prefixes, PrivateKey.recognise),
                    reason: "a block that begins as a private key in textual encoding does")
            ],
            examples: [
                """
                key: ‹-----BEGIN EC PRIVATE KEY-----
                MHcCAQEEIBkg4LVWM9nuwNSk3yByxZpYRTBnVJk5GkMZJzQ9rEI5oAoGCCqGSM49
                AwEHoUQDQgAEPx==
                -----END EC PRIVATE KEY-----›
                is it right?
                """,
                #""pem":"‹-----BEGIN ENCRYPTED PRIVATE KEY-----\nMHcCAQEEIBkg4LVWM9nuwNSk3yByxZpY\nAwEH\n-----END ENCRYPTED PRIVATE KEY-----›\n""#,
                "‹-----BEGIN RSA PRIVATE KEY----- MHcCAQEEIBkg4LVWM9nuwNSk3yByxZpY AwEHoUQ=› is cut off",
                "‹-----BEGIN PGP PRIVATE KEY BLOCK-----\n\nlQOYBF==\n-----END PGP PRIVATE KEY BLOCK-----›",
            ],
            counterExamples: [
                "-----BEGIN PUBLIC KEY-----\nMHcCAQEEIBkg4LVWM9nuwNSk3yByxZpY\n-----END PUBLIC KEY-----",
                "-----BEGIN CERTIFICATE-----", "----- BEGIN PRIVATE KEY -----",
                "a private key begins with BEGIN PRIVATE KEY",
            ]),
        Detector(
            name: "PASSWORD", auditLabel: "password", tokenStem: "PASSWORD", masking: .placeholder,
            actionByDefault: .block,
            recognisers: [
                Recognition(
                    "announced", .words(Password.words, Password.recognise),
                    reason: "a word for a password, and what is said to be one"),
                Recognition(
                    "number", .words(Password.numberWords, Password.recogniseNumber),
                    reason: "a word for a PIN or one-time code, and the digits that go with it"),
            ],
            examples: [
                "password - ‹kestrel-80›", "password → ‹kestrel-80›",
                "my password's ‹kestrel-80›", "login pw ‹Xqdh#172›", "passphrase: ‹Olgz&743›",
                "my password is ‹Tr0ub4dor&3›", "password: ‹velvet-9falcon›", "pwd=‹S3cret$x›;timeout=30",
                "{\"password\": \"‹correct,horse9›\"}", "the passcode I set was ‹Ma!ngo68›.", "PIN: ‹4321›",
                "your code is ‹123456›", "‹482913› is your login code", "PIN ‹9021›, please", "OTP ‹482-913›",
                "mein Passwort lautet ‹Sommer!2031›", "mon mot de passe est ‹Soleil#44›",
                "mi contraseña es ‹Luna_1987›",
                "Password: ‹swordfish›\n", "DB_PASSWORD='‹x9!kLm›'", "password set to ‹Zx81-spectrum›",
                "the password for Netflix is ‹Abcd1234›",
            ],
            counterExamples: [
                "password - how to reset it", "password -- 12 characters",
                "the pw is wrong", "password=x&y=1",
                "I forgot my password", "password reset", "the password must be 12 characters", "password is wrong",
                "Password: ********", "password: required", "password is case-sensitive", "Branch code: 0412",
                "PIN pad",
                "password: <PASSWORD>", "password=${DB_PASSWORD}", "a pin of 4 digits", "error code 1234",
                "my PIN is not working", "use promo code SAVE20", "I entered the wrong password 3 times",
                "country code 0044",
            ]),
        Detector(
            name: "CRYPTO_ADDRESS", auditLabel: "crypto_address", tokenStem: "WALLET", masking: .placeholder,
            actionByDefault: .tokenise,
            recognisers: [
                Recognition(
                    "base58check", .longWord(CryptoAddress.recogniseBase58),
                    reason: "base58 whose last four bytes are the checksum of the others"),
                Recognition(
                    "bech32", .longWord(CryptoAddress.recogniseBech32),
                    reason: "the prefix of a currency and a bech32 checksum"),
                Recognition(
                    "ethereum", .longWord(CryptoAddress.recogniseEthereum),
                    reason: "0x and 20 bytes in hexadecimal"),
            ],
            examples: [
                "genesis ‹1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa›", "‹3J98t1WpEZ73CNmQviecrnyiWrnqRhWNLy›,",
                "‹BC1QW508D6QEJXTDG4Y5R3ZARVARY0C5XW7KV8F3T4› paid",
                "to ‹bc1p0xlxvlhemja6c4dqv22uapctqupfhlxm9h8z3k2e72q4k9hcz7vqzk5jj0›",
                "‹0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed›",
            ],
            counterExamples: [
                "1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNb", "bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t5",
                "bc1qw508d6qejxtdg4y5r3zarvary0c5xw7Kv8f3t4", "0x2274426b",
                "0x0000000000000000000000000000000000000000",
                "5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed",
            ]),
    ]
}
