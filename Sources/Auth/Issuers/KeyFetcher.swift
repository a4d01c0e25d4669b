internal import Curl

/// Fetches an issuer's keys, at most two requests each time: its discovery document, where that tells where they are, and
/// the key set.
struct KeyFetcher: ~Copyable {
    private let issuer: FetchedIssuer
    private let endpoint: HTTPEndpoint
    private var client: HTTPClient

    private init(_ issuer: FetchedIssuer, _ endpoint: HTTPEndpoint, _ client: consuming HTTPClient) {
        self.issuer = issuer
        self.endpoint = endpoint
        self.client = client
    }

    static func make(_ issuer: FetchedIssuer) throws(AuthError) -> KeyFetcher {
        guard let endpoint = issuer.endpoint else {
            throw .setting(name: "issuer \"\(issuer.name)\"", found: "no URL for its keys", wanted: "an https:// URL")
        }
        let timeout = Duration.milliseconds(issuer.timeoutMilliseconds)
        do throws(HTTPClientError) {
            return KeyFetcher(
                issuer, endpoint,
                try HTTPClient.make(
                    HTTPClientConfiguration(
                        connectTimeout: timeout, totalTimeout: timeout,
                        responseBytesMax: AuthLimits.issuerAnswerBytesMax, allowsPlain: endpoint.isPlain,
                        caFile: issuer.caFile)))
        } catch {
            throw .library("issuer \"\(issuer.name)\": \(error)")
        }
    }

    /// The text of the issuer's key set. Blocks at most two time-outs.
    mutating func fetch() throws(IssuerFault) -> [UInt8] {
        let first = try get(endpoint)
        guard case .discovery = issuer.source else { return first }
        let metadata = try ProviderMetadata(
            parsing: first, issuer: issuer.name, ports: issuer.ports, isPlain: endpoint.isPlain)
        return try get(metadata.keysURL)
    }

    private mutating func get(_ endpoint: HTTPEndpoint) throws(IssuerFault) -> [UInt8] {
        let response: HTTPClientResponse
        do throws(HTTPClientError) {
            response = try client.perform(
                HTTPClientRequest("GET", endpoint.url, fields: [HTTPClientField("Accept", "application/json")]))
        } catch {
            throw IssuerFault(error)
        }
        guard response.status == 200 else { throw .status(response.status) }
        return response.body
    }
}

extension IssuerFault {
    fileprivate init(_ error: HTTPClientError) {
        switch error {
        case .timedOut: self = .timedOut
        case .answerTooLarge: self = .tooLarge
        case .setup(let words), .badRequest(let words), .unreachable(let words), .badAnswer(let words):
            self = .unreachable(words)
        case .tls(let words): self = .unreachable("TLS: \(words)")
        }
    }
}
