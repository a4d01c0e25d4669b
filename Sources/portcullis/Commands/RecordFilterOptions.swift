internal import Gateway

/// The options by which records are chosen: the same for every command that chooses some.
enum RecordFilterOptions {
    static let request = Option("request", "ID", "a request's name (X-Request-Id)")
    private static let principal = Option("principal", "NAME", "a token's subject, or a name of a certificate")
    private static let route = Option("route", "ROUTE", "a path, or how the answer came about (faq_exact, …)")
    private static let outcome = Option("outcome", "RESULT", "allow, deny or error")
    private static let reason = Option("reason", "CODE", "the reason's code")
    private static let redaction = Option("redaction-type", "TYPE", "a type of personal data that was found")
    private static let type = Option("type", "TYPE", "a record's type, such as request.end")
    private static let since = Option("since", "TIME", "not before: 2026-11-20, 2026-11-20T08:00, …; UTC")
    private static let until = Option("until", "TIME", "before")

    /// All but `request`.
    static let others = [principal, route, outcome, reason, redaction, type, since, until]

    static func wanted(_ arguments: Arguments) -> AuditReadingCommands.Wanted {
        var wanted = AuditReadingCommands.Wanted()
        wanted.principal = arguments.optionalText(principal)
        wanted.route = arguments.optionalText(route)
        wanted.outcome = arguments.optionalText(outcome)
        wanted.reason = arguments.optionalText(reason)
        wanted.request = arguments.optionalText(request)
        wanted.redactionType = arguments.optionalText(redaction)
        wanted.type = arguments.optionalText(type)
        wanted.since = arguments.optionalText(since)
        wanted.until = arguments.optionalText(until)
        return wanted
    }
}
