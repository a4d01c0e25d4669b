internal import Audit
internal import Edge

extension Pipeline {
    /// What is turned away first when there is too much to do. Health checks never are. Nobody knows yet who asks, so the
    /// edge takes only a few at a time for vital.
    func importance(of request: Request) -> Importance? {
        guard HealthCheck(request.path) == nil else { return nil }
        return destination(of: request).route.importance
    }

    /// The log's queue: every answer waits in it.
    var backlog: Int { services.log.queueFill }

    /// Why a request was turned away. It counts against its address's rate: whoever makes the overload is limited by it.
    func refuse(
        _ overload: Overload, _ destination: Destination, _ exchange: Exchange, _ path: inout DecisionPath
    ) -> Refusal {
        path.facts.route = destination.route
        do throws(Refusal) {
            try countAddress(exchange, &path)
            return Refusal(overload)
        } catch {
            return error
        }
    }
}

extension Route {
    fileprivate var importance: Importance {
        switch self {
        case .faq, .faqSuggestions, .modelsList, .openapi, .jwks, .devToken, .knowledge, .ticketsList, .sessionsList,
            .transcriptsRead, .usage, .unknown:
            .low
        case .ask, .chatCompletions, .messagesCreate, .messagesRead, .sessionsCreate, .sessionsRead, .summariesCreate,
            .redact, .documentsCreate, .documentsList, .documentsRead, .documentsArchive, .documentsErase:
            .normal
        case .ticketsCreate, .ticketsRead, .ticketsUpdate, .notesCreate, .escalationsCreate, .sessionsDelete,
            .verificationCreate, .verificationRead:
            .high
        case .tokens, .revocationsCreate, .revocationsRead, .auditHead, .auditCheckpoint, .auditProof, .auditErasures:
            .vital
        }
    }
}
