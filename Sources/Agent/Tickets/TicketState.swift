extension Ticket {
    /// Where a ticket stands.
    ///
    /// ```
    ///          ┌────────► pending ───┐            pending: waits for the customer; its clock stands still
    ///   open ◄─┤   ┌──────────────◄──┘            resolved: answered; it can be opened again
    ///    │  ▲  └───┴──► resolved ──► closed       closed: for good
    ///    │  └──────────────┘          ▲
    ///    └────────────────────────────┘           (pending leads to closed too)
    /// ```
    public enum State: String, CaseIterable, Sendable {
        case open, pending, resolved, closed

        /// The states that this one may lead to, itself apart.
        public var successors: [State] {
            switch self {
            case .open: [.pending, .resolved, .closed]
            case .pending: [.open, .resolved, .closed]
            case .resolved: [.open, .closed]
            case .closed: []
            }
        }

        /// Whether time runs against the ticket.
        var isTimed: Bool { self == .open }
    }

    /// How soon somebody has to look at a ticket.
    public enum Priority: String, CaseIterable, Sendable { case low, normal, high, urgent }
}
