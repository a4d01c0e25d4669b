/// Detection on a normalised view: disguises are undone in a copy, and what is found there is said of the text.
///
/// A text that needs no view is scanned as it is, with nothing allocated. Escapes within escapes, and characters that
/// come out of them, take a pass for each layer.
enum Normaliser {
    /// Layers of escapes that are undone: JSON in JSON in a form in HTML has four. What is deeper stays as it is.
    static let depthMax = 5

    /// What `scanner` finds in `text` or behind its disguises: sorted, without overlaps, with offsets of the text.
    /// - Complexity: linear in the text.
    static func findings(in text: Span<UInt8>, by scanner: Scanner) -> [Finding] {
        var view = readableView(of: text)
        var signs = ScanSigns()
        var findings = view.map { scanner.scan($0.bytes.span, &signs) } ?? scanner.scan(text, &signs)
        // The pass over words sees the words for digits, so that only a text that has some is gone through twice.
        if signs.hasSpelledDigits {
            let editCount = view?.passCount ?? 0
            put(text, &view, SpelledDigits.pass)
            if let view, view.passCount > editCount { findings = scanner.scan(view.bytes.span) }
        }
        guard let view else {
            Base64Run.find(in: text, by: scanner, into: &findings)
            return findings
        }
        Base64Run.find(in: view.bytes.span, by: scanner, into: &findings)
        return findings.map(view.original)
    }

    /// The same where the view of `text` is known.
    static func findings(in text: Span<UInt8>, _ view: View?, by scanner: Scanner) -> [Finding] {
        guard let view else { return scan(text, by: scanner) }
        return scan(view.bytes.span, by: scanner).map(view.original)
    }

    static func scan(_ text: Span<UInt8>, by scanner: Scanner) -> [Finding] {
        var findings = scanner.scan(text)
        Base64Run.find(in: text, by: scanner, into: &findings)
        return findings
    }

    /// The view of `text`, or nil where that is the text itself.
    static func view(of text: Span<UInt8>) -> View? {
        var view = readableView(of: text)
        put(text, &view, SpelledDigits.pass)
        return view
    }

    /// The view but for words for digits.
    private static func readableView(of text: Span<UInt8>) -> View? {
        guard text.count <= OffsetMap.textBytesMax else { return nil }
        let first = CharacterPass(text, isOriginal: true)
        var signs = first.signs
        var view: View?
        if first.edited.isEdited {
            var current = View(first.edited)
            for _ in 1..<depthMax {
                let pass = CharacterPass(current.bytes.span, isOriginal: false)
                signs.formUnion(pass.signs)
                guard pass.edited.isEdited else { break }
                current.put(pass.edited)
            }
            view = current
        }
        if signs.contains(.otherAlphabet) { put(text, &view, Homoglyph.pass) }
        if signs.contains(.spelledAddress) { put(text, &view, SpelledAddress.pass) }
        return view
    }

    /// Goes on with what `pass` makes of the view, or of the text where there is none yet.
    private static func put(_ text: Span<UInt8>, _ view: inout View?, _ pass: (Span<UInt8>) -> EditedText) {
        if var current = view {
            let edited = pass(current.bytes.span)
            guard edited.isEdited else { return }
            current.put(edited)
            view = current
        } else {
            let edited = pass(text)
            if edited.isEdited { view = View(edited) }
        }
    }
}
