internal import JSON

/// What happens to each type of personal data; read from `policies/redaction.json5`.
///
/// ```json5
/// {
///     version: 1,
///     confidence_min_ppm: 500000,       // findings below this are left alone
///     otherwise: "mask",                // for types that `types` does not name; not "allow"
///     types: { EMAIL_ADDRESS: "tokenise", API_KEY: "block" },
/// }
/// ```
public struct RedactionPolicy: Equatable, Sendable {
    /// What to do with a finding.
    public enum Action: UInt8, CaseIterable, Sendable {
        /// Replace beyond recall: by stars but for the last four characters, or by `<TYPE>`; the type decides which.
        case mask
        /// Replace by a token such as `[EMAIL_1]` that the request's vault can turn back.
        case tokenise
        /// Refuse the whole text.
        case block
        /// Leave as it is.
        case allow
    }

    /// Bytes of policy text accepted: some hundred times what the shipped policy needs.
    public static let textBytesMax = 65_536

    /// Findings of lower confidence, in millionths, are left alone.
    public let confidencePPMMin: Int
    private let actions: [Action]

    /// The policy that `policies/redaction.json5` ships: secrets block; values whose last digits are needed to talk
    /// about them are masked; all else is tokenised.
    public static let `default` = RedactionPolicy(
        confidencePPMMin: 500_000, actions: Catalogue.detectors.map(\.actionByDefault))

    /// What to do with `type`.
    public func action(for type: DetectorType) -> Action { actions[Int(type.index)] }

    /// Reads a policy.
    /// - Throws: `RedactionPolicyError` for the first thing that is wrong: text that is not JSON5 or too long, an
    ///   unknown member, type or action, a number out of range, a missing member.
    public static func parse(_ bytes: [UInt8]) throws(RedactionPolicyError) -> RedactionPolicy {
        let document = try parseDocument(bytes)
        do throws(JSONShapeError) {
            return try read(document)
        } catch {
            throw RedactionPolicyError(error, in: bytes)
        }
    }

    private static func parseDocument(_ bytes: [UInt8]) throws(RedactionPolicyError) -> JSONNode {
        guard bytes.count <= textBytesMax else {
            throw RedactionPolicyError(
                JSONShapeError(
                    pointer: "", offset: 0, found: "\(bytes.count) bytes", wanted: "at most \(textBytesMax) bytes"),
                in: bytes)
        }
        do throws(JSONSyntaxError) {
            return try JSONParser.parse(bytes, dialect: .json5)
        } catch {
            throw RedactionPolicyError(error)
        }
    }

    private static func read(_ document: JSONNode) throws(JSONShapeError) -> RedactionPolicy {
        let root = try JSONObject(document, allowing: ["version", "confidence_min_ppm", "otherwise", "types"])
        _ = try root.integer("version", in: 1...1)
        let confidencePPMMin = try root.integer("confidence_min_ppm", in: 1...1_000_000)
        let otherwise = try action("otherwise", of: root, among: [.mask, .tokenise, .block])
        let types = try root.object("types", allowing: Catalogue.detectors.map { "\($0.name)" })
        var actions: [Action] = []
        for detector in Catalogue.detectors {
            let name = "\(detector.name)"
            let isNamed = types.optional(name) != nil
            actions.append(isNamed ? try action(name, of: types, among: Action.allCases) : otherwise)
        }
        return RedactionPolicy(confidencePPMMin: confidencePPMMin, actions: actions)
    }

    private static func action(
        _ name: String, of object: JSONObject, among allowed: [Action]
    ) throws(JSONShapeError) -> Action {
        let word = try object.string(name)
        guard let action = allowed.first(where: { "\($0)" == word }) else {
            let wanted = allowed.map { "\"\($0)\"" }.joined(separator: ", ")
            throw object.error(name, found: "\"\(word)\"", wanted: "one of \(wanted)")
        }
        return action
    }
}
