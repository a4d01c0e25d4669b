import Foundation
import LinuxIO
import OpenSSL
import Testing

@testable import Agent

@Suite struct DocumentStoreTests {
    private let directory: TemporaryDirectory
    private let anna = DocumentOwner.customer(reference: Array("anna".utf8))
    private let berta = DocumentOwner.customer(reference: Array("berta".utf8))

    init() throws { directory = try TemporaryDirectory() }

    private static let chunk = AgentLimits.documentChunkBytes
    private static let bounds = DocumentBounds(
        bytesMax: 5 * chunk, ownerBytesMax: 20 * Int64(chunk), totalBytesMax: 100 * Int64(chunk))

    private func open(_ bounds: DocumentBounds = Self.bounds) throws -> (DocumentStore, ContentKeyring) {
        let key = ContentKeyEncryptionKey(SecretBytes(copying: [UInt8](repeating: 1, count: 32)))
        let keyring = try ContentKeyring.open(path: directory.file("keys.db"), key: key)
        return (try DocumentStore.open(directory.path, keyring: keyring, bounds: bounds), keyring)
    }

    private func draft(_ owner: DocumentOwner, _ name: String?, _ bytes: [UInt8]) -> DocumentDraft {
        DocumentDraft(
            owner: owner, name: name.map { Array($0.utf8) }, inspected: InspectedContent(bytes, .text))
    }

    private static func bytes(_ count: Int, seed: UInt64 = 1) -> [UInt8] {
        var generator = SeededGenerator(seed: seed)
        return (0..<count).map { _ in UInt8(truncatingIfNeeded: generator.next() as UInt64) }
    }

    private var files: [String] { get throws { try FileDirectory.names(in: directory.file("files")) } }

    @Test(arguments: [1, chunk - 1, chunk, chunk + 1, 2 * chunk, 2 * chunk + 1, 5 * chunk])
    func `a document comes back as it was, also after a new start`(count: Int) async throws {
        let content = Self.bytes(count)
        let document: Document
        do {
            let (store, _) = try open()
            let stored = try await store.put(draft(anna, "statement.txt", content))
            #expect(stored.isNew && stored.document.size == count && stored.document.version == 1)
            document = stored.document
        }
        let (store, _) = try open()
        let found = try await store.content(of: document.id, owner: anna)
        #expect(found.bytes == content && found.document == document)
        #expect(text(document.id).wholeMatch(of: /D-[0-9a-hjkmnp-tv-z]{26}/) != nil)
        let file = try #require(try files.first)
        let size = try FileDirectory.status(of: directory.file("files/" + file)).size
        #expect(size == UInt64(ChunkedCipher.fileBytes(of: count)))
    }

    @Test func `what it is called, whose it is and what it says stands in no file`() async throws {
        let (store, _) = try open()
        let secret = "the balance is 1234567 and nobody is to know"
        _ = try await store.put(draft(anna, "anna-statement-2026.txt", Array(secret.utf8)))
        var all: [UInt8] = []
        for name in try FileDirectory.names(in: directory.path) where name != "files" {
            all += try SmallFile.read(directory.file(name), bytesMax: 16 * 1024 * 1024)
        }
        for name in try files { all += try SmallFile.read(directory.file("files/" + name), bytesMax: 1024 * 1024) }
        let bytes = Data(all)
        let digest = SHA256Digest(of: Array(secret.utf8)).bytes
        for part in [Array("balance".utf8), Array("anna".utf8), Array("statement".utf8), digest] {
            #expect(bytes.range(of: Data(part)) == nil)
        }
    }

    @Test func `no chunk can be changed, dropped, doubled, moved or put into another file`() async throws {
        let (store, _) = try open()
        let document = try await store.put(draft(anna, "a.txt", Self.bytes(3 * Self.chunk + 5))).document
        let path = directory.file("files/" + (try #require(try files.first)))
        let whole = try Data(contentsOf: URL(filePath: path))
        let sealed = ChunkedCipher.sealedChunkBytes, head = ChunkedCipher.headBytes
        func piece(_ number: Int) -> Data { whole.dropFirst(head + number * sealed).prefix(sealed) }
        let start = whole.prefix(head)
        func joined(_ pieces: Int...) -> Data { pieces.reduce(start) { $0 + piece($1) } }
        var broken: [Data] = [
            joined(1, 0, 2, 3), joined(0, 1, 2), joined(0, 1, 3), joined(0, 0, 2, 3), joined(0, 1, 2, 3, 3), start,
            Data(),
        ]
        broken.append(whole.dropLast())
        broken.append(whole + [0])
        for place in [0, 1, head - 1, head, head + sealed - 1, head + sealed, whole.count - 1] {
            var changed = whole
            changed[place] ^= 1
            broken.append(changed)
        }
        for content in broken {
            try content.write(to: URL(filePath: path))
            await #expect(throws: DocumentError.damaged) { try await store.content(of: document.id, owner: anna) }
        }
        try whole.write(to: URL(filePath: path))
        #expect(try await store.content(of: document.id, owner: anna).bytes.count == 3 * Self.chunk + 5)

        // Another document of the same owner and size in its place.
        let other = try await store.put(draft(anna, "b.txt", Self.bytes(3 * Self.chunk + 5, seed: 2))).document
        let second = directory.file("files/" + (try #require(try files.first { !path.hasSuffix($0) })))
        try Data(contentsOf: URL(filePath: second)).write(to: URL(filePath: path))
        await #expect(throws: DocumentError.damaged) { try await store.content(of: document.id, owner: anna) }
        #expect(try await store.content(of: other.id, owner: anna).document == other)
        try FileManager.default.removeItem(atPath: path)
        await #expect(throws: DocumentError.damaged) { try await store.content(of: document.id, owner: anna) }
    }

    @Test func `the same bytes are kept once for an owner, and another content of one name is its next version`()
        async throws
    {
        let (store, _) = try open()
        let first = try await store.put(draft(anna, "a.txt", [1, 2, 3]))
        let again = try await store.put(draft(anna, "dir/../a.txt", [1, 2, 3]))
        #expect(!again.isNew && again.document == first.document)
        let copy = try await store.put(draft(anna, "b.txt", [1, 2, 3]))
        #expect(copy.isNew && copy.document.id != first.document.id && copy.document.digest == first.document.digest)
        #expect(try files.count == 1)
        let next = try await store.put(draft(anna, "a.txt", [4]))
        #expect(next.document.id == first.document.id && next.document.version == 2)
        #expect(try await store.content(of: first.document.id, owner: anna).bytes == [4])
        #expect(try await store.content(of: first.document.id, version: 1, owner: anna).bytes == [1, 2, 3])
        await #expect(throws: DocumentError.notFound) {
            try await store.document(first.document.id, version: 3, of: anna)
        }
        // For another owner they are other bytes under another address.
        let others = try await store.put(draft(berta, "a.txt", [1, 2, 3]))
        #expect(others.document.digest != first.document.digest)
        #expect(try files.count == 3)
        #expect(try await store.list(of: anna, withArchived: false).map(\.id) == [copy.document.id, first.document.id])
    }

    @Test func `nobody finds what is another's`() async throws {
        let (store, _) = try open()
        let document = try await store.put(draft(anna, "a.txt", [1])).document
        let principal = PrincipalKey(issuer: [1], subject: [2])
        let session = try SessionID(clean("session-1"))
        _ = try await store.createFolder(of: berta)
        for other in [
            berta, .principal(principal, customer: Array("anna".utf8)), .principal(principal, customer: nil),
            .session(principal, session),
        ] {
            await #expect(throws: DocumentError.notFound) { try await store.document(document.id, of: other) }
            await #expect(throws: DocumentError.notFound) { try await store.archive(document.id, of: other) }
            #expect(try await store.list(of: other, withArchived: true).isEmpty)
        }
        for id in ["", "D-", "D-00000000000000000000000000", "../keys.db", "' OR 1=1 --"] {
            await #expect(throws: DocumentError.notFound) { try await store.document(Array(id.utf8), of: anna) }
        }
    }

    @Test func `an archived document is out of sight, can be read, and leaves its name free`() async throws {
        let (store, _) = try open()
        let document = try await store.put(draft(anna, "a.txt", [1])).document
        let archived = try await store.archive(document.id, of: anna)
        #expect(archived.state == .archived && archived.id == document.id)
        #expect(try await store.archive(document.id, of: anna) == archived)
        #expect(try await store.list(of: anna, withArchived: false).isEmpty)
        #expect(try await store.list(of: anna, withArchived: true) == [archived])
        #expect(try await store.content(of: document.id, owner: anna).bytes == [1])
        let next = try await store.put(draft(anna, "a.txt", [1]))
        #expect(next.isNew && next.document.id != document.id && next.document.version == 1)
    }

    @Test func `each bound holds, and one past it is refused`() async throws {
        let (store, _) = try open(
            DocumentBounds(bytesMax: 10, ownerBytesMax: 15, totalBytesMax: 25, ownerVersionsMax: 3))
        _ = try await store.put(draft(anna, "a.txt", Self.bytes(10)))
        await #expect(throws: DocumentError.tooLarge(bytesMax: 10)) {
            try await store.put(draft(anna, "b.txt", Self.bytes(11)))
        }
        await #expect(throws: DocumentError.empty) { try await store.put(draft(anna, "b.txt", [])) }
        await #expect(throws: DocumentError.quotaExceeded(bytesMax: 15)) {
            try await store.put(draft(anna, "b.txt", Self.bytes(6, seed: 2)))
        }
        _ = try await store.put(draft(anna, "b.txt", Self.bytes(5, seed: 2)))
        // What is there already takes no more room, but is a document.
        _ = try await store.put(draft(anna, "c.txt", Self.bytes(10)))
        await #expect(throws: DocumentError.tooMany(versionsMax: 3)) {
            try await store.put(draft(anna, "d.txt", Self.bytes(10)))
        }
        _ = try await store.put(draft(berta, "a.txt", Self.bytes(10, seed: 3)))
        await #expect(throws: DocumentError.storageFull) {
            try await store.put(draft(.customer(reference: [7]), "a.txt", Self.bytes(1, seed: 4)))
        }
        #expect(try files.count == 3)
    }

    @Test func `an erased owner's documents are gone, and only theirs`() async throws {
        let (store, keyring) = try open()
        let document = try await store.put(draft(anna, "a.txt", Self.bytes(100))).document
        let kept = try await store.put(draft(berta, "a.txt", Self.bytes(100))).document
        try await store.erase(anna)
        #expect(try await keyring.existingKey(of: anna.scope) == nil)
        #expect(try files.count == 1)
        await #expect(throws: DocumentError.notFound) { try await store.content(of: document.id, owner: anna) }
        #expect(try await store.content(of: kept.id, owner: berta).bytes.count == 100)
        try await store.erase(anna)
        // A customer who comes back begins anew.
        let next = try await store.put(draft(anna, "a.txt", Self.bytes(100))).document
        #expect(next.id != document.id && next.version == 1)
    }

    @Test func `what a crash left behind goes with the next start`() async throws {
        let document: Document
        do {
            let (store, _) = try open()
            document = try await store.put(draft(anna, "a.txt", [1])).document
        }
        let whole = try #require(try files.first)
        for name in ["0123456789abcdef0123456789abcdef.new", "0123456789abcdef0123456789abcdef", whole + ".new"] {
            #expect(FileManager.default.createFile(atPath: directory.file("files/" + name), contents: Data([1])))
        }
        let (store, _) = try open()
        #expect(try files == [whole])
        #expect(try await store.content(of: document.id, owner: anna).bytes == [1])
    }
}
