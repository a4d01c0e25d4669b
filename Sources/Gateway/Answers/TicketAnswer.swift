internal import Agent
internal import Audit
internal import Auth
internal import Edge
internal import JSON

extension Pipeline {
    /// `POST /v1/tickets`: opens a ticket with the redacted message.
    @inline(never)
    func openTicket(
        _ text: CleanText, _ category: CleanText?, _ permit: Permit, _ token: VerifiedToken, _ exchange: Exchange,
        _ path: inout DecisionPath
    ) async throws(Refusal) -> Reply {
        let draft: TicketDraft
        do throws(AgentError) {
            draft = TicketDraft(
                category: try category.map { text throws(AgentError) in try TicketCategory(text) } ?? .general,
                message: text, owner: PrincipalKey(issuer: token.issuer, subject: token.subject),
                requestID: exchange.id)
        } catch {
            throw Refusal(error)
        }
        try await begin(permit, exchange, &path)
        do throws(AgentError) {
            let ticket = try await services.tickets.create(draft)
            return Reply(
                status: .created,
                fields: [Self.jsonType, ResponseField("Location", Array("/v1/tickets/".utf8) + ticket.id)],
                body: Self.json(ticket, exchange))
        } catch {
            throw Refusal(error)
        }
    }

    /// `GET /v1/tickets/{id}`: for its owner, and for those who may read everybody's, unless what they were let in by is
    /// for their own alone. For others it does not exist.
    @inline(never)
    func readTicket(
        _ identifier: CleanText, _ permit: Permit, _ token: VerifiedToken, _ exchange: Exchange
    ) async throws(Refusal) -> Ticket {
        let ticket: Ticket?
        do throws(AgentError) {
            ticket = try await services.tickets.ticket(identifier.bytes)
        } catch {
            throw Refusal(error)
        }
        guard let ticket else { throw Refusal(problem: .notFound, reason: "ticket_unknown") }
        let owner = PrincipalKey(issuer: token.issuer, subject: token.subject)
        guard ticket.owner == owner || (!permit.isOwnOnly && mayReadAny(token, exchange)) else {
            throw Refusal(problem: .notFound, reason: "ticket_of_another")
        }
        return ticket
    }

    func mayReadAny(_ token: VerifiedToken, _ exchange: Exchange) -> Bool {
        let certificate = try? exchange.connection.identity?.get()
        do throws(PolicyRefusal) {
            _ = try services.policy.decide(
                .ticketsReadAny, token: token, certificate: certificate, in: exchange.connection.circumstances)
            return true
        } catch {
            return false
        }
    }

    static func json(_ ticket: Ticket, _ exchange: Exchange) -> [UInt8] {
        var json = JSONWriter(capacity: 512)
        json.object { json in
            json.member("id", ticket.id)
            json.member("category", ticket.category.bytes)
            json.member("message", ticket.message)
            json.member("state", ticket.state.rawValue)
            json.member("created", Timestamp.text(microseconds: ticket.createdMicroseconds))
            writeDesk(of: ticket, to: &json)
            json.member("request_id", exchange.id)
        }
        return json.bytes
    }
}
