import JSON
import LinuxIO
import Patience
import Synchronization
import Telemetry
import Testing
import Threading

@Suite struct `The log` {
    /// Keeps what it is given; while it is stuck it takes nothing and keeps its caller waiting.
    private final class Sheet: Sendable {
        private let text = Mutex<[UInt8]>([])
        private let batches = Atomic<Int>(0)
        let isStuck = Atomic<Bool>(false)
        let hasBegun = Atomic<Bool>(false)
        let isBroken = Atomic<Bool>(false)

        @Sendable func take(_ batch: [UInt8]) -> Bool {
            hasBegun.store(true, ordering: .releasing)
            while isStuck.load(ordering: .acquiring) { FileWait.pause(.milliseconds(1)) }
            if isBroken.load(ordering: .relaxed) { return false }
            text.withLock { $0 += batch }
            batches.add(1, ordering: .relaxed)
            return true
        }

        var batchCount: Int { batches.load(ordering: .relaxed) }
        var lines: [String] {
            text.withLock { String(decoding: $0, as: UTF8.self) }.split(separator: "\n").map(String.init)
        }
        func nodes() throws -> [JSONNode] { try lines.map { try JSONParser.parse(Array($0.utf8)) } }
    }

    private func text(_ node: JSONNode, _ name: StaticString) -> String? {
        guard case .string(let bytes)? = node[name]?.value else { return nil }
        return String(decoding: bytes, as: UTF8.self)
    }

    private func number(_ node: JSONNode, _ name: StaticString) -> Int64? {
        guard case .integer(let value)? = node[name]?.value else { return nil }
        return value
    }

    @Test func `a line is one JSON object with its time, level and event`() throws {
        let sheet = Sheet()
        let log = try #require(Logger.start(level: .debug, sink: sheet.take))
        log.log(.info, "thing") { line in
            line.literal("kind", "k")
            line.text("name", "ü \"q\" \\ \n\u{202E}\u{7}")
            line.number("count", UInt64.max)
            line.number("less", -1)
            line.bool("is", true)
            line.hex("span", 0x00F1_2345_6789_ABCD)
            line.object("inner") { inner in
                inner.numbers("list", [1, 2])
                inner.bool("no", false)
            }
            line.members(LogLine.fragment { $0.number("connection", 7) })
        }
        log.close()
        let line = try #require(sheet.lines.first)
        #expect(
            line.contains(
                #""level":"info","event":"thing","kind":"k","name":"ü \"q\" \\ \u000a\u202e\u0007""#
                    + #","count":18446744073709551615,"less":-1,"is":true,"span":"00f123456789abcd","#
                    + #""inner":{"list":[1,2],"no":false},"connection":7}"#), "\(line)")
        #expect(line.wholeMatch(of: #/\{"time":"20\d\d-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z",.*/#) != nil, "\(line)")
    }

    @Test func `any text makes one line of JSON that says the same`() throws {
        var generator = SystemRandomNumberGenerator()
        let sheet = Sheet()
        let log = try #require(Logger.start(level: .info, sink: sheet.take))
        var texts: [[UInt8]] = []
        for _ in 0..<500 {
            let count = Int.random(in: 0...40, using: &generator)
            texts.append((0..<count).map { _ in UInt8.random(in: .min ... .max, using: &generator) })
        }
        for text in texts { log.log(.info, "text") { $0.text("text", text) } }
        log.close()
        let nodes = try sheet.nodes()
        #expect(nodes.count == texts.count)
        for (node, bytes) in zip(nodes, texts) { #expect(text(node, "text") == String(decoding: bytes, as: UTF8.self)) }
    }

    @Test func `a text is cut at its bound`() throws {
        let sheet = Sheet()
        let log = try #require(Logger.start(level: .info, sink: sheet.take))
        for count in [TelemetryLimits.textBytesMax, TelemetryLimits.textBytesMax + 1] {
            log.log(.info, "text") { $0.text("text", [UInt8](repeating: 0x61, count: count)) }
        }
        log.close()
        let counts = try sheet.nodes().map { text($0, "text")?.count }
        #expect(counts == [TelemetryLimits.textBytesMax, TelemetryLimits.textBytesMax])
    }

    @Test(arguments: LogLevel.allCases)
    func `what matters less than the level is not written`(level: LogLevel) throws {
        let sheet = Sheet()
        let log = try #require(Logger.start(level: level, sink: sheet.take))
        for level in LogLevel.allCases { log.log(level, "line") }
        log.close()
        let wanted = LogLevel.allCases.prefix { $0 <= level }
        #expect(try sheet.nodes().map { text($0, "level") } == wanted.map(\.rawValue))
    }

    @Test func `under the journal a line starts with its priority`() throws {
        let sheet = Sheet()
        let log = try #require(Logger.start(level: .debug, hasPriority: true, sink: sheet.take))
        for level in LogLevel.allCases { log.log(level, "line") }
        log.close()
        #expect(sheet.lines.map { $0.prefix(4) } == ["<3>{", "<4>{", "<6>{", "<7>{"])
    }

    @Test func `what matters comes at once and the rest in batches`() throws {
        let sheet = Sheet()
        let log = try #require(Logger.start(level: .info, sink: sheet.take))
        for _ in 0..<1000 { log.log(.info, "line") }
        log.flush(within: .seconds(20).stretched)
        #expect(sheet.lines.count == 1000)
        #expect(sheet.batchCount < 100)
        log.log(.error, "line")
        log.flush(within: .seconds(20).stretched)
        #expect(sheet.lines.count == 1001)
        #expect(log.statistics.written == 1001 && log.statistics.dropped == 0)
        log.close()
    }

    @Test func `a stuck sink stops nobody, and what is lost is counted and told`() throws {
        let sheet = Sheet()
        sheet.isStuck.store(true, ordering: .releasing)
        let log = try #require(Logger.start(level: .info, bytesMax: 10_000, sink: sheet.take))
        let start = MonotonicInstant.now
        for _ in 0..<10_000 { log.log(.info, "line") { $0.text("text", "a line of some length") } }
        #expect(MonotonicInstant.now.microseconds(since: start) < 5_000_000 * patienceFactor)
        let dropped = log.statistics.dropped
        #expect(dropped > 9000 && dropped < 10_000, "\(dropped)")
        sheet.isStuck.store(false, ordering: .releasing)
        log.flush(within: .seconds(20).stretched)
        let notes = try sheet.nodes().filter { text($0, "event") == "log_lines_dropped" }
        #expect(notes.compactMap { number($0, "lines") }.reduce(0, +) == Int64(dropped))
        #expect(UInt64(sheet.lines.count - notes.count) == 10_000 - dropped)
        log.close()
    }

    @Test func `a full buffer takes a line at its bound and none past it`() throws {
        let sheet = Sheet()
        sheet.isStuck.store(true, ordering: .releasing)
        let log = try #require(Logger.start(level: .info, bytesMax: 1, sink: sheet.take))
        // The first is taken by the thread, which then hangs; the second fills the buffer.
        log.log(.info, "line")
        let deadline = MonotonicInstant.now + .seconds(20).stretched
        while !sheet.hasBegun.load(ordering: .acquiring) && MonotonicInstant.now < deadline {
            FileWait.pause(.milliseconds(1))
        }
        log.log(.info, "line")
        #expect(log.statistics.dropped == 0)
        log.log(.info, "line")
        #expect(log.statistics.dropped == 1)
        sheet.isStuck.store(false, ordering: .releasing)
        log.close()
    }

    @Test func `lines that the sink refuses are counted`() throws {
        let sheet = Sheet()
        sheet.isBroken.store(true, ordering: .relaxed)
        let log = try #require(Logger.start(level: .info, sink: sheet.take))
        for _ in 0..<5 { log.log(.info, "line") }
        log.close()
        #expect(log.statistics.written == 0 && log.statistics.dropped == 5)
    }

    @Test func `closing waits no longer than its patience`() throws {
        let sheet = Sheet()
        sheet.isStuck.store(true, ordering: .releasing)
        let log = try #require(Logger.start(level: .info, sink: sheet.take))
        log.log(.error, "line")
        let start = MonotonicInstant.now
        log.close(within: .milliseconds(50))
        #expect(MonotonicInstant.now.microseconds(since: start) < 5_000_000 * patienceFactor)
        sheet.isStuck.store(false, ordering: .releasing)
    }

    @Test func `lines of many threads stay whole`() throws {
        let sheet = Sheet()
        let log = try #require(Logger.start(level: .info, sink: sheet.take))
        let threads = 8
        let counter = Counter()
        for thread in 1...threads {
            let isStarted = SystemThread.start(named: "t-\(thread)") {
                SystemThread.currentNumber = UInt32(thread)
                for _ in 0..<500 { log.log(.info, "line") { $0.number("thread", thread) } }
                counter.done()
            }
            try #require(isStarted)
        }
        while counter.value < threads { FileWait.pause(.milliseconds(1)) }
        log.close()
        let nodes = try sheet.nodes()
        for thread in 1...threads { #expect(nodes.count { number($0, "thread") == Int64(thread) } == 500) }
    }

    private final class Counter: Sendable {
        private let count = Atomic<Int>(0)
        func done() { count.add(1, ordering: .releasing) }
        var value: Int { count.load(ordering: .acquiring) }
    }
}
