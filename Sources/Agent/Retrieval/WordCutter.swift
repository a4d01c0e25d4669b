internal import SQLite

/// The two ways to cut text into words: as written (lower case, no accents) and as stems (Porter). They come from FTS5
/// itself and agree word by word, since the stemmer only wraps the other.
final class WordCutter {
    private let plain: TextTokenizer
    private let stemming: TextTokenizer

    init(_ database: Database) throws(SQLiteError) {
        plain = try database.tokenizer("unicode61", [])
        stemming = try database.tokenizer("porter", ["unicode61"])
    }

    func words(_ text: [UInt8], limit: Int = Int.max) -> [[UInt8]] { plain.terms(of: text, limit: limit) }
    func stems(_ text: [UInt8], limit: Int = Int.max) -> [[UInt8]] { stemming.terms(of: text, limit: limit) }
}
