import Testing
import Threading

@testable import Audit
@testable import Evidence

/// The first request is answered wrongly, and the witness is well after that.
@Suite struct `A witness that answers wrongly` {
    /// What becomes of the first answer: an alarm's name, or a result that is counted.
    struct Case: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let fault: FaultyWitness.Fault
        var alarm: String?
        var result: WitnessStatistics.Result
        /// Whether it is tried again before the next checkpoint.
        var isTriedAgain: Bool

        init(
            _ name: String, _ fault: FaultyWitness.Fault, alarm: String? = nil,
            _ result: WitnessStatistics.Result? = nil, isTriedAgain: Bool
        ) {
            testDescription = name
            self.fault = fault
            self.alarm = alarm
            self.result = result ?? .alarm
            self.isTriedAgain = isTriedAgain
        }
    }

    private static let large = [UInt8](repeating: 0x41, count: WitnessLimits.answerBytesMax + 1)
    private static let foreign =
        "\u{2014} other.example/w AAAAAAAAAABq//4Kd7dklvif+tGCKcA6mKuJBcwp4PH/hGcuCgAYNVuBH7m1bQuJPG1HEi6nLzRK9Skad0skBe7iNZqEvYZQSqYwAg==\n"

    /// Made when asked for: kept for good, their bytes look lost to the leak detector, which cannot see through an enum's tags.
    static var cases: [Case] {
        [400, 403, 404, 411, 413].map {
            Case("\($0)", .answer($0), alarm: "refused", isTriedAgain: false)
        }
            + [301, 302, 307, 308].map {
                Case(
                    "a redirect \($0)", .answer($0, fields: "Location: http://127.0.0.1:1/\r\n"), alarm: "unexpected",
                    isTriedAgain: false)
            }
            + [204, 401, 405, 418].map {
                Case("\($0)", .answer($0), alarm: "unexpected", isTriedAgain: false)
            }
            + [500, 502, 503, 504, 429].map {
                Case("\($0)", .answer($0), .busy, isTriedAgain: true)
            } + [
                Case("503 with Retry-After", .answer(503, fields: "Retry-After: 1\r\n"), .busy, isTriedAgain: true),
                Case(
                    "409 in another type",
                    .answer(409, fields: "Content-Type: text/plain\r\n", body: Array("0\n".utf8)),
                    alarm: "malformed", isTriedAgain: false),
                Case(
                    "409 without a size", .answer(409, fields: "Content-Type: text/x.tlog.size\r\n"),
                    alarm: "malformed", isTriedAgain: false),
                Case(
                    "409 with the same size",
                    .answer(409, fields: "Content-Type: text/x.tlog.size\r\n", body: Array("0\n".utf8)),
                    .conflict, isTriedAgain: true),
                Case("200 without a line", .answer(200), alarm: "malformed", isTriedAgain: true),
                Case(
                    "200 with a page",
                    .answer(200, fields: "Content-Type: text/html\r\n", body: Array("<html>\n".utf8)),
                    alarm: "malformed", isTriedAgain: true),
                Case(
                    "200 of an unknown key alone", .answer(200, body: Array(foreign.utf8)), alarm: "no_cosignature",
                    isTriedAgain: true),
                Case("a clock that is ahead", .clock(90), alarm: "wrong_time", isTriedAgain: true),
                Case("a huge body", .answer(200, body: large), alarm: "too_large", isTriedAgain: true),
                Case("a huge refusal", .answer(400, body: large), alarm: "too_large", isTriedAgain: true),
                Case(
                    "an endless head",
                    .bytes(
                        Array("HTTP/1.1 200 X\r\n".utf8)
                            + Array(
                                String(repeating: "X: " + String(repeating: "y", count: 997) + "\r\n", count: 70).utf8)),
                    alarm: "too_large", isTriedAgain: true),
                Case("a reset", .reset, .unreachable, isTriedAgain: true),
                Case("an end without an answer", .close, .unreachable, isTriedAgain: true),
                Case(
                    "an answer that breaks off",
                    .bytes(Array("HTTP/1.1 200 X\r\nContent-Length: 99\r\n\r\n\u{2014}".utf8)),
                    .unreachable, isTriedAgain: true),
                Case("no HTTP", .bytes(Array("garbage\r\n\r\n".utf8)), .unreachable, isTriedAgain: true),
                Case("no answer in 5 s", .silence(.seconds(8)), .unreachable, isTriedAgain: true),
            ]
    }

    @Test(arguments: cases) func `costs nothing but time`(wrong: Case) throws {
        let witness = try FaultyWitness { number in
            guard number == 0 else { return .none }
            return wrong.fault
        }
        let scene = try Scene(witness)
        let service = try scene.start()
        let start = MonotonicInstant.now
        try service.publish(try scene.log.grow(by: 3))
        if wrong.isTriedAgain {
            #expect(eventually { scene.heard.all.lines.first?.size == 3 }, "\(scene.heard.all)")
            let waited = MonotonicInstant.now.microseconds(since: start)
            if wrong.result != .conflict { #expect(waited >= 1_000_000, "after a pause") }
        } else {
            try #require(eventually { service.statistics().witnesses[0].attempts(wrong.result) == 1 })
            #expect(service.statistics().witnesses[0].cosignedSize == 0)
            try service.publish(try scene.log.grow(by: 1))
            #expect(eventually { scene.heard.all.lines.first?.size == 4 }, "\(scene.heard.all)")
        }
        let statistics = service.statistics().witnesses[0]
        #expect(statistics.attempts(wrong.result) == 1 && statistics.attempts(.cosigned) == 1)
        #expect(statistics.attempts.reduce(0, +) == (wrong.fault.losesTwice ? 3 : 2))
        #expect(scene.heard.all.alarms == (wrong.alarm.map { [$0] } ?? []) && scene.heard.all.failures.isEmpty)
        service.stop()
        witness.stop()
    }
}

extension FaultyWitness.Fault {
    /// Whether the witness remembers what we do not, so that another 409 comes between.
    var losesTwice: Bool { if case .clock = self { true } else { false } }
}
