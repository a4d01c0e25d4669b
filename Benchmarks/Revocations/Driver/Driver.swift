import Auth
import Glibc
import Threading

/// Measures the memory of a list of revocations and the time of a look-up: what `Benchmarks/revocations.sh` calls.
@main struct Driver {
    static let usage = """
        revocations-driver COUNT LOOKUPS   a list of COUNT revocations, LOOKUPS checks of each kind

        """
    static let issuer = "https://portcullis.dev"
    static let now = WallClock.seconds

    static func main() {
        let numbers = CommandLine.arguments.dropFirst().compactMap(Int.init)
        guard CommandLine.arguments.count == 3, numbers.count == 2, numbers.allSatisfy({ $0 > 0 }) else {
            complain(usage)
            exit(64)
        }
        do { try measure(count: numbers[0], lookups: numbers[1]) } catch {
            complain("revocations-driver: \(error)\n")
            exit(70)
        }
    }

    static func measure(count: Int, lookups: Int) throws {
        let (token, other) = try (verified(subject: "customer-7"), verified(subject: "customer-8"))
        let empty = RevocationList()
        time("empty", lookups) { refused(by: empty, token) }
        let revocations = try (0..<count).map(revocation)
        let before = residentBytes
        let list = RevocationList(revocations)
        let resident = residentBytes - before
        print("revocations=\(count) table_bytes=\(list.statistics.bytes) resident_growth_bytes=\(resident)")
        time("good", lookups) { refused(by: list, token) }
        let one = RevocationList(
            try (1..<count).map(revocation) + [
                Revocation(.subject(Array("customer-8".utf8)), issuer: Array(issuer.utf8), now: now)
            ])
        time("revoked", lookups) { refused(by: one, other) }
    }

    static func revocation(_ number: Int) throws -> Revocation {
        try Revocation(.token(Array("token-\(number)".utf8)), issuer: Array(issuer.utf8), now: now)
    }

    static func refused(by list: RevocationList, _ token: VerifiedToken) -> Bool {
        do throws(TokenRefusal) {
            try list.check(token, now: now)
            return false
        } catch { return true }
    }

    static func time(_ name: String, _ lookups: Int, _ look: () -> Bool) {
        var refusals = 0
        let begin = MonotonicInstant.now
        for _ in 0..<lookups where look() { refusals += 1 }
        let microseconds = MonotonicInstant.now.microseconds(since: begin)
        print("lookup=\(name) ns=\(Double(microseconds) * 1000 / Double(lookups)) refused=\(refusals)")
    }

    /// A token as the gateway's cache holds it.
    static func verified(subject: String) throws -> VerifiedToken {
        let key = try SigningKey.generate(.es256)
        guard let role = RoleName("customer") else { throw AuthError.library("no role") }
        let configuration = TokenIssuer.Configuration(issuer: issuer, audiences: ["portcullis"])
        let token = try TokenIssuer(key: key, configuration: configuration).issue(
            .init(subject: subject, roles: [role]), now: now)
        let trusted = TrustedIssuer(
            name: issuer, audiences: ["portcullis"],
            keys: [try key.verificationKey()])
        return try TokenVerifier(issuers: [trusted], roles: RoleTable([role])).verify(
            token.text, certificate: nil, now: now)
    }

    /// `VmRSS` in bytes.
    static var residentBytes: Int {
        guard let file = fopen("/proc/self/statm", "r") else { return 0 }
        defer { fclose(file) }
        var text = [UInt8](repeating: 0, count: 128)
        let count = fread(&text, 1, 128, file)
        let fields = String(decoding: text.prefix(count), as: UTF8.self).split(separator: " ")
        return (fields.count > 1 ? Int(fields[1]) ?? 0 : 0) * Int(sysconf(Int32(_SC_PAGESIZE)))
    }

    static func complain(_ text: String) {
        _ = Array(text.utf8).withUnsafeBytes { write(2, $0.baseAddress, $0.count) }
    }
}
