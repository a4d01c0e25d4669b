import Foundation
import JWT
import OpenSSL
import Testing

@testable import Auth

/// Makes tokens, good and bad, from literal header and claims texts.
enum Forge {
    static let now: Int64 = 1_800_000_000
    static let issuer = "https://issuer.test"
    static let secret = Array("0123456789abcdef0123456789abcdef".utf8)
    static let header = #"{"alg":"HS256","kid":"hs","typ":"JWT"}"#
    static let claims =
        #"{"iss":"https://issuer.test","aud":"portcullis","sub":"u-1","roles":["customer"],"iat":1800000000,"exp":1800000600}"#

    /// The claims with `member` (`"name":value`) put first; a member of that name that is there already goes.
    static func claims(_ member: String) -> String {
        let name = member.split(separator: ":", maxSplits: 1)[0]
        let kept = claims.dropFirst().dropLast().components(separatedBy: #","#).reduce(into: [String]()) {
            parts, part in
            parts.append(part)
        }.filter { !$0.hasPrefix(name + ":") }
        return "{" + ([member] + kept).joined(separator: ",") + "}"
    }

    /// The claims without the member `name`.
    static func claims(without name: String) -> String {
        let kept = claims.dropFirst().dropLast().components(separatedBy: ",").filter { !$0.hasPrefix("\"\(name)\":") }
        return "{" + kept.joined(separator: ",") + "}"
    }

    /// A token over exactly these texts with a right HMAC.
    static func hmac(header: String = header, claims: String = claims, key: [UInt8] = secret) -> [UInt8] {
        let signed = signingInput(header, claims)
        let code = HMAC.code(.sha256, of: signed.span, key: SecretBytes(copying: key))
        return signed + [0x2E] + Base64URL.encode(code)
    }

    static func signingInput(_ header: String, _ claims: String) -> [UInt8] {
        Base64URL.encode(Array(header.utf8)) + [0x2E] + Base64URL.encode(Array(claims.utf8))
    }

    /// The token's parts, still encoded.
    static func parts(_ token: [UInt8]) -> [[UInt8]] {
        token.split(separator: 0x2E, omittingEmptySubsequences: false).map(Array.init)
    }

    static func join(_ parts: [[UInt8]]) -> [UInt8] { Array(parts.joined(separator: [0x2E])) }

    static func roles(_ names: String...) throws -> [RoleName] { try names.map { try #require(RoleName($0)) } }

    static func table() throws -> RoleTable { RoleTable(try roles("customer", "agent", "admin", "auditor", "service")) }

    /// A verifier that trusts the shared secret above under the kid `hs`.
    static func hmacVerifier(
        rolesClaim: RolesClaim = .roleOrRoles, skew: Int64 = 30, cached: Int = 0,
        signatures: SignatureVerifier = .libjwt
    ) throws -> TokenVerifier {
        let key = try VerificationKey(id: "hs", algorithm: .hs256, secret: SecretBytes(copying: secret))
        let trusted = TrustedIssuer(name: issuer, audiences: ["portcullis"], keys: [key], rolesClaim: rolesClaim)
        return try TokenVerifier(
            issuers: [trusted], roles: try table(),
            configuration: .init(clockSkewSeconds: skew, cachedTokensMax: cached, signatures: signatures))
    }

    /// A verifier that trusts `key` alone.
    static func verifier(
        _ key: VerificationKey, cached: Int = 0, signatures: SignatureVerifier = .libjwt
    ) throws -> TokenVerifier {
        try TokenVerifier(
            issuers: [TrustedIssuer(name: issuer, audiences: ["portcullis"], keys: [key])], roles: try table(),
            configuration: .init(cachedTokensMax: cached, signatures: signatures))
    }

    static func tokenIssuer(_ key: SigningKey) throws -> TokenIssuer {
        try TokenIssuer(key: key, configuration: .init(issuer: issuer, audiences: ["portcullis", "other"]))
    }

    /// Why `verifier` refuses the token; nil where it accepts.
    static func refusal(_ verifier: TokenVerifier, _ token: [UInt8], now: Int64 = now) -> TokenRefusal? {
        do throws(TokenRefusal) {
            _ = try verifier.verify(token, certificate: nil, now: now)
            return nil
        } catch { return error }
    }
}

/// Keys that several tests share: making RSA keys takes long. None is used anywhere else.
enum TestKeys {
    static let es256 = Result { try SigningKey.generate(.es256) }
    static let rs256 = Result { try SigningKey.generate(.rs256) }

    static func key(_ algorithm: SigningKey.Algorithm) throws -> SigningKey {
        try algorithm == .es256 ? es256.get() : rs256.get()
    }
}

/// SplitMix64 (Steele, Lea, Flood 2014): a seed gives one sequence.
struct SeededGenerator: RandomNumberGenerator {
    private var state: UInt64
    let seed: UInt64

    /// Takes the seed from `PORTCULLIS_SEED`, or a new one, and prints it.
    init(_ test: String) {
        seed = ProcessInfo.processInfo.environment["PORTCULLIS_SEED"].flatMap(UInt64.init) ?? .random(in: .min ... .max)
        state = seed
        print("\(test): PORTCULLIS_SEED=\(seed)")
    }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}

/// A folder of its own for one test, removed with this value.
final class Scratch {
    let path: String

    init() throws {
        path = NSTemporaryDirectory() + "portcullis-auth-" + UUID().uuidString
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }

    func file(_ name: String) -> String { path + "/" + name }

    func write(_ name: String, _ bytes: [UInt8], mode: Int = 0o600) throws -> String {
        let made = FileManager.default.createFile(
            atPath: file(name), contents: Data(bytes), attributes: [.posixPermissions: mode])
        try #require(made)
        return file(name)
    }

    func read(_ name: String) throws -> [UInt8] { try Array(Data(contentsOf: URL(fileURLWithPath: file(name)))) }

    /// Runs `openssl`, the foreign implementation, and gives back its output. Fails the test where it fails.
    @discardableResult
    func openssl(_ arguments: String...) throws -> [UInt8] { try openssl(arguments) }

    @discardableResult
    func openssl(_ arguments: [String]) throws -> [UInt8] {
        let (status, output) = try run(arguments)
        try #require(status == 0, "\(String(decoding: output, as: UTF8.self))")
        return output
    }

    /// Whether `openssl` says yes.
    func opensslAccepts(_ arguments: String...) throws -> Bool { try run(arguments).status == 0 }

    private func run(_ arguments: [String]) throws -> (status: Int32, output: [UInt8]) {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = ["openssl"] + arguments
        process.currentDirectoryURL = URL(fileURLWithPath: path)
        let output = Pipe()
        process.standardOutput = output
        process.standardError = output
        try process.run()
        let bytes = output.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        return (process.terminationStatus, Array(bytes))
    }
}
