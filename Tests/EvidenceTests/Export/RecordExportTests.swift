import Audit
import JSON
import Testing

@testable import Evidence

@Suite struct `Records that leave a log` {
    private static let line =
        #"{"v":1,"seq":7,"time":"2026-11-20T08:00:01.500000Z","type":"request.end","req":{"id":"01JD","trace":"0af7","conn":5,"method":"POST","path":"/v1/ask","proto":"HTTP/1.1","bytes":3,"peer":"203.0.113.9:4431"},"principal":{"token":{"iss":"https://id","sub":"=1+1","jti":"j","roles":["agent","a\"b"]}},"path":[{"stage":"identify","outcome":"pass","us":8}],"decision":{"result":"deny","stage":"authorise","reason":"role_missing"},"redaction":{"in":{"email":2,"iban":1},"out":{}},"response":{"status":403,"bytes":1,"us":1204},"prev":"","hash":"ab"}"#

    private func exported(_ format: ExportFormat, _ line: String) throws -> String {
        var export = RecordExport(format)
        return String(decoding: export.bytes(of: try SampleLog.view(line)), as: UTF8.self)
    }

    private func event(_ line: String) throws -> JSONNode {
        let text = try exported(.ocsf, line)
        #expect(text.hasSuffix("}\n") && text.count { $0 == "\n" } == 1)
        return try JSONParser.parse(Array(text.utf8.dropLast()))
    }

    @Test func `are the same bytes as lines of JSON`() throws {
        #expect(try exported(.jsonl, Self.line) == Self.line + "\n")
        #expect(RecordExport(.jsonl).head.isEmpty && ExportFormat.jsonl.isEvidence)
    }

    @Test func `are rows of a table that no spreadsheet takes for formulas`() throws {
        let row = try exported(.csv, Self.line)
        #expect(
            row
                == #""7","2026-11-20T08:00:01.500000Z","request.end","01JD","POST","/v1/ask","203.0.113.9:4431","'=1+1","agent, a""b","","deny","authorise","role_missing","","403","1204","email: 2, iban: 1","","","7:ab""#
                + "\r\n")
        let head = String(decoding: RecordExport(.csv).head, as: UTF8.self)
        #expect(head.hasPrefix(#""seq","time","type","request""#) && head.hasSuffix("\"not_evidence_see_record\"\r\n"))
        #expect(head.split(separator: ",").count == 20)
        for (field, quoted) in [
            ("", "\"\""), ("a,b", "\"a,b\""), ("a\"b", "\"a\"\"b\""), ("=a", "\"'=a\""), ("+a", "\"'+a\""),
            ("-1", "\"'-1\""), ("@a", "\"'@a\""), (" =a", "\"' =a\""), ("\u{FF1D}a", "\"'\u{FF1D}a\""),
            ("a=b", "\"a=b\""), ("7:ab", "\"7:ab\""),
        ] { #expect(String(decoding: RecordTable.quoted(field), as: UTF8.self) == quoted, "\(field)") }
    }

    @Test func `are events with all that the schema requires`() throws {
        let event = try event(Self.line)
        let numbers: [(StaticString, Int64)] = [
            ("category_uid", 6), ("class_uid", 6003), ("activity_id", 1), ("type_uid", 600_301), ("severity_id", 2),
            ("status_id", 2), ("time", 1_795_161_601_500), ("duration", 1),
        ]
        for (name, value) in numbers { #expect(event[name]?.integer == value, "\(name)") }
        let metadata = try #require(event["metadata"])
        #expect(metadata["version"]?.text == "1.3.0" && metadata["product"]?["name"]?.text == "Portcullis")
        #expect(metadata["product"]?["vendor_name"] != nil && metadata["uid"]?.text == "7:ab")
        #expect(metadata["labels"]?.elements?.first?.text?.contains("not evidence") == true)
        #expect(
            event["actor"]?["user"]?["uid"]?.text == "=1+1" && event["actor"]?["idp"]?["name"]?.text == "https://id")
        #expect(event["actor"]?["user"]?["groups"]?.elements?.count == 2)
        #expect(event["api"]?["operation"]?.text == "POST /v1/ask" && event["api"]?["request"]?["uid"]?.text == "01JD")
        #expect(event["api"]?["response"]?["error"]?.text == "role_missing" && event["api"]?["service"]?["name"] != nil)
        #expect(event["src_endpoint"]?["ip"]?.text == "203.0.113.9" && event["src_endpoint"]?["port"]?.integer == 4431)
        #expect(
            event["http_request"]?["http_method"]?.text == "POST" && event["http_response"]?["code"]?.integer == 403)
        #expect(
            event["unmapped"]?["path"]?.elements?.count == 1 && event["unmapped"]?["redaction"]?["in"]?["email"] != nil)
        #expect(event["unmapped"]?["req"] == nil && event["unmapped"]?["hash"] == nil)
    }

    @Test func `are events also where a record says little`() throws {
        let begun = try event(
            #"{"seq":7,"time":"2026-11-20T08:00:01.500000Z","type":"request.begin","req":{"id":"01JD","conn":5,"peer":{"enc":"A256GCM","kid":"k1"}},"hash":"ab"}"#
        )
        #expect(begun["activity_id"]?.integer == 0 && begun["type_uid"]?.integer == 600_300)
        #expect(begun["status_id"]?.integer == 0 && begun["severity_id"]?.integer == 1)
        #expect(begun["src_endpoint"]?["name"]?.text == "sealed (kid k1)" && begun["src_endpoint"]?["ip"] == nil)
        #expect(begun["actor"]?["user"] == nil && begun["actor"]?["session"]?["uid"]?.text == "connection 5")
        #expect(begun["http_request"] == nil && begun["api"]?["operation"]?.text == "request.begin")
        let methods: [(String, Int64)] = [
            ("GET", 2), ("HEAD", 2), ("PUT", 3), ("PATCH", 3), ("DELETE", 4), ("OPTIONS", 99),
        ]
        for (method, identifier) in methods {
            let line = Self.line.replacing("\"POST\"", with: "\"\(method)\"")
                .replacing("203.0.113.9:4431", with: "[2001:db8::1]:443")
            let event = try event(line)
            #expect(event["activity_id"]?.integer == identifier && event["src_endpoint"]?["ip"]?.text == "2001:db8::1")
        }
        let allowed = try event(Self.line.replacing(#""result":"deny""#, with: #""result":"allow""#))
        #expect(allowed["status_id"]?.integer == 1 && allowed["api"]?["response"]?["error"] == nil)
        let failed = try event(Self.line.replacing(#""result":"deny""#, with: #""result":"error""#))
        #expect(failed["status_id"]?.integer == 2 && failed["severity_id"]?.integer == 3)
    }

    @Test func `are no events where they are about no request, and are counted`() throws {
        var export = RecordExport(.ocsf)
        let genesis = #"{"time":"2026-11-20T08:00:00.000000Z","type":"log.genesis","log":{"origin":"bank.example/a"}}"#
        #expect(export.bytes(of: try SampleLog.view(genesis)).isEmpty && export.leftOut == 1)
        let event = try JSONParser.parse(Array(export.bytes(of: try SampleLog.view(Self.line)).dropLast()))
        #expect(event["metadata"]?["log_name"]?.text == "bank.example/a" && export.leftOut == 1)
        #expect(event["api"]?["service"]?["uid"]?.text == "bank.example/a")
    }
}
