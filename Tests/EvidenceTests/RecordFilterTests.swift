import Audit
import JSON
import Testing

@testable import Evidence

@Suite struct `A record that is looked for` {
    static let line = Array(
        #"""
        {"v":1,"seq":7,"time":"2026-11-20T08:00:01.500000Z","type":"request.end","req":{"id":"01JD","method":"POST","path":"/v1/ask","peer":"203.0.113.9:1"},"principal":{"cert":{"subject":"CN=a","san":["uri:spiffe://x"]},"token":{"sub":{"enc":"A256GCM","kid":"k1","iv":"","ct":""},"roles":["agent"]}},"path":[{"stage":"identify","outcome":"pass","us":8}],"decision":{"result":"deny","stage":"authorise","reason":"role_missing"},"redaction":{"in":{"email":2},"out":{}},"agent":{"route":"faq_exact"},"response":{"status":403,"bytes":1,"us":1204},"prev":"","hash":"ab"}
        """#.utf8)

    private func view(_ line: [UInt8] = line) throws -> RecordView {
        let record = StoredRecord(seq: 7, segment: "seg", offset: 3, line: line)
        return try #require(RecordView(record))
    }

    @Test func `fits each thing that it is, and not the nearest other`() throws {
        let view = try view()
        let rows: [(WritableKeyPath<RecordFilter, [UInt8]?>, String, String)] = [
            (\.principal, "CN=a", "CN=b"), (\.principal, "uri:spiffe://x", "uri:spiffe://"),
            (\.principal, "sealed (kid k1)", "k1"), (\.route, "/v1/ask", "/v1/as"),
            (\.route, "faq_exact", "faq_hybrid"),
            (\.outcome, "deny", "allow"), (\.reason, "role_missing", "role"), (\.request, "01JD", "01JE"),
            (\.redactionType, "email", "card"), (\.type, "request.end", "request.begin"),
            (\.since, "2026-11-20", "2026-11-21"), (\.since, "2026-11-20T08:00:01.500000Z", "2026-11-20T08:00:02"),
            (\.until, "2026-11-21", "2026-11-20"), (\.until, "2026-11-20T08:00:02", "2026-11-20T08:00:01.500000Z"),
        ]
        for (path, right, wrong) in rows {
            var filter = RecordFilter()
            filter[keyPath: path] = Array(right.utf8)
            #expect(filter.matches(view), "\(right)")
            filter[keyPath: path] = Array(wrong.utf8)
            #expect(!filter.matches(view), "\(wrong)")
        }
        #expect(RecordFilter().matches(view))
    }

    @Test func `is asked for by times of the log's form only`() {
        for good in [
            "2026", "2026-11", "2026-11-20", "2026-11-20T08", "2026-11-20T08:00:01", "2026-11-20T08:00:01.500000Z",
        ] { #expect(RecordFilter.isTime(Array(good.utf8)), "\(good)") }
        for bad in ["", "20", "2026-", "26-11-20", "2026-11-20 08", "2026-11-20T08:00:01Z", "yesterday", "2026/11/20"] {
            #expect(!RecordFilter.isTime(Array(bad.utf8)), "\(bad)")
        }
    }

    @Test func `is shown with what matters and nothing that a terminal acts on`() throws {
        let page = RecordText.page(try view())
        for part in [
            "record         7 in seg at byte 3", "deny by stage authorise: role_missing", "sealed (kid k1)",
            "403 after 1204 us",
            "identify", "pass, 8 us", "personal data  email", "receipt        7:ab", "roles          agent",
        ] { #expect(page.contains(part), "\(part) in \(page)") }
        #expect(
            RecordText.line(try view()).hasPrefix("7  2026-11-20T08:00:01.500000Z  request.end  deny (role_missing)"))
        let hostile = RecordText.show(Array("a\u{1B}[31mb\u{202E}c\nd\u{7F}\u{200B}é漢".utf8))
        #expect(hostile == #"a\u{1b}[31mb\u{202e}c\u{a}d\u{7f}\u{200b}é漢"#)
    }

    @Test func `is shown with what an administrator did, on what, and who ran the command`() throws {
        let view = try view(
            Array(
                #"""
                {"v":1,"seq":7,"time":"2026-11-20T08:00:01.500000Z","type":"admin.action","admin":{"action":"token.issue_command","target":"4uYx","command":{"user":"op\ns","uid":1000,"at":7}},"prev":"","hash":"ab"}
                """#.utf8))
        let page = RecordText.page(view)
        for part in ["action   token.issue_command\n", "on       4uYx\n", "run by   op\\u{a}s (uid 1000)\n"] {
            #expect(page.contains(part), "\(part) in \(page)")
        }
        #expect(RecordText.line(view) == "7  2026-11-20T08:00:01.500000Z  admin.action  token.issue_command 4uYx")
    }

    @Test func `is counted, and within which time it was answered`() throws {
        var counts = LogCounts()
        #expect(counts.microseconds(share: 0.5) == nil)
        for _ in 0..<3 { counts.take(try view()) }
        #expect(counts.records == 3 && counts.microseconds(share: 0.5) == 2048)
        #expect(counts.byName["reason"] == [Array("role_missing".utf8): 3])
        #expect(counts.byName["redaction"] == [Array("email".utf8): 3])
        for part in ["records  3", "by reason\n  3\trole_missing", "by hour\n  3\t2026-11-20T08"] {
            #expect(counts.text.contains(part), "\(counts.text)")
        }
    }
}
