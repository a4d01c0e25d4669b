import Agent
import Audit
import Edge
import Foundation
import JSON
import LinuxIO
import OpenSSL
import Testing
import WireClient

@testable import Gateway

/// A gateway in this process: all of its services, over an unencrypted listener. Its policy is the shipped one but
/// for the client certificate, which an unencrypted connection cannot have.
final class TestGateway: Sendable {
    let services: Services
    let folder: String
    private let live: LiveServices
    private let edge: EdgeServer
    private let port: UInt16

    /// - Parameters:
    ///   - redaction: the redaction policy in place of the shipped one.
    ///   - settings: replacements in `gateway.json5`.
    ///   - knowledge: the knowledge base in place of the shipped one, as CSV.
    ///   - model: the model that answers.
    ///   - prepare: makes other files in the folder, which is the state's and the policies'.
    init(
        ask burst: Int = 1000, failures: Int = 1000, address: Int = 1000, redaction: String? = nil,
        settings changes: [(text: String, other: String)] = [], knowledge: String? = nil,
        model: (any ChatModel)? = nil,
        prepare: (_ folder: String) throws -> Void = { _ in }
    ) async throws {
        let files = FileManager.default
        let name = String(UInt64.random(in: 0 ... .max), radix: 36)
        folder = Repository.root.appending(path: ".build/gateway-tests/\(name)").path
        try files.createDirectory(atPath: folder, withIntermediateDirectories: true)
        try files.copyItem(
            atPath: Repository.root.appending(path: "policies").path, toPath: folder + "/policies")
        try Self.replace(
            "requireCertificate: true", by: "requireCertificate: false", in: folder + "/policies/rbac.json5")
        let rule = { (burst: Int) in "{limit: 1, window_s: 3600, burst: \(burst)}" }
        let classes = ["tickets", "read", "knowledge", "admin"].map { "\($0): \(rule(1000))" }.joined(separator: ", ")
        let limits = """
            {version: 1, classes: {ask: \(rule(burst)), \(classes)}, address: \(rule(address)),
             failed_authentication: \(rule(failures))}
            """
        try Data(limits.utf8).write(to: URL(filePath: folder + "/policies/ratelimits.json5"))
        _ = try AuthorityCommands.initialise(directory: folder + "/certs", commonName: "test", days: 1)
        _ = try AuthorityCommands.issue(
            .server(dnsNames: ["localhost"], addresses: []), directory: folder + "/certs", base: nil, days: 1)
        try files.createDirectory(atPath: folder + "/var", withIntermediateDirectories: true)
        let file = folder + "/policies/gateway.json5"
        try Self.replace("space_stop_bytes: 134217728", by: "space_stop_bytes: 0", in: file)
        for change in changes { try Self.replace(change.text, by: change.other, in: file) }
        if let redaction { try Data(redaction.utf8).write(to: URL(filePath: folder + "/policies/redaction.json5")) }
        try prepare(folder)
        let settings = try Configuration.parse(Array(try Data(contentsOf: URL(filePath: file))), file: file)
        services = try Composition(configuration: settings, stateFolder: folder, model: model).make { _ in }.services
        let rows = try knowledge.map { Array($0.utf8) } ?? Repository.bytes("knowledge/faq.csv")
        _ = try await services.knowledge.replace(csv: rows)
        live = LiveServices(services)
        edge = try EdgeServer.start(EdgeConfiguration(loopCount: 2), onFailure: unexpected)
        let loopback = try #require(SocketAddress(numeric: "127.0.0.1", port: 0))
        port = try edge.listen(
            ListenerConfiguration(address: loopback, transport: .plain), handler: LivePipeline(live))
    }

    deinit {
        edge.drain()
        edge.abandon()
        services.log.close(requestsServed: 0)
        try? FileManager.default.removeItem(atPath: folder)
    }

    private static func replace(_ text: String, by other: String, in file: String) throws {
        let whole = String(decoding: try Data(contentsOf: URL(filePath: file)), as: UTF8.self)
        try #require(whole.contains(text))
        try Data(whole.replacing(text, with: other).utf8).write(to: URL(filePath: file))
    }

    /// A token of this gateway's issuer.
    func token(
        _ role: String, subject: String? = nil, audience: String = "portcullis",
        issuer: String = "https://portcullis.dev", key: String? = nil
    ) throws -> String {
        try TokenCommands.issue(
            TokenCommands.Order(
                keyPath: key ?? folder + "/certs/token-keys/signing.key", issuer: issuer, audience: audience,
                subject: subject ?? role, roles: [role], lifetimeSeconds: 600),
            in: .unrecorded)
    }

    /// Has what the command revokes put on record, as `serve` does.
    func recordForeignRevocations() { services.revocations.recordForeign(in: services.log, on: edge) }

    /// Has what the command issues put on record, as `serve` does.
    func recordIssuances() { services.revocations.recordIssuances(of: live, on: edge) }

    func connect() throws -> WireClient { try WireClient(port: port) }

    /// Sends one request on a connection of its own.
    func send(
        _ method: String, _ path: String, token: String? = nil, body: String? = nil,
        type: String = "application/json", fields: String = ""
    ) async throws -> WireReply {
        var text = "\(method) \(path) HTTP/1.1\r\nHost: localhost\r\n"
        if let token { text += "Authorization: Bearer \(token)\r\n" }
        if let body { text += "Content-Type: \(type)\r\nContent-Length: \(body.utf8.count)\r\n" }
        text += fields + "\r\n" + (body ?? "")
        return try await connect().exchange(text, isHead: method == "HEAD")
    }

    func ask(_ message: String, token: String, session: String? = nil) async throws -> WireReply {
        let member = session.map { #", "session_id": "\#($0)""# } ?? ""
        return try await send("POST", "/v1/ask", token: token, body: #"{"message": "\#(message)"\#(member)}"#)
    }

    /// The log's records as text, oldest first.
    func records() throws -> [String] {
        let directory = folder + "/var/audit"
        let segments = try FileManager.default.contentsOfDirectory(atPath: directory).filter { $0.hasPrefix("seg-") }
            .sorted()
        return try segments.flatMap { name -> [String] in
            let bytes = try Data(contentsOf: URL(filePath: directory + "/" + name))
            return String(decoding: bytes, as: UTF8.self).split(separator: "\n").map(String.init)
        }
    }

    /// The record that a reply's receipt names.
    func record(of reply: WireReply) throws -> JSONNode {
        let receipt = try #require(reply.fields["audit-receipt"]).split(separator: ":")
        let sequence = try #require(Int64(receipt[0]))
        let head = services.log.head
        #expect(Int64(head.seq) >= sequence && receipt[1].count == 64)
        if Int64(head.seq) == sequence { #expect(head.hash.hex.elementsEqual(receipt[1].utf8)) }
        let line = try #require(try records().first { $0.contains("\"seq\":\(sequence),") })
        return try JSONParser.parse(Array(line.utf8))
    }
}

extension JSONNode {
    /// `stage:outcome:reason` of each step of a record.
    var steps: [String] {
        (self["path"]?.elements ?? []).map { step in
            [step["stage"]?.text, step["outcome"]?.text, step["reason"]?.text].compactMap { $0 }.joined(separator: ":")
        }
    }
}

/// A loop that ends by itself is a failure of whatever test runs.
@Sendable func unexpected(_ failure: EdgeError) { Issue.record("a loop failed: \(failure)") }
