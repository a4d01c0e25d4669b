import Bytes
import OpenSSL
import Testing

@testable import Audit

@Suite struct `Reading lines quickly` {
    /// Damages a record of each shape in every way that one byte can be changed to a telling one, and hashes it anew.
    @Test func `agrees with the checker about every line, after lines of the same shape as before any`() {
        let lines = SignedLog.lines(of: TamperSample.disk)
        var warm = LineReading()
        for line in lines { #expect(warm.read(line.span) != nil) }
        for line in [lines[10]] {
            for place in 0..<(line.count - 75) {
                for byte in Array(#""\0-,}a "#.utf8) + [0x7F, 0xC3] {
                    var part = Array(line.dropLast(75))
                    part[place] = byte
                    let hash = SHA256Digest(of: Chain.domain + part).hex
                    let damaged = part + Array(#","hash":""#.utf8) + hash + Array(#""}"#.utf8)
                    guard agrees(damaged, &warm) else {
                        Issue.record("byte \(byte) at \(place) of \(String(decoding: line, as: UTF8.self))")
                        return
                    }
                }
            }
        }
    }

    private func agrees(_ line: [UInt8], _ warm: inout LineReading) -> Bool {
        var cold = LineReading()
        var checker = LineChecker()
        var expected = LineExpectation()
        if let frame = LineChecker.Frame(of: line.span) {
            expected.seq = frame.seq
            expected.previousHex = Array(line[frame.previousStart..<(frame.previousStart + 64)])
            expected.notBefore = WallTime(line.span, at: frame.timeStart)
        }
        let wanted = try? checker.check(line.span, against: expected)
        return [warm.read(line.span), cold.read(line.span)].allSatisfy {
            $0?.seq == wanted?.seq && $0?.time == wanted?.time
        }
    }

    @Test func `keeps a clock's skew in sight whatever lines look like`() throws {
        var reading = LineReading()
        for skew in ["5", "12", "0"] {
            let part =
                #"{"v":1,"seq":0,"time":"2026-11-20T08:00:00.000000Z","type":"a.b","clock_skew_us":\#(skew),"#
                + #""prev":"\#(String(repeating: "0", count: 64))""#
            let hash = SHA256Digest(of: Chain.domain + Array(part.utf8)).hex
            let line = Array(part.utf8) + Array(#","hash":""#.utf8) + hash + Array(#""}"#.utf8)
            #expect(reading.read(line.span)?.clockSkew == (skew == "0" ? nil : 81))
        }
    }
}
