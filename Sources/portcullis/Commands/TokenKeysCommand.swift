internal import Gateway

/// What the commands of `token keys` have in common.
private enum TokenKeys {
    static let folder = Option(
        "keys", "DIR", "the folder with the keys (signing.keys in gateway.json5)", fallback: "certs/token-keys")
    static let algorithm = Option("algorithm", "NAME", "of keys that are made: ES256 or RS256", fallback: "ES256")
    static let statuses: [(Int32, String)] = [
        (65, "a file in the folder is no key, or no key set made here"),
        (66, "a file cannot be read or written, or another command is at work in the folder"),
        (69, "the PKCS #11 token with the keys does not answer, or a key in it is not there"),
        (78, "the token's module cannot be loaded, or the token does not take the PIN"),
    ]
}

enum TokenKeysInitCommand: Command {
    private static let pkcs11 = Option("pkcs11", "URI", "the PKCS #11 token that keys are made in")

    static let syntax = CommandSyntax(
        "token keys init", "make the keys that tokens are signed with",
        discussion: """
            Makes what the folder does not have yet: signing.key, next.key (mode 0600), signing.pub and jwks.json, the set of
            public keys that GET /.well-known/jwks.json shows. Nothing that is there is changed.

            With --pkcs11 the private keys are made in a PKCS #11 token, which they never leave; the .key files name them. The
            URI (RFC 7512) names the token by token= or serial=, its library by module-path= and the file of mode 0600 with
            the PIN by pin-source=; object= is the label of the keys.
            """,
        options: [TokenKeys.folder, TokenKeys.algorithm, pkcs11],
        examples: [
            "portcullis token keys init", "portcullis token keys init --keys /etc/portcullis/token-keys",
            "portcullis token keys init --pkcs11 'pkcs11:token=bank?module-path=/usr/lib/m.so&pin-source=file:/etc/hsm.pin'",
        ],
        statuses: TokenKeys.statuses + [(73, "the folder cannot be made")])

    static func run(_ arguments: Arguments) async throws(CommandFailure) -> Int32 {
        let made = try TokenKeyCommands.initialise(
            try arguments.text(TokenKeys.folder), algorithm: try arguments.text(TokenKeys.algorithm),
            pkcs11: arguments.optionalText(pkcs11))
        for file in made { try Console.printLine("made \(file)") }
        return 0
    }
}

enum TokenKeysListCommand: Command {
    private static let json = Option(flag: "json", "as JSON")

    static let syntax = CommandSyntax(
        "token keys list", "show the keys that tokens are signed and verified with",
        discussion: """
            A key is next (published, so that all who verify know it), then signing, then verifying until its last tokens have
            ended. Private halves exist of the first two alone.
            """,
        options: [TokenKeys.folder, json],
        examples: ["portcullis token keys list", "portcullis token keys list --json"], statuses: TokenKeys.statuses)

    static func run(_ arguments: Arguments) async throws(CommandFailure) -> Int32 {
        let rows = try TokenKeyCommands.list(try arguments.text(TokenKeys.folder))
        let lines = arguments.has(json) ? [TokenKeyCommands.json(rows)] : TokenKeyCommands.lines(rows)
        for line in lines { try Console.printLine(line) }
        return 0
    }
}

enum TokenKeysRotateCommand: Command {
    private static let overlap = Option(
        "overlap", "SECONDS", "how long tokens by the old key stay good, 0 to 31536300", fallback: "86700")

    static let syntax = CommandSyntax(
        "token keys rotate", "let the next key sign, and end the one before",
        discussion: """
            The key that signed is verified for --overlap seconds more: a token's longest life (ttl_max_s) and the clocks'
            skew; its private half is gone. A gateway that serves takes the new keys within a second, without a restart. New
            keys are made where the others are; in a PKCS #11 token the old private key is destroyed three seconds later.
            """,
        options: [TokenKeys.folder, overlap, TokenKeys.algorithm],
        examples: ["portcullis token keys rotate", "portcullis token keys rotate --overlap 3600"],
        statuses: TokenKeys.statuses)

    static func run(_ arguments: Arguments) async throws(CommandFailure) -> Int32 {
        let lines = try TokenKeyCommands.rotate(
            try arguments.text(TokenKeys.folder),
            overlapSeconds: try arguments.integer(overlap, in: 0...31_536_300),
            algorithm: try arguments.text(TokenKeys.algorithm))
        for line in lines { try Console.printLine(line) }
        return 0
    }
}

enum TokenKeysRetireCommand: Command {
    static let syntax = CommandSyntax(
        "token keys retire", "take a key out at once: all its tokens are refused",
        discussion: """
            For a key that somebody else may have. The key that signs cannot be taken out: rotate first, then retire it. A
            gateway that serves refuses its tokens within a second, remembered ones too.
            """,
        operand: Operand("KID", "the key, as token keys list shows it"), options: [TokenKeys.folder],
        examples: [
            "portcullis token keys retire NzbLsXh8uDCcd-6MNwXF4W_7noWXFZAfHkxZsRGC9Xs",
            "portcullis token keys retire -- -qhzLsXh8uDCcd6MNwXF4W_7noWXFZAfHkxZsRGC9Xs",
        ],
        statuses: TokenKeys.statuses)

    static func run(_ arguments: Arguments) async throws(CommandFailure) -> Int32 {
        try TokenKeyCommands.retire(arguments.operands[0], in: try arguments.text(TokenKeys.folder))
        try Console.printLine("retired \(arguments.operands[0])")
        return 0
    }
}
