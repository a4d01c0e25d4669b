/// A text for a model from `policies/prompts/`, with places for what a request brings.
///
/// ```
/// ---
/// prompt: answer
/// version: 3
/// ---
/// Answer the question below. Passages stand between {{boundary}} marks.
/// ```
/// The first line is `---`; then `prompt` (which is the file's name) and `version`, each once, and `---`. Behind it is the text,
/// without the white space around it. A place is `{{name}}`, of those that the prompt has; `{{` stands for nothing else.
public struct PromptTemplate: Hashable, Sendable {
    /// The prompts that there are, each with its places. The raw value is the file's name without `.md`.
    public enum Kind: String, CaseIterable, Sendable {
        /// What the assistant is, and its rules: the first message of each conversation.
        case system
        /// The question with its passages.
        case answer
        /// A conversation to be summed up.
        case summary
        /// An answer that has not the form that was asked for.
        case repair

        /// Places that the text may have; those that it must have.
        var places: (allowed: [String], needed: [String]) {
            switch self {
            case .system: ([], [])
            case .answer: (["passages", "question"], ["passages", "question"])
            case .summary: (["conversation"], ["conversation"])
            case .repair: ([], [])
            }
        }
    }

    /// What the file says of its version: 1 to 64 bytes.
    public let version: [UInt8]
    private let parts: [Part]

    private enum Part: Hashable {
        case text([UInt8])
        case place(String)
    }

    /// Reads a prompt's file.
    /// - Parameter file: its name, for messages.
    /// - Throws: `.policy`, with the line at fault.
    public init(_ text: [UInt8], kind: Kind, file: String) throws(AgentError) {
        guard text.count <= AgentLimits.promptBytesMax else {
            throw .policy(message: "\(file): longer than \(AgentLimits.promptBytesMax) bytes; shorten it")
        }
        guard (String(validating: text, as: UTF8.self)) != nil else {
            throw .policy(message: "\(file): found bytes that are not UTF-8; save it as UTF-8")
        }
        let lines = text.split(separator: 0x0A, omittingEmptySubsequences: false)
        func fault(_ line: Int, _ wanted: String) -> AgentError {
            .policy(message: "\(file), line \(line): wanted \(wanted)")
        }
        guard lines.first.map(Self.trimmed) == Array("---".utf8) else { throw fault(1, "---") }
        var members: [String: [UInt8]] = [:]
        var end = 1
        while true {
            guard end < lines.count, end <= 8 else { throw fault(end + 1, "--- behind prompt and version") }
            let line = Self.trimmed(lines[end])
            end += 1
            if line.elementsEqual("---".utf8) { break }
            guard let colon = line.firstIndex(of: UInt8(ascii: ":")) else { throw fault(end, "prompt: or version:") }
            let name = String(decoding: line[..<colon], as: UTF8.self)
            guard ["prompt", "version"].contains(name), members[name] == nil else {
                throw fault(end, "prompt and version, each once")
            }
            members[name] = Self.trimmed(line[(colon + 1)...])
        }
        guard let name = members["prompt"], name.elementsEqual(kind.rawValue.utf8) else {
            throw fault(2, "prompt: \(kind.rawValue)")
        }
        guard let version = members["version"],
            Identifier.accepts(version, countRange: 1...AgentLimits.promptVersionBytesMax, punctuation: "-_.")
        else { throw fault(3, "version: and 1 to \(AgentLimits.promptVersionBytesMax) of A-Z a-z 0-9 - _ .") }
        self.version = version
        let first = lines[end...].firstIndex { !Self.trimmed($0).isEmpty } ?? lines.count
        guard first < lines.count else { throw fault(end + 1, "a text") }
        let body = Self.trimmed(Array(lines[first...].joined(separator: [0x0A])))
        do throws(PlaceFault) { parts = try Self.parts(body, allowed: kind.places.allowed) } catch {
            throw fault(first + 1 + body[..<error.offset].count { $0 == 0x0A }, error.wanted)
        }
        for place in kind.places.needed where !parts.contains(.place(place)) {
            throw .policy(message: "\(file): wanted {{\(place)}} in it")
        }
    }

    /// The text with each place filled. What is put in is not looked through for places.
    public func filled(_ values: [String: [UInt8]] = [:]) -> [UInt8] {
        var text: [UInt8] = []
        for part in parts {
            switch part {
            case .text(let bytes): text += bytes
            case .place(let name): text += values[name] ?? []
            }
        }
        return text
    }

    private struct PlaceFault: Error {
        let offset: Int
        let wanted: String
    }

    private static func parts(_ body: [UInt8], allowed: [String]) throws(PlaceFault) -> [Part] {
        var parts: [Part] = []
        var index = 0
        let (open, close) = (Array("{{".utf8), Array("}}".utf8))
        while let start = body[index...].firstRange(of: open) {
            guard let end = body[start.upperBound...].firstRange(of: close) else {
                throw PlaceFault(offset: start.lowerBound, wanted: "}} behind {{")
            }
            let name = String(decoding: body[start.upperBound..<end.lowerBound], as: UTF8.self)
            guard allowed.contains(name) else {
                let known = allowed.map { "{{\($0)}}" }.joined(separator: ", ")
                throw PlaceFault(
                    offset: start.lowerBound,
                    wanted: known.isEmpty ? "no {{ here: this prompt has no places" : "one of \(known)")
            }
            if start.lowerBound > index { parts.append(.text(Array(body[index..<start.lowerBound]))) }
            parts.append(.place(name))
            index = end.upperBound
        }
        if index < body.count { parts.append(.text(Array(body[index...]))) }
        return parts
    }

    private static func trimmed(_ bytes: some BidirectionalCollection<UInt8>) -> [UInt8] {
        let isBlank: (UInt8) -> Bool = { $0 == 0x20 || $0 == 0x09 || $0 == 0x0A || $0 == 0x0D }
        let front = Array(bytes.drop(while: isBlank))
        guard let last = front.lastIndex(where: { !isBlank($0) }) else { return [] }
        return Array(front[...last])
    }
}
