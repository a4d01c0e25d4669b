/// Every bound of the talk with witnesses that is not a setting, with its unit and the reason for its value.
package enum WitnessLimits {
    /// Hashes of one consistency proof (C2SP tlog-witness): more is refused by the witness.
    package static let proofLinesMax = 63
    /// Bytes of a request's body.
    package static let requestBytesMax = 131_072
    /// Bytes of an answer's body that are read: many times what the lines of one witness take.
    package static let answerBytesMax = 16_384
    /// Signature lines of one answer: a witness with as many keys at once rotates too often.
    package static let answerLinesMax = 16
    /// The whole exchange with one witness.
    package static let answerTimeout = Duration.seconds(5)
    /// The first pause after a failure lies between this and twice as much; each further one is twice as long.
    package static let pauseMin = Duration.seconds(1)
    /// The longest pause after failures, unless the witness asks for more.
    package static let pauseMax = Duration.seconds(60)
    /// The longest pause that a witness can ask for. Beyond it, asking would be a way to silence the log.
    package static let retryAfterMax = Duration.seconds(3600)
    /// A cosigned checkpoint goes out again after this time: the fresh cosignature shows that nothing was cut.
    package static let resubmission = Duration.seconds(3600)
    /// Answers "another size" to one checkpoint: one is usual after a lost answer, more is a witness that cannot make up its mind.
    package static let conflictsMax = 3
    /// Seconds between a cosignature's time and ours.
    package static let clockDifferenceMax: UInt64 = 60
    /// Witnesses of one policy that are asked: all share a thread.
    package static let witnessesMax = 16
}
