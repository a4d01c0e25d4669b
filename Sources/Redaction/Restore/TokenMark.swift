/// What may stand in an altered token beside its stem and number, in each way that it is written.
///
/// Models hand a token on as their training has it: `[EMAIL_1]` comes back as `\[EMAIL\_1\]` from one that escapes
/// Markdown, as `&#91;EMAIL_1&#93;` from one that writes HTML, as `【EMAIL_1】` from one that answers in Chinese.
enum TokenMark {
    /// A kind of bracket.
    enum Bracket { case square, round, curly, angle }

    /// A bracket in one of its writings.
    struct Edge: Sendable {
        let bytes: [UInt8]
        let bracket: Bracket
        /// Whether backslashes belong to it; they are taken away at both ends or at neither.
        let isEscaped: Bool

        init(_ text: String, _ bracket: Bracket, isEscaped: Bool = false) {
            bytes = Array(text.utf8)
            self.bracket = bracket
            self.isEscaped = isEscaped
        }
    }

    // Character references: HTML, "Named character references". Percent signs: RFC 3986 §2.1. Two backslashes are one
    // within a JSON string.
    static let openers = [
        Edge("[", .square), Edge("\\[", .square, isEscaped: true), Edge("\\\\[", .square, isEscaped: true),
        Edge("&#91;", .square), Edge("&#x5b;", .square), Edge("&lbrack;", .square), Edge("&lsqb;", .square),
        Edge("%5b", .square), Edge("\\u005b", .square), Edge("［", .square), Edge("【", .square),
        Edge("(", .round), Edge("（", .round),
        Edge("{", .curly), Edge("\\{", .curly, isEscaped: true), Edge("\\\\{", .curly, isEscaped: true),
        Edge("<", .angle), Edge("&lt;", .angle), Edge("\\u003c", .angle),
    ]

    static let closers = [
        Edge("]", .square), Edge("\\]", .square, isEscaped: true), Edge("\\\\]", .square, isEscaped: true),
        Edge("&#93;", .square), Edge("&#x5d;", .square), Edge("&rbrack;", .square), Edge("&rsqb;", .square),
        Edge("%5d", .square), Edge("\\u005d", .square), Edge("］", .square), Edge("】", .square),
        Edge(")", .round), Edge("）", .round),
        Edge("}", .curly), Edge("\\}", .curly, isEscaped: true), Edge("\\\\}", .curly, isEscaped: true),
        Edge(">", .angle), Edge("&gt;", .angle), Edge("\\u003e", .angle),
    ]

    static let underscores = bytes(["_", "\\_", "\\\\_", "&#95;", "&#x5f;", "&lowbar;", "%5f", "\\u005f", "＿"])
    /// What stands for the underscore within square brackets alone.
    static let otherJoints = bytes(["-", ":", "#", "\u{2010}", "\u{2011}", "\u{2013}"])
    static let gaps = bytes([" ", "\t", "\n", "\r", "\u{A0}", "\u{200B}", "&nbsp;"])

    /// Bytes of the longest mark.
    static let bytesMax =
        [openers.map(\.bytes), closers.map(\.bytes), underscores, otherJoints, gaps]
        .joined().map(\.count).max() ?? 0

    /// Whether an altered token may start with this byte, by its value; letters are for the reader to say.
    static let startsToken: [Bool] = {
        var table = [Bool](repeating: false, count: 256)
        for opener in openers {
            if let first = opener.bytes.first { table[Int(first)] = true }
        }
        for letter in UInt8(ascii: "A")...UInt8(ascii: "Z") { table[Int(letter)] = true }
        return table
    }()

    private static func bytes(_ texts: [String]) -> [[UInt8]] { texts.map { Array($0.utf8) } }
}
