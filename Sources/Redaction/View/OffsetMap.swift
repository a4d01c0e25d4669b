internal import Bytes

/// Where the bytes of a view come from: the places at which the view differs from its text, in order.
///
/// Between two edits view and text are the same bytes, so that a view with few edits has a short map.
struct OffsetMap {
    /// Bytes of a text that can have a map: its offsets take 32 bits.
    static let textBytesMax = Int(UInt32.max)

    /// A place at which some bytes of the text became others. An edit without bytes in the view is a deletion.
    fileprivate struct Edit {
        let viewStart: UInt32
        let textStart: UInt32
        let viewBytes: UInt16
        let textBytes: UInt16
        let isDisguise: Bool

        var viewEnd: Int { Int(viewStart) + Int(viewBytes) }
        var textEnd: Int { Int(textStart) + Int(textBytes) }
    }

    private var edits: [Edit] = []

    /// Notes that `textRange` became `viewRange`, behind all that was noted before.
    /// - Parameter isDisguise: whether the text's own bytes tell of the value in another spelling, so that stars for its
    ///   letters and digits would not hide it.
    mutating func add(_ viewRange: Range<Int>, from textRange: Range<Int>, isDisguise: Bool) {
        edits.append(
            Edit(
                viewStart: UInt32(viewRange.lowerBound), textStart: UInt32(textRange.lowerBound),
                viewBytes: UInt16(viewRange.count), textBytes: UInt16(textRange.count), isDisguise: isDisguise))
    }

    /// The bytes of the text that became `range` of the view: edits that it touches are whole, deletions at its ends are
    /// outside.
    /// - Complexity: logarithmic in the edits, linear in those inside the range.
    func original(of range: Range<Int>) -> (range: Range<Int>, isDisguised: Bool) {
        guard !range.isEmpty else { return (range, false) }
        let first = edits.firstIndex(startingAfter: range.lowerBound)
        var start = range.lowerBound
        if first > 0 {
            let edit = edits[first - 1]
            start = start < edit.viewEnd ? Int(edit.textStart) : edit.textEnd + start - edit.viewEnd
        }
        let last = edits.firstIndex(startingAfter: range.upperBound - 1)
        var end = range.upperBound
        if last > 0 {
            let edit = edits[last - 1]
            end = end <= edit.viewEnd ? edit.textEnd : edit.textEnd + end - edit.viewEnd
        }
        var isDisguised = false
        for edit in edits[max(first - 1, 0)..<last] where edit.isDisguise && edit.viewEnd > range.lowerBound {
            isDisguised = true
        }
        return (start..<end, isDisguised)
    }
}

extension [OffsetMap.Edit] {
    /// Index of the first edit that starts behind `offset` in the view.
    fileprivate func firstIndex(startingAfter offset: Int) -> Int { end { Int($0.viewStart) <= offset } }
}
