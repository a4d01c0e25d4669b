internal import Audit
internal import JSON

/// A request's record as an event of the Open Cybersecurity Schema Framework 1.3.0: class 6003, API Activity.
///
/// ```
/// {"metadata":{"version":"1.3.0","product":{"name":"Portcullis",…},"uid":"7:ab…",…},"category_uid":6,"class_uid":6003,
///  "activity_id":1,"type_uid":600301,"time":1795161601500,"severity_id":2,"status_id":2,"actor":{…},"api":{…},…}
/// ```
/// It says in `metadata.labels` that it is no evidence. What the schema has no attribute for is in `unmapped`.
struct OCSFEvent {
    private let view: RecordView
    private let origin: [UInt8]?
    /// Milliseconds since 1970-01-01T00:00:00Z.
    private let time: Int64

    /// - Returns: nil for a record that is not about a request's own course.
    init?(_ view: RecordView, origin: [UInt8]?) {
        guard ["request.begin", "request.end"].map({ Array($0.utf8) }).contains(view.type),
            let time = WallTime(view.time.span, at: 0)
        else { return nil }
        self.view = view
        self.origin = origin
        self.time = time.microseconds / 1000
    }

    private static let schemaVersion: StaticString = "1.3.0"
    private static let productName: StaticString = "Portcullis"
    private static let classIdentifier = 6003

    /// The event, without a line end.
    var bytes: [UInt8] {
        var json = JSONWriter(capacity: 2048)
        json.object { json in
            writeMetadata(to: &json)
            let activity = activity
            json.member("category_uid", Self.classIdentifier / 1000)
            json.member("category_name", literal: "Application Activity")
            json.member("class_uid", Self.classIdentifier)
            json.member("class_name", literal: "API Activity")
            json.member("activity_id", activity.identifier)
            json.member("activity_name", activity.name)
            json.member("type_uid", Self.classIdentifier * 100 + activity.identifier)
            json.member("type_name", "API Activity: \(activity.name)")
            json.member("time", time)
            writeOutcome(to: &json)
            writeActor(to: &json)
            writeInterface(to: &json)
            writeSource(to: &json)
            writeHTTP(to: &json)
            writeRest(to: &json)
        }
        return json.bytes
    }

    private func writeMetadata(to json: inout JSONWriter) {
        let receipt = Array("\(view.record.seq):".utf8) + view.hash
        json.name("metadata")
        json.object { json in
            json.name("version")
            json.string(Self.schemaVersion)
            json.name("product")
            json.object { json in
                json.name("name")
                json.string(Self.productName)
                json.name("vendor_name")
                json.string(Self.productName)
            }
            json.member("uid", receipt)
            json.member("event_code", view.type)
            json.member("sequence", view.record.seq)
            json.member("original_time", view.time)
            if let origin { json.member("log_name", origin) }
            json.member("log_provider", literal: "portcullis audit log")
            if let trace = view.json["req"]?["trace"]?.bytes { json.member("correlation_uid", trace) }
            json.name("labels")
            json.array { $0.string("convenience copy, not evidence: verify the record that metadata.uid names") }
        }
    }

    /// What HTTP's methods do, in the schema's words.
    private var activity: (identifier: Int, name: String) {
        switch view.method.map({ String(decoding: $0, as: UTF8.self) }) {
        case "POST": (1, "Create")
        case "GET", "HEAD": (2, "Read")
        case "PUT", "PATCH": (3, "Update")
        case "DELETE": (4, "Delete")
        case nil: (0, "Unknown")
        case let method?: (99, method)
        }
    }

    private func writeOutcome(to json: inout JSONWriter) {
        let (severity, severityName, status, statusName): (Int, StaticString, Int, StaticString) =
            switch view.result.map({ String(decoding: $0, as: UTF8.self) }) {
            case nil: (1, "Informational", 0, "Unknown")
            case "allow": (1, "Informational", 1, "Success")
            case "deny": (2, "Low", 2, "Failure")
            default: (3, "Medium", 2, "Failure")
            }
        json.member("severity_id", severity)
        json.member("severity", literal: severityName)
        json.member("status_id", status)
        json.member("status", literal: statusName)
        if let reason = view.reason { json.member("status_detail", reason) }
        if let code = view.status { json.member("status_code", "\(code)") }
        if let microseconds = view.microseconds { json.member("duration", microseconds / 1000) }
    }

    private func writeActor(to json: inout JSONWriter) {
        json.name("actor")
        json.object { json in
            if let user = view.subject ?? view.certificate {
                json.name("user")
                json.object { json in
                    json.member("uid", user)
                    json.member("name", user)
                    let roles = view.json["principal"]?["token"]?["roles"]?.elements?.compactMap(\.bytes) ?? []
                    guard !roles.isEmpty else { return }
                    json.name("groups")
                    json.array { json in for role in roles { json.object { $0.member("name", role) } } }
                }
            }
            if let issuer = view.json["principal"]?["token"]?["iss"]?.bytes {
                json.name("idp")
                json.object { $0.member("name", issuer) }
            }
            // Whoever has not proved a name is at least a connection.
            json.name("session")
            json.object { json in
                json.member("uid", "connection \(view.json["req"]?["conn"]?.integer ?? 0)")
                if let token = view.json["principal"]?["token"]?["jti"]?.bytes { json.member("credential_uid", token) }
            }
        }
    }

    private func writeInterface(to json: inout JSONWriter) {
        json.name("api")
        json.object { json in
            let asked = view.method.flatMap { method in view.path.map { method + [0x20] + $0 } }
            json.member("operation", asked ?? view.type)
            json.name("request")
            json.object { $0.member("uid", view.request ?? []) }
            if let code = view.status {
                json.name("response")
                json.object { json in
                    json.member("code", code)
                    if let reason = view.reason, view.result.map({ $0.isEqual(to: "allow") }) == false {
                        json.member("error", reason)
                    }
                }
            }
            json.name("service")
            json.object { json in
                json.name("name")
                json.string(Self.productName)
                if let origin { json.member("uid", origin) }
            }
        }
    }

    /// `203.0.113.9:4431` or `[2001:db8::1]:4431`; what is sealed is a name.
    private func writeSource(to json: inout JSONWriter) {
        json.name("src_endpoint")
        json.object { json in
            let peer = view.peer ?? Array("unknown".utf8)
            guard view.json["req"]?["peer"]?.bytes != nil, let colon = peer.lastIndex(of: UInt8(ascii: ":")),
                let port = UInt64(plainDecimal: peer[(colon + 1)...])
            else { return json.member("name", peer) }
            let host = peer[..<colon]
            json.member("ip", Array(host.first == UInt8(ascii: "[") ? host.dropFirst().dropLast() : host))
            json.member("port", port)
        }
    }

    private func writeHTTP(to json: inout JSONWriter) {
        if let method = view.method, let path = view.path {
            json.name("http_request")
            json.object { json in
                json.member("uid", view.request ?? [])
                json.member("http_method", method)
                if let version = view.json["req"]?["proto"]?.bytes { json.member("version", version) }
                json.name("url")
                json.object { json in
                    json.member("path", path)
                    json.member("url_string", path)
                }
            }
        }
        if let code = view.status {
            json.name("http_response")
            json.object { json in
                json.member("code", code)
                if let bytes = view.json["response"]?["bytes"]?.integer { json.member("length", bytes) }
            }
        }
    }

    private func writeRest(to json: inout JSONWriter) {
        let mapped = ["v", "seq", "time", "type", "req", "response", "prev", "hash"].map { Array($0.utf8) }
        json.name("unmapped")
        json.object { json in
            for member in view.json.members ?? [] where !mapped.contains(member.name) {
                json.name(text: member.name)
                Self.write(member.node, to: &json)
            }
        }
    }

    /// A value as it stands in the record; the log's encoding bounds how deep it is.
    private static func write(_ node: JSONNode, to json: inout JSONWriter) {
        switch node.value {
        case .null: json.null()
        case .bool(let value): json.bool(value)
        case .integer(let value): json.integer(value)
        case .double(let value): json.string("\(value)")
        case .string(let bytes): json.string(bytes)
        case .array(let elements):
            json.array { json in for element in elements { write(element, to: &json) } }
        case .object(let members):
            json.object { json in
                for member in members {
                    json.name(text: member.name)
                    write(member.node, to: &json)
                }
            }
        }
    }
}
