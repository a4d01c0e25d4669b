/// Every bound of the edge that is not a setting, with its unit and the reason for its value.
enum Limits {
    /// Bytes decrypted in one read: the largest TLS record (RFC 8446 §5.1).
    static let receiveBytesMax = 16_384
    /// Room of a fresh response buffer: most answers fit.
    static let outputBufferBytes = 4096
    /// What a loop gives to handshakes in each turn, however little else it did: two or three steps.
    static let handshakeQuantum = Duration.milliseconds(1)
    /// How old a handshake may become before it can be ended for another's while it waits for its peer: a round trip on a
    /// bad network and more.
    static let handshakeSafe = Duration.milliseconds(500)
    /// Of the handshakes that may be in flight, which part of that number may linger after a failure, so that their peers
    /// read why: a quarter.
    static let failureLingerPart = 4
    /// Requests of one connection that are answered in a turn of its loop: a client that sends ahead what can be answered
    /// without waiting, such as health checks, would otherwise have the loop to itself for as long as it sends.
    static let requestsPerTurn = 16
    /// What a loop gives in each turn to turning requests away, however little else it did; and which part of what it did.
    /// An answer that says no costs a fifth to a half of one that says yes: given at once to whoever asks, they would eat up
    /// the server.
    static let shedQuantum = Duration.microseconds(200)
    static let shedShare = 8
    /// Requests in flight that are answered as vital ones; one more is as unimportant as any. What a request asks for is
    /// known before who asks, so that many could claim it.
    static let vitalInFlightMax = 64
    /// How long the server calls itself overloaded after it turned somebody away.
    static let sheddingHold = Duration.seconds(2)
    /// How long a look at the handler's queues is good for.
    static let backlogSample = Duration.milliseconds(5)
    /// A response buffer larger than this is freed after use and not kept by the loop.
    static let outputBufferKeptBytesMax = 65_536
    /// Bytes read and thrown away after the last response of a connection, so that a peer that is still sending gets to
    /// read the answer before the kernel resets the connection (RFC 9112 §9.6).
    static let lingerBytesMax = 16_777_216
}
