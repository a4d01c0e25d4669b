import Foundation
import Testing

@testable import Auth
@testable import PKCS11

/// Keys in a token of SoftHSM2. Each test uses it in a process of its own.
@Suite struct `A signing key in a PKCS #11 token` {
    private let scratch: Scratch
    private let token: SoftToken

    init() throws {
        scratch = try Scratch()
        token = try SoftToken(in: scratch)
    }

    private static func issue(_ key: SigningKey) throws -> [UInt8] {
        try Forge.tokenIssuer(key).issue(.init(subject: "u-1", roles: Forge.roles("customer")), now: Forge.now).text
    }

    /// What went wrong in `body`; empty where nothing did.
    private static func failure(_ body: () throws(AuthError) -> Void) -> String {
        do throws(AuthError) {
            try body()
            return ""
        } catch { return "\(error)" }
    }

    @Test func `signs what everybody verifies, by either algorithm`() async {
        await #expect(processExitsWith: .success) { [token = token as SoftToken] in
            token.enter()
            for algorithm in SigningKey.Algorithm.allCases {
                let key = try SigningKey.generate(algorithm, at: token.uri(";object=bank%20tokens"))
                #expect(key.algorithm == algorithm && key.uri?.object == "bank tokens" && key.uri?.id?.count == 16)
                for signatures in [SignatureVerifier.libjwt, .openSSL] {
                    let verifier = try Forge.verifier(key.verificationKey(), signatures: signatures)
                    #expect(Forge.refusal(verifier, try Self.issue(key)) == nil)
                }
                let file = token.folder + "/\(algorithm.name).key"
                try key.write(to: file)
                let text = String(decoding: try Data(contentsOf: URL(filePath: file)), as: UTF8.self)
                #expect(text.hasPrefix("pkcs11:token=bank;object=bank%20tokens;id=") && text.hasSuffix("\n"))
                let again = try SigningKey.read(file)
                #expect(again.id == key.id && again.uri == key.uri)
                let header = Base64URL.decode(try Self.issue(again).split(separator: 0x2E)[0])
                let kid = String(decoding: key.id, as: UTF8.self)
                #expect(header == Array(#"{"alg":"\#(algorithm.name)","kid":"\#(kid)","typ":"JWT"}"#.utf8))
            }
            #expect(try token.privateKeyCount() == 2)
            let lines = try token.objects()
            #expect(lines.count { $0.contains("sensitive, always sensitive, never extractable, local") } == 2)
        }
    }

    @Test func `is signed by again after a lost login, a lost session`() async {
        await #expect(processExitsWith: .success) { [token = token as SoftToken] in
            token.enter()
            let key = try SigningKey.generate(at: token.uri())
            let device = SigningDevice.of(try #require(key.uri))
            let verifier = try Forge.verifier(key.verificationKey())
            for loss in 0..<3 {
                try device.perform(for: "test") { connection in
                    if loss != 1 { connection.session.logOut() }
                    if loss != 0 { connection.session.close() }
                }
                #expect(Forge.refusal(verifier, try Self.issue(key)) == nil, "loss \(loss)")
            }
        }
    }

    @Test func `that is gone is said to be, and another is signed by`() async {
        await #expect(processExitsWith: .success) { [token = token as SoftToken] in
            token.enter()
            let gone = try SigningKey.generate(at: token.uri(";object=gone"))
            let other = try SigningKey.generate(at: token.uri(";object=other"))
            try token.tool(["--delete-object", "--type", "privkey", "--label", "gone"])
            for _ in 0..<2 {
                let failure = Self.failure { () throws(AuthError) in _ = try gone.sign(Array("{}".utf8)) }
                #expect(
                    failure.contains("object=gone") && failure.contains("no private key of that name"), "\(failure)")
                _ = try Self.issue(other)
            }
        }
    }

    @Test func `whose PIN is wrong is not tried twice`() async {
        await #expect(processExitsWith: .success) { [token = token as SoftToken] in
            token.enter()
            try Data("654321\n".utf8).write(to: URL(filePath: token.pinFile))
            func attempt() throws -> String {
                let place = try token.uri()
                return Self.failure { () throws(AuthError) in _ = try SigningKey.generate(at: place) }
            }
            let first = try attempt()
            #expect(first.hasPrefix(token.pinFile) && first.contains("CKR_PIN_INCORRECT"), "\(first)")
            #expect(first.contains("put the right one there") && !first.contains("654321"))
            // Even the right one: what was tried once and refused is not tried by itself.
            try Data("123456\n".utf8).write(to: URL(filePath: token.pinFile))
            #expect(try attempt() == first)
        }
    }

    @Test func `is not taken where it could leave its token`() async {
        await #expect(processExitsWith: .success) { [token = token as SoftToken] in
            token.enter()
            try token.makeForeignKey(label: "loose", ["--extractable", "--usage-sign"])
            let loose = try token.uri(";object=loose")
            let failure = Self.failure { () throws(AuthError) in _ = try DeviceKey.open(loose) }
            #expect(failure.contains("may leave its token"), "\(failure)")
        }
    }

    @Test func `is one key: a name of two, of none or of another token is refused`() async {
        await #expect(processExitsWith: .success) { [token = token as SoftToken] in
            token.enter()
            for _ in 0..<2 { _ = try SigningKey.generate(at: token.uri(";object=twin")) }
            for (attributes, part) in [
                (";object=twin", "more than one private key"), (";object=none", "no private key"),
                ("", "no name of a key"),
            ] {
                let uri = try token.uri(attributes)
                let failure = Self.failure { () throws(AuthError) in _ = try DeviceKey.open(uri) }
                #expect(failure.contains(part), "\(failure)")
            }
            let place = try token.uri(";id=%01")
            #expect(throws: AuthError.self) { try SigningKey.generate(at: place) }
            let elsewhere = try token.uri(";serial=0")
            let failure = Self.failure { () throws(AuthError) in _ = try SigningKey.generate(at: elsewhere) }
            #expect(failure.contains("no such token") && failure.contains("which has: bank"), "\(failure)")
        }
    }

    @Test func `needs a module that is one, and a PIN file that nobody else reads`() async {
        await #expect(processExitsWith: .success) { [token = token as SoftToken] in
            token.enter()
            let query = "&pin-source=file:\(token.pinFile)"
            for (path, part) in [
                ("/no/such.so", "cannot open shared object"), ("/lib/x86_64-linux-gnu/libm.so.6", "C_GetFunctionList"),
            ] {
                let uri = try PKCS11URI(parsing: Array("pkcs11:token=bank?module-path=\(path)\(query)".utf8), name: "t")
                let failure = Self.failure { () throws(AuthError) in _ = try SigningKey.generate(at: uri) }
                #expect(failure.contains(part) && failure.contains("module-path"), "\(failure)")
            }
            try FileManager.default.setAttributes([.posixPermissions: 0o640], ofItemAtPath: token.pinFile)
            let place = try token.uri()
            let failure = Self.failure { () throws(AuthError) in _ = try SigningKey.generate(at: place) }
            #expect(failure.contains("found mode 0640, wanted 0600"), "\(failure)")
        }
    }
}

/// A folder whose keys are in a token of SoftHSM2.
@Suite struct `A folder of signing keys in a PKCS #11 token` {
    private let scratch: Scratch
    private let token: SoftToken

    init() throws {
        scratch = try Scratch()
        token = try SoftToken(in: scratch)
    }

    @Test func `rotates within the token, and destroys what signs no more`() async {
        await #expect(processExitsWith: .success) { [token = token as SoftToken] in
            token.enter()
            let folder = token.keys
            #expect(try folder.initialise(in: token.uri(";object=portcullis")).count == 4)
            #expect(try folder.initialise().isEmpty)
            let before = try folder.read()
            #expect(try token.privateKeyCount() == 2)
            let rotation = try folder.rotate(overlapSeconds: 60, algorithm: .rs256, now: Forge.now)
            #expect(rotation.leavesRetired && rotation.new == before.nextID)
            let after = try folder.read()
            #expect(after.signing.uri?.object == "portcullis" && after.published.keys.first?.algorithm == .rs256)
            #expect(try token.privateKeyCount() == 3, "a gateway may sign by the old one still")
            _ = try before.signing.sign(Array("{}".utf8))
            try folder.destroyRetired()
            #expect(try token.privateKeyCount() == 2)
            #expect(throws: AuthError.self) { try before.signing.sign(Array("{}".utf8)) }
            #expect(!FileManager.default.fileExists(atPath: folder.retiredFile))

            try folder.retire(rotation.next, now: Forge.now)
            #expect(try token.privateKeyCount() == 1)
            #expect(try folder.initialise() == [folder.nextFile, folder.setFile])
            #expect(try token.privateKeyCount() == 2, "where the other one is")
            for file in try FileManager.default.contentsOfDirectory(atPath: folder.path) {
                let text = String(
                    decoding: try Data(contentsOf: URL(filePath: "\(folder.path)/\(file)")), as: UTF8.self)
                #expect(!text.contains("PRIVATE KEY"), "\(file)")
            }
        }
    }

    @Test func `keeps a key that still signs, whatever a rotation had begun`() async {
        await #expect(processExitsWith: .success) { [token = token as SoftToken] in
            token.enter()
            let folder = token.keys
            _ = try folder.initialise(in: token.uri())
            let before = try folder.read()
            // Interrupted before the move, then after it.
            try before.signing.write(to: folder.retiredFile)
            try folder.destroyRetired()
            #expect(try folder.read().signing.id == before.signing.id)
            #expect(try token.privateKeyCount() == 2)
            try before.signing.write(to: folder.retiredFile)
            try FileManager.default.removeItem(atPath: folder.signingFile)
            try FileManager.default.moveItem(atPath: folder.nextFile, toPath: folder.signingFile)
            let rotation = try folder.rotate(overlapSeconds: 60, now: Forge.now)
            #expect(try folder.read().signing.id == rotation.new && rotation.old == before.nextID)
            try folder.destroyRetired()
            #expect(try token.privateKeyCount() == 2)
        }
    }

    @Test func `takes over from files without a gap`() async {
        await #expect(processExitsWith: .success) { [token = token as SoftToken] in
            token.enter()
            let folder = token.keys
            _ = try folder.initialise()
            let before = try folder.read()
            try folder.retire(try #require(before.nextID), now: Forge.now)
            #expect(try folder.initialise(in: token.uri()) == [folder.nextFile, folder.setFile])
            #expect(try folder.read().signing.id == before.signing.id)
            let rotation = try folder.rotate(overlapSeconds: 60, now: Forge.now)
            #expect(!rotation.leavesRetired && rotation.wasPublished)
            let after = try folder.read()
            #expect(after.signing.uri != nil && after.published.keys.contains { $0.id == before.signing.id })
            #expect(try token.privateKeyCount() == 2)
        }
    }

    @Test func `says what is left where a key could not be destroyed`() async {
        await #expect(processExitsWith: .success) { [token = token as SoftToken] in
            token.enter()
            let folder = token.keys
            _ = try folder.initialise(in: token.uri())
            _ = try folder.rotate(overlapSeconds: 60, now: Forge.now)
            let text = String(decoding: try Data(contentsOf: URL(filePath: folder.retiredFile)), as: UTF8.self)
            let elsewhere = text.replacing("token=bank", with: "token=lost")
            try Data(elsewhere.utf8).write(to: URL(filePath: folder.retiredFile))
            do throws(AuthError) {
                try folder.destroyRetired()
                Issue.record("a key of a token that is not there was destroyed")
            } catch {
                #expect("\(error)".contains("retired.key") && "\(error)".contains("token keys init"), "\(error)")
            }
            try Data(text.utf8).write(to: URL(filePath: folder.retiredFile))
            _ = try folder.initialise()
            #expect(try token.privateKeyCount() == 2)
        }
    }
}
