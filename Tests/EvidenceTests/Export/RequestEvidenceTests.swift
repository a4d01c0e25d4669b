import Audit
import Foundation
import JSON
import LinuxIO
import OpenSSL
import Testing

@testable import Evidence

@Suite struct `Evidence about a request` {
    private func collect(
        _ log: SampleLog, _ request: [UInt8]? = nil, policy: TlogPolicy? = nil
    ) throws(EvidenceError) -> RequestEvidence {
        let disk: DirectoryStorage
        do throws(FileError) { disk = try DirectoryStorage(path: log.directory) } catch { throw .storage(error) }
        return try RequestEvidence.collect(
            request ?? log.request, from: disk, policy: policy, progress: { _, _ in }, rebuilding: {})
    }

    private func key(_ log: SampleLog) throws -> VerifierKey {
        let view = try #require(try log.views().first)
        let text = try #require(view.json["log"]?["vkey"]?.text)
        return try #require(VerifierKey(text))
    }

    @Test func `is a proof for each of its records, by the oldest checkpoint that covers it, and a page`() async throws
    {
        let log = try SampleLog()
        try await log.write()
        let evidence = try collect(log)
        #expect(evidence.parts.map(\.view.record.seq) == [3] && evidence.parts[0].confirmed == nil)
        #expect(evidence.parts[0].proof.leadsTo(evidence.parts[0].checkpoint))
        #expect(evidence.parts[0].checkpoint.size == 5)
        try FileManager.default.createDirectory(atPath: log.out, withIntermediateDirectories: false)
        #expect(try evidence.write(to: log.out) == ["3.tlog-proof", "report.html"])
        let file = try DirectoryStorage(path: log.out).contents(of: "3.tlog-proof", bytesMax: TlogProof.bytesMax)
        let proof = try TlogProof(try #require(file))
        #expect(proof == evidence.parts[0].proof && proof.record == evidence.parts[0].view.record.line)
        #expect(try FileManager.default.contentsOfDirectory(atPath: log.out).count == 2)
    }

    @Test func `meets a policy or says that it does not`() async throws {
        let log = try SampleLog()
        try await log.write()
        let own = try key(log)
        let evidence = try collect(log, policy: TlogPolicy(logs: [own]))
        #expect(evidence.parts[0].confirmed == [own.name])
        let other = VerifierKey(name: own.name, publicKey: [UInt8](repeating: 3, count: 32))
        #expect(throws: EvidenceError.unproved(seq: 3, isCovered: true)) {
            try collect(log, policy: TlogPolicy(logs: [other]))
        }
    }

    @Test func `is not there for what no checkpoint covers, and for a request that the log does not know`() async throws
    {
        let log = try SampleLog()
        let open = try #require(try await log.write(stops: false))
        #expect(throws: EvidenceError.unproved(seq: 3, isCovered: false)) { try collect(log) }
        open.close(requestsServed: 2)
        #expect(throws: Never.self) { try collect(log) }
        #expect(throws: EvidenceError.notFound("request 01JD000000000000000000000")) {
            try collect(log, Array("01JD000000000000000000000".utf8))
        }
    }

    @Test func `takes in what an administrator did by it, and the start that found it undecided`() throws {
        let name = Array("01JD".utf8)
        for line in [
            #"{"type":"request.begin","req":{"id":"01JD"}}"#, #"{"type":"admin.action","admin":{"request":"01JD"}}"#,
            #"{"type":"segment.open","segment":{"interrupted":[{"id":"01JC","seq":1},{"id":"01JD","seq":2}]}}"#,
        ] { #expect(RequestEvidence.isAbout(name, try SampleLog.view(line)), "\(line)") }
        for line in [
            #"{"type":"request.begin","req":{"id":"01JDX"}}"#, #"{"type":"gateway.start"}"#,
            #"{"type":"segment.open","segment":{"interrupted":[{"id":"01JC","seq":1}]}}"#,
        ] { #expect(!RequestEvidence.isAbout(name, try SampleLog.view(line)), "\(line)") }
    }

    /// The page over the sample, and one over what else a record can say.
    private func page(_ line: String? = nil) async throws -> String {
        let log = try SampleLog()
        try await log.write()
        var evidence = try collect(log)
        if let line {
            let part = evidence.parts[0]
            evidence = RequestEvidence(
                request: evidence.request,
                parts: [
                    .init(
                        view: try SampleLog.view(line), proof: part.proof, checkpoint: part.checkpoint,
                        confirmed: part.confirmed)
                ])
        }
        return String(decoding: RequestReport(evidence).bytes, as: UTF8.self)
    }

    @Test func `is told on a page: what happened, to whom, where it stands, and what it proves`() async throws {
        let page = try await page()
        for part in [
            "Refused by stage authorise, reason role_missing.", "<td>identify</td>\n<td>pass</td>",
            "<td>authorise</td>\n<td>deny</td>\n<td>role_missing</td>\n<td></td>\n<td>3</td>", "<td>email</td>",
            "<td>from what came in</td>\n<td>2</td>", "[2001:db8::1]:4431", "agent", "3.tlog-proof", "<td>403</td>",
            "bank.example/portcullis/test", "<td>the log</td>\n<td>not stated</td>", "unchecked",
            "Not that there is no other record about that request",
            "portcullis audit verify-bundle 3.tlog-proof --policy P", "Content-Security-Policy",
        ] { #expect(page.contains(part), "\(part)") }
    }

    @Test func `is on a page into which no record can write`() async throws {
        let page = try await page()
        for bad in ["<script", "<img", "\u{202E}", "</pre><"] { #expect(!page.contains(bad), "\(bad)") }
        #expect(page.contains("=emp&lt;script&gt;alert(1)&lt;/script&gt;&amp;&quot;&#39;\\u{202e}x"))
        let style = try #require(page.firstMatch(of: #/<style>([\s\S]*)<\/style>/#)?.1)
        let digest = Base64.encode(SHA256Digest(of: Array(style.utf8)).bytes)
        #expect(page.contains("style-src &#39;sha256-\(digest)&#39;"))
    }

    @Test func `is told for records of other kinds`() async throws {
        let begun = try await page(#"{"type":"request.begin","time":"T","hash":"ab","req":{"id":"01JD"}}"#)
        #expect(begun.contains("The log has no decision") && begun.contains("The record has no decision path"))
        #expect(begun.contains("No answer is recorded") && begun.contains("The record counts none"))
        let failed = try await page(
            #"{"type":"request.end","decision":{"result":"error","stage":"answer","reason":"model"},"agent":{"escalated":true,"tools":[{"name":"t","outcome":"ok","us":9}],"citations":["a","b"]},"principal":{"token":{"sub":{"enc":"A256GCM","kid":"k1","iv":"","ct":""}}}}"#
        )
        for part in [
            "Failed in stage answer, reason model.", "<td>yes</td>", "Tool t", "ok, 9 microseconds", "a, b",
            "sealed (kid k1)",
        ] { #expect(failed.contains(part), "\(part)") }
        let allowed = try await page(#"{"type":"request.end","decision":{"result":"allow","reason":"ok"}}"#)
        #expect(allowed.contains("Allowed, reason ok."))
    }
}
