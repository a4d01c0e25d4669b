package import Threading

/// What a witness's driver has to do next.
package enum WitnessStep: Hashable, Sendable {
    /// Send this, and tell what came of it. Nothing else goes to this witness before that.
    case send(WitnessSubmission)
    /// Ask again at this time, or after the next event where it is nil.
    case wait(until: MonotonicInstant?)
}

/// What became of an event.
package enum WitnessOutcome: Equatable, Sendable {
    /// Nothing that anybody has to hear of.
    case nothing
    /// The witness cosigned: the line is right and belongs to the checkpoint of this size; keep both.
    case accept(SignedNote.Signature, size: UInt64, time: UInt64)
    /// Our own tree has to say whether the proof that was sent is right.
    case recheck(WitnessSubmission)
    /// Somebody should look.
    case alarm(WitnessAlarm)
    /// The log is not the one that the witness saw: nothing more may be signed or served.
    case failClosed(WitnessFailure)
}

/// What an operator should know of a witness, and what only an operator can mend.
package enum WitnessAlarm: Hashable, Sendable, CustomStringConvertible {
    /// It refuses the request for good: 400, 403, 404, 411, 413.
    case refused(status: Int)
    /// A status that the protocol does not have.
    case unexpected(status: Int)
    /// The body of a 200 or of a 409 is not what the protocol says.
    case malformed(status: Int)
    /// A 200 without a line of the key that the policy names.
    case noCosignature
    /// A line of that key whose signature is wrong.
    case wrongCosignature
    /// A cosignature whose time is too far from ours.
    case wrongTime(found: UInt64, wall: UInt64)
    /// It names a smaller size than it cosigned before.
    case forgot(size: UInt64, cosigned: UInt64)
    /// One "another size" after the other.
    case conflictsWithoutEnd
    /// It could not prove who it is.
    case untrusted(String)
    /// Its answer is larger than is read.
    case tooLarge
    /// No proof could be made, or it does not lead to what was signed: the tiles are missing or damaged.
    case noProof(String)
    /// A 422, and our own proof is wrong indeed.
    case wrongProof

    /// What is wrong, and the mend where there is one.
    package var description: String {
        switch self {
        case .refused(404): "answers 404: it does not know this log; register the log's origin and key there"
        case .refused(403): "answers 403: it does not know this log's key; register the new key there"
        case .refused(let status), .unexpected(let status):
            "answers \(status): wanted 200, 409, 422 or 5xx; check the URL in the policy"
        case .malformed(let status): "answers \(status) with a body that is not the protocol's"
        case .noCosignature: "answers without a line of the key that the policy names; check the key"
        case .wrongCosignature: "answers with a wrong signature"
        case .wrongTime(let found, let wall):
            "cosigned with time \(found) at \(wall): more than \(WitnessLimits.clockDifferenceMax) s apart; set the clocks"
        case .forgot(let size, let cosigned): "knows size \(size), but cosigned \(cosigned): it lost its state"
        case .conflictsWithoutEnd: "names another size each time"
        case .untrusted(let detail): "cannot prove who it is: \(detail); check audit.witness.ca and the URL"
        case .tooLarge: "answers with more than \(WitnessLimits.answerBytesMax) bytes"
        case .noProof(let detail): "no proof for it: \(detail)"
        case .wrongProof: "got a wrong proof: the tiles are damaged"
        }
    }

    /// One word for metrics and logs.
    package var name: String {
        switch self {
        case .refused: "refused"
        case .unexpected: "unexpected"
        case .malformed: "malformed"
        case .noCosignature: "no_cosignature"
        case .wrongCosignature: "wrong_cosignature"
        case .wrongTime: "wrong_time"
        case .forgot: "forgot"
        case .conflictsWithoutEnd: "conflicts"
        case .untrusted: "untrusted"
        case .tooLarge: "too_large"
        case .noProof: "no_proof"
        case .wrongProof: "wrong_proof"
        }
    }
}

/// What shows that the log was rolled back or forked.
package enum WitnessFailure: Hashable, Sendable {
    /// The witness has seen a larger log than was ever signed.
    case rolledBack(seen: UInt64, signed: UInt64)
    /// A right proof was refused: the witness has seen another log of this name.
    case forked(old: UInt64, size: UInt64)

    /// The failure as the log's owner is told it (exit 65).
    /// - Parameter witness: its name.
    package func error(witness: String) -> AuditError {
        switch self {
        case .rolledBack(let seen, let signed):
            .refused(
                segment: "witness \(witness)", seq: signed,
                detail: "it has cosigned \(seen) records and this log signed at most \(signed): it was rolled back")
        case .forked(let old, let size):
            .refused(
                segment: "witness \(witness)", seq: old,
                detail: "it refuses a right proof from \(old) to \(size): it has seen another log of this name")
        }
    }
}

/// Why there is no answer.
package enum WitnessSilence: Hashable, Sendable {
    /// Refused, reset, not found, broken off, or 5 s have passed.
    case unreachable
    /// TLS failed.
    case untrusted(String)
    /// The answer was larger than is read.
    case tooLarge
}
