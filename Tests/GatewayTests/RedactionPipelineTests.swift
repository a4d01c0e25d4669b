import Agent
import Foundation
import JSON
import Redaction
import Synchronization
import Testing
import WireClient

@testable import Gateway

/// A knowledge base with the bank's address in one answer, somebody's in another, and an answer with a token.
private let knowledge = """
    id,question,answer,category,variants
    bank_mail,What is your mail address?,Write to help@bank.example at any time.,Contact,
    jane_mail,Who is the branch manager?,Ask jane.roe@example.com about it.,Contact,Who manages the branch?
    echo_token,Where will you write to?,We will write to [EMAIL_1] and to [EMAIL_2].,Contact,
    both,Who else gets the newsletter?,Besides [EMAIL_1] we write to jane.roe@example.com.,Contact,
    title,Is john.doe@example.com your chairman?,He is the chairman of the board.,Contact,Who is your chairman?
    clean,What are the opening hours?,From nine to five on every day.,Contact,

    """

private func policy(_ types: String = "EMAIL_ADDRESS: \"tokenise\"", _ more: String = "") -> String {
    """
    {version: 1, confidence_min_ppm: 500000, otherwise: "mask", types: {\(types)},
     allowed: {EMAIL_ADDRESS: ["@bank.example"]}\(more)}
    """
}

extension WireReply {
    fileprivate func json() throws -> JSONNode { try JSONParser.parse(body) }
    fileprivate var answer: String? { try? json()["answer"]?.text }
}

@Suite struct `Redaction rules` {
    private static let rules = """
        , rules: [
            {roles: ["agent"], routes: ["/v1/redact"], direction: "input", types: {EMAIL_ADDRESS: "replace"}},
            {roles: ["service"], types: {EMAIL_ADDRESS: "block"}},
            {routes: ["/v1/tickets/{id}"], roles: ["agent"], direction: "output", types: {PHONE_NUMBER: "allow"}},
            {roles: ["customer"], direction: "input", types: {PHONE_NUMBER: "allow"}},
        ]
        """

    private func redacted(_ gateway: TestGateway, by role: String) async throws -> WireReply {
        try await gateway.send(
            "POST", "/v1/redact", token: gateway.token(role), body: #"{"text": "mail a@example.com"}"#)
    }

    @Test func `hold for the caller's roles and the route`() async throws {
        let gateway = try await TestGateway(redaction: policy("EMAIL_ADDRESS: \"tokenise\"", Self.rules))
        #expect(try await redacted(gateway, by: "agent").json()["text"]?.text == "mail <EMAIL>")
        let refused = try await redacted(gateway, by: "service")
        #expect(refused.status == 422 && refused.text.contains("EMAIL_ADDRESS"))
        // The same role on another route, and the same route without a rule for the role.
        let asked = try await gateway.send(
            "POST", "/v1/tickets", token: gateway.token("agent"), body: #"{"message": "mail a@example.com"}"#)
        #expect(try asked.json()["message"]?.text == "mail [EMAIL_1]")
        #expect(gateway.services.redactors.scopeCount == 3)
        _ = try await redacted(gateway, by: "agent")
        #expect(gateway.services.redactors.scopeCount == 3)
        #expect(
            gateway.services.metrics.redactions.map { "\($0.type) \($0.action) \($0.direction) \($0.count)" } == [
                "email_address replace input 2", "email_address tokenise input 1", "email_address block input 1",
            ])
    }

    @Test func `let one role read in a ticket what another must not`() async throws {
        let gateway = try await TestGateway(redaction: policy("EMAIL_ADDRESS: \"tokenise\"", Self.rules))
        let made = try await gateway.send(
            "POST", "/v1/tickets", token: gateway.token("customer"),
            body: #"{"message": "call me on +44 7911 123456 please"}"#)
        let path = try #require(made.fields["location"])
        #expect(try made.json()["message"]?.text == "call me on +44 7911 123456 please")
        let agent = try await gateway.send("GET", path, token: gateway.token("agent"))
        #expect(try agent.json()["message"]?.text == "call me on +44 7911 123456 please")
        #expect(try gateway.record(of: agent).steps.last == "restore:skip")
        let admin = try await gateway.send("GET", path, token: gateway.token("admin"))
        #expect(try admin.json()["message"]?.text == "call me on +** **** **3456 please")
        let record = try gateway.record(of: admin)
        #expect(record.steps.last == "restore:modify:pii_masked")
        #expect(record["redaction"]?["out"]?["phone_number"]?.integer == 1)
        #expect(record["redaction"]?["in"]?["phone_number"] == nil)
        #expect(
            gateway.services.metrics.redactions.map { "\($0.type) \($0.action) \($0.direction) \($0.count)" } == [
                "phone_number mask output 1"
            ])
    }

    @Test func `cost no scope where there are none`() async throws {
        let gateway = try await TestGateway(redaction: policy())
        _ = try await redacted(gateway, by: "agent")
        #expect(gateway.services.redactors.scopeCount == 0)
    }

    @Test(arguments: [("roles: [\"teller\"]", "/rules/0/roles"), ("routes: [\"/v1/chat\"]", "/rules/0/routes")])
    func `name what the RBAC policy has, or the gateway does not start`(_ rule: String, _ pointer: String) async {
        let failure = await #expect(throws: CommandFailure.self) {
            _ = try await TestGateway(
                redaction: policy("EMAIL_ADDRESS: \"mask\"", ", rules: [{\(rule), types: {JWT: \"mask\"}}]"))
        }
        #expect(failure?.status == .configuration && failure?.subject.contains("/redaction.json5:") == true)
        #expect(failure?.what.contains(pointer) == true && failure?.mend.contains("wanted some of") == true)
    }
}

@Suite struct `Keyed hashes` {
    private static let setting = [(text: "hash_key: \"\"", other: "hash_key: \"certs/hash.key\"")]
    private static let key = "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=\n"

    private static func write(_ key: String, mode: Int = 0o600) -> (String) throws -> Void {
        { folder in
            let file = folder + "/certs/hash.key"
            try FileManager.default.createDirectory(atPath: folder + "/certs", withIntermediateDirectories: true)
            try Data(key.utf8).write(to: URL(filePath: file))
            try FileManager.default.setAttributes([.posixPermissions: mode], ofItemAtPath: file)
        }
    }

    private func hash(_ gateway: TestGateway, _ text: String, by role: String = "service") async throws -> String {
        let reply = try await gateway.send(
            "POST", "/v1/redact", token: gateway.token(role), body: #"{"text": "\#(text)"}"#)
        return try #require(try reply.json()["text"]?.text)
    }

    @Test func `are the same for the same value, whoever sends it, and others under another key`() async throws {
        let text = policy("EMAIL_ADDRESS: \"hash\"")
        let gateway = try await TestGateway(redaction: text, settings: Self.setting, prepare: Self.write(Self.key))
        let first = try await hash(gateway, "a@example.com")
        #expect(first.wholeMatch(of: /<EMAIL:[a-f][0-9a-f]{9}>/) != nil)
        #expect(try await hash(gateway, "A@EXAMPLE.COM", by: "agent") == first)
        #expect(try await hash(gateway, "b@example.com") != first)
        let other = try await TestGateway(
            redaction: text, settings: Self.setting, prepare: Self.write(Self.key.replacing("AAEC", with: "BAEC")))
        #expect(try await hash(other, "a@example.com") != first)
        let again = try await TestGateway(redaction: text, settings: Self.setting, prepare: Self.write(Self.key))
        #expect(try await hash(again, "a@example.com") == first)
    }

    @Test(arguments: ["EMAIL_ADDRESS: \"hash\"", "EMAIL_ADDRESS: \"mask\""])
    func `without a key are refused at start, with the mend, and in a rule too`(_ types: String) async {
        let rule = ", rules: [{direction: \"output\", types: {JWT: \"hash\"}}]"
        let failure = await #expect(throws: CommandFailure.self) {
            _ = try await TestGateway(redaction: policy(types, rule))
        }
        #expect(failure?.status == .configuration && failure?.subject.hasSuffix("/redaction.json5") == true)
        #expect(failure?.mend.contains("openssl rand -base64 32") == true)
        #expect(failure?.mend.contains("redaction.hash_key") == true)
    }

    @Test(arguments: [
        ("", 0o600, "found 0 bytes"), ("AAEC\n", 0o600, "base64 of 32 bytes"),
        ("AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh9=\n", 0o600, "base64 of 32 bytes"),
        ("AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=\n", 0o640, "chmod 600"),
    ])
    func `under a key that is none, or that others can read, are refused at start`(
        _ key: String, _ mode: Int, _ why: String
    ) async {
        let failure = await #expect(throws: CommandFailure.self) {
            _ = try await TestGateway(
                redaction: policy("EMAIL_ADDRESS: \"hash\""), settings: Self.setting,
                prepare: Self.write(key, mode: mode))
        }
        #expect(failure?.subject == "redaction.hash_key" && failure?.status == .configuration)
        #expect(failure?.what.contains(why) == true, "\(failure?.what ?? "")")
    }
}

@Suite struct `The guard on the way out` {
    @Test func `masks in an answer what the caller did not send, and leaves what is allowed`() async throws {
        let gateway = try await TestGateway(redaction: policy(), knowledge: knowledge)
        let token = try gateway.token("customer")
        let bank = try await gateway.ask("What is your mail address?", token: token)
        #expect(bank.answer == "Write to help@bank.example at any time.")
        let jane = try await gateway.ask("Who is the branch manager?", token: token)
        #expect(jane.answer == "Ask <EMAIL_ADDRESS> about it.", "\(jane.text)")
        let record = try gateway.record(of: jane)
        #expect(record.steps.last == "restore:modify:pii_masked")
        #expect(record["redaction"]?["out"]?["email_address"]?.integer == 1)
        #expect(try !gateway.records().joined().contains("jane.roe"))
        // From the cache of answers it is the same.
        #expect(try await gateway.ask("Who is the branch manager?", token: token).answer == jane.answer)
    }

    @Test func `masks what is found by a search`() async throws {
        let gateway = try await TestGateway(redaction: policy(), knowledge: knowledge)
        let reply = try await gateway.send(
            "GET", "/v1/faq?query=branch+manager+mail+address&limit=5", token: gateway.token("customer"))
        #expect(reply.status == 200 && reply.text.contains("help@bank.example"))
        #expect(reply.text.contains("Ask <EMAIL_ADDRESS> about it.") && !reply.text.contains("jane.roe"))
        #expect(try gateway.record(of: reply).steps.last == "restore:modify:pii_masked")
    }

    @Test func `spares what the caller sent in the request or the session`() async throws {
        let gateway = try await TestGateway(
            redaction: policy("EMAIL_ADDRESS: \"tokenise\", PERSON: \"allow\""), knowledge: knowledge)
        let token = try gateway.token("customer")
        let asked = "Who is the branch manager? Is it Jane.Roe@example.com?"
        let own = try await gateway.send(
            "GET", "/v1/faq?query=branch+manager+jane.roe@example.com&limit=1", token: token)
        #expect(own.text.contains("Ask jane.roe@example.com about it."), "\(own.text)")
        _ = try await gateway.ask("My mail is jane.roe@example.com.", token: token, session: "session-1")
        let later = try await gateway.ask("Who is the branch manager?", token: token, session: "session-1")
        #expect(later.answer == "Ask jane.roe@example.com about it.", "\(later.text)")
        let elsewhere = try await gateway.ask("Who is the branch manager?", token: token, session: "session-2")
        #expect(elsewhere.answer == "Ask <EMAIL_ADDRESS> about it.", "\(asked)")
    }

    @Test func `masks before originals are put back, and those of the caller stay`() async throws {
        let gateway = try await TestGateway(redaction: policy(), knowledge: knowledge)
        let agent = try gateway.token("agent")
        let question = "Where will you write to? I am a@example.com"
        let reply = try await gateway.ask(question, token: agent)
        #expect(reply.answer == "We will write to a@example.com and to [EMAIL_2].", "\(reply.text)")
        #expect(try gateway.record(of: reply).steps.last == "restore:modify:pii_restored")
        let customer = try await gateway.ask(question, token: gateway.token("customer"))
        #expect(customer.answer == "We will write to [EMAIL_1] and to [EMAIL_2].", "\(customer.text)")
        #expect(try gateway.record(of: customer).steps.last == "restore:skip:pii_restore_missing")
    }

    @Test func `masks and restores in one answer`() async throws {
        let gateway = try await TestGateway(redaction: policy(), knowledge: knowledge)
        let reply = try await gateway.ask(
            "Who else gets the newsletter? I am a@example.com", token: gateway.token("agent"))
        #expect(reply.answer == "Besides a@example.com we write to <EMAIL_ADDRESS>.", "\(reply.text)")
        let record = try gateway.record(of: reply)
        #expect(record.steps.last == "restore:modify:pii_masked_and_restored")
        #expect(record["redaction"]?["in"]?["email_address"]?.integer == 1)
        #expect(record["redaction"]?["out"]?["email_address"]?.integer == 1)
    }

    @Test func `masks citations and suggestions as it does the answer`() async throws {
        let gateway = try await TestGateway(redaction: policy(), knowledge: knowledge)
        let reply = try await gateway.ask("Who is your chairman?", token: gateway.token("customer"))
        let citation = try #require(try reply.json()["citations"]?.elements?.first)
        #expect(citation["title"]?.text == "Is <EMAIL_ADDRESS> your chairman?", "\(reply.text)")
        #expect(!reply.text.contains("john.doe"))
        let other = try await gateway.ask("chairman of the branch", token: gateway.token("customer"))
        #expect(!other.text.contains("john.doe") && !other.text.contains("jane.roe"), "\(other.text)")
    }

    @Test func `masks what the policy blocks, and does not fail`() async throws {
        let gateway = try await TestGateway(redaction: policy("EMAIL_ADDRESS: \"block\""), knowledge: knowledge)
        let reply = try await gateway.ask("Who is the branch manager?", token: gateway.token("customer"))
        #expect(reply.status == 200 && reply.answer == "Ask <EMAIL_ADDRESS> about it.", "\(reply.text)")
    }

    @Test func `finds nothing to mask in what is shipped`() async throws {
        let gateway = try await TestGateway()
        let found = try await gateway.services.knowledge.search(masked(Array("card".utf8), by: Redactor()), limit: 20)
        #expect(found.matches.count == 20 && found.matches.allSatisfy(\.isCleared))
    }

    @Test func `tells the operator what of the knowledge is not shown, once for each version`() async throws {
        let told = Told()
        let inspection = KnowledgeInspection(
            Redactor(policy: try RedactionPolicy.parse(Array(policy("EMAIL_ADDRESS: \"allow\"").utf8))),
            say: { told.add($0) })
        let file = FileManager.default.temporaryDirectory.path + "/inspected-\(UInt64.random(in: 0 ... .max)).db"
        defer { for suffix in ["", "-wal", "-shm"] { try? FileManager.default.removeItem(atPath: file + suffix) } }
        let base = try KnowledgeBase.open(path: file, inspector: inspection.inspector)
        #expect(told.all.isEmpty)
        let text = knowledge + "card,Which card?,The card 4111 1111 1111 1111 and 5555555555554444.,,\n"
        _ = try await base.replace(csv: Array(text.utf8))
        #expect(told.all.count == 1)
        #expect(told.all.first?.contains("version 1") == true && told.all.first?.contains("CREDIT_CARD 2;") == true)
        #expect(told.all.first?.contains("4111") == false)
        _ = try await base.replace(csv: Array(knowledge.utf8))
        #expect(told.all.count == 1)
    }
}

/// What an operator was told.
private final class Told: Sendable {
    private let lines = Mutex<[String]>([])
    var all: [String] { lines.withLock { $0 } }
    func add(_ line: String) { lines.withLock { $0.append(line) } }
}
