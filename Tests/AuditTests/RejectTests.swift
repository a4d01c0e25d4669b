import Testing
import Threading

@testable import Audit

@Suite struct `Refused connections` {
    private let start = MonotonicInstant(nanoseconds: 1_000_000_000)
    private let time = WallTime(microseconds: 1_795_161_600_000_000)

    @Test func `a hundred of one network and reason are recorded, the rest of the window is one count`() {
        let rejects = RejectAggregator()
        var recorded = 0
        for number in 0..<250 {
            let peer = Array("192.0.2.\(number):443".utf8)
            if rejects.admits(peer: peer, reason: "expired", at: start, time: time) { recorded += 1 }
        }
        #expect(recorded == 100)
        #expect(rejects.flush(at: start + .milliseconds(9999)).isEmpty)
        let flushed = rejects.flush(at: start + .seconds(10))
        #expect(flushed.count == 1)
        #expect(flushed.first?.count == 150)
        #expect(flushed.first.map { text($0.peer) } == "192.0.2.0/24")
        #expect(rejects.admits(peer: Array("192.0.2.1:1".utf8), reason: "expired", at: start, time: time))
    }

    @Test func `another reason and another network have their own hundred`() {
        let rejects = RejectAggregator()
        for _ in 0..<200 {
            _ = rejects.admits(peer: Array("192.0.2.1:1".utf8), reason: "expired", at: start, time: time)
        }
        #expect(rejects.admits(peer: Array("192.0.3.1:1".utf8), reason: "expired", at: start, time: time))
        #expect(rejects.admits(peer: Array("192.0.2.1:1".utf8), reason: "unknown_ca", at: start, time: time))
        #expect(!rejects.admits(peer: Array("192.0.2.9:1".utf8), reason: "expired", at: start, time: time))
    }

    @Test func `first and last bound what was counted`() throws {
        let rejects = RejectAggregator()
        for second in [5, 3, 9] {
            rejects.count(
                peer: Array("192.0.2.1:1".utf8), reason: "expired", at: start,
                time: WallTime(microseconds: Int64(second) * 1_000_000))
        }
        let reject = try #require(rejects.flush(at: start, everything: true).first)
        #expect(reject.count == 3)
        #expect(reject.first?.microseconds == 3_000_000 && reject.last?.microseconds == 9_000_000)
        #expect(
            text(LogRecords.reject(reject).bytes)
                == #""type":"connection.reject","tls":{"peer":"192.0.2.0/24","reason":"expired","count":3,"#
                + #""first":"1970-01-01T00:00:03.000000Z","last":"1970-01-01T00:00:09.000000Z"}"#)
    }

    @Test func `a million networks cost a bounded number of records and lose no count`() {
        let rejects = RejectAggregator()
        var recorded: UInt64 = 0
        for number in 0..<100_000 {
            let peer = Array("10.\(number >> 8 & 255).\(number & 255).1:1".utf8)
            let reason = ReasonCode(Array("r\(number % 100)".utf8))
            if rejects.admits(peer: peer, reason: reason, at: start, time: time) { recorded += 1 }
        }
        let groups = RejectAggregator.groupsMax + RejectAggregator.overflowGroupsMax + 1
        #expect(recorded <= UInt64(groups) * RejectAggregator.recordsPerWindow)
        let flushed = rejects.flush(at: start, everything: true)
        #expect(flushed.count <= groups)
        #expect(flushed.reduce(recorded) { $0 + $1.count } == 100_000)
    }

    @Test(arguments: [
        ("192.0.2.7", "192.0.2.0/24"), ("192.0.2.255:65535", "192.0.2.0/24"),
        ("[2001:db8::7]:443", "2001:db8:0:0::/64"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"), ("::1", "0:0:0:0::/64"),
        ("[::ffff:192.0.2.9]:1", "192.0.2.0/24"),
        ("fe80::1%eth0", "fe80:0:0:0::/64"), ("1:2:3:4::", "1:2:3:4::/64"), ("64:ff9b::192.0.2.1", "64:ff9b:0:0::/64"),
    ])
    func `a network is found in a peer's address`(peer: String, network: String) {
        #expect(PeerNetwork(Array(peer.utf8)).map { text($0.text) } == network)
    }

    @Test(arguments: [
        "", "x", "1.2.3", "1.2.3.256", "1.2.3.4.5", "1:2", "1::2::3", "12345::", "1:2:3:4:5:6:7:8:9", "[", "::g",
        "1:2:3:4:5:6:7::8:9",
    ])
    func `what is no address has no network`(peer: String) {
        #expect(PeerNetwork(Array(peer.utf8)) == nil)
    }
}
