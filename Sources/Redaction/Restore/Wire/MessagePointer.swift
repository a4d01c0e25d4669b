internal import JSON

/// Where in a JSON text the answer's words are: a JSON Pointer (RFC 6901), in which `*` stands for every element.
///
/// `/choices/*/delta/content` is that of the deltas that most model servers stream. Elements with an `index` are known by
/// it, others by their place, so that several answers in one stream are kept apart.
public struct MessagePointer: Hashable, Sendable {
    /// Steps of a pointer.
    public static let stepsMax = 16

    private let steps: [[UInt8]]

    /// That of OpenAI's chat completions, as streamed.
    public static let chatDelta = MessagePointer(steps: ["choices", "*", "delta", "content"].map { Array($0.utf8) })

    private init(steps: [[UInt8]]) { self.steps = steps }

    /// Reads a pointer; nil where `text` is none, or one of more than `stepsMax` steps.
    public init?(_ text: [UInt8]) {
        guard text.first == UInt8(ascii: "/") else { return nil }
        var steps: [[UInt8]] = []
        for part in text.dropFirst().split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false) {
            guard let step = Self.unescaped(part), steps.count < Self.stepsMax else { return nil }
            steps.append(step)
        }
        self.steps = steps
    }

    /// RFC 6901 §4: `~1` is `/`, `~0` is `~`.
    private static func unescaped(_ part: ArraySlice<UInt8>) -> [UInt8]? {
        var step: [UInt8] = []
        var rest = part
        while let byte = rest.popFirst() {
            guard byte == UInt8(ascii: "~") else {
                step.append(byte)
                continue
            }
            switch rest.popFirst() {
            case UInt8(ascii: "0"): step.append(UInt8(ascii: "~"))
            case UInt8(ascii: "1"): step.append(UInt8(ascii: "/"))
            default: return nil
            }
        }
        return step
    }

    /// One answer's part of a message.
    struct Place {
        /// Which answer: the index of each element on the way.
        let key: [Int64]
        /// The string and the offset of its opening quote; nil where the message has none for this answer.
        var text: (bytes: [UInt8], offset: Int)?
        /// Whether the message says that the answer ends with it.
        var isLast = false
    }

    /// The answers' parts of a message.
    func places(in root: JSONNode) -> [Place] {
        var places: [Place] = []
        walk(root, from: 0, Place(key: [], isLast: Self.ends(root)), into: &places)
        return places
    }

    private func walk(_ node: JSONNode, from step: Int, _ place: Place, into places: inout [Place]) {
        guard step < steps.count else {
            var place = place
            place.text = node.bytes.map { ($0, node.offset) }
            places.append(place)
            return
        }
        if steps[step] == [UInt8(ascii: "*")], let elements = node.elements {
            for (index, element) in elements.enumerated() {
                let key = place.key + [element["index"]?.integer ?? Int64(index)]
                let next = Place(key: key, isLast: place.isLast || Self.ends(element))
                walk(element, from: step + 1, next, into: &places)
            }
        } else if let next = child(of: node, steps[step]) {
            walk(next, from: step + 1, place, into: &places)
        } else {
            places.append(place)
        }
    }

    private func child(of node: JSONNode, _ name: [UInt8]) -> JSONNode? {
        if let member = node.members?.first(where: { $0.name == name }) { return member.node }
        guard let elements = node.elements, let index = Int(String(decoding: name, as: UTF8.self)),
            elements.indices.contains(index)
        else { return nil }
        return elements[index]
    }

    /// `finish_reason` and `done` are how model servers say that an answer ends; a client may stop reading then.
    private static func ends(_ node: JSONNode) -> Bool {
        if case .bool(true)? = node["done"]?.value { return true }
        guard let reason = node["finish_reason"] else { return false }
        if case .null = reason.value { return false }
        return true
    }
}
