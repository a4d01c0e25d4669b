internal import JSON

/// Where the bank's systems are and how they are asked: `policies/banking.json5`.
///
/// ```json5
/// {
///     version: 1,
///     url: "https://core.bank.example/v2",
///     key_file: "certs/bank.token",
///     account: {
///         path: "/accounts/{account}",
///         status: "/status", booked: "/balance/booked", available: "/balance/available", currency: "/currency",
///     },
///     transactions: {
///         path: "/accounts/{account}/transactions?limit={limit}&before={before}",
///         list: "/items", id: "/id", day: "/date", amount: "/amount", currency: "/currency", purpose: "/text",
///         has_more: "/more",
///     },
///     contact: { path: "/accounts/{account}/holders/{holder}", address: "/address", phone: "/phone", email: "/email" },
///     change: { path: "/accounts/{account}/holders/{holder}/changes", reference: "/id" },
/// }
/// ```
/// Places are JSON Pointers (RFC 6901) into the answer, those of a transaction into one element of `list`. Amounts are whole
/// numbers of minor units. `{account}`, `{holder}`, `{limit}` and `{before}` are percent-encoded.
public struct BankingPolicy: Sendable {
    /// The base of all URLs, without a slash at its end.
    public let url: String
    /// The file with the bearer token; nil for none.
    public let keyFile: String?
    /// PEM file with the CAs that vouch for the bank's server; nil for the system's.
    public let caFile: String?

    struct Account: Sendable {
        let path: String
        let status, booked, available, currency: JSONPointer
    }

    struct Transactions: Sendable {
        let path: String
        let list, id, day, amount, currency, purpose, hasMore: JSONPointer
    }

    struct Contact: Sendable {
        let path: String
        let address, phone, email: JSONPointer
    }

    struct Change: Sendable {
        let path: String
        let reference: JSONPointer
    }

    let account: Account
    let transactions: Transactions
    let contact: Contact
    let change: Change

    /// Reads a policy file.
    /// - Returns: nil where it names no bank: nothing stands in it but its version.
    /// - Throws: as `init`.
    public static func read(json5 text: [UInt8], file: String) throws(AgentError) -> BankingPolicy? {
        // What is wrong with the text is told by the initialiser.
        if text.count <= AgentLimits.policyBytesMax, let root = try? JSONParser.parse(text, dialect: .json5),
            case .object(let members) = root.value, members.count == 1, root["version"]?.integer == 1
        {
            return nil
        }
        return try BankingPolicy(json5: text, file: file)
    }

    /// Reads a policy file that names a bank.
    /// - Parameter file: its name, for messages.
    /// - Throws: `.policy`, which names the place, what was found and what is wanted.
    public init(json5 text: [UInt8], file: String) throws(AgentError) {
        self = try PolicyText.read(text, file: file) { node throws(JSONShapeError) in try Self(node) }
    }

    private init(_ node: JSONNode) throws(JSONShapeError) {
        let root = try JSONObject(
            node,
            allowing: ["version", "url", "key_file", "ca_file", "account", "transactions", "contact", "change"])
        _ = try root.integer("version", in: 1...1)
        url = try Self.url(root)
        keyFile = try root.optionalString("key_file", countRange: 1...1_024)
        caFile = try root.optionalString("ca_file", countRange: 1...1_024)
        let account = try root.object("account", allowing: ["path", "status", "booked", "available", "currency"])
        self.account = Account(
            path: try Self.path(account), status: try Self.pointer(account, "status"),
            booked: try Self.pointer(account, "booked"), available: try Self.pointer(account, "available"),
            currency: try Self.pointer(account, "currency"))
        let list = try root.object(
            "transactions",
            allowing: ["path", "list", "id", "day", "amount", "currency", "purpose", "has_more"])
        transactions = Transactions(
            path: try Self.path(list), list: try Self.pointer(list, "list"), id: try Self.pointer(list, "id"),
            day: try Self.pointer(list, "day"), amount: try Self.pointer(list, "amount"),
            currency: try Self.pointer(list, "currency"), purpose: try Self.pointer(list, "purpose"),
            hasMore: try Self.pointer(list, "has_more"))
        let contact = try root.object("contact", allowing: ["path", "address", "phone", "email"])
        self.contact = Contact(
            path: try Self.path(contact), address: try Self.pointer(contact, "address"),
            phone: try Self.pointer(contact, "phone"), email: try Self.pointer(contact, "email"))
        let change = try root.object("change", allowing: ["path", "reference"])
        self.change = Change(path: try Self.path(change), reference: try Self.pointer(change, "reference"))
    }

    private static func url(_ root: JSONObject) throws(JSONShapeError) -> String {
        let url = try root.string("url", countRange: 8...1_024)
        let isLoopback = ["http://127.0.0.1:", "http://[::1]:", "http://localhost:"].contains { url.hasPrefix($0) }
        guard url.hasPrefix("https://") || isLoopback, !url.hasSuffix("/"), !url.contains("?"), !url.contains("@")
        else {
            throw root.error(
                "url", found: "another URL",
                wanted: "https://, or http:// to this machine with a port, without a slash at its end, query or user")
        }
        return url
    }

    private static func path(_ object: JSONObject) throws(JSONShapeError) -> String {
        let path = try object.string("path", countRange: 1...512)
        let rest = places.reduce(path) { $0.replacing("{\($1)}", with: "") }
        guard path.hasPrefix("/"), !rest.contains("{"), !rest.contains("}"),
            rest.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F && $0 != UInt8(ascii: "#") })
        else {
            throw object.error(
                "path", found: "another path",
                wanted:
                    "a path that begins with / and has no places but \(places.map { "{\($0)}" }.joined(separator: ", "))"
            )
        }
        return path
    }

    private static let places = ["account", "holder", "limit", "before"]

    private static func pointer(_ object: JSONObject, _ name: String) throws(JSONShapeError) -> JSONPointer {
        guard let pointer = JSONPointer(try object.string(name, countRange: 1...256)) else {
            throw object.error(name, found: "another text", wanted: "a JSON Pointer, such as /balance/booked")
        }
        return pointer
    }
}

/// A place in a JSON document (RFC 6901).
struct JSONPointer: Hashable, Sendable {
    private let tokens: [[UInt8]]

    /// nil where `text` is no pointer.
    init?(_ text: String) {
        guard text.hasPrefix("/") else { return nil }
        var tokens: [[UInt8]] = []
        for part in text.utf8.dropFirst().split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false) {
            var token: [UInt8] = []
            var rest = part[...]
            while let byte = rest.popFirst() {
                guard byte == UInt8(ascii: "~") else {
                    token.append(byte)
                    continue
                }
                switch rest.popFirst() {
                case UInt8(ascii: "0"): token.append(UInt8(ascii: "~"))
                case UInt8(ascii: "1"): token.append(UInt8(ascii: "/"))
                default: return nil
                }
            }
            tokens.append(token)
        }
        self.tokens = tokens
    }

    /// What stands there; nil where nothing does.
    func value(in root: JSONNode) -> JSONNode? {
        tokens.reduce(Optional(root)) { node, token in
            switch node?.value {
            case .object(let members): members.first { $0.name == token }?.node
            case .array(let elements):
                Int(String(decoding: token, as: UTF8.self)).flatMap {
                    elements.indices.contains($0) ? elements[$0] : nil
                }
            default: nil
            }
        }
    }
}
