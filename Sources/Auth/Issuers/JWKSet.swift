internal import JSON
internal import OpenSSL

/// The keys that an issuer publishes (RFC 7517 §5), as far as tokens may be verified with them.
///
/// Nothing in a set can widen what the configuration allows: a key is taken for the algorithms that are configured for its
/// issuer and for no other. What is not taken is listed with its reason; the rest of the set stands.
///
/// Example: `{"keys":[{"kty":"EC","crv":"P-256","kid":"2026-11","use":"sig","alg":"ES256","x":"…","y":"…"}]}`
public struct JWKSet: Sendable {
    /// A key that tokens are not verified with.
    public struct Refused: Equatable, Sendable {
        /// The key's position in the set, from 0.
        public let index: Int
        /// Its `kid`, where it has one that can stand in a log line.
        public let keyID: String?
        /// Why, as a clause: "a symmetric key in a public set".
        public let reason: String
    }

    /// The keys taken, one for each algorithm that a key may be used with.
    public let keys: [VerificationKey]
    /// The others.
    public let refused: [Refused]

    /// Reads a set.
    /// - Parameter algorithms: those that the issuer's tokens may be signed with; a symmetric one among them counts for none.
    /// - Throws: `IssuerFault` where the text is no JWK set at all, or has more than 64 keys.
    public init(parsing text: [UInt8], algorithms: [SignatureAlgorithm]) throws(IssuerFault) {
        let set: JSONNode
        do throws(JSONSyntaxError) {
            set = try JSONParser.parse(text, depthMax: AuthLimits.tokenDepthMax)
        } catch {
            throw .malformed("the key set is no JSON: \(error)")
        }
        guard let elements = set["keys"]?.elements else {
            throw .malformed("the key set has no array \"keys\"")
        }
        guard elements.count <= AuthLimits.keysMax else {
            throw .malformed("the key set has \(elements.count) keys, more than \(AuthLimits.keysMax)")
        }
        let allowed = algorithms.filter { !$0.isSymmetric }
        var taken: [VerificationKey] = []
        var left: [Refused] = []
        for (index, node) in elements.enumerated() {
            let key = JWK(node)
            do throws(JWK.Unfit) {
                let fitting = try key.verificationKeys(for: allowed)
                let isRepeated = fitting.contains { new in
                    taken.contains { $0.id == new.id && $0.algorithm == new.algorithm }
                }
                // Which of two would verify a token would be left to the order of the set.
                if isRepeated { throw JWK.Unfit("the kid of a key before it") }
                taken += fitting
            } catch {
                left.append(Refused(index: index, keyID: key.printableID, reason: error.reason))
            }
        }
        keys = taken
        refused = left
    }
}
