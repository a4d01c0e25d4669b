internal import Agent
internal import JSON

/// The same figures for programs: counts, and shares from 0 to 1 to the last bit; `null` for a share of nothing.
extension EvaluationFigures {
    static func json(_ evaluation: RetrievalEvaluation) -> [UInt8] {
        var json = JSONWriter(capacity: 4096)
        json.object { json in
            json.member("rows", evaluation.total.rows)
            json.name("confidence_min")
            json.millionths(evaluation.thresholdPPM)
            share("auroc", evaluation.areaUnderCurve, &json)
            share("calibration_error", evaluation.calibration.expectedError, &json)
            json.name("all")
            tally(evaluation.total, &json)
            json.name("kinds")
            json.object { json in
                for (name, tally) in sorted(evaluation) {
                    json.name(text: Array(name.utf8))
                    Self.tally(tally, &json)
                }
            }
            json.name("operating_point")
            operatingPoint(evaluation.operatingPoint, &json)
            json.name("calibration")
            json.array { json in for bin in evaluation.calibration.bins { Self.bin(bin, &json) } }
        }
        return json.bytes + [0x0A]
    }

    private static func tally(_ tally: RetrievalTally, _ json: inout JSONWriter) {
        json.object { json in
            json.member("in_scope", tally.inScope)
            json.member("out_of_scope", tally.outOfScope)
            json.member("first", tally.first)
            json.member("among_five", tally.amongFive)
            json.member("in_scope_answered", tally.inScopeAnswered)
            json.member("out_of_scope_answered", tally.outOfScopeAnswered)
            json.member("right", tally.right)
            share("top_1", tally.topOne, &json)
            share("top_5", tally.topFive, &json)
            share("mrr", tally.meanReciprocalRank, &json)
            share("answered_share", tally.answeredShare, &json)
            share("right_share", tally.rightShare, &json)
            share("in_scope_answered_share", tally.inScopeAnsweredShare, &json)
            share("out_of_scope_answered_share", tally.outOfScopeAnsweredShare, &json)
            share("abstain_precision", tally.abstainPrecision, &json)
            share("abstain_recall", tally.abstainRecall, &json)
        }
    }

    private static func operatingPoint(_ point: OperatingPoint?, _ json: inout JSONWriter) {
        guard let point else { return json.null() }
        json.object { json in
            json.name("confidence_min")
            json.millionths(point.thresholdPPM)
            share("in_scope_answered_share", point.tally.inScopeAnsweredShare, &json)
            share("out_of_scope_answered_share", point.tally.outOfScopeAnsweredShare, &json)
        }
    }

    private static func bin(_ bin: CalibrationTable.Bin, _ json: inout JSONWriter) {
        json.object { json in
            json.name("from")
            json.millionths(bin.fromPPM)
            json.name("to")
            json.millionths(bin.toPPM)
            json.member("rows", bin.rows)
            share("mean_confidence", bin.meanConfidence, &json)
            share("right_share", bin.rightShare, &json)
        }
    }

    /// Swift writes the shortest decimal that reads back as the same number, which is JSON for a finite one.
    private static func share(_ name: StaticString, _ share: Double?, _ json: inout JSONWriter) {
        json.name(name)
        if let share { json.raw(Array("\(share)".utf8)) } else { json.null() }
    }
}
