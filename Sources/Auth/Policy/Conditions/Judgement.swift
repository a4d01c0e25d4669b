/// What comes of a condition, for a request of which not everything may be known.
///
/// What cannot be told never opens anything: it does not grant, it does not spare from a denial, and it lets a denial strike.
/// Otherwise whoever hides what a denial looks at, such as a certificate that is not demanded, would escape it.
enum Judgement {
    /// All members are met.
    case met
    /// One is known not to be. The reason is the first member's that is not known to be met.
    case unmet(PolicyRefusal)
    /// None is known not to be, and of at least one it cannot be told.
    case undecided(PolicyRefusal)

    /// Why a grant does not hold; nil where it does.
    var failure: PolicyRefusal? {
        switch self {
        case .met: nil
        case .unmet(let refusal), .undecided(let refusal): refusal
        }
    }

    /// Whether a denial strikes.
    var isDenying: Bool {
        switch self {
        case .met, .undecided: true
        case .unmet: false
        }
    }
}

/// A condition on the way to its judgement, member by member.
struct Judging {
    private var reason: PolicyRefusal?
    private var isRefuted = false

    /// Takes a member: whether it is met, or nil where that cannot be told. Nothing is asked once one is known not to be.
    mutating func take(_ refusal: PolicyRefusal, _ isMet: @autoclosure () -> Bool?) {
        guard !isRefuted else { return }
        let isMet = isMet()
        guard isMet != true else { return }
        reason = reason ?? refusal
        isRefuted = isMet == false
    }

    /// What came of all.
    var judgement: Judgement {
        guard let reason else { return .met }
        return isRefuted ? .unmet(reason) : .undecided(reason)
    }
}
