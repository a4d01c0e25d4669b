internal import Bytes

/// One pass that undoes escapes and folds characters, and sees on its way what the passes over words are needed for.
///
/// Most texts have neither, and are looked through sixteen bytes at a time without an allocation.
struct CharacterPass {
    private(set) var edited = EditedText()
    private(set) var signs: WordSigns = []
    private var form: FormField?
    /// Offset up to which the text has been looked at.
    private var done = 0

    /// - Parameter isOriginal: whether `text` is what was sent: only there is a `+` a form's space.
    init(_ text: Span<UInt8>, isOriginal: Bool) {
        if isOriginal { form = FormField() }
        var index = 0
        while text.count - index >= ByteMarks.windowBytes {
            var marks = ByteMarks(text, at: index)
            while let offset = marks.next() { visit(text, at: index + offset) }
            index += ByteMarks.windowBytes - 1
        }
        // The last window begins in the one before.
        if index < text.count - 1, text.count >= ByteMarks.windowBytes {
            let start = text.count - ByteMarks.windowBytes
            var marks = ByteMarks(text, at: start)
            marks.skip(index - start)
            while let offset = marks.next() { visit(text, at: start + offset) }
            index = text.count - 1
        }
        while index < text.count {
            visit(text, at: index)
            index += 1
        }
        if edited.isEdited { edited.finish(text) }
    }

    private mutating func visit(_ text: Span<UInt8>, at index: Int) {
        guard index >= done else { return }
        let byte = text[index]
        if ByteClass.isLetter(byte) {
            if !signs.contains(.spelledAddress), SpelledAddress.maySpell(text, atLetter: index) {
                signs.insert(.spelledAddress)
            }
            return
        }
        let fold: Fold?
        switch byte {
        // Marked because they stand between others in ASCII.
        case UInt8(ascii: "'"), UInt8(ascii: ")"), UInt8(ascii: "*"), UInt8(ascii: "|"): return
        case 0x80...:
            if (0xCE...0xD3).contains(byte) { signs.insert(.otherAlphabet) }
            switch CharacterFold.step(text, at: index) {
            case .stays(let bytes):
                done = index + bytes
                return
            case .folds(let found): fold = found
            }
        case UInt8(ascii: "\\"): fold = JSONEscape.fold(text, at: index)
        case UInt8(ascii: "%"): fold = PercentEscape.fold(text, at: index)
        case UInt8(ascii: "&"): fold = CharacterReference.fold(text, at: index)
        case UInt8(ascii: "+"):
            guard form?.isSpace(text, at: index) == true else {
                if let wrapped = WrappedNumber.fold(text, after: index) { put(text, wrapped.fold, at: wrapped.offset) }
                return
            }
            fold = Fold(1, to: UInt8(ascii: " "))
        default:
            if !signs.contains(.spelledAddress), SpelledAddress.maySpell(text, atBracket: index) {
                signs.insert(.spelledAddress)
            }
            return
        }
        if let fold { put(text, fold, at: index) }
    }

    private mutating func put(_ text: Span<UInt8>, _ fold: Fold, at index: Int) {
        edited.fold(text, at: index, fold)
        done = index + fold.textBytes
    }
}
