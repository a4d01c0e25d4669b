internal import LinuxIO
internal import OpenSSL

/// The public half of the key that signs a log's checkpoints, from its state directory.
package enum StateKey {
    /// Reads it.
    /// - Throws: `AuditError.configuration` where it is missing or not for its owner alone.
    package static func read(stateDirectory: String, origin: String) throws(AuditError) -> VerifierKey {
        let path = "\(stateDirectory)/log.key"
        let publicKey: [UInt8]?
        do throws(KeyFileError) {
            publicKey = try KeyFile.readSecret(path) { (pem: Span<UInt8>) -> [UInt8]? in
                Ed25519PrivateKey.make(pem: pem.indices.map { pem[$0] })?.publicKey
            }
        } catch {
            throw .configuration(setting: path, found: error.description, wanted: "the log's key, mode 600")
        }
        guard let publicKey else {
            throw .configuration(setting: path, found: "no Ed25519 key", wanted: "an Ed25519 key in PKCS#8 PEM")
        }
        return VerifierKey(name: origin, publicKey: publicKey)
    }
}
