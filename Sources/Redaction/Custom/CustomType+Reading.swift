internal import JSON
internal import RE2

extension CustomType {
    /// A type as a policy writes it, and what it says of it beside the pattern.
    struct Written {
        let custom: CustomType
        /// Nil where `types` or `otherwise` says.
        let action: RedactionPolicy.Action?
        /// For errors, and for the examples.
        let object: JSONObject
    }

    /// Words of a name.
    static let nameWordsMax = 4

    /// The member `custom` of a policy.
    static func readAll(of root: JSONObject) throws(JSONShapeError) -> [Written] {
        var written: [Written] = []
        for (place, node) in (try root.optionalArray("custom") ?? []).enumerated() {
            guard place < countMax else {
                throw root.error("custom", found: "more than \(countMax) types", wanted: "at most \(countMax)")
            }
            let object = try JSONObject(
                node, at: "\(root.path("custom"))/\(place)",
                allowing: [
                    "name", "pattern", "confidence_ppm", "context", "validator", "action", "mask", "examples",
                    "counter_examples",
                ])
            let type = try read(object, at: place)
            guard !written.contains(where: { $0.custom.type == type.custom.type }) else {
                throw object.error("name", found: "\"\(type.custom.type.name)\" again", wanted: "each name once")
            }
            written.append(type)
        }
        return written
    }

    private static func read(_ object: JSONObject, at place: Int) throws(JSONShapeError) -> Written {
        let name = try name(of: object)
        let (pattern, compiled) = try pattern(of: object)
        let mask = try word("mask", of: object, among: ["placeholder", "last_four"])
        let validator = try word("validator", of: object, among: CheckDigit.allCases.map(\.rawValue))
        let action = try word("action", of: object, among: RedactionPolicy.Action.allCases.map { "\($0)" })
        let custom = CustomType(
            type: DetectorType(custom: name, place: place, masking: mask == "last_four" ? .lastFour : .placeholder),
            pattern: pattern, compiled: compiled,
            confidencePPM: try object.integer("confidence_ppm", in: 1...1_000_000), context: try context(of: object),
            validator: validator.flatMap(CheckDigit.init))
        return Written(
            custom: custom, action: RedactionPolicy.Action.allCases.first { "\($0)" == action }, object: object)
    }

    private static func word(
        _ name: String, of object: JSONObject, among words: [String]
    ) throws(JSONShapeError) -> String? {
        guard let word = try object.optionalString(name) else { return nil }
        guard words.contains(word) else {
            let wanted = words.map { "\"\($0)\"" }.joined(separator: ", ")
            throw object.error(name, found: "\"\(word)\"", wanted: "one of \(wanted)")
        }
        return word
    }

    // MARK: Name

    private static func name(of object: JSONObject) throws(JSONShapeError) -> InlineName {
        let bytes = try object.bytes("name", countRange: 1...InlineName.bytesMax)
        guard let name = name(bytes) else {
            throw object.error(
                "name", found: "\"\(String(decoding: bytes, as: UTF8.self))\"",
                wanted: "1 to \(nameWordsMax) words of A to Z, joined by _, such as EMPLOYEE_ID")
        }
        guard DetectorType(named: bytes) == nil, !isStem(bytes) else {
            throw object.error(
                "name", found: "\"\(String(decoding: bytes, as: UTF8.self))\", which has a meaning already",
                wanted: "a name that is none of the types' and of their tokens', such as EMPLOYEE_ID")
        }
        return name
    }

    /// The name that `bytes` are, or nil where they are none that a type may have.
    static func name(_ bytes: [UInt8]) -> InlineName? {
        let words = bytes.split(separator: UInt8(ascii: "_"), omittingEmptySubsequences: false)
        guard words.count <= nameWordsMax, words.allSatisfy({ !$0.isEmpty && $0.allSatisfy(ByteClass.isUpper) }) else {
            return nil
        }
        return InlineName(bytes)
    }

    /// Whether the name may be read as the stem of another type's token, which may have a plural's s.
    private static func isStem(_ name: [UInt8]) -> Bool {
        let plural = UInt8(ascii: "S")
        return Catalogue.tokenStems.contains { $0 == name || $0 + [plural] == name || $0 == name + [plural] }
    }

    // MARK: Pattern

    private static func pattern(of object: JSONObject) throws(JSONShapeError) -> ([UInt8], RE2) {
        let pattern = try object.bytes("pattern", countRange: 1...patternBytesMax)
        guard pattern.allSatisfy({ $0 >= UInt8(ascii: " ") && $0 != 0x7F }) else {
            throw object.error(
                "pattern", found: "a control character",
                wanted: "none; a backslash is written \\\\ in JSON5, as in \\\\b and \\\\d")
        }
        let compiled = try compile(pattern, object)
        try expectBounded(try bounds(of: pattern, object), object)
        guard compiled.programSize <= programSizeMax else {
            throw object.error(
                "pattern", found: "a program of \(compiled.programSize) instructions",
                wanted: "at most \(programSizeMax): smaller classes or fewer repetitions")
        }
        return (pattern, compiled)
    }

    private static func compile(_ pattern: [UInt8], _ object: JSONObject) throws(JSONShapeError) -> RE2 {
        do throws(RE2Error) {
            return try RE2.compile(pattern, memoryMax: memoryMax)
        } catch {
            let start = pattern.indices.first { pattern[$0...].starts(with: error.fragment) } ?? 0
            let fragment = String(decoding: error.fragment, as: UTF8.self)
            throw object.error(
                "pattern", found: "\(error.message) in \"\(fragment)\" (byte \(start + 1))",
                wanted: "a pattern in RE2's syntax")
        }
    }

    private static func bounds(of pattern: [UInt8], _ object: JSONObject) throws(JSONShapeError) -> PatternBounds {
        do throws(PatternBounds.Refusal) {
            return try PatternBounds.read(pattern)
        } catch {
            throw object.error("pattern", found: "\(error.found) (byte \(error.offset + 1))", wanted: error.wanted)
        }
    }

    private static func expectBounded(_ bounds: PatternBounds, _ object: JSONObject) throws(JSONShapeError) {
        guard bounds.bytesMin > 0 else {
            throw object.error("pattern", found: "a pattern that matches nothing at all", wanted: "at least one byte")
        }
        guard bounds.bytesMax <= matchBytesMax else {
            throw object.error(
                "pattern", found: "matches of up to \(bounds.bytesMax) bytes", wanted: "at most \(matchBytesMax)")
        }
    }

    // MARK: Words

    private static func context(of object: JSONObject) throws(JSONShapeError) -> [[UInt8]] {
        guard object.optional("context") != nil else { return [] }
        let words = try object.strings("context").map { Array($0.utf8) }
        guard words.count <= contextMax, words.allSatisfy({ (1...contextBytesMax).contains($0.count) }) else {
            throw object.error(
                "context", found: "too many words, or one that is empty or too long",
                wanted: "at most \(contextMax) words of 1 to \(contextBytesMax) bytes")
        }
        return words.map { $0.map { ByteClass.isUpper($0) ? $0 | 0x20 : $0 } }
    }
}
