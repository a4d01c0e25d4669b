internal import Agent
internal import Audit
internal import JSON

/// What was counted in some days, as figures.
struct UsageFigures: Equatable {
    private let counts: [String: Int64]

    init(_ counts: [UsageCount]) {
        var sums: [String: Int64] = [:]
        for count in counts { sums[String(decoding: count.name, as: UTF8.self), default: 0] += count.count }
        self.counts = sums
    }

    private func count(_ name: String) -> Int64 { counts[name] ?? 0 }

    /// `part` of `whole` in millionths; nil where there is no whole.
    private static func share(_ part: Int64, of whole: Int64) -> Int? {
        whole > 0 ? Int(part * 1_000_000 / whole) : nil
    }

    func write(to json: inout JSONWriter) {
        let answers = count("answers")
        json.object { json in
            json.member("requests", count("requests"))
            json.member("answers", answers)
            json.name("routes")
            json.object { json in
                for name in counts.keys.filter({ $0.hasPrefix(Self.routePrefix) }).sorted() {
                    json.name(text: Array(name.utf8.dropFirst(Self.routePrefix.utf8.count)))
                    json.integer(count(name))
                }
            }
            Self.member("confidence_mean", answers > 0 ? Int(count("confidence_ppm") / answers) : nil, to: &json)
            Self.member("escalation_rate", Self.share(count("escalated"), of: answers), to: &json)
            Self.member(
                "faq_hit_rate",
                Self.share(count(Self.routePrefix + "faq_exact") + count(Self.routePrefix + "faq_hybrid"), of: answers),
                to: &json)
            json.member("tokens_in", count("tokens_in"))
            json.member("tokens_out", count("tokens_out"))
            json.name("cost")
            json.millionths(Int(count("cost_millionths")))
        }
    }

    private static func member(_ name: StaticString, _ millionths: Int?, to json: inout JSONWriter) {
        json.name(name)
        if let millionths { json.millionths(millionths) } else { json.null() }
    }

    private static let routePrefix = "route."
}

extension UsageCounters {
    /// Counts a request, and the answer that it got from the assistant, if it got one.
    func count(_ agent: AuditAgent?) {
        add(.requests)
        guard let agent else { return }
        add(.answers)
        if let route = UsageFigure(route: agent.route) { add(route) }
        if agent.escalated { add(.escalated) }
        add(.confidencePPM, Int64(((agent.confidence ?? 0) * 1_000_000).rounded()))
    }

    /// Counts what a model took: tokens, and their cost in millionths of the currency that its policy counts in.
    func count(_ usage: TokenUsage) {
        add(.tokensIn, Int64(usage.promptTokens))
        add(.tokensOut, Int64(usage.answerTokens))
        add(.costMillionths, Int64(usage.costMicros))
    }
}
