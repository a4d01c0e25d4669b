import Auth
import Glibc
import OpenSSL
import Threading

/// Measures what a token and a decision cost: what `Benchmarks/identity.sh` calls.
@main struct Driver {
    static let usage = """
        identity-driver SECONDS   tokens verified anew and remembered, and decisions, for SECONDS each

        """
    static let issuer = "https://portcullis.dev"
    static let now = WallClock.seconds
    static let roleCount = 50, ruleCount = 500, tokenCount = 512

    static func main() {
        guard CommandLine.arguments.count == 2, let seconds = Int(CommandLine.arguments[1]), seconds > 0 else {
            complain(usage)
            exit(64)
        }
        do { try measure(for: .seconds(seconds)) } catch {
            complain("identity-driver: \(error)\n")
            exit(70)
        }
    }

    static func measure(for duration: Duration) throws {
        let roles = (0..<roleCount).compactMap { RoleName("role-\($0)") }
        for algorithm in SigningKey.Algorithm.allCases {
            let key = try SigningKey.generate(algorithm)
            let tokens = try (0..<tokenCount).map { try token($0, key, roles[$0 % roleCount]) }
            let cold = try verifier(key, roles, cached: 0)
            time("cold-\(algorithm.name)", duration) { isGood(tokens[$0 % tokenCount], cold) }
            let warm = try verifier(key, roles, cached: 10_000)
            time("cached-\(algorithm.name)", duration) { isGood(tokens[$0 % tokenCount], warm) }
        }
        try measureDecisions(roles, duration)
    }

    /// A policy of 50 roles and 500 rules, asked for each of its routes in turn by a token of the last role.
    static func measureDecisions(_ roles: [RoleName], _ duration: Duration) throws {
        let engine = try PolicyEngine.parse(Array(policy.utf8), file: "generated")
        let key = try SigningKey.generate(.es256)
        let token = try verifier(key, engine.roles.names, cached: 32).verify(
            token(0, key, roles[roleCount - 1]), certificate: nil, now: now)
        let identity = CertificateIdentity(
            named: try PrincipalName(kind: .uri, value: Array("spiffe://bank/client-\(ruleCount / 2 - 1)".utf8)))
        let circumstances = Circumstances(now: now, address: nil, tls: .v13)
        let method = Array("POST".utf8)
        let paths = (0..<(ruleCount / 2)).map { Array("/v1/area-\($0 % 10)/route-\($0)".utf8) }
        time("decision", duration) { number in
            do throws(PolicyRefusal) {
                _ = try engine.decide(
                    method: method, path: paths[number % paths.count], token: token, certificate: identity,
                    in: circumstances)
                return true
            } catch { return false }
        }
    }

    /// Half of the rules are routes, half bindings.
    static var policy: String {
        let permissions = ["assistant:ask", "tickets:read", "knowledge:read", "audit:read"]
        let roles = (0..<roleCount).map {
            "\"role-\($0)\": { permissions: [\(permissions.map { "\"\($0)\"" }.joined(separator: ", "))] }"
        }
        let routes = (0..<(ruleCount / 2)).map {
            "{ method: \"POST\", path: \"/v1/area-\($0 % 10)/route-\($0)\", permission: \"\(permissions[$0 % 4])\" }"
        }
        let bindings = (0..<(ruleCount / 2)).map {
            "{ certificate: \"uri:spiffe://bank/client-\($0)\", roles: [\"role-\($0 % roleCount)\"] }"
        }
        return """
            { version: "1", requireCertificate: true, roles: { \(roles.joined(separator: ", ")) },
              routes: [\(routes.joined(separator: ",\n"))], bindings: [\(bindings.joined(separator: ",\n"))] }
            """
    }

    static func token(_ number: Int, _ key: SigningKey, _ role: RoleName) throws -> [UInt8] {
        try TokenIssuer(key: key, configuration: .init(issuer: issuer, audiences: ["portcullis"])).issue(
            .init(subject: "customer-\(number)", roles: [role]), now: now
        ).text
    }

    static func verifier(_ key: SigningKey, _ roles: [RoleName], cached: Int) throws -> TokenVerifier {
        let trusted = TrustedIssuer(name: issuer, audiences: ["portcullis"], keys: [try key.verificationKey()])
        return try TokenVerifier(
            issuers: [trusted], roles: RoleTable(roles), configuration: .init(cachedTokensMax: cached))
    }

    static func isGood(_ token: [UInt8], _ verifier: TokenVerifier) -> Bool {
        do throws(TokenRefusal) {
            _ = try verifier.verify(token, certificate: nil, now: now)
            return true
        } catch { return false }
    }

    static func time(_ name: String, _ duration: Duration, _ act: (Int) -> Bool) {
        var count = 0
        var failures = 0
        let begin = MonotonicInstant.now
        let end = begin + duration
        repeat {
            for _ in 0..<100 {
                if !act(count) { failures += 1 }
                count += 1
            }
        } while MonotonicInstant.now < end
        let microseconds = MonotonicInstant.now.microseconds(since: begin)
        print("work=\(name) ns=\(microseconds * 1000 / UInt64(count)) failures=\(failures)")
    }

    static func complain(_ text: String) {
        _ = Array(text.utf8).withUnsafeBytes { write(2, $0.baseAddress, $0.count) }
    }
}
