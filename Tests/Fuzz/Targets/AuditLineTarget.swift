internal import Audit
internal import OpenSSL

/// Lines of the audit log, as an attacker could leave them in a segment.
enum AuditLineTarget {
    private static let domain = Array("portcullis.audit.record.v1\n".utf8)
    private static let tailBytes = 75

    /// The input as a line, and once more with its last 75 bytes replaced by the right hash, so that the rules behind
    /// the hash are reached too.
    static func run(_ input: [UInt8]) {
        check(input)
        guard input.count > tailBytes else { return }
        let part = Array(input.dropLast(tailBytes))
        let hash = SHA256Digest(of: domain + part).hex
        check(part + Array(#","hash":""#.utf8) + hash + Array(#""}"#.utf8))
    }

    private static func check(_ line: [UInt8]) {
        precondition(Verifier.readsAlike(line), "quick reading and the checker agree")
        var checker = LineChecker()
        guard let checked = try? checker.check(line.span, against: LineExpectation()) else { return }
        precondition(checked.seq == 0, "a record is accepted in its place only")
        precondition(checker.isRecord(line.span), "a line that is accepted is shaped like a record")
        precondition(!line.contains(0x0A), "a record is one line")
        var damaged = line
        let place = line.reduce(0) { ($0 &* 31 &+ Int($1)) & 0xFFFF } % line.count
        damaged[place] ^= 1
        let verdict = try? checker.check(damaged.span, against: LineExpectation())
        precondition(verdict == nil, "a flipped bit anywhere is found")
    }
}
