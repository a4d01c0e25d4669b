internal import Agent
internal import Audit
internal import Auth
internal import Edge
internal import JSON
internal import Redaction

/// Why a request is not answered: what the client is told (RFC 9457), and what only the record says.
///
/// This file is the one table from every module's errors to status, problem type and reason code.
struct Refusal: Error, Sendable {
    /// Whose doing it is, which decides the outcome in the record: the caller may not, or we could not.
    enum Kind: Sendable { case denial, failure }

    let problem: Problem
    let reason: ReasonCode
    var kind = Kind.denial
    /// The rule of a policy that decided.
    var rule: [UInt8]?
    /// What the client did wrong, in words that name the mend.
    var detail: String?
    /// Where in the body; nil where the problem is not about a place.
    var place: Place?
    /// What the operator's log says of a failure, never the client.
    var cause: String?
    /// Extra field lines of the response.
    var fields: [ResponseField] = []

    /// A place in a JSON body or a CSV file.
    struct Place: Sendable {
        let pointer: String?
        let line: Int?
        let column: Int?
    }
}

/// The problem types, each with its status and title (RFC 9457 §3.1). The raw value ends the type's URI.
enum Problem: String, CaseIterable, Sendable {
    case malformedRequest = "malformed_request"
    case invalidBody = "invalid_body"
    case unauthorized
    case forbidden
    case notFound = "not_found"
    case methodNotAllowed = "method_not_allowed"
    case requestTimeout = "request_timeout"
    case lengthRequired = "length_required"
    case contentTooLarge = "content_too_large"
    case targetTooLong = "target_too_long"
    case unsupportedMediaType = "unsupported_media_type"
    case expectationFailed = "expectation_failed"
    case contentBlocked = "content_blocked"
    case tooManyRequests = "too_many_requests"
    case fieldsTooLarge = "fields_too_large"
    case notImplemented = "not_implemented"
    case versionNotSupported = "version_not_supported"
    case conflict
    case auditUnavailable = "audit_unavailable"
    case auditBackpressure = "audit_backpressure"
    case overloaded
    case unavailable
    case internalError = "internal_error"

    var status: Status {
        switch self {
        case .malformedRequest, .invalidBody: .badRequest
        case .unauthorized: .unauthorized
        case .forbidden: .forbidden
        case .notFound: .notFound
        case .methodNotAllowed: .methodNotAllowed
        case .requestTimeout: .requestTimeout
        case .lengthRequired: .lengthRequired
        case .contentTooLarge: .contentTooLarge
        case .targetTooLong: .uriTooLong
        case .unsupportedMediaType: .unsupportedMediaType
        case .expectationFailed: .expectationFailed
        case .contentBlocked: .unprocessableContent
        case .tooManyRequests: .tooManyRequests
        case .fieldsTooLarge: .headerFieldsTooLarge
        case .notImplemented: .notImplemented
        case .versionNotSupported: .versionNotSupported
        case .conflict: .conflict
        case .auditUnavailable, .auditBackpressure, .overloaded, .unavailable: .serviceUnavailable
        case .internalError: .internalServerError
        }
    }

    var title: StaticString {
        switch self {
        case .malformedRequest: "The request is not valid HTTP"
        case .invalidBody: "The request's content is not valid"
        case .unauthorized: "A valid token is required"
        case .forbidden: "The caller may not do this"
        case .notFound: "There is no such resource"
        case .methodNotAllowed: "The resource does not have this method"
        case .requestTimeout: "The request did not arrive in time"
        case .lengthRequired: "The request needs a length"
        case .contentTooLarge: "The request's content is too large"
        case .targetTooLong: "The request's target is too long"
        case .unsupportedMediaType: "The content has a type that is not taken here"
        case .expectationFailed: "The expectation cannot be met"
        case .contentBlocked: "The content may not be sent to the assistant"
        case .tooManyRequests: "Too many requests"
        case .fieldsTooLarge: "The request's header fields are too large"
        case .notImplemented: "The server does not know this method or coding"
        case .versionNotSupported: "The server speaks HTTP/1.1"
        case .conflict: "The request conflicts with the state of the resource"
        case .auditUnavailable: "The decision cannot be recorded, so there is none"
        case .auditBackpressure: "The audit log is behind; try again"
        case .overloaded: "The server is busy; try again"
        case .unavailable: "The service behind this resource is not available"
        case .internalError: "The server failed"
        }
    }

    /// The `type` member: a URI that names the problem and need not resolve (RFC 9457 §3.1.1).
    var typeURI: String { "urn:portcullis:problem:" + rawValue.replacing("_") }

    /// Seconds after which trying again makes sense; nil where it does not.
    var retryAfterSeconds: Int? {
        switch self {
        case .auditUnavailable: 5
        case .auditBackpressure, .overloaded, .unavailable: 1
        default: nil
        }
    }
}

extension String {
    /// Underscores as hyphens: type URIs are written with hyphens.
    fileprivate func replacing(_ underscore: Character) -> String {
        String(map { $0 == underscore ? "-" : $0 })
    }
}

// MARK: Edge

extension Refusal {
    init(_ fault: HTTPFault) {
        let problem: Problem =
            switch fault.status.code {
            case 408: .requestTimeout
            case 411: .lengthRequired
            case 413: .contentTooLarge
            case 414: .targetTooLong
            case 417: .expectationFailed
            case 431: .fieldsTooLarge
            case 501: .notImplemented
            case 505: .versionNotSupported
            default: .malformedRequest
            }
        self.init(problem: problem, reason: ReasonCode(Array(fault.reason.utf8)))
    }

    init(_ fault: RequestFault) {
        switch fault {
        case .http(let fault): self.init(fault)
        }
    }

    init(_ overload: Overload) {
        self.init(problem: .overloaded, reason: ReasonCode(Array(overload.rawValue.utf8)), kind: .failure)
    }

    init(_ error: RequestBodyError) {
        switch error {
        case .http(let fault): self.init(fault)
        case .disconnected: self.init(problem: .requestTimeout, reason: "client_disconnected")
        }
    }

    init(_ verdict: RateVerdict, reason: ReasonCode) {
        self.init(problem: .tooManyRequests, reason: reason)
        fields = verdict.fields
    }
}

// MARK: Auth

extension Refusal {
    init(_ refusal: IdentityRefusal) {
        self.init(problem: .forbidden, reason: ReasonCode(refusal.reason))
    }

    /// Every token that is not good gets the same answer: the true reason is in the record only.
    init(_ refusal: TokenRefusal) {
        self.init(problem: .unauthorized, reason: ReasonCode(refusal.reason))
        fields = [ResponseField("WWW-Authenticate", "Bearer realm=\"portcullis\"")]
    }

    /// Nobody can tell any more which tokens were taken back.
    static func revocationsUnknown() -> Refusal {
        var refusal = Refusal(
            problem: .unavailable, reason: ReasonCode(TokenRefusal.revocationsStale.reason), kind: .failure)
        refusal.cause = "revocations could not be read for too long: every token is refused until they can"
        return refusal
    }

    init(_ refusal: PolicyRefusal) {
        self.init(problem: .forbidden, reason: ReasonCode(refusal.reason))
        rule = refusal.rule.map { Array($0.utf8) }
    }

    /// An error in issuing a token: what was asked for, or the key.
    init(_ error: AuthError) {
        switch error {
        case .request(let member, let found, let wanted):
            self.init(problem: .invalidBody, reason: "token_request")
            detail = "\(member): found \(found), wanted \(wanted)"
        case .setting, .key, .file, .library:
            self.init(problem: .internalError, reason: "token_issuer", kind: .failure)
            cause = error.description
        case .device, .deviceUnavailable:
            self.init(problem: .unavailable, reason: "token_key_unavailable", kind: .failure)
            cause = error.description
        case .signaturesBusy: self.init(problem: .overloaded, reason: "signatures_busy", kind: .failure)
        case .storage:
            self.init(problem: .unavailable, reason: "revocation_storage", kind: .failure)
            cause = error.description
        case .revocationsBusy: self.init(problem: .overloaded, reason: "revocations_busy", kind: .failure)
        // Only the command's tokens wait for the log.
        case .issuancesFull: self.init(problem: .unavailable, reason: "issuances_full", kind: .failure)
        case .revocationsFull:
            self.init(problem: .conflict, reason: "revocations_full")
            detail = "\(error.description): take back by subject, role or issued_before what are many"
        }
    }
}

// MARK: Customers

extension Refusal {
    /// A customer's proof that is wrong; nobody learns whether there is such a customer.
    static func wrongAnswer(answersLeft: Int) -> Refusal {
        var refusal = Refusal(problem: .forbidden, reason: "verification_wrong")
        refusal.detail =
            answersLeft > 0
            ? "the answer is wrong: \(answersLeft) more may be given"
            : "the answer is wrong, and was the last: ask for another challenge"
        return refusal
    }

    init(_ refusal: VerificationRefusal, now: Int64) {
        switch refusal {
        case .locked(let until):
            self.init(problem: .tooManyRequests, reason: "verification_locked")
            detail = "too many wrong answers"
            fields = [ResponseField("Retry-After", String(max(1, until - now)))]
        case .noChallenge:
            self.init(problem: .conflict, reason: "verification_no_challenge")
            detail = "nothing waits for an answer in this conversation: ask for a challenge, with account and name"
        case .challengeOver:
            self.init(problem: .conflict, reason: "verification_over")
            detail = "the challenge ended before its answer was judged: ask for another"
        case .sessionsFull: self.init(problem: .overloaded, reason: "verification_sessions_full", kind: .failure)
        case .guessesFull:
            self.init(problem: .overloaded, reason: "verification_guesses_full", kind: .failure)
            cause =
                "as many customers and callers as may be have guesses noted: no answer is judged until some are idle"
        case .busy: self.init(problem: .overloaded, reason: "verification_busy", kind: .failure)
        case .storage(let error):
            self.init(problem: .unavailable, reason: "verification_storage", kind: .failure)
            cause = error.description
        }
    }
}

// MARK: Content

extension Refusal {
    init(_ error: JSONSyntaxError) {
        self.init(problem: .invalidBody, reason: "json_syntax")
        detail = error.description
        place = Place(pointer: nil, line: error.line, column: error.column)
    }

    init(_ error: JSONShapeError, in text: [UInt8]) {
        self.init(problem: .invalidBody, reason: "json_shape")
        let position = TextPosition(of: error.offset, in: text)
        detail = error.description
        place = Place(pointer: error.pointer, line: position.line, column: position.column)
    }

    init(_ error: RedactionError) {
        switch error {
        case .blocked(let types):
            self.init(problem: .contentBlocked, reason: "pii_blocked")
            detail = "remove these and send the message again: " + types.map(\.description).joined(separator: ", ")
        case .textTooLong(let limitBytes):
            self.init(problem: .contentTooLarge, reason: "text_too_long")
            detail = "a text may have \(limitBytes) bytes"
        case .vaultFull(let limit):
            self.init(problem: .contentTooLarge, reason: "too_many_values")
            detail = "a message, with those of its session before it, may have \(limit) personal values"
        }
    }

    init(_ error: AgentError) {
        switch error {
        case .badIdentifier(let name, let wanted):
            self.init(problem: .invalidBody, reason: "bad_identifier")
            detail = "\(name): wanted \(wanted)"
        case .emptyText:
            self.init(problem: .invalidBody, reason: "empty_text")
            detail = "the text is empty"
        case .textTooLong(let bytesMax):
            self.init(problem: .contentTooLarge, reason: "text_too_long")
            detail = "a text may have \(bytesMax) bytes"
        case .knowledgeTooLarge(let bytesMax):
            self.init(problem: .contentTooLarge, reason: "knowledge_too_large")
            detail = "a knowledge file may have \(bytesMax) bytes"
        case .knowledgeTooManyRows(let rowsMax):
            self.init(problem: .contentTooLarge, reason: "knowledge_too_many_rows")
            detail = "a knowledge file may have \(rowsMax) rows"
        case .knowledgeHeader(let found, let wanted):
            self.init(problem: .invalidBody, reason: "knowledge_header")
            detail = "line 1: found \(found), wanted \(wanted)"
        case .knowledgeWithoutRows(let refused):
            self.init(problem: .invalidBody, reason: "knowledge_without_rows")
            detail = "no row could be taken; the first refused: \(refused.first.map { "line \($0.line)" } ?? "none")"
        case .tooManyOpenTickets(let ticketsMax):
            self.init(problem: .conflict, reason: "too_many_open_tickets")
            detail = "a principal may have \(ticketsMax) open tickets"
        case .bound(let wanted):
            self.init(problem: .conflict, reason: "agent_bound")
            detail = wanted
        case .conflict(let wanted):
            self.init(problem: .conflict, reason: "agent_conflict")
            detail = wanted
        case .busy: self.init(problem: .overloaded, reason: "agent_busy", kind: .failure)
        case .storageFull: self.init(problem: .unavailable, reason: "agent_storage_full", kind: .failure)
        case .storage, .schemaTooNew, .policy, .versionUnknown:
            self.init(problem: .internalError, reason: "agent_storage", kind: .failure)
            cause = "\(error)"
        case .model:
            self.init(problem: .internalError, reason: "agent_model", kind: .failure)
            cause = "\(error)"
        }
    }
}

extension Refusal {
    /// No conversation of the caller's has this name.
    static var sessionUnknown: Refusal { Refusal(problem: .notFound, reason: "session_unknown") }
}

// MARK: Audit

extension Refusal {
    init(_ error: AuditError) {
        switch error {
        case .backpressure: self.init(problem: .auditBackpressure, reason: "audit_backpressure", kind: .failure)
        case .lowSpace: self.init(problem: .auditUnavailable, reason: "audit_low_space", kind: .failure)
        case .notCovered: self.init(problem: .notFound, reason: "record_not_covered", kind: .denial)
        case .configuration, .busy, .refused, .storage, .interference, .exhausted, .missingHash, .unavailable:
            self.init(problem: .auditUnavailable, reason: "audit_unavailable", kind: .failure)
        }
    }
}
