/// Bounds of requests to other servers on the event loops, with their units and reasons.
enum TransportLimits {
    /// Requests under way on one loop; one more is refused as busy. A client's connection has at most one, so that this is met
    /// only where most of a loop's connections wait for a model.
    static let transfersPerLoopMax = 2_048
    /// Fields of one request.
    static let fieldsMax = 64
    /// How often the patience of those who wait is looked at: time-outs between two pieces are kept to it.
    static let sweep = Duration.milliseconds(100)
    /// How long the end of an answer may take of which nothing more is wanted, and how many may be at it: what is behind a
    /// stream's last event comes with it or in the next packet.
    static let endingTime = Duration.milliseconds(500)
    static let endingMax = 256
}
