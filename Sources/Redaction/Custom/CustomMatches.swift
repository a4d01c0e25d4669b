internal import RE2

/// What the patterns of a policy found in a text, with all that a stream has to remember from look to look.
///
/// Matches of a pattern follow each other without overlap, so that each depends on those before. A stream that looks at a
/// part of a text begins where the matches of the part before ended, and so finds those of the whole text.
struct CustomMatches: Sendable {
    /// What a pattern goes through: the text, its view, or the text that is its own view.
    private enum Pass { case text, view, both }

    /// A match in the text.
    private struct Match {
        /// Place of the type in the policy.
        let place: Int
        let pass: Pass
        /// Offset in the text of its first byte.
        let start: Int
        /// Offset in the text at which the pattern goes on.
        let next: Int
        /// Nil where it is no value: the check digit is wrong, or it is not sure enough.
        let finding: Finding?

        func moved(by distance: Int) -> Match {
            Match(
                place: place, pass: pass, start: start + distance, next: next + distance,
                finding: finding?.moved(by: distance))
        }
    }

    /// Where a pattern goes on in the text and in its view, as offsets in the text.
    private struct Resumption {
        var text = 0
        var view = 0
    }

    private var matches: [Match] = []
    private var resumptions: [Resumption] = []

    /// The values found, in no order, some perhaps twice.
    var findings: [Finding] { matches.compactMap(\.finding) }

    /// Looks for all types in `text` and, where there is one, in its view.
    mutating func look(_ types: [CustomType], in text: Span<UInt8>, _ view: View?, confidencePPMMin: Int) {
        if resumptions.isEmpty { resumptions = Array(repeating: Resumption(), count: types.count) }
        for (place, type) in types.enumerated() {
            let resumption = resumptions[place]
            let search = Search(type: type, place: place, types: types, confidencePPMMin: confidencePPMMin)
            if let view {
                look(search, text, nil, .text, from: resumption.text)
                look(search, view.bytes.span, view, .view, from: view.firstOffset(from: resumption.view))
            } else if resumption.view == resumption.text {
                look(search, text, nil, .both, from: resumption.text)
            } else {
                look(search, text, nil, .text, from: resumption.text)
                look(search, text, nil, .view, from: resumption.view)
            }
        }
    }

    /// What is looked for.
    private struct Search {
        let type: CustomType
        let place: Int
        let types: [CustomType]
        let confidencePPMMin: Int

        /// The value at `range`, unless it is not sure enough or the redactor's own mark.
        func finding(_ bytes: Span<UInt8>, _ range: Range<Int>) -> Finding? {
            let confidence = type.confidencePPM(bytes, range)
            guard confidence >= confidencePPMMin, !ReplacementMark.holds(bytes, range, types) else { return nil }
            return Finding(range: range, type: type.type, confidencePPM: confidence)
        }
    }

    private mutating func look(
        _ search: Search, _ bytes: Span<UInt8>, _ view: View?, _ pass: Pass, from start: Int
    ) {
        let type = search.type
        var offset = start
        while let range = type.compiled.firstMatch(in: bytes, from: offset), !range.isEmpty {
            let isValid = type.validator?.isPassed(by: bytes, range) ?? true
            // A value may begin within what only looked like one.
            offset = isValid ? range.upperBound : Self.nextCharacter(bytes, after: range.lowerBound)
            let finding = isValid ? search.finding(bytes, range) : nil
            let found = Finding(range: range.lowerBound..<offset, type: type.type, confidencePPM: 1)
            let original = view?.original(of: found) ?? found
            matches.append(
                Match(
                    place: search.place, pass: pass, start: original.range.lowerBound,
                    next: original.range.upperBound,
                    finding: finding.map { finding in view?.original(of: finding) ?? finding }))
        }
    }

    private static func nextCharacter(_ bytes: Span<UInt8>, after offset: Int) -> Int {
        var next = offset + 1
        while next < bytes.count, bytes[next] & 0xC0 == 0x80 { next += 1 }
        return next
    }

    /// Goes on behind a look at a text of which the bytes up to `cut` are done and the first `dropped` are forgotten.
    mutating func goOn(after cut: Int, dropping dropped: Int) {
        var kept: [Match] = []
        for place in resumptions.indices { resumptions[place] = Resumption(text: cut, view: cut) }
        for match in matches where match.start < cut {
            if match.pass != .text {
                resumptions[match.place].view = max(resumptions[match.place].view, match.next)
            }
            if match.pass != .view {
                resumptions[match.place].text = max(resumptions[match.place].text, match.next)
            }
            if match.start >= dropped { kept.append(match.moved(by: -dropped)) }
        }
        for place in resumptions.indices {
            resumptions[place].text -= dropped
            resumptions[place].view -= dropped
        }
        matches = kept
    }
}

extension Finding {
    fileprivate func moved(by distance: Int) -> Finding {
        placed(at: range.lowerBound + distance..<range.upperBound + distance)
    }
}
