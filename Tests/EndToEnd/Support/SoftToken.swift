import Foundation
import Testing

/// A PKCS #11 token of SoftHSM2 in a test's own folder, and what of it a deployment uses.
struct SoftToken: Sendable {
    static let module = "/usr/lib/softhsm/libsofthsm2.so"

    let scratch: Scratch
    /// The module that URIs name.
    var module = SoftToken.module
    var pinFile: String { scratch.file("hsm.pin") }
    var objects: String { scratch.file("hsm") }
    /// SoftHSM finds its settings by it.
    var environment: [String: String] { ["SOFTHSM2_CONF": scratch.file("softhsm2.conf")] }
    /// As `token keys init` takes it.
    var uri: String { "pkcs11:token=bank;object=portcullis?module-path=\(module)&pin-source=file:\(pinFile)" }

    /// Makes the token and the file with its PIN.
    static func make(in scratch: Scratch) async throws -> SoftToken {
        let token = SoftToken(scratch: scratch)
        try FileManager.default.createDirectory(atPath: token.objects, withIntermediateDirectories: true)
        try write("directories.tokendir = \(token.objects)\n".utf8, to: scratch.file("softhsm2.conf"))
        try token.setPIN("123456")
        try await token.succeed(
            "softhsm2-util", "--init-token", "--free", "--label", "bank", "--pin", "123456", "--so-pin", "87654321")
        return token
    }

    func setPIN(_ pin: String) throws {
        try write((pin + "\n").utf8, to: pinFile)
        try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: pinFile)
    }

    /// Runs a program, with this token, that must succeed.
    @discardableResult
    func succeed(_ program: String, _ arguments: String...) async throws -> Finished {
        let finished = try await run(program, arguments, scratch: scratch, environment: environment)
        try #require(finished.status == 0, "\(program) \(arguments): \(finished.errors)")
        return finished
    }

    /// OpenSC's `pkcs11-tool`, logged in: another's view of the token.
    @discardableResult
    func tool(_ arguments: String...) async throws -> String {
        let words = ["--module", Self.module, "--login", "--pin", "123456"] + arguments
        let finished = try await run("pkcs11-tool", words, scratch: scratch, environment: environment)
        try #require(finished.status == 0, "\(arguments): \(finished.errors)")
        return finished.text
    }

    /// How many private keys are in the token.
    func privateKeyCount() async throws -> Int {
        try await tool("--list-objects", "--type", "privkey").split(separator: "\n").count {
            $0.hasPrefix("Private Key Object")
        }
    }
}

extension Deployment {
    var tokenKeys: String { certificates + "/token-keys" }

    /// Moves the keys that tokens are signed with into a PKCS #11 token: all that were there are gone.
    func useTokenKeys(in token: SoftToken) async throws {
        for folder in [tokenKeys, certificates + "/tokens"] { try FileManager.default.removeItem(atPath: folder) }
        try await token.succeed(Place.binary, "token", "keys", "init", "--keys", tokenKeys, "--pkcs11", token.uri)
        try await token.succeed(Place.root.path + "/scripts/prepare.sh", Place.binary, state)
        try set("pkcs11_paths", "[\"\(token.objects)\"]")
        try raiseRateLimits()
    }
}
