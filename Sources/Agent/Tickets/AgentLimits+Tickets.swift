extension AgentLimits {
    /// Notes of one ticket; bytes of one are those of a text.
    public static let notesPerTicketMax = 500
    /// Tickets of one page, and where a request names no number.
    public static let ticketsPerPageMax = 100, ticketsPerPageDefault = 25
    /// Bytes of the name of who works on a ticket.
    public static let assigneeBytesMax = 64
    /// Minutes of a service level: a year.
    public static let serviceMinutesMax = 525_600
    /// Why a ticket was opened: reasons of one.
    public static let reasonsPerTicketMax = 8
}
