internal import Edge
internal import JSON

@testable internal import Gateway

/// Bodies of requests as JSON text: what is taken is within its bounds, and written again it is taken again as the same.
enum RequestBodyTarget {
    private static let routes: [Route] = [
        .ask, .ticketsCreate, .tokens, .auditErasures, .redact, .revocationsCreate, .verificationCreate,
        .sessionsCreate, .messagesCreate, .escalationsCreate, .ticketsUpdate, .notesCreate,
    ]

    /// The first byte chooses the route.
    static func run(_ input: [UInt8]) {
        guard let first = input.first else { return }
        let route = routes[Int(first) % routes.count]
        let text = Array(input.dropFirst())
        do throws(Refusal) {
            let content = try Content.decoding(text, for: route)
            check(content)
            let members = self.members(content)
            guard let again = try? Content.decoding(write(members), for: route) else {
                preconditionFailure("what was taken is taken again")
            }
            precondition(self.members(again) == members, "what was taken and written is the same")
        } catch {
            precondition(error.problem == .invalidBody, "a body that is not taken is invalid")
            guard let line = error.place?.line else { return }
            precondition((1...text.count + 1).contains(line), "the place lies in the text")
        }
    }

    private static func check(_ content: Content) {
        switch content {
        case .question(let message, let sessionID, let customerID, let confirmation):
            precondition(confirmation == nil || sessionID != nil, "a change waits in a conversation")
            precondition(!message.isEmpty, "a message says something")
            for text in [message, sessionID ?? [], customerID ?? []] {
                precondition(UTF8Validation.firstInvalid(in: text) == nil, "text is UTF-8")
            }
            precondition((sessionID?.count ?? 1) <= 64 && (customerID?.count ?? 1) <= 64, "identifiers are short")
        case .newTicket(let message, let category):
            precondition(!message.isEmpty && (category?.count ?? 1) <= 64, "a ticket's parts are within bounds")
        case .tokenRequest(let order):
            precondition((1...256).contains(order.subject.utf8.count), "a subject is within bounds")
            precondition((order.ttlSeconds ?? 1) > 0, "a life has a length")
        case .erasure(let subject, let ticket):
            precondition((1...1024).contains(subject.count), "a subject is within bounds")
            precondition((1...128).contains(ticket.count), "a ticket is within bounds")
        case .redaction(let text, _): precondition(!text.isEmpty, "a text says something")
        case .revocation(let revocation):
            precondition((revocation.issuedBefore ?? 1) > 0, "a second is after 1970 began")
        case .challenge(let challenge):
            precondition((1...64).contains(challenge.account.count), "an account is within bounds")
            precondition((1...256).contains(challenge.name.count), "a name is within bounds")
        case .customerProof(let answer, let session):
            precondition((1...256).contains(answer.count), "an answer is within bounds")
            precondition((1...64).contains(session.count), "a session is within bounds")
        case .conversation(let content): ConversationBodies.check(content)
        case .ticket, .search, .suggestions, .knowledge, .proof, .standing, .revocations, .completion, .upload,
            .documents, .nothing:
            preconditionFailure("JSON is decoded to other contents")
        }
    }

    indirect enum Member: Equatable {
        case object([String: Member])
        case text([UInt8])
        case texts([String])
        case number(Int)
        case flag(Bool)
    }

    private static func members(_ content: Content) -> [String: Member] {
        switch content {
        case .question(let message, let sessionID, let customerID, let confirmation):
            [
                "message": confirmation == nil ? .text(message) : nil, "confirm": confirmation.map { .flag($0) },
                "session_id": sessionID.map { .text($0) },
                "customer_id": customerID.map { .text($0) },
            ].compactMapValues { $0 }
        case .newTicket(let message, let category):
            ["message": .text(message), "category": category.map { .text($0) }].compactMapValues { $0 }
        case .tokenRequest(let order):
            [
                "subject": .text(Array(order.subject.utf8)), "roles": .texts(order.roles),
                "audience": order.audience.map { .text(Array($0.utf8)) }, "ttl_s": order.ttlSeconds.map { .number($0) },
            ].compactMapValues { $0 }
        case .erasure(let subject, let ticket): ["subject": .text(subject), "ticket": .text(ticket)]
        case .redaction(let text, let isExplained): ["text": .text(text), "explain": .flag(isExplained)]
        case .revocation(let revocation):
            [
                name(of: revocation.target): text(of: revocation.target),
                "issuer": revocation.issuer.map { .text($0) },
                "issued_before": revocation.issuedBefore.map { .number(Int($0)) },
            ].compactMapValues { $0 }
        case .challenge(let challenge):
            [
                "account": .text(challenge.account), "name": .text(challenge.name),
                "method": .text(Array("\(challenge.method)".utf8)),
                "session_id": challenge.sessionID.map { .text($0) },
            ].compactMapValues { $0 }
        case .customerProof(let answer, let session): ["answer": .text(answer), "session_id": .text(session)]
        case .conversation(let content): ConversationBodies.members(content)
        case .ticket, .search, .suggestions, .knowledge, .proof, .standing, .revocations, .completion, .upload,
            .documents, .nothing:
            [:]
        }
    }

    private static func name(of target: RevocationContent.Target) -> String {
        switch target {
        case .token: "jti"
        case .subject: "subject"
        case .role: "role"
        case .issuer: "none"
        }
    }

    private static func text(of target: RevocationContent.Target) -> Member? {
        switch target {
        case .token(let text), .subject(let text), .role(let text): .text(text)
        case .issuer: nil
        }
    }

    private static func write(_ members: [String: Member]) -> [UInt8] {
        var writer = JSONWriter()
        write(members, to: &writer)
        return writer.bytes
    }

    private static func write(_ members: [String: Member], to writer: inout JSONWriter) {
        writer.object { writer in
            for (name, member) in members.sorted(by: { $0.key < $1.key }) {
                writer.name(text: Array(name.utf8))
                switch member {
                case .object(let members): write(members, to: &writer)
                case .text(let text): writer.string(text)
                case .flag(let flag): writer.bool(flag)
                case .number(let number): writer.integer(Int64(number))
                case .texts(let texts):
                    writer.array { writer in for text in texts { writer.string(text) } }
                }
            }
        }
    }
}

/// Queries: pairs agree with a slow obvious reading, and a search that is taken is taken again when it is encoded whole.
enum QueryTarget {
    static func run(_ input: [UInt8]) {
        let items = QueryItems(input[...]).map { [$0.name, $0.value] }
        precondition(items == model(input), "a query is read as its grammar says")
        do throws(Refusal) {
            guard case .search(let query, let limit) = try Content.search(QueryItems(input[...])) else {
                preconditionFailure("a query is a search")
            }
            precondition(!query.isEmpty && UTF8Validation.firstInvalid(in: query) == nil, "a query is a text")
            let hexadecimal = Array("0123456789abcdef".utf8)
            let encoded = query.flatMap { [UInt8(ascii: "%"), hexadecimal[Int($0 >> 4)], hexadecimal[Int($0 & 15)]] }
            let whole = Array("query=".utf8) + encoded + Array("&limit=\(limit)".utf8)
            guard case .search(let again, limit)? = try? Content.search(QueryItems(whole[...])), again == query else {
                preconditionFailure("a search that is taken is taken again")
            }
        } catch {
            precondition(error.problem == .invalidBody && error.detail != nil, "a bad query is told what is wrong")
        }
    }

    private static func model(_ query: [UInt8]) -> [[[UInt8]]] {
        query.split(separator: UInt8(ascii: "&")).map { piece in
            let parts = piece.split(separator: UInt8(ascii: "="), maxSplits: 1, omittingEmptySubsequences: false)
            return [decode(parts[0]), parts.count > 1 ? decode(parts[1]) : []]
        }
    }

    private static func decode(_ text: ArraySlice<UInt8>) -> [UInt8] {
        var decoded: [UInt8] = []
        var rest = text
        while let byte = rest.popFirst() {
            let digits = Array(rest.prefix(2))
            let isTriplet =
                digits.count == 2 && digits.allSatisfy { Character(Unicode.Scalar($0)).isHexDigit && $0 < 128 }
            if byte == UInt8(ascii: "%"), isTriplet,
                let value = UInt8(String(decoding: digits, as: UTF8.self), radix: 16)
            {
                decoded.append(value)
                rest = rest.dropFirst(2)
            } else {
                decoded.append(byte == UInt8(ascii: "+") ? UInt8(ascii: " ") : byte)
            }
        }
        return decoded
    }
}
