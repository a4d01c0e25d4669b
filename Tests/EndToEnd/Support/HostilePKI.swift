import Foundation

/// A certificate with its key, as files.
struct Identity: Sendable {
    let certificate: String
    let key: String
}

/// A certification authority made with the openssl command: a second opinion on what the gateway accepts.
struct Authority: Sendable {
    let identity: Identity
    private let scratch: Scratch

    /// An authority of files that are there already, such as the gateway's own.
    init(_ identity: Identity, scratch: Scratch) {
        self.identity = identity
        self.scratch = scratch
    }

    /// A new authority that nobody trusts yet.
    static func make(_ name: String, scratch: Scratch) async throws -> Authority {
        let identity = Identity(certificate: scratch.file("\(name).crt"), key: scratch.file("\(name).key"))
        try await succeed(
            "openssl",
            [
                "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days", "2",
                "-subj", "/CN=\(name)", "-keyout", identity.key, "-out", identity.certificate,
                "-addext", "basicConstraints=critical,CA:TRUE", "-addext", "keyUsage=critical,keyCertSign,cRLSign",
            ], scratch: scratch)
        return Authority(identity, scratch: scratch)
    }

    /// What may be wrong with a certificate.
    struct Leaf: Sendable {
        var name = "leaf"
        /// In OpenSSL's notation, as `DNS:client`.
        var alternativeName = "DNS:leaf"
        var purpose = "clientAuth"
        /// `YYYYMMDDHHMMSSZ`.
        var notBefore = "20200101000000Z"
        var notAfter = "20990101000000Z"
        var isAuthority = false
    }

    /// Signs a new leaf certificate.
    func issue(_ leaf: Leaf) async throws -> Identity {
        let folder = scratch.file("ca-\(UInt32.random(in: .min ... .max))")
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        let made = Identity(certificate: folder + "/leaf.crt", key: folder + "/leaf.key")
        try await succeed(
            "openssl",
            [
                "req", "-new", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-subj",
                "/CN=\(leaf.name)", "-keyout", made.key, "-out", folder + "/leaf.csr",
            ], scratch: scratch)
        try write("".utf8, to: folder + "/index.txt")
        try write(configuration(leaf, folder: folder).utf8, to: folder + "/ca.cnf")
        try await succeed(
            "openssl",
            [
                "ca", "-batch", "-notext", "-config", folder + "/ca.cnf", "-in", folder + "/leaf.csr", "-out",
                made.certificate, "-startdate", leaf.notBefore, "-enddate", leaf.notAfter,
            ], scratch: scratch)
        return made
    }

    private func configuration(_ leaf: Leaf, folder: String) -> String {
        """
        [ca]
        default_ca = it
        [it]
        new_certs_dir = \(folder)
        database = \(folder)/index.txt
        rand_serial = yes
        certificate = \(identity.certificate)
        private_key = \(identity.key)
        default_md = sha256
        policy = any
        x509_extensions = leaf
        copy_extensions = none
        [any]
        commonName = supplied
        [leaf]
        basicConstraints = critical,CA:\(leaf.isAuthority ? "TRUE" : "FALSE")
        extendedKeyUsage = \(leaf.purpose)
        subjectAltName = \(leaf.alternativeName)

        """
    }
}
