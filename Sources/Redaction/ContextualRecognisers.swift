/// The recognisers of numbers and codes, each with what must hold before it is called.
///
/// The entries are not generic, because a closure that is kept generically is called through a copy of its arguments.
struct ContextualRecognisers: Sendable {
    struct Number: Sendable {
        let place: RecogniserPlace
        /// Counts of digits, as in `DigitGroups.endings`.
        let endings: UInt32
        let recognise: Recogniser.OfDigits
    }

    struct MixedWord: Sendable {
        let place: RecogniserPlace
        let bytes: ClosedRange<Int>
        let recognise: Recogniser.OfWord
    }

    struct Named: Sendable {
        let place: RecogniserPlace
        let labels: LabelSet
        let recognise: Recogniser.OfNamed
    }

    struct NamedWord: Sendable {
        let place: RecogniserPlace
        let labels: LabelSet
        let recognise: Recogniser.OfNamedWord
    }

    private(set) var numbers: [Number] = []
    private(set) var mixedWords: [MixedWord] = []
    private(set) var named: [Named] = []
    private(set) var namedWords: [NamedWord] = []

    /// Those of the catalogue.
    init() {
        for (place, recogniser) in RecogniserPlace.all { add(recogniser, place) }
    }

    private mutating func add(_ recogniser: Recogniser, _ place: RecogniserPlace) {
        switch recogniser {
        case .number(let digits, let recognise):
            let endings = digits.reduce(UInt32(0)) { $0 | 1 << UInt32($1) }
            numbers.append(Number(place: place, endings: endings, recognise: recognise))
        case .mixedWord(let bytes, let recognise):
            mixedWords.append(MixedWord(place: place, bytes: bytes, recognise: recognise))
        case .named(let labels, let recognise):
            named.append(Named(place: place, labels: LabelSet(labels), recognise: recognise))
        case .namedWord(let labels, let recognise):
            namedWords.append(NamedWord(place: place, labels: LabelSet(labels), recognise: recognise))
        default: break
        }
    }
}

/// The labels of a number, which are those of each of its groups.
struct KnownLabels {
    private(set) var labels = Context.Labels()
    /// Offset behind the number.
    private var end = 0

    /// Looks at the words around the number, if it is not the one looked at last.
    mutating func look(_ text: Span<UInt8>, around groups: inout DigitGroups) {
        guard groups.begin >= end else { return }
        end = groups.end(groups.groupCount - 1)
        labels = Context.shared.labels(text, before: groups.begin)
        groups.note(labels)
        if labels.nearest == .none { labels = Context.shared.labels(text, statedFrom: end) }
    }
}
