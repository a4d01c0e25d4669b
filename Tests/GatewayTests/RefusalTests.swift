import Audit
import Auth
import Edge
import JSON
import LinuxIO
import Redaction
import Testing

@testable import Agent
@testable import Gateway

@Suite struct `A problem` {
    private static let id = Array("01ARZ3NDEKTSV4RRFFQ69G5FAV".utf8)

    @Test func `has a type of its own, which no other has`() {
        #expect(Set(Problem.allCases.map(\.typeURI)).count == Problem.allCases.count)
        for problem in Problem.allCases {
            #expect(problem.typeURI.hasPrefix("urn:portcullis:problem:"))
            #expect(problem.typeURI.utf8.allSatisfy { (0x61...0x7A).contains($0) || $0 == 0x2D || $0 == 0x3A })
        }
    }

    @Test(arguments: Problem.allCases)
    func `is told with type, title, status and request`(problem: Problem) throws {
        let reply = ProblemWriter.reply(to: Refusal(problem: problem, reason: "secret_reason"), requestID: Self.id)
        #expect(reply.status == problem.status && reply.status.code >= 400)
        #expect(reply.fields.first == ResponseField("Content-Type", "application/problem+json"))
        let object = try JSONObject(
            try JSONParser.parse(reply.body), allowing: ["type", "title", "status", "request_id"])
        #expect(try object.string("type") == problem.typeURI)
        #expect(try object.string("title") == "\(problem.title)" && "\(problem.title)".utf8.count > 8)
        #expect(try object.integer("status", in: 400...599) == Int(problem.status.code))
        #expect(try object.bytes("request_id") == Self.id)
        let retry = reply.fields.first { $0.name.description == "Retry-After" }
        #expect((retry != nil) == (problem.status.code == 503))
        #expect(retry?.value == problem.retryAfterSeconds.map { Array(String($0).utf8) })
    }

    @Test func `says what is wrong and where, however it is spelled`() throws {
        var refusal = Refusal(problem: .invalidBody, reason: "json_shape")
        refusal.detail = "/a\"b\\: found \u{1}\u{1F600}\n, wanted <x>"
        refusal.place = Refusal.Place(pointer: "/a\"b\\", line: 3, column: 14)
        refusal.cause = "/secret/path"
        refusal.rule = Array("secret rule".utf8)
        let reply = ProblemWriter.reply(to: refusal, requestID: Self.id)
        let root = try JSONParser.parse(reply.body)
        #expect(root["detail"]?.text == refusal.detail)
        let place = try #require(root["errors"]?.elements?.first)
        #expect(place["pointer"]?.text == "/a\"b\\" && place["line"]?.integer == 3 && place["column"]?.integer == 14)
        #expect(!String(decoding: reply.body, as: UTF8.self).contains("secret"))
    }
}

@Suite struct `A refusal` {
    private func reply(_ refusal: Refusal) -> (status: Int, fields: [ResponseField], body: String) {
        let reply = ProblemWriter.reply(to: refusal, requestID: Array("R".utf8))
        return (Int(reply.status.code), reply.fields, String(decoding: reply.body, as: UTF8.self))
    }

    private func reason(_ refusal: Refusal) -> String { String(decoding: refusal.reason.bytes, as: UTF8.self) }

    @Test func `of a token is the same to the byte, whatever the reason`() {
        let first = reply(Refusal(TokenRefusal.absent))
        #expect(first.status == 401)
        #expect(first.fields.contains(ResponseField("WWW-Authenticate", "Bearer realm=\"portcullis\"")))
        for refusal in TokenRefusal.allCases {
            let other = reply(Refusal(refusal))
            #expect(other.status == first.status && other.fields == first.fields && other.body == first.body)
            #expect(reason(Refusal(refusal)) == "\(refusal.reason)")
        }
        #expect(Set(TokenRefusal.allCases.map { reason(Refusal($0)) }).count == TokenRefusal.allCases.count)
    }

    @Test func `by policy is the same to the byte, whatever the reason`() {
        let first = reply(Refusal(PolicyRefusal.roleMissing))
        #expect(first.status == 403)
        for refusal in PolicyRefusal.allCases {
            #expect(reply(Refusal(refusal)) == first)
            #expect(reason(Refusal(refusal)) == "\(refusal.reason)")
        }
        for refusal in [IdentityRefusal.noName, .nameTooLong(.uri), .nameUnprintable(.dns)] {
            #expect(reply(Refusal(refusal)) == first)
            #expect(reason(Refusal(refusal)) == "\(refusal.reason)")
        }
    }

    @Test(arguments: HTTPFault.allCases)
    func `of a message has the fault's status and reason`(fault: HTTPFault) {
        let refusal = Refusal(fault)
        #expect(refusal.problem.status == fault.status && refusal.kind == .denial)
        #expect(reason(refusal) == fault.reason)
        #expect(reason(Refusal(RequestFault.http(fault))) == fault.reason)
        #expect(reason(Refusal(RequestBodyError.http(fault))) == fault.reason)
    }

    static let table: [(refusal: Refusal, status: Int, reason: String, kind: Refusal.Kind)] = [
        (Refusal(Overload.requestsInFlight), 503, "requests_in_flight", .failure),
        (Refusal(Overload.backlog), 503, "backlog", .failure),
        (Refusal(Overload.delay), 503, "queue_delay", .failure),
        (Refusal(RequestBodyError.disconnected), 408, "client_disconnected", .denial),
        (Refusal(AuthError.request(member: "ttl_s", found: "0", wanted: "more")), 400, "token_request", .denial),
        (Refusal(AuthError.library("secret")), 500, "token_issuer", .failure),
        (Refusal(AuthError.storage(file: "secret", found: "b", mend: "c")), 503, "revocation_storage", .failure),
        (Refusal(AuthError.device(name: "secret", found: "b", mend: "c")), 503, "token_key_unavailable", .failure),
        (
            Refusal(AuthError.deviceUnavailable(name: "secret", found: "b", mend: "c")), 503, "token_key_unavailable",
            .failure
        ),
        (Refusal(AuthError.signaturesBusy), 503, "signatures_busy", .failure),
        (Refusal(AuthError.revocationsBusy), 503, "revocations_busy", .failure),
        (Refusal(AuthError.issuancesFull(issuancesMax: 5)), 503, "issuances_full", .failure),
        (Refusal(AuthError.revocationsFull(revocationsMax: 5)), 409, "revocations_full", .denial),
        (Refusal.revocationsUnknown(), 503, "token_revocations_stale", .failure),
        (Refusal(VerificationRefusal.locked(until: 107), now: 100), 429, "verification_locked", .denial),
        (Refusal(VerificationRefusal.noChallenge, now: 0), 409, "verification_no_challenge", .denial),
        (Refusal(VerificationRefusal.challengeOver, now: 0), 409, "verification_over", .denial),
        (Refusal(VerificationRefusal.sessionsFull, now: 0), 503, "verification_sessions_full", .failure),
        (Refusal(VerificationRefusal.guessesFull, now: 0), 503, "verification_guesses_full", .failure),
        (Refusal(VerificationRefusal.busy, now: 0), 503, "verification_busy", .failure),
        (Refusal(VerificationRefusal.storage(.library("secret")), now: 0), 503, "verification_storage", .failure),
        (Refusal.wrongAnswer(answersLeft: 0), 403, "verification_wrong", .denial),
        (Refusal(RedactionError.blocked(types: DetectorType.all)), 422, "pii_blocked", .denial),
        (Refusal(RedactionError.textTooLong(limitBytes: 7)), 413, "text_too_long", .denial),
        (Refusal(RedactionError.vaultFull(limit: 9)), 413, "too_many_values", .denial),
        (Refusal(AgentError.badIdentifier(name: "session_id", wanted: "letters")), 400, "bad_identifier", .denial),
        (Refusal(AgentError.emptyText), 400, "empty_text", .denial),
        (Refusal(AgentError.textTooLong(bytesMax: 5)), 413, "text_too_long", .denial),
        (Refusal(AgentError.knowledgeTooLarge(bytesMax: 5)), 413, "knowledge_too_large", .denial),
        (Refusal(AgentError.knowledgeTooManyRows(rowsMax: 5)), 413, "knowledge_too_many_rows", .denial),
        (Refusal(AgentError.knowledgeHeader(found: "x", wanted: "y")), 400, "knowledge_header", .denial),
        (Refusal(AgentError.knowledgeWithoutRows(refused: [])), 400, "knowledge_without_rows", .denial),
        (Refusal(AgentError.tooManyOpenTickets(ticketsMax: 5)), 409, "too_many_open_tickets", .denial),
        (Refusal(AgentError.busy), 503, "agent_busy", .failure),
        (Refusal(AgentError.storageFull), 503, "agent_storage_full", .failure),
        (Refusal(AgentError.storage(reason: "secret")), 500, "agent_storage", .failure),
        (Refusal(AgentError.schemaTooNew(file: "secret", found: 9, supported: 1)), 500, "agent_storage", .failure),
        (Refusal(AgentError.policy(message: "secret")), 500, "agent_storage", .failure),
        (Refusal(AuditError.backpressure), 503, "audit_backpressure", .failure),
        (Refusal(AuditError.lowSpace), 503, "audit_low_space", .failure),
        (Refusal(AuditError.unavailable), 503, "audit_unavailable", .failure),
        (Refusal(AuditError.busy(path: "secret")), 503, "audit_unavailable", .failure),
        (Refusal(AuditError.exhausted("secret")), 503, "audit_unavailable", .failure),
        (Refusal(AuditError.interference(path: "secret", detail: "secret")), 503, "audit_unavailable", .failure),
        (Refusal(AuditError.refused(segment: "secret", seq: 1, detail: "")), 503, "audit_unavailable", .failure),
    ]

    @Test(arguments: table.indices)
    func `of any other kind tells the client its part only`(index: Int) {
        let row = Self.table[index]
        let reply = reply(row.refusal)
        #expect(reply.status == row.status && reason(row.refusal) == row.reason && row.refusal.kind == row.kind)
        #expect(!reply.body.contains("secret") && !"\(reply.fields)".contains("secret"))
        // Failures are the operator's, and nothing about them the client's.
        #expect((row.refusal.detail == nil) == (row.kind == .failure || row.status == 408), "\(row)")
    }

    @Test func `of a blocked message names what to remove`() {
        let body = reply(Refusal(RedactionError.blocked(types: DetectorType.all))).body
        for type in DetectorType.all { #expect(body.contains("\(type)")) }
    }

    @Test func `of malformed content names the place`() throws {
        let text = Array("{\n  \"message\": 5}".utf8)
        let root = try JSONParser.parse(text)
        do throws(JSONShapeError) {
            _ = try JSONObject(root, allowing: ["message"]).string("message")
            Issue.record("taken")
        } catch {
            let place = try #require(Refusal(error, in: text).place)
            #expect(place.pointer == "/message" && place.line == 2 && place.column == 14)
        }
        do throws(JSONSyntaxError) {
            _ = try JSONParser.parse(Array("{\n\"a\" 1}".utf8))
            Issue.record("taken")
        } catch {
            let refusal = Refusal(error)
            #expect(refusal.problem == .invalidBody && refusal.place?.line == 2 && refusal.place?.column == 5)
        }
    }
}
