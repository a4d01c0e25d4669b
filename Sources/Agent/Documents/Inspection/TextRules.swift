internal import JSON

/// What a text must be: UTF-8 without controls other than those that lay it out.
enum TextRules {
    static func check(_ bytes: [UInt8]) throws(DocumentRefusal) {
        guard UTF8Validation.firstInvalid(in: bytes) == nil else { throw .malformed }
        let hasControls = bytes.contains { byte in
            byte < 0x20 && byte != 0x09 && byte != 0x0A && byte != 0x0D && byte != 0x0C || byte == 0x7F
        }
        guard !hasControls else { throw .malformed }
    }
}
