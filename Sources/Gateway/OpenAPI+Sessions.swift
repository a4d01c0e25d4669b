/// Conversations, the tickets' desk and the figures in the description of the interface.
extension OpenAPI {
    /// One operation as a member of its path.
    private struct Operation {
        let method: String, id: String, summary: String, permission: String
        var parameters: [String] = []
        /// The schema of what is sent; nil for nothing.
        var body: String?
        /// The schema of the form that is taken in its place; nil for none.
        var form: String?
        var success = (status: 200, description: "Done")
        /// The schema of what comes back; nil for nothing.
        var schema: String?
        var hasLocation = false
        var problems: [Int] = []

        var json: String {
            var lines = [
                #""operationId": "\#(id)", "summary": "\#(summary)", "description": "Permission \#(permission).""#
            ]
            if !parameters.isEmpty { lines.append(#""parameters": [\#(parameters.joined(separator: ", "))]"#) }
            if let body {
                lines.append(#""requestBody": {"required": true, "content": \#(Self.content(body, form: form))}"#)
            }
            let statuses = Set([401, 403, 408, 429, 503] + problems + (body == nil ? [] : [400, 411, 413, 415]))
            let others = statuses.sorted().map { ##""\##($0)": {"$ref": "#/components/responses/Problem"}"## }
            lines.append(
                #""responses": {"\#(success.status)": \#(answer), \#(others.joined(separator: ", "))}"#)
            return #""\#(method)": {\#(lines.joined(separator: ", "))}"#
        }

        private var answer: String {
            var headers = [
                ("X-Request-Id", "RequestId"), ("Audit-Receipt", "AuditReceipt"),
                ("RateLimit-Limit", "RateLimitLimit"), ("RateLimit-Remaining", "RateLimitRemaining"),
                ("RateLimit-Reset", "RateLimitReset"),
            ].map { ##""\##($0.0)": {"$ref": "#/components/headers/\##($0.1)"}"## }
            if hasLocation { headers.append(#""Location": {"schema": {"type": "string"}, "description": "Its path"}"#) }
            let content = schema.map { #", "content": \#(Self.content($0))"# } ?? ""
            return
                #"{"description": "\#(success.description)", "headers": {\#(headers.joined(separator: ", "))}\#(content)}"#
        }

        private static func content(_ schema: String, form: String? = nil) -> String {
            let form = form.map { ##", "multipart/form-data": {"schema": {"$ref": "#/components/schemas/\##($0)"}}"## }
            return
                ##"{"application/json": {"schema": {"$ref": "#/components/schemas/\##(schema)"}}\##(form ?? "")}"##
        }
    }

    private static let identifier = #"{"name": "id", "in": "path", "required": true, "schema": {"type": "string"}}"#

    private static func query(_ name: String, _ schema: String) -> String {
        #"{"name": "\#(name)", "in": "query", "required": false, "schema": {\#(schema)}}"#
    }

    private static let cursor = query("cursor", #""type": "integer", "minimum": 1"#)
    private static let limit = query("limit", #""type": "integer", "minimum": 1, "maximum": 100"#)
    private static let after = query("after", #""type": "integer", "minimum": 0, "maximum": 1000"#)
    private static let ticketState = #""enum": ["open", "pending", "resolved", "closed"]"#
    private static let priority = #""enum": ["low", "normal", "high", "urgent"]"#
    private static let sessionState = #""enum": ["open", "escalated"]"#
    private static let text = #"{"type": "string"}"#
    private static let moment = #"{"type": "string", "format": "date-time"}"#
    private static let number = #"{"type": "integer"}"#

    /// `GET /v1/tickets`, beside what opens one.
    static let listTickets = Operation(
        method: "get", id: "listTickets", summary: "List tickets, newest first",
        permission: "tickets:read for one's own, tickets:read_any for everybody's",
        parameters: [
            query("state", ticketState), query("priority", priority), query("category", #""type": "string""#),
            query("assignee", #""type": "string""#), query("breached", #""type": "boolean""#), cursor, limit,
        ], success: (200, "A page of tickets"), schema: "TicketPage", problems: [400]
    ).json

    /// `PATCH /v1/tickets/{id}`, beside what reads one.
    static let changeTicket = Operation(
        method: "patch", id: "changeTicket", summary: "Change a ticket's state, priority, category or assignee",
        permission: "tickets:write", parameters: [identifier], body: "TicketChange",
        success: (200, "The ticket as it is now"), schema: "Ticket", problems: [404, 409]
    ).json

    /// Paths of their own.
    static let sessionPaths = [
        (
            "/v1/tickets/{id}/notes",
            [
                Operation(
                    method: "post", id: "addNote", summary: "Add a note to a ticket", permission: "tickets:write",
                    parameters: [identifier], body: "NewNote", success: (201, "The note"), schema: "AddedNote",
                    problems: [404, 409, 422])
            ]
        ),
        (
            "/v1/sessions",
            [
                Operation(
                    method: "post", id: "beginSession", summary: "Begin a conversation that is kept",
                    permission: "sessions:use", body: "NewSession", success: (201, "The conversation"),
                    schema: "Session", hasLocation: true, problems: [409, 422])
            ]
        ),
        (
            "/v1/sessions/{id}",
            [
                Operation(
                    method: "get", id: "readSession", summary: "See where a conversation stands",
                    permission: "sessions:use", parameters: [identifier], success: (200, "The conversation"),
                    schema: "Session", problems: [404]),
                Operation(
                    method: "delete", id: "eraseSession", summary: "Erase a conversation for good",
                    permission: "sessions:use", parameters: [identifier],
                    success: (204, "Nothing of it can be read any more"), problems: [404]),
            ]
        ),
        (
            "/v1/sessions/{id}/messages",
            [
                Operation(
                    method: "post", id: "sendMessage", summary: "Ask the assistant in a conversation",
                    permission: "assistant:ask", parameters: [identifier], body: "NewMessage", form: "MessageForm",
                    success: (200, "The answer"), schema: "Answer", problems: [404, 409, 422]),
                Operation(
                    method: "get", id: "listMessages", summary: "Read what was said, oldest first",
                    permission: "sessions:use", parameters: [identifier, after, limit],
                    success: (200, "A page of messages"), schema: "MessagePage", problems: [400, 404]),
            ]
        ),
        (
            "/v1/sessions/{id}/summary",
            [
                Operation(
                    method: "post", id: "summariseSession", summary: "Sum a conversation up",
                    permission: "sessions:use", parameters: [identifier], success: (201, "The summary"),
                    schema: "Summary", problems: [404, 409])
            ]
        ),
        (
            "/v1/sessions/{id}/escalations",
            [
                Operation(
                    method: "post", id: "escalateSession", summary: "Call a person to a conversation",
                    permission: "tickets:create", parameters: [identifier], body: "NewEscalation",
                    success: (201, "The ticket"), schema: "Ticket", hasLocation: true, problems: [404, 409, 422])
            ]
        ),
        (
            "/v1/admin/sessions",
            [
                Operation(
                    method: "get", id: "listSessions", summary: "List conversations, newest first",
                    permission: "sessions:admin",
                    parameters: [
                        query("subject", #""type": "string""#), query("state", sessionState), cursor, limit,
                    ], success: (200, "A page of conversations"), schema: "SessionPage", problems: [400])
            ]
        ),
        (
            "/v1/admin/sessions/{id}/transcript",
            [
                Operation(
                    method: "get", id: "readTranscript",
                    summary: "Read what was said in anybody's conversation; that it is read is on record",
                    permission: "sessions:transcript", parameters: [identifier, after, limit],
                    success: (200, "A page of messages"), schema: "MessagePage", problems: [400, 404])
            ]
        ),
        (
            "/v1/usage",
            [
                Operation(
                    method: "get", id: "readUsage", summary: "See what was counted in the last days",
                    permission: "usage:read",
                    parameters: [query("days", #""type": "integer", "minimum": 1, "maximum": 366, "default": 7"#)],
                    success: (200, "The figures"), schema: "Usage", problems: [400])
            ]
        ),
    ].map { path, operations in #""\#(path)": {\#(operations.map(\.json).joined(separator: ", "))}"# }
        .joined(separator: ",\n")

    private static func schema(
        _ name: String, required: [String] = [], _ properties: [(name: String, schema: String)]
    ) -> String {
        let members = properties.map { #""\#($0.name)": \#($0.schema)"# }.joined(separator: ", ")
        let names = required.map { "\"\($0)\"" }.joined(separator: ", ")
        return
            #""\#(name)": {"type": "object", "additionalProperties": false, "required": [\#(names)], "properties": {\#(members)}}"#
    }

    private static func list(of schema: String) -> String { #"{"type": "array", "items": \#(schema)}"# }
    private static func reference(_ name: String) -> String { ##"{"$ref": "#/components/schemas/\##(name)"}"## }

    /// What a ticket has beside what it is opened with.
    static let ticketProperties = [
        ("state", "{\(ticketState)}"), ("priority", "{\(priority)}"), ("created", moment), ("updated", moment),
        ("due", moment), ("breached", #"{"type": "boolean"}"#), ("assignee", text), ("session_id", text),
        (
            "reasons",
            #"{"type": "array", "items": {"enum": ["asked", "phrase", "sentiment", "unsure", "short_answer", "repeated_failure", "requested"]}}"#
        ),
        (
            "handover",
            #"{"type": "object", "additionalProperties": false, "required": ["messages"], "properties": {"messages": {"type": "integer"}, "summary": {"type": "string"}}}"#
        ),
        ("notes", list(of: reference("Note"))),
    ].map { #""\#($0.0)": \#($0.1)"# }.joined(separator: ", ")

    private static let sessionProperties = [
        ("session_id", text), ("state", "{\(sessionState)}"), ("created", moment), ("last_used", moment),
        ("messages", number), ("ticket_id", text),
    ]

    private static let metadata =
        #"{"type": "object", "maxProperties": 16, "propertyNames": {"pattern": "^[a-z0-9_]{1,32}$"}, "additionalProperties": {"type": "string", "maxLength": 256}}"#

    /// Schemas of their own.
    static let sessionSchemas = [
        schema("NewSession", [("metadata", metadata)]),
        schema(
            "Session", required: ["session_id", "state", "created", "last_used", "messages", "expires", "request_id"],
            sessionProperties + [
                ("expires", moment), ("summary", text), ("metadata", metadata), ("request_id", text),
            ]),
        schema(
            "MessageForm", required: ["message"],
            [
                ("message", text), ("customer_id", text),
                ("file", #"{"type": "array", "maxItems": 4, "items": {"type": "string", "format": "binary"}}"#),
            ]),
        schema(
            "NewMessage",
            [("message", text), ("confirm", #"{"type": "boolean"}"#), ("customer_id", text)]),
        schema(
            "Message", required: ["position", "role", "text", "created", "request_id"],
            [
                ("position", number), ("role", #"{"enum": ["user", "assistant"]}"#), ("text", text), ("route", text),
                ("attachments", list(of: text)), ("created", moment), ("request_id", text),
            ]),
        schema(
            "MessagePage", required: ["session_id", "messages", "request_id"],
            [
                ("session_id", text), ("messages", list(of: reference("Message"))), ("next", number),
                ("request_id", text),
            ]),
        schema(
            "Summary", required: ["session_id", "summary", "messages", "request_id"],
            [("session_id", text), ("summary", text), ("messages", number), ("request_id", text)]),
        schema("NewEscalation", [("message", text), ("category", text)]),
        schema(
            "TicketChange",
            [("state", "{\(ticketState)}"), ("priority", "{\(priority)}"), ("category", text), ("assignee", text)]),
        schema(
            "TicketPage", required: ["tickets", "request_id"],
            [
                (
                    "tickets",
                    #"{"type": "array", "items": {"type": "object", "required": ["id", "category", "message"], "properties": {"id": {"type": "string"}, "category": {"type": "string"}, "message": {"type": "string"}, \#(ticketProperties)}}}"#
                ), ("next", number), ("request_id", text),
            ]),
        schema("NewNote", required: ["text"], [("text", text)]),
        schema(
            "Note", required: ["number", "author", "text", "created"],
            [("number", number), ("author", text), ("text", text), ("created", moment)]),
        schema(
            "AddedNote", required: ["ticket_id", "note", "request_id"],
            [("ticket_id", text), ("note", reference("Note")), ("request_id", text)]),
        schema(
            "SessionPage", required: ["sessions", "request_id"],
            [
                (
                    "sessions",
                    #"{"type": "array", "items": {"type": "object", "required": ["session_id", "issuer", "subject"], "properties": {\#((sessionProperties + [("issuer", text), ("subject", text)]).map { "\"\($0.0)\": \($0.1)" }.joined(separator: ", "))}}}"#
                ), ("next", number), ("request_id", text),
            ]),
        schema(
            "UsageFigures", required: ["requests", "answers", "routes"],
            [
                ("requests", number), ("answers", number),
                ("routes", #"{"type": "object", "additionalProperties": {"type": "integer"}}"#),
                ("confidence_mean", #"{"type": ["number", "null"]}"#),
                ("escalation_rate", #"{"type": ["number", "null"]}"#),
                ("faq_hit_rate", #"{"type": ["number", "null"]}"#), ("tokens_in", number), ("tokens_out", number),
                ("cost", #"{"type": "number"}"#),
            ]),
        schema(
            "Usage", required: ["days", "total", "by_day", "request_id"],
            [
                ("days", number), ("total", reference("UsageFigures")),
                (
                    "by_day",
                    ##"{"type": "array", "items": {"type": "object", "required": ["day", "figures"], "properties": {"day": {"type": "string", "format": "date"}, "figures": {"$ref": "#/components/schemas/UsageFigures"}}}}"##
                ), ("request_id", text),
            ]),
    ].joined(separator: ",\n")
}
