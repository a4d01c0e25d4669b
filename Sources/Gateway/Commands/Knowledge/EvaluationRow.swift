internal import Agent
internal import JSON

/// What the search made of one labelled query, as a line of JSON: to see which went wrong, and to fit the confidence to.
///
/// ```json
/// {"line": 7, "kind": "intent", "in_scope": true, "rank": 1, "confidence": 0.91, "method": "hybrid", "exact": false, "score": 0.62, "lead": 0.1, "known": 1, "others": false, "elsewhere": false, "first": "card_arrival"}
/// ```
enum EvaluationRow {
    static func line(_ row: LabelledQueryFile.Row, _ found: Retrieved) -> [UInt8] {
        let outcome = RetrievalOutcome(found, expecting: row.query.expectedID)
        let evidence = found.evidence
        var json = JSONWriter(capacity: 256)
        json.object { json in
            json.member("line", row.line)
            if let kind = row.query.kind { json.member("kind", kind) }
            json.member("in_scope", outcome.isInScope)
            json.name("rank")
            if let rank = outcome.rank { json.integer(rank) } else { json.null() }
            json.name("confidence")
            json.millionths(found.confidencePPM)
            json.member("method", found.method.rawValue)
            json.member("exact", found.isExact)
            for (name, value) in [("score", evidence.score), ("lead", evidence.lead), ("known", evidence.knownShare)] {
                json.name(text: Array(name.utf8))
                json.raw(Array("\(value)".utf8))
            }
            json.member("others", evidence.namesOthers)
            json.member("elsewhere", evidence.asksElsewhere)
            if let first = found.matches.first { json.member("first", first.passage.id) }
        }
        return json.bytes + [0x0A]
    }
}
