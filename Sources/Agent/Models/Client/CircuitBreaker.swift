internal import Threading

/// Leaves a server alone that has failed several times in a row.
///
/// ```
///          failuresMax in a row               rest is over             success
///  closed ─────────────────────► open(until) ─────────────► trying ───────────────► closed
///    ▲ success: count is 0          ▲                         │ failure: rest doubles, up to restMax
///                                   └─────────────────────────┘
/// ```
/// While `trying`, one request finds out whether it is back and the others are turned away. A request that never reports back
/// (its task was broken off) would keep it there: the trial itself ends after `rest`.
struct CircuitBreaker: Hashable, Sendable {
    enum State: Hashable, Sendable {
        case closed(failures: Int)
        case open(until: MonotonicInstant, rest: Duration)
        case trying(until: MonotonicInstant, rest: Duration)
    }

    private(set) var state = State.closed(failures: 0)

    /// Whether a request may be sent now. Where the answer is yes, `succeeded` or `failed` follows.
    mutating func admits(_ now: MonotonicInstant) -> Bool {
        switch state {
        case .closed: return true
        case .open(let until, let rest), .trying(let until, let rest):
            guard now >= until else { return false }
            state = .trying(until: now + rest, rest: rest)
            return true
        }
    }

    /// When it may be asked again; nil where it may be now.
    func reopens(after now: MonotonicInstant) -> MonotonicInstant? {
        switch state {
        case .closed: nil
        case .open(let until, _), .trying(let until, _): until > now ? until : nil
        }
    }

    /// The server did what it should.
    mutating func succeeded() { state = .closed(failures: 0) }

    /// The server failed.
    /// - Parameter retryAfter: how long it wants to be left alone, where it says so.
    mutating func failed(_ now: MonotonicInstant, retryAfter: Duration?, _ patience: ModelPolicy.Patience) {
        switch state {
        case .closed(let failures):
            guard failures + 1 >= patience.failuresMax else {
                state = .closed(failures: failures + 1)
                return
            }
            rest(now, for: patience.rest, retryAfter, patience)
        case .trying(_, let rest): self.rest(now, for: min(rest * 2, patience.restMax), retryAfter, patience)
        // An answer to a request from before it opened.
        case .open: return
        }
    }

    private mutating func rest(
        _ now: MonotonicInstant, for rest: Duration, _ retryAfter: Duration?, _ patience: ModelPolicy.Patience
    ) {
        let asked = min(retryAfter ?? .zero, patience.restMax)
        state = .open(until: now + max(rest, asked), rest: rest)
    }
}
