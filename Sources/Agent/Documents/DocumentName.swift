/// A document's name as people see it: made harmless, and never used as a path.
public struct DocumentName: Hashable, Sendable {
    /// UTF-8, 1 to `AgentLimits.documentNameBytesMax` bytes.
    public let bytes: [UInt8]

    init(stored bytes: [UInt8]) { self.bytes = bytes }

    /// What is left of `raw`, which a stranger chose: the last part of a path, without what a terminal, a shell or another
    /// system would take for something else, ending as files of the type do.
    public init(_ raw: [UInt8]?, of type: DocumentType) {
        var name = Self.harmless(String(decoding: raw ?? [], as: UTF8.self))
        if name.isEmpty { name = "document" }
        let ending = name.split(separator: ".", omittingEmptySubsequences: false).last.map { $0.lowercased() } ?? ""
        let hasEnding = name.contains(".") && type.endings.contains(ending)
        var stem = hasEnding ? String(name.dropLast(ending.count + 1)) : name
        if stem.isEmpty { stem = "document" }
        let suffix = "." + (hasEnding ? ending : type.endings[0])
        if Self.isReserved(stem) { stem = "_" + stem }
        while stem.utf8.count + suffix.utf8.count > AgentLimits.documentNameBytesMax { stem.removeLast() }
        bytes = Array((stem + suffix).utf8)
    }

    private static func harmless(_ text: String) -> String {
        var scalars = String.UnicodeScalarView()
        for scalar in text.unicodeScalars {
            switch scalar {
            // The part after the last separator is the name; browsers on Windows sent whole paths.
            case "/", "\\": scalars = String.UnicodeScalarView()
            case "<", ">", ":", "\"", "|", "?", "*": scalars.append("_")
            default:
                switch scalar.properties.generalCategory {
                // Controls, marks that turn the direction of text or are not seen, and what means nothing yet.
                case .control, .format, .surrogate, .privateUse, .unassigned, .lineSeparator, .paragraphSeparator:
                    continue
                case .spaceSeparator:
                    if scalars.last != " " { scalars.append(" ") }
                default: scalars.append(scalar)
                }
            }
        }
        // By code points: a dot with an accent on it is a dot to others.
        var name = scalars[...]
        // A name that begins with a dot is hidden, one with a hyphen an option; Windows drops dots and blanks at the end.
        while let first = name.first, first == "." || first == " " || first == "-" { name.removeFirst() }
        while let last = name.last, last == "." || last == " " { name.removeLast() }
        return String(String.UnicodeScalarView(name))
    }

    /// The names of Windows's devices, with any ending.
    private static func isReserved(_ stem: String) -> Bool {
        let base = stem.prefix { $0 != "." }.lowercased()
        if ["con", "prn", "aux", "nul"].contains(base) { return true }
        guard base.count == 4, let digit = base.last, ("1"..."9").contains(digit) else { return false }
        return base.hasPrefix("com") || base.hasPrefix("lpt")
    }
}
