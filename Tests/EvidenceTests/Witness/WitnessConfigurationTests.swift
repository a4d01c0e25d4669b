import LinuxIO
import OpenSSL
import Testing

@testable import Audit
@testable import Evidence

@Suite struct `The witnesses' settings` {
    @Test(
        arguments: [
            ("https://w.example", "https://w.example/add-checkpoint", 443),
            ("https://w.example/", "https://w.example/add-checkpoint", 443),
            ("https://w.example:8443/a/b", "https://w.example:8443/a/b/add-checkpoint", 8443),
            ("http://127.0.0.1:7380", "http://127.0.0.1:7380/add-checkpoint", 7380),
            ("http://127.255.1.2", "http://127.255.1.2/add-checkpoint", 80),
            ("http://[::1]:1/x", "http://[::1]:1/x/add-checkpoint", 1),
            ("https://[::2]", "https://[::2]/add-checkpoint", 443),
            ("https://w.example:65535", "https://w.example:65535/add-checkpoint", 65_535),
        ] as [(String, String, UInt16)])
    func `take https, and http on loopback`(text: String, url: String, port: UInt16) {
        let endpoint = WitnessEndpoint(text)
        #expect(endpoint?.url == url && endpoint?.port == port && endpoint?.isPlain == text.hasPrefix("http:"))
    }

    @Test(arguments: [
        "", "https://", "https:///x", "http://w.example", "http://localhost", "http://10.0.0.1",
        "http://127.0.0.1.example",
        "http://127.0.0", "http://128.0.0.1", "ftp://w.example", "file:///etc/passwd", "https://u@w.example",
        "https://w.example?x", "https://w.example#x", "https://w.example:0", "https://w.example:65536",
        "https://w.example:",
        "https://w.example:+1", "https://w.example:x", "https://w example", "https://w.example/\r\nX: y",
        "https://[::1",
        "https://w.\u{E9}", "HTTPS://w.example", "http://[::2]:1", "https://" + String(repeating: "a", count: 2041),
    ])
    func `take no other URL`(text: String) { #expect(WitnessEndpoint(text) == nil) }

    @Test func `take a URL of 2,048 bytes`() {
        #expect(WitnessEndpoint("https://" + String(repeating: "a", count: 2040)) != nil)
    }

    private func configuration(_ lines: [String], quorum: String) throws -> WitnessConfiguration {
        let log = VerifierKey(
            name: "log.example", publicKey: try testKey(Array(0..<32)).publicKey)
        let text = (["log \(log.text)"] + lines + ["quorum \(quorum)"]).joined(separator: "\n") + "\n"
        return try WitnessConfiguration(try TlogPolicy(Array(text.utf8)))
    }

    private func witness(_ number: Int, url: String = "https://w.example") throws -> String {
        var seed = [UInt8](repeating: 7, count: 32)
        seed[0] = UInt8(number)
        let key = VerifierKey(
            name: "w\(number)", publicKey: try testKey(seed).publicKey, kind: .witness)
        return "witness w\(number) \(key.text) \(url)"
    }

    @Test func `name witnesses that can meet the quorum`() throws {
        #expect(try configuration([witness(1), witness(2, url: "")], quorum: "w1").witnesses.map(\.name) == ["w1"])
        #expect(try configuration([], quorum: "none").witnesses.isEmpty)
        for (lines, quorum) in [
            ([try witness(1), try witness(2, url: "")], "w2"), ([try witness(1, url: "http://w.example")], "w1"),
            ([try witness(1, url: "http://w.example")], "none"),
        ] {
            #expect(throws: EvidenceError.self) { try configuration(lines, quorum: quorum) }
        }
    }

    @Test func `name 16 witnesses at most`() throws {
        let lines = try (1...17).map { try witness($0) }
        #expect(try configuration(Array(lines.prefix(16)), quorum: "w1").witnesses.count == 16)
        #expect(throws: EvidenceError.self) { try configuration(lines, quorum: "w1") }
    }
}

@Suite struct `What witnesses cosigned` {
    private let folder: TemporaryFolder
    private let key = VerifierKey(name: "w", publicKey: [UInt8](repeating: 1, count: 32), kind: .witness)
    init() throws { folder = try TemporaryFolder() }

    private func sizes(_ origin: String = "a.example/log") throws -> WitnessSizes<DirectoryStorage> {
        let sizes = WitnessSizes(try DirectoryStorage(path: folder.path), origin: origin)
        try sizes.prepare()
        return sizes
    }
    private var path: String {
        let hex = key.identifier.map { byte in String(byte >> 4, radix: 16) + String(byte & 15, radix: 16) }.joined()
        return "witness/\(hex).size"
    }

    @Test func `is kept for the log that it is of`() throws {
        let sizes = try sizes()
        #expect(try sizes.size(of: key) == 0)
        for size in [30, 7, 9_007_199_254_740_991] as [UInt64] {
            try sizes.keep(size, of: key)
            #expect(try sizes.size(of: key) == size)
        }
        let disk = try DirectoryStorage(path: folder.path)
        #expect(try disk.contents(of: path, bytesMax: 99) == Array("a.example/log\n9007199254740991\n".utf8))
        #expect(try self.sizes("b.example/log").size(of: key) == 0)
    }

    @Test(arguments: [
        "", "30\n", "a.example/log\n30", "a.example/log\n30\n\n", "a.example/log\n-1\n", "a.example/log\n030\n",
        "a b\n30\n", "a.example/log\n9007199254740992\n", "a.example/log\r\n30\n",
    ])
    func `is refused where the file is not one of these`(text: String) throws {
        let sizes = try sizes()
        try DirectoryStorage(path: folder.path).put(Array(text.utf8), as: path, isDurable: false)
        do {
            _ = try sizes.size(of: key)
            Issue.record("\(text) was taken")
        } catch { #expect(error.exitStatus == 78 && error.description.contains(path)) }
    }

    @Test func `is refused where the file is larger than any`() throws {
        let sizes = try sizes()
        let disk = try DirectoryStorage(path: folder.path)
        try disk.put([UInt8](repeating: 0x61, count: 513), as: path, isDurable: false)
        do {
            _ = try sizes.size(of: key)
            Issue.record("it was taken")
        } catch { #expect(error.exitStatus == 74) }
    }

    @Test func `is not held against checkpoints that were signed since`() throws {
        let log = try TestLog()
        let sizes = try self.sizes(log.origin)
        #expect(try sizes.signedMax() == 0)
        let disk = try DirectoryStorage(path: folder.path)
        try disk.put(try log.grow(by: 12).bytes, as: "last-checkpoint.note", isDurable: true)
        #expect(try sizes.signedMax() == 12)
        #expect(try self.sizes("other.example/log").signedMax() == 0)
        try disk.put([1, 2], as: "last-checkpoint.note", isDurable: true)
        #expect(try sizes.signedMax() == 0)
    }
}
