internal import JSON

/// What happens to each type of personal data; read from `policies/redaction.json5`.
///
/// ```json5
/// {
///     version: 1,
///     confidence_min_ppm: 500000,       // findings below this are left alone
///     otherwise: "mask",                // for types that `types` does not name; not "allow"
///     types: { EMAIL_ADDRESS: "tokenise", API_KEY: "block" },
///     // May be left out:
///     custom: [{ name: "EMPLOYEE_ID", pattern: "EMP-[0-9]{6}", confidence_ppm: 900000, examples: ["EMP-123456"] }],
///     allowed: { EMAIL_ADDRESS: ["@bank.example"], PHONE_NUMBER: ["+92 21 3245 5000"] },
///     rules: [{ roles: ["auditor"], routes: ["/v1/tickets/{id}"], direction: "output", types: { PHONE_NUMBER: "hash" } }],
/// }
/// ```
public struct RedactionPolicy: Equatable, Sendable {
    /// What to do with a finding.
    public enum Action: UInt8, CaseIterable, Sendable {
        /// Replace beyond recall: by stars but for the last four characters, or by `<TYPE>`; the type decides which.
        case mask
        /// Replace beyond recall by `<EMAIL>`.
        case replace
        /// Replace by a keyed hash such as `<EMAIL:c3f9a1c07b>`, which is the same for the same value under the same key.
        case hash
        /// Replace by a token such as `[EMAIL_1]` that the request's vault can turn back.
        case tokenise
        /// Refuse the whole text.
        case block
        /// Leave as it is.
        case allow
    }

    /// Bytes of policy text accepted: some hundred times what the shipped policy needs.
    public static let textBytesMax = 65_536

    /// Rules that a policy may have.
    public static let rulesMax = 256

    /// Findings of lower confidence, in millionths, are left alone.
    public let confidencePPMMin: Int
    /// The types that this policy adds to those of the catalogue.
    let custom: [CustomType]
    private var actions: [Action]
    let allowed: AllowedValues
    private let rules: [RedactionRule]

    init(
        confidencePPMMin: Int, custom: [CustomType] = [], actions: [Action], allowed: AllowedValues = AllowedValues(),
        rules: [RedactionRule] = []
    ) {
        self.custom = custom
        self.confidencePPMMin = confidencePPMMin
        self.actions = actions
        self.allowed = allowed
        self.rules = rules
    }

    /// The policy that `policies/redaction.json5` ships: secrets block; values whose last digits are needed to talk
    /// about them are masked; all else is tokenised.
    public static let `default` = RedactionPolicy(
        confidencePPMMin: 500_000, actions: Catalogue.detectors.map(\.actionByDefault))

    /// What this policy says to texts in `scope`: for each type the first rule that fits and names it, else `types`.
    public func scoped(to scope: RedactionScope) -> RedactionPolicy {
        var policy = self
        for rule in rules.reversed() where rule.fits(scope) {
            for (index, action) in rule.actions { policy.actions[Int(index)] = action }
        }
        return policy
    }

    /// Whether the policy or a rule of it says `hash`, for which a redactor needs a key.
    public var needsKey: Bool {
        actions.contains(.hash) || rules.contains { $0.actions.values.contains(.hash) }
    }

    /// Whether the policy has rules for some callers, routes or directions, which need `scoped(to:)`.
    public var hasRules: Bool { !rules.isEmpty }

    /// Whether the policy does anything with `type` in any scope.
    func touches(_ type: DetectorType) -> Bool {
        actions[Int(type.index)] != .allow || rules.contains { ($0.actions[type.index] ?? .allow) != .allow }
    }

    /// Every type that this policy knows: those of the catalogue, and its own behind them.
    public var types: [DetectorType] { custom.isEmpty ? DetectorType.all : DetectorType.all + custom.map(\.type) }

    /// What to do with `type`, which is one of `types`.
    public func action(for type: DetectorType) -> Action { actions[Int(type.index)] }

    /// Reads a policy.
    /// - Parameter names: what its rules may name; nil where that is not known.
    /// - Throws: `RedactionPolicyError` for the first thing that is wrong: text that is not JSON5 or too long, an
    ///   unknown member, type or action, a number out of range, a missing member, a rule for what is not in `names`.
    public static func parse(
        _ bytes: [UInt8], names: RedactionScope.Names? = nil
    ) throws(RedactionPolicyError) -> RedactionPolicy {
        let document = try parseDocument(bytes)
        do throws(JSONShapeError) {
            return try read(document, names)
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
}
