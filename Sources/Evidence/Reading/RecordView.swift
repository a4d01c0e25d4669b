package import Audit
package import JSON

/// A record's members, for searching and showing. What it does not know is left alone.
package struct RecordView {
    /// The record.
    package let record: StoredRecord
    /// Its members.
    package let json: JSONNode

    /// Reads a record's line; nil where it is not JSON, which no record of a log that verifies is.
    package init?(_ record: StoredRecord) {
        guard let json = try? JSONParser.parse(record.line) else { return nil }
        self.record = record
        self.json = json
    }

    /// Its type, such as `request.end`.
    package var type: [UInt8] { json["type"]?.bytes ?? [] }
    /// `YYYY-MM-DDTHH:MM:SS.ffffffZ`.
    package var time: [UInt8] { json["time"]?.bytes ?? [] }
    /// 64 hexadecimal digits.
    package var hash: [UInt8] { json["hash"]?.bytes ?? [] }
    /// The request's name.
    package var request: [UInt8]? { json["req"]?["id"]?.bytes }
    package var method: [UInt8]? { json["req"]?["method"]?.bytes }
    package var path: [UInt8]? { json["req"]?["path"]?.bytes }
    /// How the answer came about, such as `faq_exact`.
    package var route: [UInt8]? { json["agent"]?["route"]?.bytes }
    /// `allow`, `deny` or `error`.
    package var result: [UInt8]? { json["decision"]?["result"]?.bytes }
    package var stage: [UInt8]? { json["decision"]?["stage"]?.bytes }
    /// Why: of a decision, of a refused connection, of a stop, of a new segment.
    package var reason: [UInt8]? {
        json["decision"]?["reason"]?.bytes ?? json["tls"]?["reason"]?.bytes ?? json["stop"]?["reason"]?.bytes
            ?? json["segment"]?["reason"]?.bytes
    }
    package var status: Int64? { json["response"]?["status"]?.integer }
    package var microseconds: Int64? { json["response"]?["us"]?.integer }
    /// The token's subject, or what stands for one that is sealed.
    package var subject: [UInt8]? { Self.text(json["principal"]?["token"]?["sub"]) }
    /// The certificate's subject.
    package var certificate: [UInt8]? { json["principal"]?["cert"]?["subject"]?.bytes }
    /// `address:port`, or what stands for one that is sealed.
    package var peer: [UInt8]? { Self.text(json["req"]?["peer"] ?? json["tls"]?["peer"]) }

    /// Whoever acted: the token's subject and the certificate's names.
    package var principals: [[UInt8]] {
        let names = json["principal"]?["cert"]?["san"]?.elements?.compactMap(\.bytes) ?? []
        return [subject, certificate].compactMap { $0 } + names
    }

    /// Types of personal data that were found, in what came in or went out.
    package var redactionTypes: [[UInt8]] {
        ["in", "out"].flatMap { json["redaction"]?[$0]?.members?.map(\.name) ?? [] }
    }

    /// A text; of a sealed member, which key would open it.
    static func text(_ node: JSONNode?) -> [UInt8]? {
        if let bytes = node?.bytes { return bytes }
        guard let kid = node?["kid"]?.bytes else { return nil }
        return Array("sealed (kid ".utf8) + kid + Array(")".utf8)
    }
}
