internal import JSON

/// Looks for attempts to turn a model against its instructions: in what a caller writes, in passages and in results of tools.
/// `policies/screen.json5`.
///
/// ```json5
/// {
///     version: 1, refuse_at: 0.8, mark_at: 0.4,
///     rules: [{ reason: "override", weight: 0.8, patterns: ["ignore|disregard * instruct*"], literals: ["<|im_start|>"] }],
/// }
/// ```
/// Each rule that strikes adds its weight w to the score s as s + w(1 - s). It is one layer: who writes around its rules meets
/// the fence, the policy on tools and the guard on what comes out.
public struct InjectionScreen: Sendable {
    /// What to do with a text.
    public enum Decision: Int, Comparable, Sendable {
        /// Nothing was found, or too little.
        case pass
        /// Let it through and say so in the record.
        case mark
        /// A question is refused; a passage or a tool's result is left out.
        case refuse

        /// Milder.
        public static func < (left: Decision, right: Decision) -> Bool { left.rawValue < right.rawValue }
    }

    /// What was found in a text.
    public struct Verdict: Hashable, Sendable {
        /// What to do with it.
        public let decision: Decision
        /// 0 to 1,000,000.
        public let scorePPM: Int
        /// The reasons of the rules that struck, in the policy's order, each once.
        public let reasons: [String]
    }

    private struct Rule {
        let reason: String
        let weight: Double
        let literals: [[UInt8]]
    }

    private let rules: [Rule]
    /// Patterns with their rule's place, by the first word, where that is exact.
    private let byFirstWord: [[UInt8]: [(rule: Int, pattern: ScreenPattern)]]
    private let others: [(rule: Int, pattern: ScreenPattern)]
    private let refuseAt: Double, markAt: Double

    /// The score from which a text with more words than are looked at is marked.
    private static let cutReason = "too_long"

    /// Reads a policy file.
    /// - Parameter file: its name, for messages.
    /// - Throws: `.policy`
    public init(json5 text: [UInt8], file: String) throws(AgentError) {
        self = try PolicyText.read(text, file: file) { root throws(JSONShapeError) in try Self.read(root) }
    }

    private init(
        rules: [Rule], patterns: [(rule: Int, pattern: ScreenPattern)], refuseAt: Double, markAt: Double
    ) {
        self.rules = rules
        self.refuseAt = refuseAt
        self.markAt = markAt
        var byFirstWord: [[UInt8]: [(rule: Int, pattern: ScreenPattern)]] = [:]
        var others: [(rule: Int, pattern: ScreenPattern)] = []
        for entry in patterns {
            if case .words(let exact, let prefixes)? = entry.pattern.elements.first, prefixes.isEmpty {
                for word in exact { byFirstWord[word, default: []].append(entry) }
            } else {
                others.append(entry)
            }
        }
        self.byFirstWord = byFirstWord
        self.others = others
    }

    /// Looks through a text.
    public func look(at text: [UInt8]) -> Verdict {
        var struck: Set<Int> = []
        var readings = [ScreenText(text)]
        readings += HiddenText.decoded(in: text).map { ScreenText($0) }
        for reading in readings { strike(reading, &struck) }
        var score = 0.0
        var reasons: [String] = []
        for index in struck.sorted() {
            score += rules[index].weight * (1 - score)
            if !reasons.contains(rules[index].reason) { reasons.append(rules[index].reason) }
        }
        if readings.contains(where: \.isCut) {
            score = max(score, markAt)
            reasons.append(Self.cutReason)
        }
        return Verdict(
            decision: decision(score), scorePPM: Int((min(score, 1) * 1_000_000).rounded()), reasons: reasons)
    }

    private func decision(_ score: Double) -> Decision {
        // Sums of decimals are compared: 0.8 is to be 0.8.
        let margin = 0.000_000_5
        if score + margin >= refuseAt { return .refuse }
        return score + margin >= markAt ? .mark : .pass
    }

    private func strike(_ reading: ScreenText, _ struck: inout Set<Int>) {
        for (index, rule) in rules.enumerated() where !struck.contains(index) {
            if rule.literals.contains(where: { reading.folded.firstRange(of: $0) != nil }) { struck.insert(index) }
        }
        for (start, word) in reading.words.enumerated() {
            for (rule, pattern) in byFirstWord[word] ?? [] where !struck.contains(rule) {
                if pattern.stands(in: reading.words, at: start) { struck.insert(rule) }
            }
            for (rule, pattern) in others where !struck.contains(rule) {
                if pattern.stands(in: reading.words, at: start) { struck.insert(rule) }
            }
        }
    }
}

// MARK: Reading

extension InjectionScreen {
    private static func read(_ node: JSONNode) throws(JSONShapeError) -> InjectionScreen {
        let root = try JSONObject(node, allowing: ["$schema", "version", "refuse_at", "mark_at", "rules"])
        _ = try root.optionalString("$schema")
        _ = try root.integer("version", in: 1...1)
        let refuseAt = try share(root, "refuse_at")
        let markAt = try share(root, "mark_at")
        guard markAt <= refuseAt else {
            throw root.error("mark_at", found: "more than refuse_at", wanted: "at most refuse_at")
        }
        var rules: [Rule] = []
        var patterns: [(rule: Int, pattern: ScreenPattern)] = []
        for (index, node) in (try root.array("rules")).enumerated() {
            guard index < AgentLimits.screenRulesMax else {
                throw root.error("rules", found: "more rules", wanted: "at most \(AgentLimits.screenRulesMax)")
            }
            let object = try JSONObject(
                node, at: "/rules/\(index)", allowing: ["reason", "weight", "patterns", "literals"])
            let reason = try object.bytes("reason", countRange: 1...32)
            guard Identifier.accepts(reason, countRange: 1...32, punctuation: "_") else {
                throw object.error("reason", found: "other characters", wanted: "1 to 32 letters, digits and _")
            }
            for pattern in try texts(object, "patterns") { patterns.append((index, try self.pattern(pattern, object))) }
            let literals = try texts(object, "literals")
            guard literals.allSatisfy({ (3...AgentLimits.screenLiteralBytesMax).contains($0.count) }) else {
                throw object.error(
                    "literals", found: "one of another length",
                    wanted: "3 to \(AgentLimits.screenLiteralBytesMax) bytes each")
            }
            rules.append(
                Rule(
                    reason: String(decoding: reason, as: UTF8.self), weight: try share(object, "weight"),
                    literals: literals.map { ScreenText($0).folded }))
        }
        return InjectionScreen(rules: rules, patterns: patterns, refuseAt: refuseAt, markAt: markAt)
    }

    private static func texts(_ object: JSONObject, _ name: String) throws(JSONShapeError) -> [[UInt8]] {
        guard object.optional(name) != nil else { return [] }
        let texts = try object.strings(name).map { Array($0.utf8) }
        guard texts.count <= AgentLimits.screenPatternsMax else {
            throw object.error(name, found: "\(texts.count)", wanted: "at most \(AgentLimits.screenPatternsMax)")
        }
        return texts
    }

    private static func pattern(_ text: [UInt8], _ object: JSONObject) throws(JSONShapeError) -> ScreenPattern {
        do throws(ScreenPattern.Fault) { return try ScreenPattern(text) } catch {
            throw object.error(
                "patterns", found: "\"\(String(decoding: text.prefix(64), as: UTF8.self))\"", wanted: error.wanted)
        }
    }

    /// A number above 0, up to 1.
    private static func share(_ object: JSONObject, _ name: String) throws(JSONShapeError) -> Double {
        let value: Double
        switch try object.required(name).value {
        case .double(let double): value = double
        case .integer(let integer): value = Double(integer)
        default: value = .nan
        }
        guard value > 0, value <= 1 else {
            throw object.error(name, found: "no such number", wanted: "a number above 0, up to 1")
        }
        return value
    }
}
