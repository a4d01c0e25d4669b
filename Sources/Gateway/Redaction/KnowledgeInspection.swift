internal import Agent
internal import Redaction
internal import Synchronization

/// Looks at the knowledge base as it is taken into memory, so that no answer from it has to be looked at.
final class KnowledgeInspection: Sendable {
    private let redactor: Redactor
    private let say: @Sendable (String) -> Void
    private let toldVersion = Mutex<Int64?>(nil)

    /// - Parameter say: is told once for each version that has values in it which are masked on the way to some caller.
    init(_ redactor: Redactor, say: @escaping @Sendable (String) -> Void) {
        self.redactor = redactor
        self.say = say
    }

    /// For `KnowledgeBase.open`.
    var inspector: KnowledgeBase.Inspector { { [self] in look($0, at: $1) } }

    private func look(_ version: Int64, at passages: [Passage]) -> [Bool] {
        var counts: [DetectorType: Int] = [:]
        let cleared = passages.map { passage in
            let types = passage.shown.flatMap(redactor.touched)
            for type in types { counts[type, default: 0] += 1 }
            return types.isEmpty
        }
        let isNews = toldVersion.withLock { told in
            defer { told = version }
            return told != version
        }
        if isNews, !counts.isEmpty { say(Self.warning(version, counts)) }
        return cleared
    }

    private static func warning(_ version: Int64, _ counts: [DetectorType: Int]) -> String {
        let list = counts.map { (name: $0.key.description, count: $0.value) }.sorted { $0.name < $1.name }
            .map { "\($0.name) \($0.count)" }.joined(separator: ", ")
        return "the knowledge base (version \(version)) has what answers will not show to some callers: \(list); "
            + "what is the bank's own belongs under \"allowed\" in the redaction policy"
    }
}
