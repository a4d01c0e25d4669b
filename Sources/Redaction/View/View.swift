internal import Bytes
internal import JSON

/// A text as detection sees it: disguises undone, never longer than the text, with the way back for every byte.
struct View {
    private(set) var bytes: [UInt8]
    /// One map a pass, the first pass first.
    private var maps: [OffsetMap]

    /// How many passes changed something.
    var passCount: Int { maps.count }

    init(_ edited: consuming EditedText) {
        bytes = edited.bytes
        maps = [edited.map]
    }

    /// Goes on with what a pass over `bytes` made of them.
    mutating func put(_ edited: consuming EditedText) {
        bytes = edited.bytes
        maps.append(edited.map)
    }

    /// The first offset in the view of which the bytes come from `offset` in the text or from behind it.
    /// - Complexity: logarithmic in the view and in its edits.
    func firstOffset(from offset: Int) -> Int {
        bytes.indices.end { place in
            maps.reversed().reduce(place..<place + 1) { $1.original(of: $0).range }.lowerBound < offset
        }
    }

    /// The finding in the text for a finding in the view.
    func original(of finding: Finding) -> Finding {
        var range = finding.range
        var isDisguised = finding.isDisguised
        for map in maps.reversed() {
            let original = map.original(of: range)
            range = original.range
            isDisguised = isDisguised || original.isDisguised
        }
        return Finding(
            range: range, type: finding.type, confidencePPM: finding.confidencePPM, isDisguised: isDisguised,
            recogniser: finding.recogniser)
    }
}

/// A pass's output in the making. Nothing is allocated before the first edit.
struct EditedText {
    private(set) var bytes: [UInt8] = []
    private(set) var map = OffsetMap()
    private(set) var isEdited = false
    /// Offset in the text up to which it is in `bytes`.
    private var copied = 0

    /// Puts what `fold` says in the place of the bytes at `offset`. What reaches back before the last edit's end is left
    /// out.
    mutating func fold(_ text: Span<UInt8>, at offset: Int, _ fold: Fold) {
        guard offset >= copied, offset + fold.textBytes <= text.count else { return }
        if !isEdited {
            bytes.reserveCapacity(text.count)
            isEdited = true
        }
        if offset > copied { bytes.append(text.extracting(copied..<offset)) }
        copied = offset + fold.textBytes
        let start = bytes.count
        var rest = fold.view
        for _ in 0..<fold.viewBytes {
            bytes.append(UInt8(truncatingIfNeeded: rest))
            rest >>= 8
        }
        map.add(start..<bytes.count, from: offset..<copied, isDisguise: Self.isDisguise(text, at: offset, fold))
    }

    /// Copies what is left of `text`.
    mutating func finish(_ text: Span<UInt8>) {
        bytes.append(text.extracting(copied..<text.count))
    }

    /// Escapes and spelled-out characters, and letters and digits that are not ASCII's. Other spaces, dashes and
    /// invisible characters hide nothing that stars would not.
    private static func isDisguise(_ text: Span<UInt8>, at offset: Int, _ fold: Fold) -> Bool {
        let first = UInt8(truncatingIfNeeded: fold.view)
        if text[offset] >= 0x80 { return fold.viewBytes > 0 && ByteClass.isAlphanumeric(first) }
        return !isBlank(text[offset]) || (fold.viewBytes > 0 && !isBlank(first))
    }

    private static func isBlank(_ byte: UInt8) -> Bool { byte <= UInt8(ascii: " ") }
}
