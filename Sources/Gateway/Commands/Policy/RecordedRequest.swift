internal import Audit
internal import Auth
internal import Evidence
internal import JSON
internal import LinuxIO

/// A request as its record has it, as far as a policy decides on it.
struct RecordedRequest {
    /// Why a record cannot be decided anew. The raw value is the name that scripts see.
    enum Gap: String, Error, CaseIterable {
        case incomplete = "record_incomplete"
        case sealedSubject = "subject_sealed"
        case sealedAddress = "address_sealed"
        case certificate = "certificate_unclear"
        case path = "path_masked"
        case decision = "decision_unknown"
        case binding = "binding_unknown"

        /// The reason in words.
        var words: String {
            switch self {
            case .incomplete: "a text or list of the record was cut, or a part is missing"
            case .sealedSubject: "the subject is sealed, and the policy binds the certificate to subjects"
            case .sealedAddress: "the address is sealed, and the policy has conditions on addresses there"
            case .certificate: "the certificate's name cannot be told from the record"
            case .path: "personal data in the path was masked, and the policy has routes that differ there"
            case .decision: "the record has a decision that this version does not know"
            case .binding: "it depends on whether the token was bound to its certificate, which records do not say"
            }
        }
    }

    let method: [UInt8], path: [UInt8]
    let roles: [RoleName]
    let approvals: Approvals?

    /// What a token has for a role that needs approvals.
    struct Approvals: Hashable {
        let count: Int
        /// Seconds from `iat` to `exp`.
        let lifeSeconds: Int64
    }
    /// nil where it is sealed.
    let subject: String?
    let certificate: PrincipalName?
    let circumstances: Circumstances
    /// Whether the address is sealed, and not only unknown.
    let isAddressSealed: Bool

    /// What a policy decided.
    struct Decision {
        /// The reason; nil where the request was let in.
        let refusal: String?
    }

    /// The policy's decision in a record; nil where the request ended before, or went nowhere.
    static func decision(in view: RecordView) throws(Gap) -> Decision? {
        guard view.type.elementsEqual("request.end".utf8),
            let step = view.json["path"]?.elements?.first(where: { $0["stage"]?.text == "authorise" })
        else { return nil }
        switch (step["outcome"]?.text, step["reason"]?.text) {
        case ("pass", _): return Decision(refusal: nil)
        case ("deny", "route_unknown"), ("deny", "method_not_allowed"): return nil
        case ("deny", let reason?) where policyReasons.contains(reason): return Decision(refusal: reason)
        default: throw .decision
        }
    }

    private static let policyReasons = Set(PolicyRefusal.allCases.map { "\($0.reason)" })

    /// Reads a record that has a decision.
    init(_ view: RecordView) throws(Gap) {
        let json = view.json
        let cut = json["cut"]?.elements?.compactMap(\.text) ?? []
        let token = json["principal"]?["token"]
        let names = token?["roles"]?.elements ?? []
        roles = names.compactMap { $0.bytes.flatMap { RoleName($0) } }
        guard !cut.contains(where: { $0.hasPrefix("principal") || $0.hasPrefix("req") }), token?["roles_total"] == nil,
            !roles.isEmpty, roles.count == names.count, let method = view.method, let path = view.path,
            let received = json["req"]?["received"]?.bytes.flatMap(Timestamp.seconds), let subject = token?["sub"],
            let peer = json["req"]?["peer"]
        else { throw .incomplete }
        approvals = try token?["approved_by"]?.elements.map { approvers throws(Gap) in
            guard let issued = token?["iat"]?.integer, let expires = token?["exp"]?.integer else { throw .incomplete }
            return Approvals(count: approvers.count, lifeSeconds: expires - issued)
        }
        self.method = method
        self.path = path
        self.subject = subject.text
        isAddressSealed = peer.text == nil
        certificate = try json["principal"]?["cert"].map { node throws(Gap) in try Self.name(of: node) }
        circumstances = Circumstances(
            now: received, address: peer.text.flatMap(Self.address),
            tls: json["tls"]?["version"]?.text.flatMap { TLSVersion(protocolName: $0) })
    }

    /// `203.0.113.9:4431` or `[2001:db8::1]:4431`.
    private static func address(_ peer: String) -> ClientAddress? {
        guard let colon = peer.lastIndex(of: ":") else { return nil }
        let host = peer[..<colon].filter { $0 != "[" && $0 != "]" }
        return SocketAddress(numeric: String(host), port: 0).flatMap { ClientAddress(bytes: $0.bytes) }
    }

    /// The name that the certificate goes by. Records have URIs before DNS names and do not say which is which; a URI is
    /// never relative (RFC 5280 §4.2.1.6), so that it has a colon, and a DNS name has none.
    private static func name(of certificate: JSONNode) throws(Gap) -> PrincipalName {
        let kind: PrincipalName.Kind
        let value: [UInt8]
        if let first = certificate["san"]?.elements?.first?.bytes {
            kind = first.contains(UInt8(ascii: ":")) ? .uri : .dns
            value = first
        } else {
            kind = .commonName
            value = try commonName(in: certificate["subject"]?.text ?? "")
        }
        do throws(IdentityRefusal) { return try PrincipalName(kind: kind, value: value) } catch { throw .certificate }
    }

    /// Of a subject in the form of RFC 2253. An escaped value may hide a comma, and is not guessed at.
    private static func commonName(in subject: String) throws(Gap) -> [UInt8] {
        let names = subject.split { $0 == "," || $0 == "+" }.filter { $0.hasPrefix("CN=") }
        guard names.count == 1, !subject.contains("\\") else { throw .certificate }
        return Array(names[0].dropFirst(3).utf8)
    }
}
