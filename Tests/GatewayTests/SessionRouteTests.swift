import Agent
import Audit
import Foundation
import JSON
import OpenSSL
import Testing
import WireClient

@testable import Gateway

/// A gateway that keeps conversations.
private func gateway(ask: Int = 1000) async throws -> TestGateway {
    try await TestGateway(ask: ask) { folder in
        let file = folder + "/certs/content.key"
        try Data((Data(repeating: 9, count: 32).base64EncodedString() + "\n").utf8).write(to: URL(filePath: file))
        try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: file)
    }
}

extension TestGateway {
    fileprivate func begin(_ token: String, _ body: String = "{}") async throws -> String {
        let reply = try await send("POST", "/v1/sessions", token: token, body: body)
        try #require(reply.status == 201, "\(reply.text)")
        return try #require(try JSONParser.parse(Array(reply.text.utf8))["session_id"]?.text)
    }

    fileprivate func say(_ text: String, in session: String, _ token: String) async throws -> WireReply {
        try await send("POST", "/v1/sessions/\(session)/messages", token: token, body: #"{"message": "\#(text)"}"#)
    }
}

extension WireReply {
    fileprivate var json: JSONNode { get throws { try JSONParser.parse(Array(text.utf8)) } }
    fileprivate var reason: String? { get throws { try json["type"]?.text } }
}

@Suite struct `A conversation over HTTP` {
    @Test func `is begun, held, read, summed up and erased`() async throws {
        let gateway = try await gateway()
        let token = try gateway.token("customer")
        let begun = try await gateway.send(
            "POST", "/v1/sessions", token: token, body: #"{"metadata": {"channel": "web"}}"#)
        #expect(begun.status == 201)
        let id = try #require(try begun.json["session_id"]?.text)
        #expect(begun.fields["location"] == "/v1/sessions/\(id)" && id.hasPrefix("s-"))
        #expect(try begun.json["metadata"]?["channel"]?.text == "web")
        let answer = try await gateway.say("How do I find the nearest branch?", in: id, token)
        #expect(answer.status == 200, "\(answer.text)")
        #expect(
            try answer.json["session_id"]?.text == id && (try answer.json["decision"]?["route"]?.text) == "faq_exact")
        let record = try gateway.record(of: answer)
        #expect(record["agent"]?["route"]?.text == "faq_exact" && record["begin"]?.integer != nil)
        let messages = try await gateway.send("GET", "/v1/sessions/\(id)/messages", token: token)
        let texts = try #require(try messages.json["messages"]?.elements)
        #expect(texts.map { $0["role"]?.text } == ["user", "assistant"])
        #expect(texts[0]["text"]?.text == "How do I find the nearest branch?")
        #expect(texts[1]["text"]?.text == (try answer.json["answer"]?.text))
        let page = try await gateway.send("GET", "/v1/sessions/\(id)/messages?limit=1", token: token)
        #expect(try page.json["messages"]?.elements?.count == 1 && (try page.json["next"]?.integer) == 1)
        let rest = try await gateway.send("GET", "/v1/sessions/\(id)/messages?after=1&limit=1", token: token)
        #expect(
            try rest.json["messages"]?.elements?.first?["role"]?.text == "assistant" && (try rest.json["next"]) == nil)
        let summary = try await gateway.send("POST", "/v1/sessions/\(id)/summary", token: token)
        #expect(summary.status == 201)
        #expect(try summary.json["summary"]?.text?.contains("nearest branch") == true, "\(summary.text)")
        #expect(!summary.text.contains("PERSON"), "the first words of an answer are nobody's name: \(summary.text)")
        let shown = try await gateway.send("GET", "/v1/sessions/\(id)", token: token)
        #expect(
            try shown.json["messages"]?.integer == 2
                && (try shown.json["summary"]?.text) == (try summary.json["summary"]?.text))
        let gone = try await gateway.send("DELETE", "/v1/sessions/\(id)", token: token)
        #expect(gone.status == 204)
        for (method, path) in [("GET", ""), ("GET", "/messages"), ("POST", "/summary"), ("DELETE", "")] {
            #expect(
                try await gateway.send(method, "/v1/sessions/\(id)\(path)", token: token).status == 404,
                "\(method) \(path)")
        }
        #expect(try await gateway.say("again", in: id, token).status == 404)
    }

    @Test func `is there for its owner alone`() async throws {
        let gateway = try await gateway()
        let id = try await gateway.begin(try gateway.token("customer", subject: "alice"))
        let other = try gateway.token("customer", subject: "bob")
        for (method, path) in [("GET", ""), ("GET", "/messages"), ("POST", "/summary"), ("DELETE", "")] {
            let reply = try await gateway.send(method, "/v1/sessions/\(id)\(path)", token: other)
            #expect(reply.status == 404, "\(method) \(path)")
        }
        #expect(try await gateway.say("hello there", in: id, other).status == 404)
        let escalation = try await gateway.send("POST", "/v1/sessions/\(id)/escalations", token: other, body: "{}")
        #expect(escalation.status == 404)
        for name in ["x", "s-00000000000000000000000000", "%C3%A9%C3%A9%C3%A9%C3%A9"] {
            #expect(try await gateway.send("GET", "/v1/sessions/\(name)", token: other).status == 404, "\(name)")
        }
    }

    @Test func `keeps personal data out of its store and gives it back to who may see it`() async throws {
        let gateway = try await gateway()
        let token = try gateway.token("customer")
        let id = try await gateway.begin(token)
        let said = try await gateway.say("My address is erika@example.org, where is the nearest branch?", in: id, token)
        #expect(said.status == 200)
        let plain = try await gateway.send("GET", "/v1/sessions/\(id)/messages", token: token)
        #expect(plain.text.contains("[EMAIL_1]") && !plain.text.contains("erika@example.org"))
        let more = try await gateway.say("Write to erika@example.org", in: id, token)
        #expect(more.status == 200)
        let both = try await gateway.send("GET", "/v1/sessions/\(id)/messages?after=2", token: token)
        #expect(both.text.contains("[EMAIL_1]"), "one value has one token in a conversation: \(both.text)")
        let agent = try gateway.token("agent")
        let own = try await gateway.begin(agent)
        _ = try await gateway.say("Write to erika@example.org", in: own, agent)
        let restored = try await gateway.send("GET", "/v1/sessions/\(own)/messages", token: agent)
        #expect(restored.text.contains("erika@example.org"), "whoever may restore gets it back")
        let vault = gateway.services.sessions.statistics.sessions
        _ = try await gateway.send("DELETE", "/v1/sessions/\(own)", token: agent)
        #expect(gateway.services.sessions.statistics.sessions == vault - 1, "its originals are forgotten")
    }

    @Test func `is handed over with its summary and transcript`() async throws {
        let gateway = try await gateway()
        let token = try gateway.token("customer"), agent = try gateway.token("agent")
        let id = try await gateway.begin(token)
        _ = try await gateway.say("Where is the nearest branch?", in: id, token)
        let called = try await gateway.send(
            "POST", "/v1/sessions/\(id)/escalations", token: token,
            body: #"{"message": "I need a person", "category": "complaint"}"#)
        #expect(called.status == 201, "\(called.text)")
        let ticket = try #require(try called.json["id"]?.text)
        #expect(
            try called.json["priority"]?.text == "high"
                && (try called.json["reasons"]?.elements?.first?.text) == "requested")
        let seen = try await gateway.send("GET", "/v1/tickets/\(ticket)", token: agent)
        #expect(try seen.json["session_id"]?.text == id)
        #expect(try seen.json["handover"]?["summary"]?.text?.contains("nearest branch") == true, "\(seen.text)")
        let transcript = try await gateway.send("GET", "/v1/admin/sessions/\(id)/transcript", token: agent)
        #expect(try transcript.json["messages"]?.elements?.count == 2, "\(transcript.text)")
        let reads = try gateway.records().filter { $0.contains("session.transcript") }
        #expect(reads.count == 1 && reads.first?.contains(id) == true)
        #expect(try await gateway.send("GET", "/v1/admin/sessions/\(id)/transcript", token: token).status == 403)
        // Once it is erased the ticket stays, and says nothing of what was said.
        _ = try await gateway.send("DELETE", "/v1/sessions/\(id)", token: token)
        let after = try await gateway.send("GET", "/v1/tickets/\(ticket)", token: agent)
        #expect(after.status == 200)
        #expect(try after.json["handover"] == nil)
        #expect(try await gateway.send("GET", "/v1/admin/sessions/\(id)/transcript", token: agent).status == 404)
    }

    @Test func `opens a ticket that knows it where the assistant is not sure`() async throws {
        let gateway = try await gateway()
        let token = try gateway.token("customer")
        let id = try await gateway.begin(token)
        let reply = try await gateway.say("What will the weather be like tomorrow?", in: id, token)
        let ticket = try #require(try reply.json["ticket_id"]?.text)
        let read = try await gateway.send("GET", "/v1/tickets/\(ticket)", token: token)
        #expect(
            try read.json["session_id"]?.text == id && (try read.json["reasons"]?.elements?.map(\.text)) == ["unsure"])
        let session = try await gateway.send("GET", "/v1/sessions/\(id)", token: token)
        #expect(try session.json["state"]?.text == "escalated" && (try session.json["ticket_id"]?.text) == ticket)
        let begins = try gateway.records().filter { $0.contains("\"request.begin\"") && $0.contains("/messages") }
        #expect(begins.count == 1, "effects of one request are announced once")
    }

    @Test(arguments: [
        (#"{"metadata": {"Channel": "x"}}"#, "json-shape"), (#"{"metadata": {"a": 1}}"#, "json-shape"),
        (#"{"metadata": []}"#, "json-shape"), (#"{"other": 1}"#, "json-shape"), ("", "json-syntax"),
        (#"{"metadata": {"a": "\#(String(repeating: "x", count: 257))"}}"#, "json-shape"),
        (#"{"metadata": {\#((0..<17).map { #""m\#($0)": """# }.joined(separator: ", "))}}"#, "json-shape"),
    ])
    func `that is begun badly is refused with the place`(body: String, reason: String) async throws {
        let gateway = try await gateway()
        let reply = try await gateway.send("POST", "/v1/sessions", token: try gateway.token("customer"), body: body)
        #expect(reply.status == 400, "\(reply.text)")
    }

    @Test func `is not there where nothing seals it`() async throws {
        let gateway = try await TestGateway()
        let reply = try await gateway.send("POST", "/v1/sessions", token: try gateway.token("customer"), body: "{}")
        #expect(reply.status == 503 && reply.text.contains("sessions.key"), "\(reply.text)")
    }
}

@Suite struct `The tickets' desk over HTTP` {
    @Test func `lists, changes and notes`() async throws {
        let gateway = try await gateway()
        let alice = try gateway.token("customer", subject: "alice"), bob = try gateway.token("customer", subject: "bob")
        let agent = try gateway.token("agent")
        var ids: [String] = []
        for (token, category) in [(alice, "general"), (alice, "fraud"), (bob, "general")] {
            let reply = try await gateway.send(
                "POST", "/v1/tickets", token: token, body: #"{"message": "help me please", "category": "\#(category)"}"#
            )
            ids.append(try #require(try reply.json["id"]?.text))
        }
        func list(_ query: String, _ token: String) async throws -> [String?] {
            let reply = try await gateway.send("GET", "/v1/tickets\(query)", token: token)
            return try #require(try reply.json["tickets"]?.elements, "\(reply.text)").map { $0["id"]?.text }
        }
        #expect(try await list("", alice) == [ids[1], ids[0]])
        #expect(try await list("", agent) == [ids[2], ids[1], ids[0]])
        #expect(try await list("?category=fraud&priority=urgent&state=open&breached=false", agent) == [ids[1]])
        let page = try await gateway.send("GET", "/v1/tickets?limit=2", token: agent)
        let next = try #require(try page.json["next"]?.integer)
        #expect(try await list("?limit=2&cursor=\(next)", agent) == [ids[0]])
        let path = "/v1/tickets/\(ids[0])"
        let changed = try await gateway.send(
            "PATCH", path, token: agent, body: #"{"state": "pending", "priority": "high", "assignee": "kim.lee"}"#)
        #expect(changed.status == 200, "\(changed.text)")
        #expect(
            try changed.json["state"]?.text == "pending" && (try changed.json["due"]) == nil, "its clock stands still")
        #expect(try changed.json["assignee"]?.text == "kim.lee")
        #expect(try await list("?assignee=kim.lee", agent) == [ids[0]])
        let note = try await gateway.send(
            "POST", path + "/notes", token: agent, body: #"{"text": "called erika@example.org"}"#)
        #expect(note.status == 201 && note.text.contains("[EMAIL_1]") && !note.text.contains("erika@"), "\(note.text)")
        #expect(try await gateway.send("GET", path, token: agent).json["notes"]?.elements?.count == 1)
        #expect(try await gateway.send("GET", path, token: alice).json["notes"] == nil, "notes are for the desk")
        for (body, status) in [
            (#"{"state": "closed"}"#, 200), (#"{"state": "open"}"#, 409), ("{}", 400), (#"{"state": "odd"}"#, 400),
            (#"{"assignee": "erika@example.org"}"#, 400), (#"{"priority": null}"#, 400),
        ] {
            let reply = try await gateway.send("PATCH", path, token: agent, body: body)
            #expect(reply.status == status, "\(body): \(reply.text)")
        }
        #expect(try await gateway.send("PATCH", path, token: alice, body: #"{"state": "open"}"#).status == 403)
        for query in [
            "?state=odd", "?limit=0", "?limit=101", "?cursor=x", "?state=open&state=open", "?other=1", "?breached=1",
        ] {
            #expect(try await gateway.send("GET", "/v1/tickets\(query)", token: agent).status == 400, "\(query)")
        }
    }
}

@Suite struct `What administrators see` {
    @Test func `are conversations without a word of them, and figures`() async throws {
        let gateway = try await gateway()
        let token = try gateway.token("customer"), admin = try gateway.token("admin")
        let id = try await gateway.begin(token)
        _ = try await gateway.say("Where is the nearest branch?", in: id, token)
        _ = try await gateway.ask("What will the weather be like tomorrow?", token: token)
        let listed = try await gateway.send("GET", "/v1/admin/sessions?subject=customer&state=open", token: admin)
        #expect(listed.text.contains(id) && !listed.text.contains("nearest"))
        #expect(try listed.json["sessions"]?.elements?.first?["messages"]?.integer == 2)
        #expect(try await gateway.send("GET", "/v1/admin/sessions", token: token).status == 403)
        gateway.services.sessionDesk?.usage.count(
            TokenUsage(promptTokens: 10, answerTokens: 20, costMicros: 1500))
        let usage = try await gateway.send("GET", "/v1/usage?days=1", token: admin)
        let total = try #require(try usage.json["total"], "\(usage.text)")
        #expect(total["answers"]?.integer == 2 && total["routes"]?["escalated"]?.integer == 1)
        guard case .double(0.5)? = total["escalation_rate"]?.value else {
            Issue.record("one of two: \(usage.text)")
            return
        }
        #expect(total["tokens_in"]?.integer == 10 && usage.text.contains("\"cost\":0.0015"))
        #expect(try usage.json["by_day"]?.elements?.count == 1)
        for query in ["?days=0", "?days=367", "?days=x"] {
            #expect(try await gateway.send("GET", "/v1/usage\(query)", token: admin).status == 400, "\(query)")
        }
        #expect(try await gateway.send("GET", "/v1/usage", token: token).status == 403)
    }

    @Test func `shows no conversation where its retention has ended, and that is on record`() async throws {
        let gateway = try await gateway()
        let token = try gateway.token("customer")
        let id = try await gateway.begin(token), other = try await gateway.begin(token)
        let stored = try await gateway.send(
            "POST", "/v1/documents?session_id=\(id)", token: token, body: "a letter", type: "text/plain")
        #expect(stored.status == 201, "\(stored.text)")
        let document = "/v1/documents/\(try #require(try stored.json["id"]?.text))?session_id=\(id)"
        #expect(try await gateway.send("GET", document, token: token).status == 200)
        let desk = try #require(gateway.services.sessionDesk)
        let soon = SessionDesk(store: desk.store, keyring: desk.keyring, retention: .seconds(0))
        #expect(await SessionJob.retain(gateway.services) == .done)
        #expect(try await gateway.send("GET", "/v1/sessions/\(id)", token: token).status == 200)
        #expect(await SessionJob.retain(soon, gateway.services) == .done)
        #expect(try await gateway.send("GET", document, token: token).status == 404)
        for name in [id, other] {
            #expect(try await gateway.send("GET", "/v1/sessions/\(name)", token: token).status == 404)
            #expect(try gateway.records().contains { $0.contains("session.retention") && $0.contains(name) })
        }
    }
}

@Suite struct `A webhook's signature` {
    @Test func `is the HMAC of time and body`() {
        // Made by: printf '1760000000.{"a":1}' | openssl dgst -sha256 -mac HMAC -macopt hexkey:0909…09 (32 bytes).
        let secret = WebhookSecret(SecretBytes(copying: [UInt8](repeating: 9, count: 32)))
        #expect(
            WebhookDelivery.signature(of: Array(#"{"a":1}"#.utf8), at: 1_760_000_000, secret.key)
                == "t=1760000000,v1=159e5225ac78c62ea07a46baded5f9443a2e7e3b5d3a38e79bc7c6b6ac910ad4")
    }
}
