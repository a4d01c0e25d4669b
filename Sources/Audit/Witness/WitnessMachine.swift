package import Threading

/// One witness's side of the talk (C2SP tlog-witness), without I/O.
///
/// ```
/// empty ─publish→ ready ─next→ inFlight ─200→ settled ─publish, or an hour→ ready
///                   ↑             ├─409→ ready (with the old size that the witness named)
///                   │             ├─422→ rechecking ─wrong→ resting    ─right→ stopped
///                   │             ├─5xx, silence, a bad 200→ backingOff ─time→ ready
///                   └──publish────└─4xx→ resting
/// ```
///
/// Only the newest checkpoint is ever sent, and one request at a time. A new checkpoint ends a rest and not a pause: a witness
/// that is down is not asked at the rate of publishing. What the standard leaves open: a 200 that is of no use is a failure
/// with an alarm, and is tried again after a pause, since the witness's clock or key may be mended; 429 is taken for a 503.
///
/// A witness can stop the gateway by a lie (409, 422). That is what it is there for, and why a policy names those it trusts.
package struct WitnessMachine: Hashable, Sendable {
    package enum State: Hashable, Sendable {
        /// Nothing has been published.
        case empty
        /// The newest checkpoint is to be sent.
        case ready
        /// Sent, and not answered yet.
        case inFlight(WitnessSubmission)
        /// Answered with 422: our own tree is asked.
        case rechecking(WitnessSubmission)
        /// The newest checkpoint is cosigned, and goes out again at this time.
        case settled(until: MonotonicInstant)
        /// After a failure that may pass.
        case backingOff(until: MonotonicInstant)
        /// After one that does not: until the next checkpoint.
        case resting
        /// The log is not the one that the witness saw.
        case stopped
    }

    package private(set) var state = State.empty
    /// The size of the last checkpoint that is known to be cosigned by this witness; 0 for none.
    package private(set) var cosigned: UInt64
    private let key: VerifierKey
    /// The size that the witness is believed to know.
    private var old: UInt64
    private var newest: WitnessTarget?
    /// Failures in a row, as far as they make the pause longer.
    private var failures = 0
    /// Answers 409 to the newest checkpoint.
    private var conflicts = 0

    /// A witness with `key` that has cosigned a checkpoint of size `cosigned`, as far as is remembered.
    package init(key: VerifierKey, cosigned: UInt64) {
        self.key = key
        self.cosigned = cosigned
        old = cosigned
    }

    /// Takes the newest checkpoint. Smaller ones and the same again are not news.
    package mutating func publish(_ checkpoint: WitnessTarget) -> WitnessOutcome {
        if state == .stopped { return .nothing }
        if let newest, checkpoint.size <= newest.size { return .nothing }
        newest = checkpoint
        conflicts = 0
        // What this witness cosigned was signed here once. Sizes that were only reported may be ahead of what was published.
        guard cosigned <= checkpoint.size else { return stop(.rolledBack(seen: cosigned, signed: checkpoint.size)) }
        switch state {
        case .empty, .settled, .resting: proceed()
        case .ready, .inFlight, .rechecking, .backingOff, .stopped: break
        }
        return .nothing
    }

    /// What to do at `now`.
    package mutating func next(at now: MonotonicInstant) -> WitnessStep {
        switch state {
        case .empty, .inFlight, .rechecking, .resting, .stopped: return .wait(until: nil)
        case .settled(let time), .backingOff(let time):
            guard now >= time else { return .wait(until: time) }
        case .ready: break
        }
        guard let newest, old <= newest.size else {
            state = .resting
            return .wait(until: nil)
        }
        let submission = WitnessSubmission(old: old, target: newest)
        state = .inFlight(submission)
        return .send(submission)
    }

    /// What surrounds an answer: clocks, chance, and what else is signed.
    package struct Circumstances: Hashable, Sendable {
        /// When the answer came.
        package var now: MonotonicInstant
        /// Seconds since 1970.
        package var wall: UInt64
        /// Where in its range a pause lies: 0 to 999.
        package var jitter: UInt64
        /// No checkpoint of a larger size was ever signed. The state's `last-checkpoint.note` is replaced before a signature is
        /// made, so that it is never behind.
        package var signedMax: UInt64

        package init(now: MonotonicInstant, wall: UInt64, jitter: UInt64, signedMax: UInt64) {
            self.now = now
            self.wall = wall
            self.jitter = jitter
            self.signedMax = signedMax
        }
    }

    /// Takes the answer to what was sent.
    package mutating func answered(_ answer: WitnessAnswer, _ around: Circumstances) -> WitnessOutcome {
        let submission = expectFlight()
        switch answer.status {
        case 200: return accept(answer, submission, around)
        case 409: return conflict(answer, around)
        case 422:
            state = .rechecking(submission)
            return .recheck(submission)
        case 429, 500...599:
            backOff(around, atLeast: answer.pause(from: around.wall))
            return .nothing
        case 400, 403, 404, 411, 413: return rest(.refused(status: answer.status))
        default: return rest(.unexpected(status: answer.status))
        }
    }

    /// Takes that nothing was answered.
    package mutating func unanswered(_ silence: WitnessSilence, _ around: Circumstances) -> WitnessOutcome {
        _ = expectFlight()
        backOff(around)
        switch silence {
        case .unreachable: return .nothing
        case .untrusted(let detail): return .alarm(.untrusted(detail))
        case .tooLarge: return .alarm(.tooLarge)
        }
    }

    /// Takes that what was to be sent, or to be rechecked, has no proof.
    package mutating func unproved(_ detail: String, _ around: Circumstances) -> WitnessOutcome {
        switch state {
        case .inFlight, .rechecking: break
        case .empty, .ready, .settled, .backingOff, .resting, .stopped:
            preconditionFailure("a proof is made for what is sent or rechecked")
        }
        backOff(around)
        return .alarm(.noProof(detail))
    }

    /// Takes what our own tree says of the proof that the witness refused.
    package mutating func rechecked(isRight: Bool) -> WitnessOutcome {
        guard case .rechecking(let submission) = state else {
            preconditionFailure("a recheck is asked for before it is answered")
        }
        return isRight
            ? stop(.forked(old: submission.old, size: submission.target.size)) : rest(.wrongProof)
    }

    private func expectFlight() -> WitnessSubmission {
        guard case .inFlight(let submission) = state else {
            preconditionFailure("an answer comes to what was sent, one at a time")
        }
        return submission
    }

    private mutating func accept(
        _ answer: WitnessAnswer, _ submission: WitnessSubmission, _ around: Circumstances
    ) -> WitnessOutcome {
        guard let signatures = answer.signatures else { return fail(.malformed(status: 200), around) }
        let own = signatures.filter { $0.name == key.name && $0.keyIdentifier == key.identifier }
        guard let signature = own.last, let cosignature = Cosignature(signature.bytes) else {
            return fail(own.isEmpty ? .noCosignature : .wrongCosignature, around)
        }
        guard own.allSatisfy({ key.isSignature($0.bytes, of: submission.target.checkpoint.text) }) else {
            return fail(.wrongCosignature, around)
        }
        let (time, wall) = (cosignature.time, around.wall)
        guard max(time, wall) - min(time, wall) <= WitnessLimits.clockDifferenceMax else {
            return fail(.wrongTime(found: time, wall: wall), around)
        }
        cosigned = submission.target.size
        old = cosigned
        failures = 0
        conflicts = 0
        state = .settled(until: around.now + WitnessLimits.resubmission)
        if let newest, newest.size > cosigned { proceed() }
        return .accept(signature, size: cosigned, time: time)
    }

    private mutating func conflict(_ answer: WitnessAnswer, _ around: Circumstances) -> WitnessOutcome {
        guard let size = answer.knownSize else { return rest(.malformed(status: 409)) }
        let signed = max(around.signedMax, newest?.size ?? 0)
        guard size <= signed else { return stop(.rolledBack(seen: size, signed: signed)) }
        conflicts += 1
        guard conflicts <= WitnessLimits.conflictsMax else { return rest(.conflictsWithoutEnd) }
        old = size
        proceed()
        return size < cosigned ? .alarm(.forgot(size: size, cosigned: cosigned)) : .nothing
    }

    /// Sends the newest checkpoint, unless the witness is ahead of it, which somebody else brought it a newer one for.
    private mutating func proceed() {
        let isBehind = newest.map { old <= $0.size } == true
        state = isBehind ? .ready : .resting
    }

    private mutating func rest(_ alarm: WitnessAlarm) -> WitnessOutcome {
        let refused: UInt64? =
            switch state {
            case .inFlight(let submission), .rechecking(let submission): submission.target.size
            case .empty, .ready, .settled, .backingOff, .resting, .stopped: nil
            }
        state = .resting
        // A checkpoint that came meanwhile is the next one.
        if let newest, let refused, newest.size > refused { proceed() }
        return .alarm(alarm)
    }

    private mutating func stop(_ failure: WitnessFailure) -> WitnessOutcome {
        state = .stopped
        return .failClosed(failure)
    }

    private mutating func fail(_ alarm: WitnessAlarm, _ around: Circumstances) -> WitnessOutcome {
        backOff(around)
        return .alarm(alarm)
    }

    /// Waits between half and the whole of a time that doubles from 2 s to 60 s.
    private mutating func backOff(_ around: Circumstances, atLeast asked: Duration? = nil) {
        precondition(around.jitter < 1000, "thousandths")
        let whole = min(WitnessLimits.pauseMin * (2 << failures), WitnessLimits.pauseMax)
        let pause = whole / 2 + whole / 2000 * Int(around.jitter)
        failures = min(failures + 1, Self.failuresMax)
        state = .backingOff(until: around.now + max(pause, asked ?? .zero))
    }

    /// 2 s doubled as often is more than the longest pause.
    private static let failuresMax = 5
}
