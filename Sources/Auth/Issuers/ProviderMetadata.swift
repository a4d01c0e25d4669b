internal import Curl
internal import JSON

/// What an OpenID provider says of itself (OpenID Connect Discovery 1.0 §3), as far as it is needed.
struct ProviderMetadata {
    /// Where its keys are.
    let keysURL: HTTPEndpoint

    /// Reads the document.
    /// - Parameters:
    ///   - issuer: the configured issuer, which the document must name exactly (§4.3).
    ///   - ports: where the keys may be, on whatever host.
    ///   - isPlain: whether the document came over plain HTTP: only then may the keys.
    init(parsing text: [UInt8], issuer: String, ports: [UInt16], isPlain: Bool) throws(IssuerFault) {
        let document: JSONNode
        do throws(JSONSyntaxError) {
            document = try JSONParser.parse(text, depthMax: AuthLimits.tokenDepthMax)
        } catch {
            throw .malformed("the discovery document is no JSON: \(error)")
        }
        guard let named = document["issuer"]?.bytes, named.elementsEqual(issuer.utf8) else {
            throw .refused("the discovery document is of another issuer")
        }
        guard let keys = document["jwks_uri"]?.text else {
            throw .malformed("the discovery document has no jwks_uri")
        }
        guard let endpoint = HTTPEndpoint(keys, allowsQuery: true), isPlain || !endpoint.isPlain else {
            throw .refused("the discovery document's jwks_uri is no https URL")
        }
        guard ports.contains(endpoint.port) else {
            throw .refused(
                "the discovery document's jwks_uri is at port \(endpoint.port): name it in the issuer's jwks_ports")
        }
        keysURL = endpoint
    }
}

extension HTTPEndpoint {
    /// Where an issuer's discovery document is (OpenID Connect Discovery 1.0 §4.1); nil where the issuer is no such URL.
    static func discovery(of issuer: String) -> HTTPEndpoint? {
        HTTPEndpoint(issuer)
            .flatMap { HTTPEndpoint(($0.url.hasSuffix("/") ? String($0.url.dropLast()) : $0.url) + discoveryPath) }
    }

    private static let discoveryPath = "/.well-known/openid-configuration"
}
