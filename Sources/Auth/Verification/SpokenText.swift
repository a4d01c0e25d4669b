/// What people type of what they know by ear: a name, an account's number, the answer to a question.
enum SpokenText {
    /// Lower case, letters and digits alone; nil where that leaves nothing, and for what is no UTF-8 or longer than `bytesMax`.
    ///
    /// Accents must be composed (NFC), as keyboards write them.
    static func normalised(_ bytes: [UInt8], bytesMax: Int) -> [UInt8]? {
        guard bytes.count <= bytesMax, let text = String(validating: bytes, as: UTF8.self) else { return nil }
        var kept = ""
        for scalar in text.unicodeScalars {
            let properties = scalar.properties
            guard
                properties.isAlphabetic || properties.numericType != nil
                    || properties.generalCategory == .nonspacingMark
            else { continue }
            kept += properties.lowercaseMapping
        }
        return kept.isEmpty ? nil : Array(kept.utf8)
    }
}
