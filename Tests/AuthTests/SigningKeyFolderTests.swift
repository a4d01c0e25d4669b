import Foundation
import JSON
import Testing

@testable import Auth

@Suite struct `A folder of signing keys` {
    private let scratch: Scratch
    private var folder: SigningKeyFolder { SigningKeyFolder(path: scratch.path) }

    init() throws { scratch = try Scratch() }

    private func mode(_ path: String) throws -> Int {
        try #require(try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int)
    }

    /// Whether a token by `key` is good at `now` by what the folder publishes.
    private func isGood(_ token: [UInt8], at now: Int64 = Forge.now) throws -> Bool {
        let keys = try folder.read().published.verificationKeys(at: now)
        let verifier = try TokenVerifier(
            issuers: [
                TrustedIssuer(name: Forge.issuer, audiences: ["portcullis"], keys: keys, hasChangingKeys: true)
            ], roles: try Forge.table())
        return Forge.refusal(verifier, token) == nil
    }

    private func issue() throws -> [UInt8] {
        try Forge.tokenIssuer(folder.read().signing)
            .issue(.init(subject: "u-1", roles: Forge.roles("customer")), now: Forge.now).text
    }

    @Test func `is made once, with secrets that only their owner reads`() throws {
        let made = try folder.initialise()
        #expect(made == [folder.signingFile, folder.nextFile, folder.publicFile, folder.setFile])
        #expect(try mode(folder.signingFile) == 0o600 && mode(folder.nextFile) == 0o600)
        #expect(try mode(folder.publicFile) == 0o644 && mode(folder.setFile) == 0o644)
        let content = try folder.read()
        #expect(try folder.initialise().isEmpty)
        #expect(try folder.read().signing.id == content.signing.id)
        #expect(content.published.keys.map(\.id) == [content.nextID, content.signing.id])
        #expect(content.published.keys.allSatisfy { $0.expires == nil })
        #expect(try isGood(issue()))
    }

    @Test func `lets the next key sign, which was published before, and ends the old one after the overlap`() throws {
        _ = try folder.initialise()
        let before = try folder.read()
        let old = try issue()
        let rotation = try folder.rotate(overlapSeconds: 3600, algorithm: .rs256, now: Forge.now)
        #expect(rotation.old == before.signing.id && rotation.new == before.nextID && rotation.wasPublished)
        let after = try folder.read()
        #expect(after.signing.id == rotation.new && after.nextID == rotation.next)
        #expect(after.published.keys.map(\.expires) == [nil, nil, Forge.now + 3600])
        #expect(after.published.keys.map(\.algorithm) == [.rs256, .es256, .es256])
        #expect(try KeyFiles.publicKey(folder.publicFile) == after.signing.publicKeyPEM)
        let new = try issue()
        #expect(try isGood(old, at: Forge.now + 3599) && isGood(new, at: Forge.now + 3599))
        #expect(try !isGood(old, at: Forge.now + 3600) && isGood(new, at: Forge.now + 3600))
        let published = try #require(String(bytes: Data(contentsOf: URL(filePath: folder.setFile)), encoding: .utf8))
        #expect(!published.contains("\"d\""))
    }

    @Test func `forgets keys that ended, at the next rotation`() throws {
        _ = try folder.initialise()
        let first = try folder.rotate(overlapSeconds: 10, now: Forge.now)
        _ = try folder.rotate(overlapSeconds: 10, now: Forge.now + 9)
        #expect(try folder.read().published.keys.contains { $0.id == first.old })
        _ = try folder.rotate(overlapSeconds: 10, now: Forge.now + 10)
        #expect(try !folder.read().published.keys.contains { $0.id == first.old })
    }

    @Test func `takes a key out at once, and never the one that signs`() throws {
        _ = try folder.initialise()
        let token = try issue()
        let old = try folder.rotate(overlapSeconds: 3600, now: Forge.now).old
        let next = try #require(try folder.read().nextID)
        #expect(try isGood(token))
        try folder.retire(old, now: Forge.now)
        #expect(try !isGood(token))
        try folder.retire(next, now: Forge.now)
        #expect(!FileManager.default.fileExists(atPath: folder.nextFile))
        let content = try folder.read()
        #expect(content.nextID == nil && content.published.keys.count == 1)
        for id in [content.signing.id, old, []] {
            #expect(throws: AuthError.self) { try folder.retire(id, now: Forge.now) }
        }
        #expect(try isGood(issue()))
        // Without a next key the new one is told to have been nobody's.
        #expect(try !folder.rotate(overlapSeconds: 0, now: Forge.now).wasPublished)
    }

    @Test func `finishes a rotation that was interrupted, whatever it had done`() throws {
        for step in 0..<3 {
            let scratch = try Scratch()
            let folder = SigningKeyFolder(path: scratch.path)
            _ = try folder.initialise()
            let before = try folder.read()
            // The key moved, and then: nothing; the public half as well.
            if step > 0 {
                try FileManager.default.removeItem(atPath: folder.signingFile)
                try FileManager.default.moveItem(atPath: folder.nextFile, toPath: folder.signingFile)
            }
            if step > 1 {
                try Data(folder.read().signing.publicKeyPEM).write(to: URL(filePath: folder.publicFile))
            }
            let interrupted = try folder.read()
            #expect(interrupted.published == before.published, "tokens by either stay good")
            let rotation = try folder.rotate(overlapSeconds: 60, now: Forge.now)
            let after = try folder.read()
            #expect(after.signing.id == rotation.new && rotation.new != interrupted.signing.id)
            let ended = after.published.keys.filter { $0.expires == Forge.now + 60 }.map(\.id)
            #expect(ended.contains(before.signing.id) && ended.contains(interrupted.signing.id), "step \(step)")
            #expect(after.published.keys.count { $0.expires == nil } == 2)
        }
    }

    @Test func `takes an overlap of a year and 300 s, and no more`() throws {
        _ = try folder.initialise()
        #expect(throws: AuthError.self) { try folder.rotate(overlapSeconds: 31_536_301, now: Forge.now) }
        #expect(throws: AuthError.self) { try folder.rotate(overlapSeconds: -1, now: Forge.now) }
        _ = try folder.rotate(overlapSeconds: 31_536_300, now: Forge.now)
        _ = try folder.rotate(overlapSeconds: 0, now: Forge.now)
    }

    @Test func `is refused where the set is another's, spoilt or not there`() throws {
        _ = try folder.initialise()
        let good = try Data(contentsOf: URL(filePath: folder.setFile))
        let text = String(decoding: good, as: UTF8.self)
        let other = try Scratch()
        _ = try SigningKeyFolder(path: other.path).initialise()
        let foreign = try Data(contentsOf: URL(filePath: other.file("jwks.json")))
        for spoilt in [
            foreign, Data(), Data("{}".utf8), Data(#"{"keys":[]}"#.utf8), Data(text.dropLast().utf8),
            Data(text.replacing("ES256", with: "RS256").utf8),
            Data(text.replacing(#""kid":""#, with: #""kid":"A"#).utf8),
            Data(text.replacing(#""use":"sig""#, with: #""use":"sig","exp":-1"#).utf8),
            Data(text.replacing("P-256", with: "P-384").utf8),
        ] {
            try spoilt.write(to: URL(filePath: folder.setFile))
            #expect(throws: AuthError.self, "\(String(decoding: spoilt, as: UTF8.self))") { try folder.read() }
        }
        try FileManager.default.removeItem(atPath: folder.setFile)
        #expect(throws: AuthError.self) { try folder.read() }
        try good.write(to: URL(filePath: folder.setFile))
        _ = try folder.read()
    }
}

private enum KeyFiles {
    static func publicKey(_ path: String) throws -> [UInt8] { Array(try Data(contentsOf: URL(filePath: path))) }
}
