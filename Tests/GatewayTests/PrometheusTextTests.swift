import Testing

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
        #expect(PrometheusText.seconds(microseconds) == seconds)
    }

    @Test func `adds a histogram's buckets up`() {
        let page = text {
            $0.histogram("h", [("r", "x")], bounds: [100, 1_000_000], buckets: [2, 0, 3], sumMicroseconds: 2_500_000)
        }
        #expect(
            page == """
                h_bucket{r="x",le="0.0001"} 2
                h_bucket{r="x",le="1"} 2
                h_bucket{r="x",le="+Inf"} 5
                h_sum{r="x"} 2.5
                h_count{r="x"} 5

                """)
    }

    @Test func `a time is counted in the bucket whose bound it does not pass`() {
        for (index, bound) in Metrics.latencyBounds.enumerated() {
            var histogram = Metrics.Histogram()
            histogram.add(bound)
            histogram.add(bound + 1)
            #expect(histogram.buckets[index] == 1 && histogram.buckets[index + 1] == 1)
            #expect(histogram.sumMicroseconds == 2 * bound + 1)
        }
        #expect(Metrics.latencyBounds == Metrics.latencyBounds.sorted())
    }

    @Test func `requests are counted by route and status`() {
        let metrics = Metrics()
        metrics.countRequest(.ask, status: 200, microseconds: 50)
        metrics.countRequest(.ask, status: 200, microseconds: 200)
        metrics.countRequest(.ask, status: 429, microseconds: 10)
        metrics.countRequest(.faq, status: 200, microseconds: 10)
        let counts = metrics.snapshot
        #expect(counts.requests[Route.ask.index] == [200: 2, 429: 1])
        #expect(counts.latency[Route.ask.index].buckets.prefix(2) == [2, 1])
        #expect(counts.latency[Route.ask.index].sumMicroseconds == 260)
        #expect(metrics.requestsServed == 4)
    }
}
