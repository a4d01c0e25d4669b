internal import JSON

/// The examples of a policy's own types, which have to be right before the policy is.
enum CustomExamples {
    /// Checks the examples and counter-examples of all types.
    static func check(_ written: [CustomType.Written], by policy: RedactionPolicy) throws(JSONShapeError) {
        guard !written.isEmpty else { return }
        let redactor = Redactor(policy: policy)
        for type in written {
            try expectSure(type, policy)
            let examples = try texts("examples", of: type.object)
            guard !examples.isEmpty else {
                throw type.object.error("examples", found: "no example", wanted: "at least one")
            }
            for (place, example) in examples.enumerated() { try expectFound(example, place, of: type, by: redactor) }
            guard type.object.optional("counter_examples") != nil else { continue }
            for (place, example) in try texts("counter_examples", of: type.object).enumerated() {
                try expectNotFound(example, place, of: type, by: redactor)
            }
        }
    }

    private static func expectSure(_ type: CustomType.Written, _ policy: RedactionPolicy) throws(JSONShapeError) {
        let custom = type.custom
        let surest = custom.confidencePPM + (custom.context.isEmpty ? 0 : CustomType.contextBonusPPM)
        guard surest >= policy.confidencePPMMin else {
            throw type.object.error(
                "confidence_ppm", found: "\(custom.confidencePPM), of which nothing makes \(policy.confidencePPMMin)",
                wanted: "at least confidence_min_ppm, or \(CustomType.contextBonusPPM) less and words in context")
        }
    }

    private static func texts(_ name: String, of object: JSONObject) throws(JSONShapeError) -> [[UInt8]] {
        let texts = try object.strings(name).map { Array($0.utf8) }
        let bytes = 1...CustomType.exampleBytesMax
        guard texts.count <= CustomType.examplesMax, texts.allSatisfy({ bytes.contains($0.count) }) else {
            throw object.error(
                name, found: "too many texts, or one that is empty or too long",
                wanted: "at most \(CustomType.examplesMax) of 1 to \(CustomType.exampleBytesMax) bytes")
        }
        return texts
    }

    private static func expectFound(
        _ example: [UInt8], _ place: Int, of type: CustomType.Written, by redactor: Redactor
    ) throws(JSONShapeError) {
        let (text, values) = parse(example)
        let findings = redactor.detect(text)
        guard findings.filter({ $0.type == type.custom.type }).map(\.range) != values else { return }
        let found = findings.map { "\($0.type.name) at bytes \($0.range.lowerBound)..<\($0.range.upperBound)" }
        throw error(
            "examples", place, of: type.object,
            found: "an example in which is found: \(found.isEmpty ? "nothing" : found.joined(separator: ", "))",
            wanted:
                "the value found whole, and no other of this type (‹ › around it where the text has more; \\\\ in JSON5 "
                + "for a backslash)")
    }

    private static func expectNotFound(
        _ example: [UInt8], _ place: Int, of type: CustomType.Written, by redactor: Redactor
    ) throws(JSONShapeError) {
        let found = redactor.detect(example).first { $0.type == type.custom.type }
        guard let range = found?.range else { return }
        throw error(
            "counter_examples", place, of: type.object,
            found: "a text in which bytes \(range.lowerBound)..<\(range.upperBound) are of this type",
            wanted: "none that is")
    }

    private static func error(
        _ name: String, _ place: Int, of object: JSONObject, found: String, wanted: String
    ) -> JSONShapeError {
        var offset = object.optional(name)?.offset ?? object.offset
        if case .array(let elements)? = object.optional(name)?.value, place < elements.count {
            offset = elements[place].offset
        }
        return JSONShapeError(
            pointer: "\(object.path(name))/\(place)", offset: offset, found: found, wanted: wanted)
    }

    /// The text without `‹` and `›`, and what stood between them; all of it where they are missing.
    static func parse(_ example: [UInt8]) -> (text: [UInt8], values: [Range<Int>]) {
        let opener = Array("‹".utf8)
        let closer = Array("›".utf8)
        var text: [UInt8] = []
        var values: [Range<Int>] = []
        var start: Int?
        var index = 0
        while index < example.count {
            if start == nil, example[index...].starts(with: opener) {
                start = text.count
                index += opener.count
            } else if let opened = start, example[index...].starts(with: closer) {
                values.append(opened..<text.count)
                start = nil
                index += closer.count
            } else {
                text.append(example[index])
                index += 1
            }
        }
        return (text, values.isEmpty ? [0..<text.count] : values)
    }
}
