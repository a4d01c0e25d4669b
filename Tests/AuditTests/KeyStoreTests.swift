import LinuxIO
import OpenSSL
import Synchronization
import Testing
import Threading

@testable import Audit

@Suite struct KeyStoreTests {
    private static let master = KeyEncryptionKey(SecretBytes(copying: Array(0..<32)))
    private static let subject = master.name(of: .token(Array("emp-00042".utf8)))

    private func store(_ disk: FaultyStorage) throws -> KeyStore<FaultyStorage> {
        let store = KeyStore(disk, master: Self.master)
        try store.prepare()
        return store
    }

    @Test func aKeySurvivesAPowerCutFromTheMomentItIsHandedOut() throws {
        let disk = FaultyStorage()
        let key = try store(disk).makeKey(forSubjectNamed: Self.subject)
        disk.crash { _ in 0 }
        let found = try #require(try store(disk).key(ofSubjectNamed: Self.subject))
        #expect(found.identifier == key.identifier)
        #expect(found.secret.withSpan { key.secret.isEqual(to: $0) })
    }

    @Test(arguments: [
        FaultyStorage.Operation.write, .synchroniseData, .rename, .synchroniseNames,
    ])
    func aKeyThatCouldNotBeMadeDurableIsNotHandedOut(operation: FaultyStorage.Operation) throws {
        for after in 0..<2 {
            let disk = FaultyStorage()
            let store = try store(disk)
            disk.fail(operation, after: after, code: FileError.inputOutputCode)
            #expect(throws: AuditError.self) { try store.makeKey(forSubjectNamed: Self.subject) }
            disk.crash { $0 }
            // Whatever the fault left, the next start works, and whom a name leads to has a key that opens.
            let key = try self.store(disk).key(ofSubjectNamed: Self.subject)
            let made = try key ?? self.store(disk).makeKey(forSubjectNamed: Self.subject)
            #expect(try self.store(disk).key(made.identifier)?.identifier == made.identifier)
        }
    }

    @Test func aDestroyedKeyIsOverwrittenWhereItLay() throws {
        let disk = FaultyStorage()
        let store = try store(disk)
        let key = try store.makeKey(forSubjectNamed: Self.subject)
        let name = "keys/" + String(decoding: key.identifier, as: UTF8.self)
        let contents = try #require(disk.state.withLock { $0.names[name] })
        try store.destroyKey(key.identifier)
        #expect(contents.values.withLock { $0.bytes.allSatisfy { $0 == 0 } })
        disk.crash { _ in 0 }
        #expect(try self.store(disk).key(key.identifier) == nil)
    }

    @Test func anErasureThatWasCutShortIsBegunAgainByTheSubjectsName() throws {
        let disk = FaultyStorage()
        let store = try store(disk)
        let key = try store.makeKey(forSubjectNamed: Self.subject)
        try store.destroyKey(key.identifier)
        disk.crash { _ in 0 }
        let next = try self.store(disk)
        #expect(try next.identifiers(ofSubjectNamed: Self.subject) == [key.identifier])
        try next.destroyKey(key.identifier)
        try next.forget(key.identifier, ofSubjectNamed: Self.subject)
        #expect(try next.identifiers(ofSubjectNamed: Self.subject).isEmpty)
        try next.forget(key.identifier, ofSubjectNamed: Self.subject)
    }

    @Test func aSubjectThatComesBackBeforeItsErasureIsRecordedHasANewKeyAndBothAreKnown() throws {
        let store = try store(FaultyStorage())
        var made: [[UInt8]] = []
        for _ in 0..<7 {
            let key = try store.makeKey(forSubjectNamed: Self.subject)
            made.insert(key.identifier, at: 0)
            #expect(try store.key(ofSubjectNamed: Self.subject)?.identifier == key.identifier)
            #expect(try store.identifiers(ofSubjectNamed: Self.subject) == Array(made.prefix(5)))
            try store.destroyKey(key.identifier)
            #expect(try store.key(ofSubjectNamed: Self.subject) == nil)
        }
        let last = try store.makeKey(forSubjectNamed: Self.subject)
        for identifier in made { try store.forget(identifier, ofSubjectNamed: Self.subject) }
        #expect(try store.identifiers(ofSubjectNamed: Self.subject) == [last.identifier])
        #expect(try store.key(ofSubjectNamed: Self.subject)?.identifier == last.identifier)
    }

    @Test func aChangedFileOfTheStoreIsRefusedAndNotReplaced() throws {
        let disk = FaultyStorage()
        let store = try store(disk)
        let key = try store.makeKey(forSubjectNamed: Self.subject)
        let other = try store.makeKey(forSubjectNamed: Self.master.name(of: .token([0x61])))
        let name = "keys/" + String(decoding: key.identifier, as: UTF8.self)
        let otherName = "keys/" + String(decoding: other.identifier, as: UTF8.self)
        let good = disk[name]
        // Another subject's key under this name, a flipped bit, nothing, too much.
        var flipped = good
        // A digit of the wrapped key becomes another one.
        flipped[good.count - 3] = good[good.count - 3] == 0x41 ? 0x42 : 0x41
        for bad in [disk[otherName], flipped, [], good + good + good + good] {
            disk[name] = Array(bad)
            #expect(throws: AuditError.self) { try store.key(ofSubjectNamed: Self.subject) }
        }
        disk[name] = good
        #expect(try store.key(ofSubjectNamed: Self.subject)?.identifier == key.identifier)
    }

    @Test func aNameThatIsNoIdentifierIsNeverLookedFor() throws {
        let store = try store(FaultyStorage())
        for name in ["check", "../log.key", "", String(repeating: "a", count: 33), String(repeating: "A", count: 32)] {
            #expect(try store.key(Array(name.utf8)) == nil)
        }
    }

    @Test func keysInMemoryAreBounded() throws {
        let shared = SealingKeys.Shared(wakeUp: try #require(WakeUp(blocking: true)))
        let key = try DataKey.random()
        let names = (0...SealingKeys.cachedMax).map { SHA256Digest(of: Array("\($0)".utf8)) }
        for name in names {
            shared.keep(key, name)
            #expect(shared.cached(name) != nil)
        }
        #expect(shared.cachedCount <= SealingKeys.cachedMax)
        #expect(shared.cached(names[0]) == nil)
        shared.drop(names[SealingKeys.cachedMax])
        #expect(shared.cached(names[SealingKeys.cachedMax]) == nil)
    }

    @Test func requestsThatWaitForAKeyAreBounded() async throws {
        let shared = SealingKeys.Shared(wakeUp: try #require(WakeUp(blocking: true)))
        let name = SHA256Digest(of: [1])
        let results = await withTaskGroup(of: AuditError?.self) { group in
            for _ in 0...SealingKeys.waitingMax {
                group.addTask {
                    let result: Result<DataKey, AuditError> = await suspend { shared.ask(name, .find([$0])) }
                    if case .failure(let error) = result { return error }
                    return nil
                }
            }
            // One is refused at once; the others are answered only when that has happened.
            var results = [await group.next() ?? nil]
            for (_, order) in shared.take() ?? [] {
                guard case .find(let waiters) = order else { continue }
                for waiter in waiters { waiter.resume(returning: .failure(.unavailable)) }
            }
            for await result in group { results.append(result) }
            return results
        }
        #expect(results.count { $0 == .backpressure } == 1)
        #expect(results.count { $0 == .unavailable } == SealingKeys.waitingMax)
    }

    @Test func aFullDiskRefusesANewSubjectAndNotAKnownOne() async throws {
        let disk = FaultyStorage()
        let keys = try SealingKeys.open(store(disk), origin: "bank.example/gw", members: .peer)
        let known = try await keys.seal(for: .token([0x61])).key.identifier
        disk.fail(.write, code: FileError.outOfSpaceCode)
        await #expect(throws: AuditError.self) { try await keys.seal(for: .token([0x62])) }
        #expect(try await keys.seal(for: .token([0x61])).key.identifier == known)
    }
}
