import LinuxIO
import OpenSSL
import SQLite
import Testing

@testable import Agent

@Suite struct ContentKeyringTests {
    private let scope = ContentScope.customer(Array("anna".utf8))
    private let secret = Array("my balance is nobody's business".utf8)
    private let context = Array("messages/1/text".utf8)

    private static func key(_ byte: UInt8) -> ContentKeyEncryptionKey {
        ContentKeyEncryptionKey(SecretBytes(copying: [UInt8](repeating: byte, count: 32)))
    }

    /// A folder of a test's own with the database of keys alone.
    private struct Place {
        let directory: TemporaryDirectory
        var path: String { directory.file("content-keys.db") }

        init() throws { directory = try TemporaryDirectory() }

        /// All bytes of the database's files.
        func bytes() throws -> [UInt8] {
            var all: [UInt8] = []
            for name in try FileDirectory.names(in: directory.path) {
                all += try SmallFile.read(directory.file(name), bytesMax: 16 * 1024 * 1024)
            }
            return all
        }

        /// The wrapped keys that stand in the table now.
        func wrappedKeys() throws -> [[UInt8]] {
            var keys: [[UInt8]] = []
            try Database.open(path, access: .readOnly).query("SELECT wrapped FROM keys") { keys.append($0.bytes(0)) }
            return keys
        }
    }

    @Test func `what is sealed opens again for its scope and context only, also after a new start`() async throws {
        let place = try Place()
        let sealed = try await ContentKeyring.open(path: place.path, key: Self.key(1)).seal(
            secret, of: scope, context: context)
        #expect(sealed.count == secret.count + ContentKey.overheadBytes)
        #expect(!sealed.contains(subsequence: secret))
        let keyring = try ContentKeyring.open(path: place.path, key: Self.key(1))
        #expect(try await keyring.open(sealed, of: scope, context: context) == secret)
        await #expect(throws: ContentError.damaged) {
            try await keyring.open(sealed, of: scope, context: Array("messages/2/text".utf8))
        }
        let other = ContentScope.customer(Array("berta".utf8))
        _ = try await keyring.seal([], of: other, context: context)
        await #expect(throws: ContentError.shredded) { try await keyring.open(sealed, of: other, context: context) }
        let again = try await keyring.seal(secret, of: scope, context: context)
        #expect(again != sealed)
    }

    @Test func `a change of any byte is noticed`() async throws {
        let place = try Place()
        let keyring = try ContentKeyring.open(path: place.path, key: Self.key(1))
        let sealed = try await keyring.seal([1, 2, 3], of: scope, context: context)
        for index in sealed.indices {
            var changed = sealed
            changed[index] ^= 1
            await #expect(throws: ContentError.self) { try await keyring.open(changed, of: scope, context: context) }
        }
        for count in 0..<sealed.count {
            await #expect(throws: ContentError.self) {
                try await keyring.open(Array(sealed[..<count]), of: scope, context: context)
            }
        }
    }

    @Test func `scopes of unlike parts are unlike`() {
        let one = PrincipalKey(issuer: [1], subject: [2, 3])
        let other = PrincipalKey(issuer: [1, 2], subject: [3])
        #expect(ContentScope.session([9], of: one) != .session([9], of: other))
        #expect(ContentScope.session([], of: one) != .customer(ContentScope.session([], of: one).name))
    }

    @Test func `after a shredding the key is in no byte of the files, and nothing opens again`() async throws {
        let place = try Place()
        let keyring = try ContentKeyring.open(path: place.path, key: Self.key(1))
        let held = try await keyring.key(of: scope)
        let sealed = try held.seal(secret, context: context)
        let kept = ContentScope.customer(Array("kept".utf8))
        let other = try await keyring.seal(secret, of: kept, context: context)
        for number in 0..<20 {
            _ = try await keyring.key(
                of: .session(Array("\(number)".utf8), of: PrincipalKey(issuer: [1], subject: [2])))
        }
        let before = try place.wrappedKeys()
        let all = try place.bytes()
        #expect(before.count == 22 && before.allSatisfy { all.contains(subsequence: $0) })

        #expect(try await keyring.shred(scope))
        let left = try place.wrappedKeys()
        let gone = before.filter { !left.contains($0) }
        #expect(gone.count == 1 && left.count == 21)
        let bytes = try place.bytes()
        for key in gone { #expect(!bytes.contains(subsequence: key)) }
        // Not even a part of it, such as a page's rest holds.
        for key in gone { #expect(!bytes.contains(subsequence: Array(key[30..<46]))) }

        #expect(throws: ContentError.shredded) { try held.open(sealed, context: context) }
        #expect(throws: ContentError.shredded) { try held.seal(secret, context: context) }
        await #expect(throws: ContentError.shredded) { try await keyring.open(sealed, of: scope, context: context) }
        #expect(try await keyring.existingKey(of: scope) == nil)
        #expect(try await keyring.open(other, of: kept, context: context) == secret)
        #expect(try await !keyring.shred(scope))

        // A customer who comes back has another key, which opens nothing of before.
        _ = try await keyring.seal(secret, of: scope, context: context)
        await #expect(throws: ContentError.shredded) { try await keyring.open(sealed, of: scope, context: context) }
    }

    @Test func `all keys can be wrapped under another key, and the one of before opens nothing then`() async throws {
        let place = try Place()
        let running = try ContentKeyring.open(path: place.path, key: Self.key(1))
        let sealed = try await running.seal(secret, of: scope, context: context)
        let before = try place.wrappedKeys()
        try ContentKeyring.rewrap(path: place.path, from: Self.key(1), to: Self.key(2))
        let bytes = try place.bytes()
        for key in before { #expect(!bytes.contains(subsequence: key)) }

        // One that runs still has the keys that it knows, and makes none that nobody could open later.
        #expect(try await running.open(sealed, of: scope, context: context) == secret)
        await #expect(throws: ContentError.self) { try await running.key(of: .customer([7])) }
        #expect(throws: AgentError.self) { try ContentKeyring.open(path: place.path, key: Self.key(1)) }
        let keyring = try ContentKeyring.open(path: place.path, key: Self.key(2))
        #expect(try await keyring.open(sealed, of: scope, context: context) == secret)
    }

    @Test func `a value is sealed up to its bound and not past it`() async throws {
        let place = try Place()
        let keyring = try ContentKeyring.open(path: place.path, key: Self.key(1))
        let largest = [UInt8](repeating: 7, count: AgentLimits.contentBytesMax)
        let sealed = try await keyring.seal(largest, of: scope, context: [])
        #expect(try await keyring.open(sealed, of: scope, context: []) == largest)
        await #expect(throws: ContentError.tooLarge(bytesMax: AgentLimits.contentBytesMax)) {
            try await keyring.seal(largest + [7], of: scope, context: [])
        }
    }

    @Test func `a row that was put in another's place opens nothing`() async throws {
        let place = try Place()
        let sealed: [UInt8]
        do {
            let keyring = try ContentKeyring.open(path: place.path, key: Self.key(1))
            sealed = try await keyring.seal(secret, of: scope, context: context)
            _ = try await keyring.key(of: .customer([7]))
        }
        let database = try Database.open(place.path, access: .readWrite)
        let wrapped = try place.wrappedKeys()
        try database.run(
            "UPDATE keys SET wrapped = CASE wrapped WHEN ?1 THEN ?2 ELSE ?1 END", .blob(wrapped[0]), .blob(wrapped[1]))
        let keyring = try ContentKeyring.open(path: place.path, key: Self.key(1))
        await #expect(throws: ContentError.self) { try await keyring.open(sealed, of: scope, context: context) }
    }
}

extension [UInt8] {
    /// Whether `part` stands in it somewhere.
    fileprivate func contains(subsequence part: [UInt8]) -> Bool {
        guard let first = part.first, count >= part.count else { return part.isEmpty }
        return (0...(count - part.count)).contains { start in
            self[start] == first && self[start..<start + part.count].elementsEqual(part)
        }
    }
}
