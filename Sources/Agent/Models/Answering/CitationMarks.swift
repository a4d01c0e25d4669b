/// Takes the marks of citations, `[1]` to `[99]`, out of an answer that comes in pieces, with the blank before them, and keeps
/// which passages they name. Any split of the text gives the same.
struct CitationMarks: Hashable {
    /// Passages named so far, by their place in what the model was shown, counted from 0, in the order of their first mention.
    private(set) var cited: [Int] = []
    private let passageCount: Int
    /// A blank, bracket or digits that may belong to a mark.
    private var pending: [UInt8] = []

    init(passageCount: Int) { self.passageCount = passageCount }

    mutating func take(_ bytes: ArraySlice<UInt8>) -> [UInt8] {
        var out: [UInt8] = []
        for byte in bytes { step(byte, &out) }
        return out
    }

    mutating func finish() -> [UInt8] {
        defer { pending = [] }
        return pending
    }

    private mutating func step(_ byte: UInt8, _ out: inout [UInt8]) {
        let mark = pending.first == 0x20 ? pending.dropFirst() : pending[...]
        switch byte {
        case 0x20 where mark.isEmpty:
            out += pending
            pending = [byte]
        case UInt8(ascii: "[") where mark.isEmpty: pending.append(byte)
        case UInt8(ascii: "0")...UInt8(ascii: "9") where !mark.isEmpty && mark.count < 3: pending.append(byte)
        case UInt8(ascii: "]") where mark.count > 1:
            let number = mark.dropFirst().reduce(0) { $0 * 10 + Int($1 - UInt8(ascii: "0")) }
            // A number that names no passage is a mark all the same: it is the model's invention and says nothing.
            if (1...max(passageCount, 1)).contains(number), number <= passageCount, !cited.contains(number - 1) {
                cited.append(number - 1)
            }
            pending = []
        default:
            out += pending
            pending = []
            if byte == 0x20 || byte == UInt8(ascii: "[") { pending = [byte] } else { out.append(byte) }
        }
    }
}
