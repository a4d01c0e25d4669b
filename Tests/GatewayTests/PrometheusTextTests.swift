import Audit
import Redaction
import Testing
import Threading

@testable import Gateway

@Suite struct `The Prometheus text` {
    private func text(_ write: (inout PrometheusText) -> Void) -> String {
        var text = PrometheusText()
        write(&text)
        return String(decoding: text.bytes, as: UTF8.self)
    }

    @Test func `names a family and its samples`() {
        let page = text { page in
            page.family("a_total", "counter", "Things.")
            page.sample("a_total", [], 1)
            page.sample("a_total", [("x", "1"), ("y", "2")], UInt64.max)
        }
        #expect(
            page == """
                # HELP a_total Things.
                # TYPE a_total counter
                a_total 1
                a_total{x="1",y="2"} 18446744073709551615

                """)
    }

    @Test func `escapes what a label value must not hold`() {
        let page = text { $0.sample("a", [("x", "q\"b\\n\nü\t}")], 1) }
        #expect(page == "a{x=\"q\\\"b\\\\n\\nü\t}\"} 1\n")
    }

    @Test(
        arguments: [
            (0, "0"), (1, "0.000001"), (10, "0.00001"), (250, "0.00025"), (100_000, "0.1"), (999_999, "0.999999"),
            (1_000_000, "1"), (1_500_000, "1.5"), (10_000_000, "10"), (UInt64.max, "18446744073709.551615"),
        ] as [(UInt64, String)])
    func `writes microseconds as seconds`(microseconds: UInt64, seconds: String) {
        #expect(PrometheusText.decimal(microseconds, perWhole: 1_000_000) == seconds)
    }

    @Test func `writes any unit`() {
        #expect(PrometheusText.decimal(17, perWhole: 1) == "17")
        #expect(PrometheusText.decimal(10_000, perWhole: 1_000_000_000) == "0.00001")
        #expect(PrometheusText.decimal(UInt64.max, perWhole: 1_000_000_000) == "18446744073.709551615")
    }

    @Test func `adds a histogram's buckets up`() {
        let counts = HistogramCounts(bounds: [100, 1_000_000], buckets: [2, 0, 3], sum: 2_500_000)
        let page = text { $0.histogram("h", [("r", "x")], counts) }
        #expect(
            page == """
                h_bucket{r="x",le="0.0001"} 2
                h_bucket{r="x",le="1"} 2
                h_bucket{r="x",le="+Inf"} 5
                h_sum{r="x"} 2.5
                h_count{r="x"} 5

                """)
    }

    @Test func `requests are counted by route and status`() {
        let metrics = Metrics()
        metrics.countRequest(.ask, status: 200, microseconds: 50)
        metrics.countRequest(.ask, status: 200, microseconds: 200)
        metrics.countRequest(.ask, status: 429, microseconds: 10)
        metrics.countRequest(.faq, status: 299, microseconds: 10)
        #expect(metrics.answers(of: .ask).map(\.status) == [200, 429])
        #expect(metrics.answers(of: .ask).map(\.count) == [2, 1])
        // A status that no answer has by today's code is counted all the same.
        #expect(metrics.answers(of: .faq).map(\.status) == [0])
        #expect(metrics.latency(of: .ask).buckets.prefix(2) == [2, 1])
        #expect(metrics.latency(of: .ask).sum == 260)
        #expect(metrics.requestsServed == 4)
    }

    @Test func `every route, limit, type and stage has a counter of its own`() {
        let metrics = Metrics()
        for (index, route) in Route.allCases.enumerated() {
            #expect(route.index == index && "\(route.name)" == route.rawValue)
        }
        for limit in RateLimitName.all {
            metrics.countRateDecision(limit, isAllowed: true)
            metrics.countRateDecision(limit, isAllowed: false)
        }
        for limit in RateLimitName.all {
            #expect(metrics.decisions(of: limit, isAllowed: true) == 1)
            #expect(metrics.decisions(of: limit, isAllowed: false) == 1)
        }
        #expect(metrics.redactions.isEmpty)
        for type in DetectorType.all {
            for direction in RedactionScope.Direction.allCases {
                for action in RedactionPolicy.Action.allCases {
                    metrics.countRedactions([.init(type: type, action: action, count: 2)], direction)
                }
            }
        }
        // What is left as it is is not counted.
        #expect(metrics.redactions.allSatisfy { $0.count == 2 && $0.action != "allow" })
        #expect(metrics.redactions.count == DetectorType.all.count * 5 * 2)
        let names = metrics.redactions.map { "\($0.type) \($0.action) \($0.direction)" }
        #expect(Set(names).count == names.count)
        metrics.countStages(
            AuditStage.allCases.enumerated().map { AuditStep($1, .pass, microseconds: UInt64($0)) },
            recordMicroseconds: 99)
        #expect(metrics.stageTimes.map(\.times.sum) == (0..<UInt64(AuditStage.allCases.count)).map { $0 } + [99])
    }
}
