import Foundation
import JSON
import LinuxIO
import OpenSSL
import Testing
import Threading

@testable import Audit

@Suite struct SealingTests {
    private static let origin = Array("bank.example/portcullis/test".utf8)
    private static let request = Array("01JD0000000000000000000001".utf8)
    private static let pointer = Array("/principal/token/sub".utf8)
    private static let key = SecretBytes(copying: Array(0..<32))
    private static let data = SealedValue.additionalData(origin: origin, request: request, pointer: pointer)

    private static func vector() -> SealedValue {
        SealedValue.seal(
            Array(#""emp-00042""#.utf8), key: key, keyIdentifier: Array("k".utf8), nonce: Array(0..<12),
            additionalData: data)
    }

    @Test func theFormatsVectorIsMet() {
        #expect(Base64.encode(Self.vector().nonce) == "AAECAwQFBgcICQoL")
        #expect(Base64.encode(Self.vector().ciphertext) == "ZWe7a+jV8iu5c7Vj4ytgGF12J8KnS/LmY+ss")
        #expect(Self.vector().open(with: Self.key, additionalData: Self.data) == Array(#""emp-00042""#.utf8))
    }

    @Test func aSealedValueOpensOnlyWhereItWasSealed() {
        let sealed = Self.vector()
        func data(_ origin: [UInt8], _ request: [UInt8], _ pointer: [UInt8]) -> [UInt8] {
            SealedValue.additionalData(origin: origin, request: request, pointer: pointer)
        }
        let others = [
            data(Self.origin + [0x31], Self.request, Self.pointer),
            data(Self.origin, Self.request + [0x31], Self.pointer),
            data(Self.origin, Self.request, Array("/req/peer".utf8)), [],
        ]
        for other in others { #expect(sealed.open(with: Self.key, additionalData: other) == nil) }
        let otherKey = SecretBytes(copying: Array(1..<33))
        #expect(sealed.open(with: otherKey, additionalData: Self.data) == nil)
    }

    @Test func noBitOfASealedValueCanBeChanged() {
        let sealed = Self.vector()
        for bit in 0..<(sealed.ciphertext.count * 8) {
            var ciphertext = sealed.ciphertext
            ciphertext[bit / 8] ^= 1 << UInt8(bit % 8)
            let changed = SealedValue(keyIdentifier: [], nonce: sealed.nonce, ciphertext: ciphertext)
            #expect(changed.open(with: Self.key, additionalData: Self.data) == nil, "bit \(bit)")
        }
        for count in 0..<sealed.ciphertext.count {
            let cut = SealedValue(
                keyIdentifier: [], nonce: sealed.nonce, ciphertext: Array(sealed.ciphertext[..<count]))
            #expect(cut.open(with: Self.key, additionalData: Self.data) == nil, "cut to \(count)")
        }
    }

    @Test func aSealedRecordHidesWhoAndWhereAndIsReadWithTheKey() async throws {
        let files = try SealedLog()
        let keys = try files.open()
        let seal = try await keys.seal(for: .token(Array("emp-00042".utf8)))
        let log = try AuditLog.open(files.log.configuration)
        _ = try await log.append(Samples.requestEnd(1).encode(sealedBy: seal))
        _ = try await log.append(
            RequestBegin(
                request: Samples.requestEnd(1).request, principal: Samples.requestEnd(1).principal, path: [],
                stream: false, policy: Samples.policy
            ).encode(sealedBy: seal))
        log.close(requestsServed: 1)
        let lines = try files.log.lines().filter { $0.contains("request.") }
        #expect(lines.count == 2)
        for line in lines {
            #expect(!line.contains("emp-00042") && !line.contains("203.0.113.9"))
            let members = try files.unsealer().members(of: Array(line.utf8))
            #expect(Set(members.map(\.pointer)) == ["/req/peer", "/principal/token/sub"])
            #expect(
                Set(members.map(\.content)) == [
                    .value(Array(#""203.0.113.9:4431""#.utf8)), .value(Array(#""emp-00042""#.utf8)),
                ])
            #expect(Set(members.map(\.keyIdentifier)).count == 1)
        }
        var options = VerifyOptions()
        options.isUnpinned = true
        #expect(Verifier.verify(directory: files.log.directory, options: options).exitStatus == 0)
    }

    @Test func onlyTheMembersOfTheSettingAreSealed() async throws {
        let files = try SealedLog()
        let seal = try await files.open(members: .peer).seal(for: .token(Array("emp-00042".utf8)))
        let text = String(decoding: Samples.requestEnd().encode(sealedBy: seal).bytes, as: UTF8.self)
        #expect(text.contains(#""sub":"emp-00042""#) && !text.contains("203.0.113.9"))
    }

    @Test func anOperatorsSubjectIsSealedInAnAdminAction() async throws {
        let files = try SealedLog()
        let seal = try await files.open().seal(for: .token(Array("emp-00042".utf8)))
        let record = EncodedRecord.adminAction(
            operator: Samples.requestEnd().principal, action: "token.issue", target: [], request: Self.request,
            sealedBy: seal)
        let text = String(decoding: record.bytes, as: UTF8.self)
        #expect(!text.contains("emp-00042"))
        let members = try files.unsealer().members(of: Array("{\(text)}".utf8))
        #expect(members.map(\.content) == [.value(Array(#""emp-00042""#.utf8))])
    }

    @Test func aValueThatIsTooLongIsCutBeforeItIsSealed() async throws {
        let files = try SealedLog()
        let seal = try await files.open().seal(for: .token([0x61]))
        var end = Samples.requestEnd()
        end.request.peer = [UInt8](repeating: 0x62, count: RecordLimits.textBytesMax + 1)
        let text = String(decoding: end.encode(sealedBy: seal).bytes, as: UTF8.self)
        #expect(text.contains(#""cut":["req.peer"]"#))
        let members = try files.unsealer().members(of: Array("{\(text)}".utf8))
        #expect(members.first?.content == .value([0x22] + end.request.peer.dropLast() + [0x22]))
    }

    @Test func eachSubjectHasOneKeyOfItsOwn() async throws {
        let files = try SealedLog()
        var identifiers: [[UInt8]] = []
        let subjects: [SealSubject] = [
            .token([0x61]), .token([0x62]), .certificate([0x61]), .unidentified(day: 1), .unidentified(day: 2),
        ]
        for subject in subjects + subjects {
            // A gateway that starts anew finds what the one before it made.
            identifiers.append(try await files.open().seal(for: subject).key.identifier)
        }
        #expect(Set(identifiers).count == subjects.count)
        #expect(Array(identifiers.prefix(5)) == Array(identifiers.suffix(5)))
    }

    @Test func whoeverIsNotIdentifiedSharesTheKeyOfTheDay() {
        let day = SealSubject(nil, at: 86_400_000_000 * 20_000 + 86_399_999_999)
        #expect(day == .unidentified(day: 20_000))
        #expect(SealSubject(AuditPrincipal(), at: 86_400_000_000 * 20_000) == day)
        #expect(SealSubject(nil, at: 86_400_000_000 * 20_001) != day)
        #expect(SealSubject(Samples.requestEnd().principal, at: 0) == .token(Array("emp-00042".utf8)))
        let certificate = AuditPrincipal(certificate: Samples.requestEnd().principal?.certificate)
        #expect(SealSubject(certificate, at: 0) == .certificate(Array("CN=branch-17,O=Example Bank,C=PK".utf8)))
    }

    @Test func theStoreTellsNothingOfItsSubjectsAndIsForItsOwnerAlone() async throws {
        let files = try SealedLog()
        let subject = Array("emp-00042".utf8)
        _ = try await files.open().seal(for: .token(subject))
        let digest = String(decoding: SHA256Digest(of: subject).hex, as: UTF8.self)
        var count = 0
        for folder in ["keys", "subjects"] {
            let path = "\(files.log.stateDirectory)/\(folder)"
            #expect(try FileDirectory.status(of: path).mode == 0o700)
            for name in try FileDirectory.names(in: path) {
                let text = String(decoding: try Data(contentsOf: URL(filePath: "\(path)/\(name)")), as: UTF8.self)
                #expect(!text.contains("emp-00042") && !text.contains(digest) && !name.contains(digest))
                #expect(try FileDirectory.status(of: "\(path)/\(name)").mode == 0o600)
                count += 1
            }
        }
        #expect(count == 3, "the check, a key and a subject")
    }

    @Test func anErasedSubjectIsUnreadableAndGetsAnotherKey() async throws {
        let files = try SealedLog()
        let subject = SealSubject.token(Array("emp-00042".utf8))
        let keys = try files.open()
        let seal = try await keys.seal(for: subject)
        let other = try await keys.seal(for: .token([0x61]))
        let body = Array("{\(String(decoding: Samples.requestEnd().encode(sealedBy: seal).bytes, as: UTF8.self))}".utf8)
        let otherBody = Array(
            "{\(String(decoding: Samples.requestEnd().encode(sealedBy: other).bytes, as: UTF8.self))}".utf8)
        #expect(try await keys.erase(subject) == [seal.key.identifier])
        #expect(try files.unsealer().members(of: body).map(\.content) == [.erased, .erased])
        #expect(try files.unsealer().members(of: otherBody).allSatisfy { $0.content != .erased })
        let next = try await keys.seal(for: subject)
        #expect(next.key.identifier != seal.key.identifier)
        #expect(try await keys.erase(.token(Array("nobody".utf8))).isEmpty)
        // The subject came back before the record of its erasure: forgetting that one leaves the key that it has now.
        try await keys.forget([seal.key.identifier], of: subject)
        #expect(try await keys.erase(subject) == [next.key.identifier])
        try await keys.forget([next.key.identifier], of: subject)
        #expect(try await keys.erase(subject).isEmpty)
    }

    @Test func aKeyEncryptionKeyThatIsNotOneIsRefused() throws {
        let files = try SealedLog()
        let good = Base64.encode(Array(0..<32))
        for text in [
            "", "\n", "not base64", Base64.encode(Array(0..<31)), Base64.encode(Array(0..<33)), good + "\n\n",
            "\n" + good, good.dropLast() + "\n", good.replacing("8=", with: "9="), good.replacing("A", with: "?"),
        ] {
            try files.writeMaster(Array(text.utf8))
            #expect(throws: AuditError.self, "\(text)") { try files.open() }
        }
        try files.writeMaster(Array(good.utf8), mode: 0o640)
        #expect(throws: AuditError.self) { try files.open() }
        // With or without the line feed that openssl ends with, it is the same key.
        for text in [good, good + "\n"] {
            try files.writeMaster(Array(text.utf8))
            _ = try files.open()
        }
    }

    @Test func anotherKeyEncryptionKeyThanTheStoresIsRefused() throws {
        let files = try SealedLog()
        _ = try files.open()
        try files.writeMaster(Array(Base64.encode(Array(1..<33)).utf8))
        #expect { try files.open() } throws: { ($0 as? AuditError)?.exitStatus == 78 }
    }
}

/// A state directory with a key-encryption key.
struct SealedLog {
    let log: TemporaryLog
    var master: String { log.root + "/kek" }

    init() throws {
        log = try TemporaryLog()
        try FileDirectory.make(log.stateDirectory, mode: 0o700)
        try writeMaster(Array((Base64.encode(Array(0..<32)) + "\n").utf8))
    }

    func writeMaster(_ text: [UInt8], mode: UInt32 = 0o600) throws {
        do throws(FileError) { try FileDirectory.remove(master) } catch {}
        _ = try File.open(master, for: .writeNew, mode: mode).write(text.span)
    }

    func open(members: SealedMembers = [.tokenSubject, .peer]) throws -> SealingKeys {
        try SealingKeys.open(
            stateDirectory: log.stateDirectory, keyFile: master, origin: log.configuration.origin, members: members)
    }

    func unsealer() throws -> Unsealer {
        try Unsealer(
            stateDirectory: log.stateDirectory, keyFile: master, origin: log.configuration.origin)
    }
}
