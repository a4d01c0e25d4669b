internal import JSON

/// The rules of an escalation policy beside its phrases, each of which may be left out.
struct EscalationRules: Sendable {
    /// The category whose phrases ask for a person.
    var personCategory: TicketCategory
    /// Words of anger and distress, in lower case; as many of them as this in one text hand it over, 0 for never.
    var sentimentWords: Set<[UInt8]> = []
    var sentimentWordsMin = 0
    var sentimentCategory: TicketCategory
    /// A model's answer that is shorter is none; 0 for no bound.
    var answerBytesMin = 0
    /// Questions in a row that were not answered, from which on a person is called; 0 for never.
    var failuresMax = 0
    var levels = ServiceLevels.standard

    static let members = ["sentiment", "answer_bytes_min", "failures_max", "sla_minutes", "categories"]

    init(_ root: JSONObject) throws(JSONShapeError) {
        personCategory = try Self.category(Array("human".utf8), root, "phrases")
        sentimentCategory = try Self.category(Array("complaint".utf8), root, "sentiment")
        answerBytesMin = try root.optionalInteger("answer_bytes_min", in: 0...1024) ?? 0
        failuresMax = try root.optionalInteger("failures_max", in: 0...100) ?? 0
        try readSentiment(root)
        try readLevels(root)
    }

    private mutating func readSentiment(_ root: JSONObject) throws(JSONShapeError) {
        guard let object = try root.optionalObject("sentiment", allowing: ["category", "words_min", "words"]) else {
            return
        }
        sentimentCategory = try Self.category(
            try object.bytes("category", countRange: 1...AgentLimits.categoryBytesMax), object, "category")
        sentimentWordsMin = try object.integer("words_min", in: 1...64)
        for word in try object.strings("words") {
            let words = EscalationPolicy.words(Array(word.utf8))
            guard words.count == 1, word.utf8.count <= AgentLimits.escalationPhraseBytesMax,
                sentimentWords.count < AgentLimits.escalationPhrasesMax
            else {
                throw object.error(
                    "words", found: "\"\(word)\", or too many",
                    wanted: "up to \(AgentLimits.escalationPhrasesMax) single words")
            }
            sentimentWords.formUnion(words)
        }
    }

    private mutating func readLevels(_ root: JSONObject) throws(JSONShapeError) {
        var minutes = levels.minutes
        let range = 1...AgentLimits.serviceMinutesMax
        let names = Ticket.Priority.allCases.map(\.rawValue)
        if let object = try root.optionalObject("sla_minutes", allowing: names) {
            for priority in Ticket.Priority.allCases {
                if let count = try object.optionalInteger(priority.rawValue, in: range) { minutes[priority] = count }
            }
        }
        var categories: [[UInt8]: ServiceLevels.Level] = [:]
        if let object = try root.optionalObject("categories", allowing: nil) {
            guard object.members.count <= AgentLimits.escalationPhrasesMax else {
                throw root.error(
                    "categories", found: "\(object.members.count)", wanted: "up to \(AgentLimits.escalationPhrasesMax)")
            }
            for member in object.members {
                let name = String(decoding: member.name, as: UTF8.self)
                _ = try Self.category(member.name, object, name)
                let level = try object.object(name, allowing: ["priority", "sla_minutes"])
                let word = try level.string("priority")
                guard let priority = Ticket.Priority(rawValue: word) else {
                    throw level.error(
                        "priority", found: "\"\(word)\"", wanted: "one of " + names.joined(separator: ", "))
                }
                categories[member.name] = ServiceLevels.Level(
                    priority: priority,
                    minutes: try level.optionalInteger("sla_minutes", in: range) ?? minutes[priority] ?? 1440)
            }
        }
        levels = ServiceLevels(minutes: minutes, categories: categories)
    }

    static func category(
        _ bytes: [UInt8], _ object: JSONObject, _ name: String
    ) throws(JSONShapeError) -> TicketCategory {
        do { return try TicketCategory(checking: bytes) } catch {
            throw object.error(name, found: "a bad category name", wanted: "1 to 32 of a-z 0-9 _ -")
        }
    }
}

extension EscalationPolicy {
    /// The priorities and times that tickets are opened with.
    public var serviceLevels: ServiceLevels { rules.levels }
}
