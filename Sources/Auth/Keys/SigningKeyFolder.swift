internal import LinuxIO

/// The folder with the keys that tokens are signed with: `signing.key` signs, `next.key` will, `jwks.json` tells who verifies.
///
/// A key is published before it signs, so that whoever keeps a copy of the set knows it by then, and is published after it
/// signed, until its tokens have ended. Its private half is gone once another signs. Each step leaves a folder that a
/// gateway can serve with, and a rotation that was interrupted is finished by the next.
///
/// Where a key is in a device its file holds the PKCS #11 URI of it, and `retired.key` that of one whose private half is
/// still to be destroyed.
public struct SigningKeyFolder: Sendable {
    /// The folder's path.
    public let path: String

    /// A folder at `path`.
    public init(path: String) { self.path = path }

    /// The private key that signs, mode 0600.
    public var signingFile: String { path + "/signing.key" }
    /// Its public half, PEM.
    public var publicFile: String { path + "/signing.pub" }
    /// The private key that will sign after the next rotation, mode 0600.
    public var nextFile: String { path + "/next.key" }
    /// Names a key in a device that signs no more and is to be destroyed.
    public var retiredFile: String { path + "/retired.key" }
    /// The public halves.
    public var setFile: String { path + "/jwks.json" }

    /// The longest overlap, in seconds: that of a token's longest life and of two clocks that disagree.
    public static let overlapSecondsMax = Int64(AuthLimits.issuedSecondsMax) + AuthLimits.clockSkewSecondsMax

    /// What is in the folder.
    public struct Content: Sendable {
        /// The key that signs.
        public let signing: SigningKey
        /// The `kid` of the key that will; nil where there is none.
        public let nextID: [UInt8]?
        /// The public halves.
        public let published: PublishedKeys
    }

    /// What a rotation did.
    public struct Rotation: Sendable {
        /// The key that signed, and until when its tokens are good.
        public let old: [UInt8], oldExpires: Int64
        /// The key that signs now, and whether it had been published before.
        public let new: [UInt8], wasPublished: Bool
        /// The key that will sign next.
        public let next: [UInt8]
        /// Whether the old private half is still in its device, for a gateway that has not seen the new key yet:
        /// `destroyRetired` is to be called once it has.
        public let leavesRetired: Bool
    }

    /// Whether one of its private keys is in a device.
    public var isInDevice: Bool { SigningKey.isInDevice(signingFile) || SigningKey.isInDevice(nextFile) }

    /// Makes the keys that are not there yet: the folder must exist.
    /// - Parameter place: the device that they are made in; nil for files, or for the device of the key that signs.
    /// - Returns: the files made.
    public func initialise(
        _ algorithm: SigningKey.Algorithm = .es256, in place: PKCS11URI? = nil
    ) throws(AuthError) -> [String] {
        let lock = try lock()
        defer { withExtendedLifetime(lock) {} }
        try destroyRetiredLocked()
        var made: [String] = []
        let signing = try key(at: signingFile, algorithm, in: place, &made)
        let next = try key(at: nextFile, algorithm, in: place ?? signing.uri?.place, &made)
        var published = try readPublished() ?? PublishedKeys()
        let before = published
        try published.add(signing)
        try published.add(next)
        if try publish(signing) { made.append(publicFile) }
        if published != before {
            try write(published)
            made.append(setFile)
        }
        return made
    }

    /// Reads the folder.
    /// - Throws: `AuthError` where a file is missing or unfit, or the set does not hold the key that signs.
    public func read() throws(AuthError) -> Content {
        let signing = try SigningKey.read(signingFile)
        guard let published = try readPublished() else {
            throw .file("\(setFile): it is not there: make it with portcullis token keys init --keys \(path)")
        }
        guard published.keys.contains(where: { $0.id == signing.id }) else {
            throw .key(
                name: setFile, found: "not the public half of \(signingFile)",
                wanted: "it there: run portcullis token keys init --keys \(path)")
        }
        let next = SmallFile.exists(nextFile) ? try SigningKey.read(nextFile).id : nil
        return Content(signing: signing, nextID: next, published: published)
    }

    /// Lets the next key sign, ends the old one after `overlapSeconds`, and makes a key for after, where the new one is.
    public func rotate(
        overlapSeconds: Int64, algorithm: SigningKey.Algorithm = .es256, now: Int64
    ) throws(AuthError) -> Rotation {
        guard (0...Self.overlapSecondsMax).contains(overlapSeconds) else {
            throw .request(
                member: "overlap", found: "\(overlapSeconds)", wanted: "0 to \(Self.overlapSecondsMax) seconds")
        }
        let lock = try lock()
        defer { withExtendedLifetime(lock) {} }
        try destroyRetiredLocked()
        let before = try read()
        var made: [String] = []
        let new = try key(at: nextFile, algorithm, in: before.signing.uri?.place, &made)
        var published = before.published
        let wasPublished = published.keys.contains { $0.id == new.id }
        published.prune(at: now)
        try published.add(new)
        try write(published)
        if before.signing.uri != nil { try before.signing.write(to: retiredFile) }
        do throws(KeyFileError) { try KeyFile.move(nextFile, to: signingFile) } catch { throw AuthError(error) }
        _ = try publish(new)
        let next = try key(at: nextFile, algorithm, in: new.uri?.place, &made)
        try published.add(next)
        // The end is set last, for a key that still signs must have none; a rotation that was interrupted here leaves it to
        // the next.
        for key in published.keys where key.id != new.id && key.id != next.id {
            published.end(key.id, at: now + overlapSeconds)
        }
        try write(published)
        let end = published.keys.first { $0.id == before.signing.id }?.expires ?? now
        return Rotation(
            old: before.signing.id, oldExpires: end, new: new.id, wasPublished: wasPublished, next: next.id,
            leavesRetired: before.signing.uri != nil)
    }

    /// Takes a key out at once: tokens by it are refused from here on.
    /// - Throws: `AuthError.request` for the key that signs, and for one that is not there.
    public func retire(_ id: [UInt8], now: Int64) throws(AuthError) {
        let lock = try lock()
        defer { withExtendedLifetime(lock) {} }
        let content = try read()
        let name = String(decoding: id, as: UTF8.self)
        guard id != content.signing.id else {
            throw .request(
                member: "kid", found: "\(name), which signs", wanted: "another: run portcullis token keys rotate first")
        }
        var published = content.published
        guard published.keys.contains(where: { $0.id == id }) else {
            throw .request(
                member: "kid", found: name,
                wanted: "one of "
                    + published.keys.map { String(decoding: $0.id, as: UTF8.self) }.joined(separator: ", "))
        }
        published.remove(id)
        published.prune(at: now)
        // First the set: a private key without it signs nothing that anybody takes.
        try write(published)
        if id == content.nextID {
            let isInDevice = try PKCS11URI.read(nextFile) != nil
            if isInDevice { try destroyRetiredLocked() }
            do throws(KeyFileError) {
                if isInDevice { try KeyFile.move(nextFile, to: retiredFile) } else { try KeyFile.remove(nextFile) }
            } catch { throw AuthError(error) }
        }
        try destroyRetiredLocked()
    }

    /// Destroys the private half that a rotation left in its device, where there is one. A rotation that was interrupted
    /// before another key signed keeps it.
    /// - Throws: `AuthError.deviceUnavailable` where that cannot be done: it is tried again by the next command.
    public func destroyRetired() throws(AuthError) {
        let lock = try lock()
        defer { withExtendedLifetime(lock) {} }
        try destroyRetiredLocked()
    }

    private func destroyRetiredLocked() throws(AuthError) {
        guard SmallFile.exists(retiredFile) else { return }
        guard let retired = try PKCS11URI.read(retiredFile) else {
            throw .key(name: retiredFile, found: "something other than a PKCS #11 URI", wanted: "one: remove the file")
        }
        var used: [PKCS11URI] = []
        for file in [signingFile, nextFile] where SmallFile.exists(file) {
            if let uri = try PKCS11URI.read(file) { used.append(uri) }
        }
        if !used.contains(retired) {
            do throws(AuthError) { try DeviceKey.destroy(retired) } catch {
                throw .deviceUnavailable(
                    name: retiredFile, found: "a private key that could not be destroyed: \(error)",
                    mend: "it signs no more; run portcullis token keys init --keys \(path) to try again")
            }
        }
        do throws(KeyFileError) { try KeyFile.remove(retiredFile) } catch { throw AuthError(error) }
    }

    // MARK: Files

    /// Two at once would each undo what the other did.
    private func lock() throws(AuthError) -> File {
        do throws(FileError) {
            let file = try File.open(path + "/lock", for: .lock)
            guard try file.lockExclusively() else {
                throw FileError("lock", path + "/lock", code: 0)
            }
            return file
        } catch {
            throw .file("\(path): another command is at work in it, or it is no folder to write in: \(error)")
        }
    }

    private func key(
        at file: String, _ algorithm: SigningKey.Algorithm, in place: PKCS11URI?, _ made: inout [String]
    ) throws(AuthError) -> SigningKey {
        if SmallFile.exists(file) { return try SigningKey.read(file) }
        let key: SigningKey
        if let place {
            key = try SigningKey.generate(algorithm, at: place)
        } else {
            key = try SigningKey.generate(algorithm)
        }
        do throws(AuthError) { try key.write(to: file) } catch {
            // Nobody would know of the key.
            if let uri = key.uri { try? DeviceKey.destroy(uri) }
            throw error
        }
        made.append(file)
        return key
    }

    private func readPublished() throws(AuthError) -> PublishedKeys? {
        guard SmallFile.exists(setFile) else { return nil }
        let text: [UInt8]
        do throws(KeyFileError) { text = try KeyFile.readPublic(setFile) } catch { throw AuthError(error) }
        return try PublishedKeys(parsing: text, name: setFile)
    }

    private func write(_ published: PublishedKeys) throws(AuthError) {
        // What has ended stays in the file until it is pruned: `list` shows it.
        try replace(setFile, published.text(at: .min))
    }

    /// Whether the file had to be written.
    private func publish(_ key: SigningKey) throws(AuthError) -> Bool {
        if (try? KeyFile.readPublic(publicFile)) == key.publicKeyPEM { return false }
        try replace(publicFile, key.publicKeyPEM)
        return true
    }

    private func replace(_ file: String, _ content: [UInt8]) throws(AuthError) {
        do throws(KeyFileError) { try KeyFile.replace(file, mode: 0o644, content.span) } catch {
            throw AuthError(error)
        }
    }
}
