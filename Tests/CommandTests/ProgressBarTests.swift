import Testing

@testable import portcullis

@Suite struct `A progress bar` {
    private static let second: UInt64 = 1_000_000_000

    @Test func `it is drawn after a second and then ten times a second`() {
        var bar = ProgressBar("importing", now: 5)
        #expect(bar.update(now: 5 + Self.second - 1) == nil)
        #expect(bar.update(now: 5 + Self.second)?.hasSuffix("] 1 s") == true)
        #expect(bar.update(now: 5 + Self.second + ProgressBar.intervalNanoseconds - 1) == nil)
        #expect(bar.update(now: 5 + Self.second + ProgressBar.intervalNanoseconds) != nil)
        #expect(bar.finish() == "\r\u{1B}[K")
    }

    @Test func `the mark of work without a known end wanders in a bar of one length`() {
        var bar = ProgressBar("importing", now: 0)
        var drawn: [String] = []
        for step in 10..<80 { drawn.append(bar.update(now: UInt64(step) * ProgressBar.intervalNanoseconds) ?? "") }
        #expect(Set(drawn.map { $0.prefix { $0 != "]" }.count }).count == 1)
        #expect(Set(drawn.map { $0.prefix { $0 != "]" } }).count == 30)
        #expect(drawn.allSatisfy { $0.hasPrefix("\rimporting [") && $0.filter { $0 == "#" }.count == 1 })
    }

    @Test func `work that ends within a second draws and wipes nothing`() {
        var bar = ProgressBar("importing", now: 0)
        #expect(bar.update(now: Self.second / 2) == nil)
        #expect(bar.finish() == nil)
    }
}
