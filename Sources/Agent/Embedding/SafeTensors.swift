internal import JSON

/// The table of contents of a safetensors file (github.com/huggingface/safetensors, "Format"): which tensors it holds, of
/// which shape, and where.
///
/// ```
/// 8 bytes          n, the header's length, lowest byte first
/// n bytes          {"pooler.bias": {"dtype": "F32", "shape": [384], "data_offsets": [0, 1536]}, …}
/// the rest         numbers; offsets count from here
/// ```
///
/// The file is an input like any other: the tensors must fill the rest without a gap or an overlap, as the format wants, and
/// each must be as long as its shape says.
struct SafeTensors: Sendable {
    struct Tensor: Equatable, Sendable {
        let type: ElementType
        let shape: [Int]
        /// Its place, in bytes from the start of the file.
        let range: Range<Int>
    }

    /// The format's types of numbers.
    enum ElementType: String, Sendable {
        case bool = "BOOL"
        case uint8 = "U8"
        case int8 = "I8"
        case float8E5M2 = "F8_E5M2"
        case float8E4M3 = "F8_E4M3"
        case int16 = "I16"
        case uint16 = "U16"
        case float16 = "F16"
        case bfloat16 = "BF16"
        case int32 = "I32"
        case uint32 = "U32"
        case float32 = "F32"
        case float64 = "F64"
        case int64 = "I64"
        case uint64 = "U64"

        var byteCount: Int {
            switch self {
            case .bool, .uint8, .int8, .float8E5M2, .float8E4M3: 1
            case .int16, .uint16, .float16, .bfloat16: 2
            case .int32, .uint32, .float32: 4
            case .float64, .int64, .uint64: 8
            }
        }
    }

    /// Bytes of the length that a file begins with.
    static let lengthByteCount = 8

    /// The tensors by the bytes of their names.
    let tensors: [[UInt8]: Tensor]
    private let file: String

    /// Reads the table.
    /// - Parameters:
    ///   - prefix: the file's first bytes, with the whole header in them where it is within its bound.
    ///   - fileByteCount: bytes of the file.
    ///   - file: its name, for messages.
    /// - Throws: `.model`.
    init(prefix: Span<UInt8>, fileByteCount: Int, file: String) throws(AgentError) {
        self.file = file
        let header = try Self.header(prefix, fileByteCount: fileByteCount, file: file)
        let dataStart = Self.lengthByteCount + header.count
        do {
            let root = try JSONObject(try JSONParser.parse(header, depthMax: 3), allowing: nil)
            tensors = try Self.tensors(root, dataStart: dataStart, dataByteCount: fileByteCount - dataStart)
        } catch let error as JSONSyntaxError {
            throw .model(file, "its header is not JSON (\(error.description)); fetch it anew")
        } catch let error as JSONShapeError {
            throw .model(file, "its header: \(error.description); fetch it anew")
        } catch {
            throw .model(file, "\(error)")
        }
        try checkThatAllIsCovered(dataStart..<fileByteCount)
    }

    private static func header(
        _ prefix: Span<UInt8>, fileByteCount: Int, file: String
    ) throws(AgentError) -> [UInt8] {
        guard prefix.count >= lengthByteCount, fileByteCount >= prefix.count else {
            throw .model(file, "\(fileByteCount) bytes are no safetensors file; fetch it anew")
        }
        var length: UInt64 = 0
        for index in (0..<lengthByteCount).reversed() { length = length << 8 | UInt64(prefix[index]) }
        guard length <= UInt64(AgentLimits.modelHeaderBytesMax) else {
            throw .model(
                file,
                "its header has \(length) bytes, and up to \(AgentLimits.modelHeaderBytesMax) are taken; is it one?")
        }
        let end = lengthByteCount + Int(length)
        guard end <= prefix.count else {
            throw .model(file, "it ends within its header of \(length) bytes; fetch it anew")
        }
        let header = (lengthByteCount..<end).map { prefix[$0] }
        guard header.first == UInt8(ascii: "{") else {
            throw .model(file, "its header does not begin with {; fetch it anew")
        }
        return header
    }

    private static func tensors(
        _ root: JSONObject, dataStart: Int, dataByteCount: Int
    ) throws(JSONShapeError) -> [[UInt8]: Tensor] {
        let limit = AgentLimits.modelTensorsMax
        guard root.members.count <= limit else {
            throw JSONShapeError(
                pointer: "", offset: 0, found: "\(root.members.count) members", wanted: "at most \(limit)")
        }
        var tensors: [[UInt8]: Tensor] = [:]
        for member in root.members where !member.name.isEqual(to: "__metadata__") {
            let pointer = root.path(String(decoding: member.name, as: UTF8.self))
            let object = try JSONObject(member.node, at: pointer, allowing: ["dtype", "shape", "data_offsets"])
            tensors[member.name] = try tensor(object, dataStart: dataStart, dataByteCount: dataByteCount)
        }
        return tensors
    }

    private static func tensor(
        _ object: JSONObject, dataStart: Int, dataByteCount: Int
    ) throws(JSONShapeError) -> Tensor {
        guard let type = ElementType(rawValue: try object.string("dtype")) else {
            throw object.error("dtype", found: "an unknown type", wanted: "one of the format's, such as F32")
        }
        let shape = try integers(object, "shape", countRange: 0...AgentLimits.tensorDimensionsMax)
        let offsets = try integers(object, "data_offsets", countRange: 2...2)
        guard offsets[0] <= offsets[1], offsets[1] <= dataByteCount else {
            throw object.error(
                "data_offsets", found: "\(offsets[0]) to \(offsets[1])", wanted: "a range within \(dataByteCount) bytes"
            )
        }
        guard let byteCount = byteCount(type, shape), byteCount == offsets[1] - offsets[0] else {
            throw object.error(
                "data_offsets", found: "\(offsets[1] - offsets[0]) bytes",
                wanted: "as many as \(shape) of \(type.rawValue)")
        }
        return Tensor(type: type, shape: shape, range: dataStart + offsets[0]..<dataStart + offsets[1])
    }

    /// Bytes of a tensor, or nil where they are more than can be counted.
    private static func byteCount(_ type: ElementType, _ shape: [Int]) -> Int? {
        var count = type.byteCount
        for size in shape {
            let (product, isTooLarge) = count.multipliedReportingOverflow(by: size)
            if isTooLarge { return nil }
            count = product
        }
        return count
    }

    private static func integers(
        _ object: JSONObject, _ name: String, countRange: ClosedRange<Int>
    ) throws(JSONShapeError) -> [Int] {
        let nodes = try object.array(name)
        guard countRange.contains(nodes.count) else {
            throw object.error(
                name, found: "\(nodes.count) elements", wanted: "\(countRange.lowerBound) to \(countRange.upperBound)")
        }
        var integers: [Int] = []
        for node in nodes {
            guard let integer = node.integer, integer >= 0 else {
                throw object.error(name, found: node.kindName, wanted: "integers from 0 on")
            }
            integers.append(Int(integer))
        }
        return integers
    }

    /// Two tensors over the same bytes, or bytes of none, are how a file says one thing to one reader and another to the
    /// next.
    private func checkThatAllIsCovered(_ data: Range<Int>) throws(AgentError) {
        var end = data.lowerBound
        let ranges = tensors.values.map(\.range)
        for range in ranges.sorted(by: { ($0.lowerBound, $0.upperBound) < ($1.lowerBound, $1.upperBound) }) {
            guard range.lowerBound == end else {
                throw .model(
                    file, "a gap or an overlap of tensors at byte \(min(end, range.lowerBound)); fetch it anew")
            }
            end = range.upperBound
        }
        guard end == data.upperBound else {
            throw .model(file, "\(data.upperBound - end) bytes at its end are of no tensor; fetch it anew")
        }
    }

    /// The place of the tensor `name`, of numbers of single precision.
    /// - Throws: `.model` where there is none, it has another type or shape, or lies where such numbers cannot be read.
    func floats(_ name: String, shape: [Int]) throws(AgentError) -> Range<Int> {
        guard let tensor = tensors[Array(name.utf8)] else {
            throw .model(file, "there is no tensor \(name); a model shaped like BERT is wanted")
        }
        guard tensor.type == .float32 else {
            throw .model(file, "\(name) has type \(tensor.type.rawValue), and F32 is wanted; convert the model")
        }
        guard tensor.shape == shape else {
            throw .model(
                file, "\(name) has shape \(tensor.shape), and config.json wants \(shape); take both of one model")
        }
        guard tensor.range.lowerBound % 4 == 0 else {
            throw .model(file, "\(name) does not begin at a multiple of 4 bytes; save the model anew")
        }
        return tensor.range
    }
}

extension AgentError {
    static func model(_ file: String, _ reason: String) -> AgentError { .model(message: "\(file): \(reason)") }
}
