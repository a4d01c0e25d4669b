internal import JSON

/// Requests and answers of `POST /v1/embeddings`, without I/O.
///
/// ```json
/// {"model": "bge-small-en", "input": ["one text", "another"], "encoding_format": "float"}
/// {"data": [{"index": 0, "embedding": [0.1, …]}, {"index": 1, "embedding": [0.2, …]}]}
/// ```
package enum EmbeddingMessages {
    /// Why an answer is none.
    package struct Fault: Error, Equatable {
        /// What was found, in words that hold nothing of the answer's content.
        package let reason: String
    }

    /// The body of a request for the vectors of `texts`, which must be UTF-8.
    package static func request(model: String, texts: [[UInt8]]) -> [UInt8] {
        var json = JSONWriter(capacity: 128 + texts.reduce(0) { $0 + $1.count + 8 })
        json.object { json in
            json.member("model", model)
            json.name("input")
            json.array { json in for text in texts { json.string(text) } }
            json.member("encoding_format", literal: "float")
        }
        return json.bytes
    }

    /// The vectors of an answer, in the order of the texts, each brought to length 1.
    ///
    /// Every text must have one vector of `dimensions` finite numbers, not all zero. What else the answer holds is ignored.
    package static func vectors(
        in body: [UInt8], count: Int, dimensions: Int
    ) throws(Fault) -> [[Float]] {
        let root: JSONNode
        do throws(JSONSyntaxError) { root = try JSONParser.parse(body, depthMax: depthMax) } catch {
            throw Fault(reason: "no JSON: \(error.message)")
        }
        guard let entries = root["data"]?.elements else { throw Fault(reason: "no array \"data\"") }
        guard entries.count == count else { throw Fault(reason: "\(entries.count) vectors for \(count) texts") }
        var vectors = [[Float]?](repeating: nil, count: count)
        for (place, entry) in entries.enumerated() {
            // Servers that leave the index out keep the order.
            let index = entry["index"]?.integer.flatMap { Int(exactly: $0) } ?? place
            guard vectors.indices.contains(index), vectors[index] == nil else {
                throw Fault(reason: "a vector with the index \(index), which is another's or nobody's")
            }
            vectors[index] = try vector(entry["embedding"], dimensions)
        }
        return vectors.compactMap { $0 }
    }

    private static func vector(_ node: JSONNode?, _ dimensions: Int) throws(Fault) -> [Float] {
        guard let elements = node?.elements else { throw Fault(reason: "a vector that is no array of numbers") }
        guard elements.count == dimensions else {
            throw Fault(reason: "vectors of \(elements.count) numbers, and \(dimensions) are configured")
        }
        var vector: [Float] = []
        vector.reserveCapacity(dimensions)
        for element in elements {
            switch element.value {
            case .integer(let integer): vector.append(Float(integer))
            case .double(let double): vector.append(Float(double))
            default: throw Fault(reason: "a vector with something other than a number in it")
            }
        }
        let unit = VectorRows.unit(vector)
        guard unit.allSatisfy(\.isFinite), unit.contains(where: { $0 != 0 }) else {
            throw Fault(reason: "a vector without a direction")
        }
        return unit
    }

    /// What an answer needs is four deep; servers add objects of their own.
    private static let depthMax = 8
}
