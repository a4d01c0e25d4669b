/// The pieces of words that a model knows, by number: `vocab.txt`, a piece a line, numbered from 0.
///
/// Pieces are bytes: two that are canonically equivalent are two, though Swift's strings would be equal.
struct WordPieceVocabulary: Sendable {
    /// Pieces.
    let count: Int
    /// The marks of a text's start and end, and of a word that is not known.
    let start: Int32, end: Int32, unknown: Int32
    /// Bytes of the longest piece, without `##`.
    let pieceBytesMax: Int
    /// Pieces that begin a word, and those that go on with one, which have `##` before them in the file.
    private let first: [ArraySlice<UInt8>: Int32]
    private let further: [ArraySlice<UInt8>: Int32]

    /// Reads a vocabulary.
    /// - Parameter file: its name, for messages.
    /// - Throws: `.model`.
    init(parsing text: [UInt8], file: String) throws(AgentError) {
        guard text.count <= AgentLimits.vocabularyBytesMax else {
            throw .model(file, "longer than \(AgentLimits.vocabularyBytesMax) bytes; is it a vocabulary?")
        }
        var lines = text.split(separator: 0x0A, omittingEmptySubsequences: false)
        if lines.last?.isEmpty == true { lines.removeLast() }
        var first: [ArraySlice<UInt8>: Int32] = [:]
        var further: [ArraySlice<UInt8>: Int32] = [:]
        var longest = 0
        first.reserveCapacity(lines.count)
        for (number, line) in lines.enumerated() {
            let piece = line.last == 0x0D ? line.dropLast() : line
            let isFurther = piece.starts(with: Self.furtherMark) && piece.count > Self.furtherMark.count
            let key = isFurther ? piece.dropFirst(Self.furtherMark.count) : piece
            guard (1...AgentLimits.vocabularyPieceBytesMax).contains(key.count) else {
                throw .model(
                    file,
                    "line \(number + 1): a piece of \(key.count) bytes, and 1 to "
                        + "\(AgentLimits.vocabularyPieceBytesMax) are wanted; fetch it anew")
            }
            let id = Int32(number)
            let earlier = isFurther ? further.updateValue(id, forKey: key) : first.updateValue(id, forKey: key)
            if let earlier {
                throw .model(file, "line \(number + 1): the piece of line \(earlier + 1) again; fetch it anew")
            }
            longest = max(longest, key.count)
        }
        count = lines.count
        pieceBytesMax = longest
        start = try Self.mark("[CLS]", in: first, file)
        end = try Self.mark("[SEP]", in: first, file)
        unknown = try Self.mark("[UNK]", in: first, file)
        self.first = first
        self.further = further
    }

    private static let furtherMark = Array("##".utf8)

    private static func mark(
        _ name: String, in pieces: [ArraySlice<UInt8>: Int32], _ file: String
    ) throws(AgentError) -> Int32 {
        guard let id = pieces[Array(name.utf8)[...]] else {
            throw .model(file, "there is no piece \(name); a WordPiece vocabulary of BERT is wanted")
        }
        return id
    }

    /// The number of `piece`, which begins a word or goes on with one; nil where there is no such piece.
    func id(of piece: ArraySlice<UInt8>, beginsWord: Bool) -> Int32? { beginsWord ? first[piece] : further[piece] }
}
