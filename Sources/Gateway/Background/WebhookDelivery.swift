internal import Agent
internal import Audit
internal import Bytes
internal import Curl
internal import JSON
internal import OpenSSL
internal import Synchronization
internal import Threading

/// Tells another system of a new ticket: `POST` of a small JSON object without a word of what the customer wrote, signed.
///
/// ```
/// Portcullis-Delivery: T-0123…                      the ticket, so that the receiver can tell a repetition
/// Portcullis-Signature: t=1760000000,v1=HEX         v1: HMAC-SHA-256 of "1760000000." and the body
/// ```
/// The time is in the signature so that an old delivery cannot be sent again as a new one. Answers other than 2xx, and no answer
/// in time, are failures, after which the queue tries again; `410` says that nobody wants to be told any more.
final class WebhookDelivery: Sendable {
    private let url: String
    private let secret: WebhookSecret
    private let client: Mutex<HTTPClient>

    /// Bytes of an answer that are read; what it says does not matter.
    static let responseBytesMax = 16_384
    static let signatureField = "Portcullis-Signature", deliveryField = "Portcullis-Delivery"

    init(url: String, secret: WebhookSecret, client: consuming sending HTTPClient) {
        self.url = url
        self.secret = secret
        self.client = Mutex(client)
    }

    /// Sends one delivery and waits for its answer. It blocks; for the worker's thread alone.
    func deliver(_ ticket: Ticket, attempt: Int) -> JobOutcome {
        let body = Self.body(of: ticket)
        let request = HTTPClientRequest(
            "POST", url,
            fields: [
                HTTPClientField("Content-Type", "application/json"),
                HTTPClientField(Self.deliveryField, String(decoding: ticket.id, as: UTF8.self)),
                HTTPClientField("Portcullis-Attempt", "\(attempt)"),
                HTTPClientField(Self.signatureField, Self.signature(of: body, at: WallClock.seconds, secret.key)),
            ], body: body)
        do throws(HTTPClientError) {
            let status = try client.withLock { client throws(HTTPClientError) in try client.perform(request).status }
            switch status {
            case 200..<300: return .done
            case 410: return .hopeless(reason: "the receiver answered 410: it wants no more of them")
            default: return .failed(reason: "the receiver answered \(status)")
            }
        } catch {
            return .failed(reason: "the receiver cannot be told: \(error)")
        }
    }

    /// The signature's field: `t=SECONDS,v1=HEX`.
    static func signature(of body: [UInt8], at seconds: Int64, _ secret: borrowing SecretBytes) -> String {
        let message = Array("\(seconds).".utf8) + body
        let code = HMAC.code(.sha256, of: message.span, key: secret)
        return "t=\(seconds),v1=" + String(decoding: ByteBuffer.hex(code), as: UTF8.self)
    }

    static func body(of ticket: Ticket) -> [UInt8] {
        var json = JSONWriter(capacity: 512)
        json.object { json in
            json.member("type", literal: "ticket.created")
            json.name("ticket")
            json.object { json in
                json.member("id", ticket.id)
                json.member("category", ticket.category.bytes)
                json.member("priority", ticket.priority.rawValue)
                json.member("state", ticket.state.rawValue)
                json.member("created", Timestamp.text(microseconds: ticket.createdMicroseconds))
                if let due = ticket.clock.dueMicroseconds { json.member("due", Timestamp.text(microseconds: due)) }
                json.name("reasons")
                json.array { json in for reason in ticket.reasons { json.string(reason.rawValue) } }
                if let session = ticket.sessionID { json.member("session_id", session) }
                json.member("request_id", ticket.requestID)
            }
        }
        return json.bytes
    }
}

/// The secret that deliveries are signed with, which their receiver has too.
final class WebhookSecret: Sendable {
    let key: SecretBytes

    init(_ key: borrowing SecretBytes) { self.key = key.copy() }
}

extension Composition {
    /// What tells another system of new tickets; nil where nobody is told.
    func makeWebhook() throws(CommandFailure) -> WebhookDelivery? {
        let settings = configuration.webhook
        guard !settings.url.isEmpty else { return nil }
        let secret = try SecretKeyFile.read(path(settings.secret), setting: "webhook.secret") { WebhookSecret($0) }
        let timeout = Duration.milliseconds(settings.timeoutMilliseconds)
        do throws(HTTPClientError) {
            let client = try HTTPClient.make(
                HTTPClientConfiguration(
                    connectTimeout: timeout, totalTimeout: timeout * 2,
                    responseBytesMax: WebhookDelivery.responseBytesMax, allowsPlain: settings.url.hasPrefix("http:"),
                    caFile: settings.receiverCA.isEmpty ? nil : path(settings.receiverCA)))
            return WebhookDelivery(url: settings.url, secret: secret, client: client)
        } catch {
            throw CommandFailure(.configuration, "webhook", "\(error)")
        }
    }
}
