/// How well the confidence tells queries in scope from those out of scope, whatever the threshold.
enum ScopeSeparation {
    /// The area under the receiver operating characteristic curve: the chance that of two queries, one of each scope, the
    /// one in scope has more confidence, a tie counting half. nil where a scope has no query.
    ///
    /// That chance is the Mann–Whitney statistic over the number of pairs (J. Hanley, B. McNeil, "The Meaning and Use of
    /// the Area under a ROC Curve", 1982).
    /// - Complexity: that of sorting; pairs are counted by groups of equal confidence and in whole halves, so exactly.
    static func areaUnderCurve(_ outcomes: [RetrievalOutcome]) -> Double? {
        let ascending = outcomes.sorted { $0.confidencePPM < $1.confidencePPM }
        var halfWins = 0
        var outOfScopeBelow = 0
        var start = 0
        while start < ascending.count {
            let tied = ascending[start...].prefix { $0.confidencePPM == ascending[start].confidencePPM }
            let outOfScope = tied.count { !$0.isInScope }
            halfWins += (tied.count - outOfScope) * (2 * outOfScopeBelow + outOfScope)
            outOfScopeBelow += outOfScope
            start = tied.endIndex
        }
        let pairs = outOfScopeBelow * (outcomes.count - outOfScopeBelow)
        return pairs > 0 ? Double(halfWins) / Double(2 * pairs) : nil
    }
}
