/// How soon a ticket of a category has to be answered: from `policies/escalation.json5`.
public struct ServiceLevels: Hashable, Sendable {
    /// A category's priority, and the minutes that its answer may take.
    public struct Level: Hashable, Sendable {
        /// The priority that a ticket is opened with.
        public let priority: Ticket.Priority
        /// Minutes until it has to be answered, 1 or more.
        public let minutes: Int
    }

    /// Minutes for each priority.
    let minutes: [Ticket.Priority: Int]
    /// What categories have that differs.
    let categories: [[UInt8]: Level]

    /// What holds where a policy says nothing: two days, a day, four hours, an hour.
    public static let standard = ServiceLevels(
        minutes: [.low: 2880, .normal: 1440, .high: 240, .urgent: 60], categories: [:])

    /// The level of tickets of `category`.
    func level(of category: TicketCategory) -> Level {
        categories[category.bytes] ?? Level(priority: .normal, minutes: minutes(for: .normal))
    }

    /// Minutes that a ticket of `priority` may take.
    func minutes(for priority: Ticket.Priority) -> Int {
        minutes[priority] ?? Self.standard.minutes[priority] ?? 1440
    }
}
