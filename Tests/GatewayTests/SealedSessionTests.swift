import Foundation
import LinuxIO
import OpenSSL
import Redaction
import Synchronization
import Testing
import Threading
import WireClient

@testable import Gateway

private func sealer(_ byte: UInt8 = 1, sealsMax: Int = VaultSealer.sealsMaxDefault) -> VaultSealer {
    VaultSealer(SecretBytes(copying: [UInt8](repeating: byte, count: 32)), sealsMax: sealsMax)
}

private func key(_ session: String, of subject: String = "customer") -> SessionKey {
    SessionKey(issuer: [1], subject: Array(subject.utf8), session: Array(session.utf8))
}

private let bounds = SessionTable.Bounds(sessionsMax: 3, bytesMax: 1_048_576, idleMax: .seconds(3600))

/// A folder that goes with its owner.
private final class Folder: Sendable {
    let path: String

    init() throws {
        path = FileManager.default.temporaryDirectory.path + "/sessions-\(UInt64.random(in: 0 ... .max))"
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }

    var files: [String] {
        (try? FileManager.default.contentsOfDirectory(atPath: path + "/sessions").sorted()) ?? []
    }

    func vaults(_ sealer: VaultSealer = sealer(), _ bounds: SessionTable.Bounds = bounds) throws -> SessionVaults {
        SessionVaults(
            bounds: bounds, keeper: try SessionKeeper.open(stateDirectory: path, sealer: sealer, bounds: bounds))
    }
}

/// What one request of the session sends, redacted.
private func send(_ text: String, in session: SessionKey, of vaults: SessionVaults) throws -> String {
    var vault = RequestVault(issuer: session.issuer, subject: session.subject, in: vaults)
    vault.join(session.session)
    return String(decoding: try vault.redact(Array(text.utf8), by: Redactor()).bytes, as: UTF8.self)
}

/// What the session's tokens are restored to.
private func restore(_ text: String, in session: SessionKey, of vaults: SessionVaults) -> String {
    var vault = RequestVault(issuer: session.issuer, subject: session.subject, in: vaults)
    vault.join(session.session)
    return String(decoding: vault.restore(Array(text.utf8)), as: UTF8.self)
}

@Suite struct `Sealed sessions` {
    @Test func `outlive the process, for whose they are and under their own name`() throws {
        let folder = try Folder()
        let before = try folder.vaults()
        #expect(try send("a@x.example", in: key("one"), of: before) == "[EMAIL_1]")
        #expect(try send("b@x.example", in: key("two"), of: before) == "[EMAIL_1]")
        before.close()
        #expect(folder.files.count == 2)
        for file in folder.files {
            let bytes = try Data(contentsOf: URL(filePath: folder.path + "/sessions/" + file))
            #expect(bytes.firstRange(of: Data("x.example".utf8)) == nil && file.count == 64)
        }
        let after = try folder.vaults()
        #expect(restore("[EMAIL_1]", in: key("one", of: "stranger"), of: after) == "[EMAIL_1]")
        #expect(restore("[EMAIL_1]", in: key("three"), of: after) == "[EMAIL_1]")
        #expect(restore("[EMAIL_1]", in: key("one"), of: after) == "a@x.example")
        #expect(restore("[EMAIL_1]", in: key("two"), of: after) == "b@x.example")
        // It goes on where it stopped.
        #expect(try send("c@x.example, a@x.example", in: key("one"), of: after) == "[EMAIL_2], [EMAIL_1]")
    }

    @Test func `are written in turns, once each, without an end of the process`() throws {
        let folder = try Folder()
        let keeper = try SessionKeeper.open(stateDirectory: folder.path, sealer: sealer(), bounds: bounds)
        let vaults = SessionVaults(bounds: bounds, keeper: keeper)
        _ = try send("a@x.example", in: key("one"), of: vaults)
        _ = try send("b@x.example", in: key("one"), of: vaults)
        #expect(folder.files.isEmpty && keeper.turn() && folder.files.count == 1)
        #expect(restore("[EMAIL_2]", in: key("one"), of: try folder.vaults()) == "b@x.example")
        keeper.close([])
        #expect(!keeper.turn())
    }

    @Test func `are not opened under another key, nor where a byte was changed or the file renamed`() throws {
        let folder = try Folder()
        let before = try folder.vaults()
        _ = try send("a@x.example", in: key("one"), of: before)
        before.close()
        let file = try #require(folder.files.first)
        let path = folder.path + "/sessions/" + file
        let whole = try Data(contentsOf: URL(filePath: path))
        #expect(restore("[EMAIL_1]", in: key("one"), of: try folder.vaults(sealer(2))) == "[EMAIL_1]")
        for index in [whole.count - 1, whole.count / 2, 20, 40] {
            var changed = whole
            changed[index] ^= 1
            try changed.write(to: URL(filePath: path))
            #expect(restore("[EMAIL_1]", in: key("one"), of: try folder.vaults()) == "[EMAIL_1]", "\(index)")
        }
        try FileManager.default.removeItem(atPath: path)
        let other = String(decoding: sealer().name(of: key("two")).hex, as: UTF8.self)
        try whole.write(to: URL(filePath: folder.path + "/sessions/" + other))
        #expect(restore("[EMAIL_1]", in: key("two"), of: try folder.vaults()) == "[EMAIL_1]")
        try whole.write(to: URL(filePath: path))
        #expect(restore("[EMAIL_1]", in: key("one"), of: try folder.vaults()) == "a@x.example")
    }

    @Test func `of long ago, too many, or that are none are removed at start`() throws {
        let folder = try Folder()
        let before = try folder.vaults()
        for name in ["one", "two", "three"] { _ = try send("a@x.example", in: key(name), of: before) }
        before.close()
        func file(_ name: String) -> String { String(decoding: sealer().name(of: key(name)).hex, as: UTF8.self) }
        func rewrite(_ name: String, secondsAgo: Int64) throws {
            let url = URL(filePath: folder.path + "/sessions/" + file(name))
            let session = try #require(SealedSession(Array(try Data(contentsOf: url))))
            let used = WallClock.microseconds - secondsAgo * 1_000_000
            try Data(SealedSession(usedMicroseconds: used, vault: session.vault).bytes).write(to: url)
        }
        for name in ["stranger", String(repeating: "A", count: 64), String(repeating: "0", count: 64)] {
            try Data("no session".utf8).write(to: URL(filePath: folder.path + "/sessions/" + name))
        }
        try rewrite("one", secondsAgo: 3590)
        try rewrite("two", secondsAgo: 3610)
        let after = try folder.vaults()
        #expect(Set(folder.files) == [file("one"), file("three")])
        #expect(restore("[EMAIL_1]", in: key("one"), of: after) == "a@x.example")
        _ = try folder.vaults(
            sealer(), SessionTable.Bounds(sessionsMax: 1, bytesMax: 1_048_576, idleMax: .seconds(3600)))
        #expect(folder.files == [file("three")])
    }

    @Test func `leave the disk when they are dropped`() throws {
        let folder = try Folder()
        let keeper = try SessionKeeper.open(stateDirectory: folder.path, sealer: sealer(), bounds: bounds)
        let vaults = SessionVaults(bounds: bounds, keeper: keeper)
        for name in ["one", "two", "three"] { _ = try send("a@x.example", in: key(name), of: vaults) }
        #expect(keeper.turn() && folder.files.count == 3)
        _ = try send("a@x.example", in: key("four"), of: vaults)
        #expect(keeper.turn() && folder.files.count == 3)
        #expect(!folder.files.contains(String(decoding: sealer().name(of: key("one")).hex, as: UTF8.self)))
        vaults.dropIdle(now: .now + .seconds(3601))
        #expect(keeper.turn() && folder.files.isEmpty)
    }

    @Test func `that cannot be written are told of once, and serve on`() throws {
        let folder = try Folder()
        let told = Mutex<[String]>([])
        let keeper = try SessionKeeper.open(stateDirectory: folder.path, sealer: sealer(), bounds: bounds) { line in
            told.withLock { $0.append(line) }
        }
        let vaults = SessionVaults(bounds: bounds, keeper: keeper)
        try FileManager.default.removeItem(atPath: folder.path + "/sessions")
        for name in ["one", "two"] {
            _ = try send("a@x.example", in: key(name), of: vaults)
            #expect(keeper.turn())
        }
        #expect(told.withLock { $0.count } == 1)
        #expect(restore("[EMAIL_1]", in: key("one"), of: vaults) == "a@x.example")
    }
}

@Suite struct `The seal of sessions` {
    @Test func `opens what it sealed, with the same data, and nothing else`() throws {
        let sealed = try #require(sealer().seal([1, 2, 3], authenticating: [9]))
        #expect(sealer().open(sealed, authenticating: [9]) == [1, 2, 3])
        #expect(sealer().open(sealed, authenticating: [8]) == nil)
        #expect(sealer(2).open(sealed, authenticating: [9]) == nil)
        for index in sealed.indices {
            var changed = sealed
            changed[index] ^= 0x80
            #expect(sealer().open(changed, authenticating: [9]) == nil, "\(index)")
            #expect(sealer().open(Array(sealed.prefix(index)), authenticating: [9]) == nil, "\(index)")
        }
    }

    @Test func `takes another key after as many seals as one is good for`() throws {
        let sealer = sealer(sealsMax: 3)
        let salts = try (0..<7).map { _ in try #require(sealer.seal([1], authenticating: [])).prefix(16) }
        #expect(salts[0] == salts[1] && salts[1] == salts[2] && salts[2] != salts[3])
        #expect(salts[3] == salts[4] && salts[4] == salts[5] && salts[5] != salts[6])
        #expect(VaultSealer.sealsMaxDefault == 1 << 32)
        // Each process has a key of its own, and opens those of the others.
        let (one, other) = (VaultSealer(key()), VaultSealer(key()))
        let sealed = try #require(one.seal([7], authenticating: []))
        #expect(try sealed.prefix(16) != #require(other.seal([7], authenticating: [])).prefix(16))
        #expect(other.open(sealed, authenticating: []) == [7])
    }

    private func key() -> SecretBytes { SecretBytes(copying: [UInt8](repeating: 5, count: 32)) }

    @Test func `names two sessions alike only where all parts are the same`() {
        let names = [([1], [2], [3]), ([1, 2], [], [3]), ([], [1, 2], [3]), ([1], [2, 3], []), ([1], [], [2, 3])].map {
            sealer().name(of: SessionKey(issuer: $0, subject: $1, session: $2))
        }
        #expect(Set(names).count == names.count && names[0] != sealer(2).name(of: key("x")))
        #expect(names[0] == sealer().name(of: SessionKey(issuer: [1], subject: [2], session: [3])))
    }

    private func key(_ name: String) -> SessionKey { SessionKey(issuer: [1], subject: [2], session: [3]) }
}
