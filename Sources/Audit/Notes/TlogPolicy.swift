/// Whose signatures make a checkpoint good (C2SP tlog-policy): known logs, known witnesses, and which of them must have signed.
///
/// ```
/// log bank.example/gw-01+a885682b+AQOhB7/zzhC…
/// witness w1 witness.example/w1+20324abe+BCmsuuFB… https://witness.example
/// witness w2 other.example/w2+…
/// group both all w1 w2
/// quorum both
/// ```
package struct TlogPolicy: Equatable, Sendable {
    /// A witness by the name that the policy gives it.
    package struct Witness: Equatable, Sendable {
        package var name: String
        package var key: VerifierKey
        /// Where it takes checkpoints: the prefix of `/add-checkpoint`.
        package var url: String?
    }

    /// Some of these must have signed.
    private struct Group: Equatable, Sendable {
        var members: [String]
        var threshold: Int
    }

    /// Keys that the log may have.
    package private(set) var logs: [VerifierKey] = []
    /// In the order of their lines.
    package private(set) var witnesses: [Witness] = []
    private var groups: [String: Group] = [:]
    /// Name of the witness or group that must have signed; nil for none.
    private var quorum: String?

    /// What is wrong with a policy file.
    package struct Fault: Error, Equatable, Sendable, CustomStringConvertible {
        package let line: Int
        package let detail: String
        package var description: String { "line \(line): \(detail)" }
    }

    /// The policy that asks for nothing but one of `keys`.
    package init(logs keys: [VerifierKey]) { logs = keys }

    /// The most bytes of a policy file.
    package static let bytesMax = 1 << 20
    private static let none = "none"

    /// Reads a policy file.
    package init(_ bytes: [UInt8]) throws(Fault) {
        guard bytes.count <= Self.bytesMax, let text = String(validating: bytes, as: UTF8.self) else {
            throw Fault(line: 1, detail: "not UTF-8 text of at most \(Self.bytesMax) bytes")
        }
        var hasQuorum = false
        for (index, line) in text.utf8.split(separator: 0x0A, omittingEmptySubsequences: false).enumerated() {
            let words = line.split { $0 == 0x20 || $0 == 0x09 }.map { String(Substring($0)) }
            guard let keyword = words.first, !keyword.hasPrefix("#") else { continue }
            do throws(Problem) {
                switch keyword {
                case "log": try addLog(words)
                case "witness": try addWitness(words)
                case "group": try addGroup(words)
                case "quorum":
                    guard !hasQuorum else { throw Problem("a second quorum") }
                    try setQuorum(words)
                    hasQuorum = true
                default: throw Problem("found \"\(keyword)\", wanted log, witness, group or quorum")
                }
            } catch {
                throw Fault(line: index + 1, detail: error.detail)
            }
        }
        guard !logs.isEmpty else { throw Fault(line: 1, detail: "no log line") }
        guard hasQuorum else { throw Fault(line: 1, detail: "no quorum line; \"quorum none\" asks for no witness") }
    }

    private struct Problem: Error {
        let detail: String
        init(_ detail: String) { self.detail = detail }
    }

    private mutating func addLog(_ words: [String]) throws(Problem) {
        guard (2...3).contains(words.count) else { throw Problem("wanted: log VKEY [URL]") }
        guard let key = VerifierKey(words[1]) else { throw Problem("\(words[1]): no log's key") }
        logs.append(key)
    }

    private mutating func addWitness(_ words: [String]) throws(Problem) {
        guard (3...4).contains(words.count) else { throw Problem("wanted: witness NAME VKEY [URL]") }
        guard let key = VerifierKey(words[2], kind: .witness) else { throw Problem("\(words[2]): no witness's key") }
        try expectNew(words[1])
        guard !witnesses.contains(where: { $0.key == key }) else { throw Problem("two witnesses with one key") }
        witnesses.append(Witness(name: words[1], key: key, url: words.count == 4 ? words[3] : nil))
    }

    private mutating func addGroup(_ words: [String]) throws(Problem) {
        guard words.count >= 4 else { throw Problem("wanted: group NAME any|all|NUMBER MEMBER…") }
        try expectNew(words[1])
        let members = Array(words[3...])
        guard Set(members).count == members.count else { throw Problem("a member twice") }
        for member in members where !isKnown(member) { throw Problem("\(member) is not defined above") }
        let threshold: Int?
        switch words[2] {
        case "any": threshold = 1
        case "all": threshold = members.count
        default: threshold = UInt64(plainDecimal: Array(words[2].utf8)[...]).map { Int(clamping: $0) }
        }
        guard let threshold, (1...members.count).contains(threshold) else {
            throw Problem("found \(words[2]), wanted any, all, or 1 to \(members.count)")
        }
        groups[words[1]] = Group(members: members, threshold: threshold)
    }

    private mutating func setQuorum(_ words: [String]) throws(Problem) {
        guard words.count == 2 else { throw Problem("wanted: quorum NAME, or quorum none") }
        guard words[1] != Self.none else { return }
        guard isKnown(words[1]) else { throw Problem("\(words[1]) is not defined above") }
        quorum = words[1]
    }

    private func expectNew(_ name: String) throws(Problem) {
        if name == Self.none || isKnown(name) { throw Problem("\(name) has a meaning already") }
    }

    private func isKnown(_ name: String) -> Bool {
        groups[name] != nil || witnesses.contains { $0.name == name }
    }

    /// Whether it asks for any witness.
    package var asksForWitnesses: Bool { quorum != nil }

    /// The witnesses whose right cosignature `note` has.
    /// - Throws: `COSIGNATURE` where one of a known witness is wrong.
    package func cosigners(of note: SignedNote) throws(NoteFault) -> [String] {
        var names: [String] = []
        for witness in witnesses where try note.isSigned(by: witness.key) { names.append(witness.name) }
        return names
    }

    /// Whether the quorum is met by these witnesses.
    package func isMet(by cosigners: [String]) -> Bool {
        guard let quorum else { return true }
        return counts(quorum, cosigners)
    }

    private func counts(_ name: String, _ cosigners: [String]) -> Bool {
        guard let group = groups[name] else { return cosigners.contains(name) }
        return group.members.count { counts($0, cosigners) } >= group.threshold
    }
}
