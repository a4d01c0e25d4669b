internal import Agent
internal import Audit
internal import Auth
internal import Edge
internal import JSON
internal import OpenSSL

extension Pipeline {
    /// `GET /v1/faq`: the passages that fit best.
    @inline(never)
    func search(_ query: CleanText, _ limit: Int) async throws(Refusal) -> Retrieved {
        do throws(AgentError) {
            return try await services.knowledge.search(query, limit: limit)
        } catch {
            throw Refusal(error)
        }
    }

    static func json(_ found: Retrieved) -> [UInt8] {
        var json = JSONWriter(capacity: 2048)
        json.object { json in
            json.member("version", found.version)
            json.name("confidence")
            json.millionths(found.confidencePPM)
            json.name("results")
            json.array { json in for match in found.matches { write(match, to: &json) } }
        }
        return json.bytes
    }

    private static func write(_ match: Retrieved.Match, to json: inout JSONWriter) {
        json.object { json in
            json.member("id", match.passage.id)
            json.member("question", match.passage.question)
            json.member("answer", match.passage.answer)
            json.member("category", match.passage.category)
            if let source = match.passage.source { json.member("source", source.text) }
            json.name("score")
            json.millionths(match.scorePPM)
        }
    }

    /// `POST /v1/knowledge`: replaces the knowledge base in one step, or leaves it as it is.
    @inline(never)
    func replaceKnowledge(
        _ csv: [UInt8], _ permit: Permit, _ token: VerifiedToken, _ exchange: Exchange, _ path: inout DecisionPath
    ) async throws(Refusal) -> Reply {
        try await begin(permit, exchange, &path)
        let report: ImportReport
        do throws(AgentError) {
            report = try await services.knowledge.replace(csv: csv)
        } catch {
            throw Refusal(error)
        }
        try await recordAction(
            "knowledge.replace", on: SHA256Digest(of: csv).hex,
            .knowledge(
                version: UInt64(clamping: report.version), rowsTaken: UInt64(report.rowsTaken),
                rowsRefused: UInt64(report.rowsRefused)), token, exchange)
        var json = JSONWriter(capacity: 512)
        json.object { json in
            json.member("version", report.version)
            json.member("rows_taken", report.rowsTaken)
            json.member("rows_refused", report.rowsRefused)
            json.name("refused")
            json.array { json in
                for row in report.refused {
                    json.object { json in
                        json.member("line", row.line)
                        json.member("reason", row.message)
                    }
                }
            }
            json.member("request_id", exchange.id)
        }
        return Reply(status: .ok, fields: [Self.jsonType], body: json.bytes)
    }
}
