import Testing

@testable import Redaction

/// The figures of `redact eval` on rows whose figures can be counted by hand.
@Suite struct `An evaluation` {
    private func row(_ json: String) throws -> GoldRow { try GoldRow(Array(json.utf8)) }

    private func type(_ name: String) throws -> DetectorType { try #require(DetectorType(named: Array(name.utf8))) }

    private func finding(_ range: Range<Int>, _ name: String) throws -> Finding {
        Finding(range: range, type: try type(name), confidencePPM: 900_000)
    }

    @Test func `counts characters that leak and that were redacted for nothing, white space apart`() throws {
        // "ä b" is labelled and half of it found; "cd" is nobody's and one of it is redacted.
        let row = try row(
            #"{"id":"1","text":"ä b cd","spans":[{"start":0,"end":3,"type":"EMAIL_ADDRESS"}],"#
                + #""decoys":[{"start":4,"end":6}]}"#)
        #expect(row.spans.map(\.range) == [0..<4])
        var evaluation = Evaluation()
        evaluation.add(row, findings: [try finding(0..<2, "EMAIL_ADDRESS"), try finding(5..<6, "PHONE_NUMBER")])
        #expect(evaluation.total.leak == 0.5 && evaluation.overRedaction == 0.5 && evaluation.leakMeanOfTypes == 0.5)
        #expect(evaluation.total.whole == 0 && evaluation.decoysTouchedShare == 1)
        #expect(evaluation.total.precision == 0.5 && evaluation.total.recall == 1)
        let email = try #require(evaluation.types[Array("EMAIL_ADDRESS".utf8)])
        #expect(email.precision == 1 && email.recall == 1 && email.f1 == 1 && email.leak == 0.5)
        let phone = try #require(evaluation.types[Array("PHONE_NUMBER".utf8)])
        #expect(phone.precision == 0 && phone.recall == nil && phone.f1 == nil)
    }

    @Test func `lets a finding of another type redact, and be wrong all the same`() throws {
        let row = try row(#"{"id":"1","text":"abc","spans":[{"byte_start":0,"byte_end":3,"type":"EMAIL_ADDRESS"}]}"#)
        var evaluation = Evaluation()
        evaluation.add(row, findings: [try finding(0..<3, "PHONE_NUMBER")])
        #expect(evaluation.total.leak == 0 && evaluation.total.whole == 1)
        #expect(evaluation.total.recall == 0 && evaluation.total.precision == 0 && evaluation.total.f1 == 0)
    }

    @Test func `leaves out what is neutral, and tells of rows without anything`() throws {
        let neutral = try row(#"{"id":"1","text":"abc def","spans":[],"neutral":[{"start":0,"end":3}]}"#)
        var evaluation = Evaluation()
        evaluation.add(neutral, findings: [try finding(0..<3, "EMAIL_ADDRESS")])
        #expect(evaluation.emptyRowsTouchedShare == 0 && evaluation.overRedaction == 0)
        #expect(evaluation.total.precision == nil)
        evaluation.add(neutral, findings: [try finding(4..<7, "EMAIL_ADDRESS")])
        #expect(evaluation.emptyRowsTouchedShare == 0.5 && evaluation.overRedaction == 0.5 && evaluation.rows == 2)
    }

    @Test func `leaves out what the profile does not ask for`() throws {
        let row = try row(
            #"{"id":"1","text":"Paris Jane x","spans":[{"start":0,"end":5,"type":"GPE"},"#
                + #"{"start":6,"end":10,"type":"PERSON"}]}"#)
        for (profile, labelled, empty) in [(EvaluationProfile.all, 2, 0), (.core, 1, 0), (.structured, 0, 1)] {
            var evaluation = Evaluation()
            evaluation.add(row.leavingOut(profile.neutralTypes), findings: [try finding(0..<5, "PERSON")])
            #expect(evaluation.total.labelled == labelled && evaluation.emptyRows == empty, "\(profile)")
            #expect(evaluation.overRedaction == 0 && evaluation.emptyRowsTouchedShare ?? 0 == 0, "\(profile)")
        }
    }

    @Test(arguments: [
        ("[]", "/id"), (#"{"id":"1"}"#, "/text"), (#"{"id":"1","text":"a","spans":{}}"#, "an object"),
        (#"{"id":"1","text":"a","spans":[{"start":0,"end":2}]}"#, "/spans/0"),
        (#"{"id":"1","text":"a","spans":[{"start":1,"end":1}]}"#, "/spans/0"),
        (#"{"id":"1","text":"ä","decoys":[{"byte_start":0,"byte_end":1}]}"#, "/decoys/0"),
        (#"{"id":"1","text":"a","neutral":[{"start":-1,"end":1}]}"#, "/neutral/0"), ("{", ""),
    ])
    func `says what is wrong with a row`(line: String, part: String) throws {
        let error = #expect(throws: GoldRowError.self) { try row(line) }
        #expect(try #require(error).found.contains(part), "\(error?.found ?? "")")
    }

    @Test func `takes a line up to its bound`() throws {
        func line(_ count: Int) -> [UInt8] {
            let frame = #"{"id":"1","text":""}"#.utf8.count
            let text = [UInt8](repeating: 0x61, count: count - frame)
            return Array(#"{"id":"1","text":""#.utf8) + text + Array("\"}".utf8)
        }
        #expect(try GoldRow(line(GoldRow.lineBytesMax)).text.count > 4_000_000)
        #expect(throws: GoldRowError.self) { try GoldRow(line(GoldRow.lineBytesMax + 1)) }
    }
}
