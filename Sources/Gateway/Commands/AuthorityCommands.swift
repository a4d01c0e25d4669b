internal import Auth
internal import LinuxIO
internal import OpenSSL
internal import Threading

/// The development PKI: what `portcullis ca` does.
///
/// A folder holds `ca.crt`, `ca.key`, `token-keys` (`SigningKeyFolder`), and what the authority issued. No file is
/// ever overwritten. A certificate is written last, so that one that is there tells that the rest is; a key that an
/// interrupted command left without its certificate is taken up by the next.
public enum AuthorityCommands {
    /// Makes an authority and the keys that tokens are signed with in `directory`.
    /// - Returns: the files made.
    /// - Throws: `CommandFailure` (73) where the authority exists; nothing is made then.
    public static func initialise(
        directory: String, commonName: String, days: Int
    ) throws(CommandFailure) -> [String] {
        let certificate = directory + "/ca.crt"
        guard !SmallFile.exists(certificate) else {
            throw CommandFailure(
                .cannotCreate, certificate, "exists already and is not overwritten",
                mend: "move it away, or name another folder with --dir")
        }
        try makeDirectory(directory)
        return try TokenKeyCommands.initialise(directory + "/token-keys")
            + makeAuthority(in: directory, certificate: certificate, commonName: commonName, days: days)
    }

    private static func makeAuthority(
        in directory: String, certificate: String, commonName: String, days: Int
    ) throws(CommandFailure) -> [String] {
        let key = directory + "/ca.key"
        if SmallFile.exists(key) {
            let secret = try readKey(key)
            do throws(AuthError) {
                let authority = try CertificateAuthority.create(
                    commonName: commonName, days: days, now: WallClock.seconds, keyPEM: secret)
                try write(try authority.certificatePEM(), to: certificate)
            } catch {
                throw CommandFailure(error, subject: key)
            }
            return [certificate]
        }
        do throws(AuthError) {
            let authority = try CertificateAuthority.create(
                commonName: commonName, days: days, now: WallClock.seconds)
            try write(secret: authority.keyPEM(), to: key)
            try write(try authority.certificatePEM(), to: certificate)
        } catch {
            throw CommandFailure(error, subject: directory)
        }
        return [key, certificate]
    }

    /// What a new certificate is for.
    public enum Subject: Sendable {
        /// A TLS server under these names and numeric addresses.
        case server(dnsNames: [String], addresses: [String])
        /// The development client of a role.
        case role(String)
        /// A TLS client known by this URI, with a common name for people.
        case client(uri: String, commonName: String)
    }

    /// Issues a certificate with a new key: `BASE.crt` and `BASE.key`. A key that lies there without a certificate is
    /// the one that is certified.
    /// - Parameter base: nil for `server`, `clients/ROLE` or `clients/NAME` in `directory`.
    /// - Returns: the files made.
    public static func issue(
        _ subject: Subject, directory: String, base: String?, days: Int
    ) throws(CommandFailure) -> [String] {
        let (leaf, name) = try leaf(of: subject)
        let base = base ?? directory + "/" + name
        if let slash = base.lastIndex(of: "/"), slash > base.startIndex { try makeDirectory(String(base[..<slash])) }
        let (certificate, key) = (base + ".crt", base + ".key")
        guard !SmallFile.exists(certificate) else {
            throw CommandFailure(
                .cannotCreate, certificate, "exists already and is not overwritten",
                mend: "move it away, or name another file with --out")
        }
        let authority = try load(directory)
        if SmallFile.exists(key) {
            let secret = try readKey(key)
            do throws(AuthError) {
                let issued = try authority.certify(leaf, keyPEM: secret, days: days, now: WallClock.seconds)
                try write(issued, to: certificate)
            } catch {
                throw CommandFailure(error, subject: key)
            }
            return [certificate]
        }
        do throws(AuthError) {
            let issued = try authority.issue(leaf, days: days, now: WallClock.seconds)
            try issued.keyPEM.withSpan { (bytes: Span<UInt8>) throws(AuthError) in
                try create(key, bytes, mode: 0o600)
            }
            try write(issued.certificatePEM, to: certificate)
        } catch {
            throw CommandFailure(error, subject: base)
        }
        return [certificate, key]
    }

    private static func readKey(_ path: String) throws(CommandFailure) -> SecretBytes {
        do throws(KeyFileError) {
            return try KeyFile.readSecret(path) { SecretBytes(copying: $0) }
        } catch {
            throw CommandFailure(reading: error)
        }
    }

    /// The name that policies know the development client of a role by.
    public static func developmentName(ofRole role: String) -> String { "uri:spiffe://portcullis.dev/client/\(role)" }

    private static func leaf(
        of subject: Subject
    ) throws(CommandFailure) -> (CertificateAuthority.Leaf, name: String) {
        switch subject {
        case .server(let dnsNames, let texts):
            var addresses: [[UInt8]] = []
            for text in texts {
                guard let address = SocketAddress(numeric: text, port: 0) else {
                    throw CommandFailure(
                        .usage, "--ip", "found \"\(text)\"", mend: "wanted an address such as 192.0.2.10 or ::1")
                }
                addresses.append(address.bytes)
            }
            return (.server(dnsNames: dnsNames, addresses: addresses), "server")
        case .role(let text):
            guard let role = RoleName(text) else {
                throw CommandFailure(
                    .usage, "--role", "found \"\(text)\"", mend: "wanted 1 to 64 of A-Z a-z 0-9 _ . : -")
            }
            return (.developmentClient(role: role), "clients/\(role)")
        case .client(let uri, let commonName):
            guard !commonName.contains("/"), commonName != ".." else {
                throw CommandFailure(.usage, "--name", "found \"\(commonName)\"", mend: "wanted a name without slashes")
            }
            return (.client(uri: uri, commonName: commonName), "clients/\(commonName)")
        }
    }

    private static func load(_ directory: String) throws(CommandFailure) -> CertificateAuthority {
        let certificate: [UInt8]
        var key: SecretBytes
        do throws(KeyFileError) {
            certificate = try KeyFile.readPublic(directory + "/ca.crt")
            key = try KeyFile.readSecret(directory + "/ca.key") { SecretBytes(copying: $0) }
        } catch {
            var failure = CommandFailure(reading: error)
            if case .system = error {
                failure = CommandFailure(
                    .noInput, failure.subject, failure.what,
                    mend: "make an authority with portcullis ca init --dir \(directory)")
            }
            throw failure
        }
        do throws(AuthError) {
            return try CertificateAuthority.load(certificatePEM: certificate, keyPEM: key)
        } catch {
            throw CommandFailure(error, subject: directory + "/ca.key")
        }
    }

    private static func write(secret: consuming SecretBytes, to path: String) throws(AuthError) {
        try secret.withSpan { (bytes: Span<UInt8>) throws(AuthError) in try create(path, bytes, mode: 0o600) }
    }

    private static func write(_ bytes: [UInt8], to path: String) throws(AuthError) {
        try create(path, bytes.span, mode: 0o644)
    }

    private static func create(_ path: String, _ bytes: Span<UInt8>, mode: UInt32) throws(AuthError) {
        do throws(KeyFileError) {
            try KeyFile.create(path, mode: mode, bytes)
        } catch {
            throw .file(error.description)
        }
    }
}

/// Makes the folder that `file` will be in, with those above it.
func makeDirectory(for file: String) throws(CommandFailure) {
    if let slash = file.lastIndex(of: "/"), slash > file.startIndex { try makeDirectory(String(file[..<slash])) }
}

/// Makes a folder for output, with those above it.
func makeDirectory(_ path: String) throws(CommandFailure) {
    do throws(StreamFailure) {
        try SmallFile.makeDirectory(path)
    } catch {
        throw CommandFailure(.cannotCreate, path, "cannot make the folder: \(error.reason)")
    }
}
