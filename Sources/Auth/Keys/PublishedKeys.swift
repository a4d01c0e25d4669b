internal import JSON
internal import OpenSSL

/// The public halves of the keys that this issuer's tokens are signed with, will be or were: a JWK set (RFC 7517 §5) as it is
/// published. A key that signs no more has a member `exp`, the second since 1970 from which its tokens are refused.
///
/// Example: `{"keys":[{"kid":"…","alg":"ES256","use":"sig","crv":"P-256","kty":"EC","x":"…","y":"…","exp":1800000000}]}`
public struct PublishedKeys: Equatable, Sendable {
    /// One key.
    public struct Key: Equatable, Sendable {
        /// The thumbprint (RFC 7638).
        public let id: [UInt8]
        /// What it signs with.
        public let algorithm: SigningKey.Algorithm
        /// Until when its tokens are good; nil where no end is set.
        public internal(set) var expires: Int64?
        let components: KeyComponents

        /// Whether tokens by it are good at `now`.
        public func isGood(at now: Int64) -> Bool { expires.map { now < $0 } ?? true }
    }

    /// The keys, the one added last first.
    public private(set) var keys: [Key]

    /// No keys.
    public init() { keys = [] }

    /// Reads a set.
    /// - Throws: `AuthError.key` where the text is none, or has a key that this issuer cannot have made.
    public init(parsing text: [UInt8], name: String) throws(AuthError) {
        let wanted = "a JWK set made by portcullis token keys"
        let set: JSONNode
        do throws(JSONSyntaxError) {
            set = try JSONParser.parse(text, depthMax: AuthLimits.tokenDepthMax)
        } catch {
            throw .key(name: name, found: "\(error)", wanted: wanted)
        }
        guard let elements = set["keys"]?.elements, (1...AuthLimits.keysMax).contains(elements.count) else {
            throw .key(name: name, found: "no keys, or more than \(AuthLimits.keysMax)", wanted: wanted)
        }
        keys = []
        for (index, node) in elements.enumerated() {
            do throws(JWK.Unfit) { keys.append(try Self.key(node)) } catch {
                throw .key(name: name, found: "key \(index + 1): \(error.reason)", wanted: wanted)
            }
        }
        guard Set(keys.map(\.id)).count == keys.count else {
            throw .key(name: name, found: "a key twice", wanted: wanted)
        }
    }

    private static func key(_ node: JSONNode) throws(JWK.Unfit) -> Key {
        let components = try JWK(node).components()
        let algorithms = SigningKey.Algorithm.allCases.filter { node["alg"]?.text == "\($0.signature.name)" }
        guard let algorithm = algorithms.first, algorithm.signature.takes(components) else {
            throw JWK.Unfit("an alg that is not the key's")
        }
        let id = KeyThumbprint.of(components)
        guard node["kid"]?.bytes == id else { throw JWK.Unfit("a kid that is not the key's thumbprint") }
        guard let expires = node["exp"] else { return Key(id: id, algorithm: algorithm, components: components) }
        guard let seconds = expires.integer, (0...AuthLimits.secondsMax).contains(seconds) else {
            throw JWK.Unfit("an exp that is no second since 1970")
        }
        return Key(id: id, algorithm: algorithm, expires: seconds, components: components)
    }

    /// Adds a key's public half, first in the set; a key that is there already stays where it is, without an end.
    public mutating func add(_ key: SigningKey) throws(AuthError) {
        if let index = keys.firstIndex(where: { $0.id == key.id }) {
            keys[index].expires = nil
            return
        }
        guard keys.count < AuthLimits.keysMax else {
            throw .setting(
                name: "signing keys", found: "\(keys.count)", wanted: "at most \(AuthLimits.keysMax): retire old ones")
        }
        do throws(OpenSSLError) {
            let components = try PublicKey(pem: key.publicKeyPEM).components
            keys.insert(Key(id: key.id, algorithm: key.algorithm, components: components), at: 0)
        } catch { throw AuthError(error) }
    }

    /// Sets the end of a key that has none yet.
    mutating func end(_ id: [UInt8], at seconds: Int64) {
        for index in keys.indices where keys[index].id == id && keys[index].expires == nil {
            keys[index].expires = seconds
        }
    }

    /// Takes a key out; its tokens are refused from here on.
    mutating func remove(_ id: [UInt8]) { keys.removeAll { $0.id == id } }

    /// Takes out what is good no longer.
    mutating func prune(at now: Int64) { keys.removeAll { !$0.isGood(at: now) } }

    /// The keys that tokens are good by at `now`.
    public func verificationKeys(at now: Int64) throws(AuthError) -> [VerificationKey] {
        var good: [VerificationKey] = []
        for key in keys where key.isGood(at: now) {
            let material: PublicKey
            do throws(OpenSSLError) { material = try PublicKey(key.components) } catch { throw AuthError(error) }
            good.append(
                try VerificationKey(
                    id: String(decoding: key.id, as: UTF8.self), algorithm: key.algorithm.signature, key: material))
        }
        return good
    }

    /// The set as it is published at `now`, without what is good no longer.
    public func text(at now: Int64) -> [UInt8] {
        var json = JSONWriter(capacity: 1024)
        json.object { json in
            json.name("keys")
            json.array { json in
                for key in keys where key.isGood(at: now) {
                    json.object { json in
                        json.member("kid", key.id)
                        json.member("alg", literal: key.algorithm.signature.name)
                        json.member("use", literal: "sig")
                        KeyThumbprint.writeMembers(of: key.components, to: &json)
                        if let expires = key.expires { json.member("exp", expires) }
                    }
                }
            }
        }
        return json.bytes
    }

    /// The next second at which a key is good no longer; nil where none has an end after `now`.
    public func nextEnd(after now: Int64) -> Int64? { keys.compactMap(\.expires).filter { $0 > now }.min() }
}
