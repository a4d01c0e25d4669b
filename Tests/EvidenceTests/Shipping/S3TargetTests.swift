import Audit
import Foundation
import LinuxIO
import OpenSSL
import Testing

@testable import Evidence

@Suite struct S3TargetTests {
    @Test func everythingIsShippedSignedLockedAndFoundThereByItsHash() throws {
        let log = try ShippedLog(segments: 3)
        let service = try FakeS3(log)
        var shipper = try log.shipper(try service.target())
        let outcome = shipper.round()
        #expect(outcome.failure == nil && outcome.shipped.count == 4, "\(outcome) \(service.answers)")
        let puts = service.answers.filter { $0.method == "PUT" }
        #expect(puts.map(\.path) == outcome.shipped.map { "/audit/gw-01/\($0)" })
        #expect(puts.allSatisfy { $0.lock == ["COMPLIANCE", "2021-10-18T12:26:40Z"] }, "\(puts)")
        #expect(service.answers.allSatisfy { $0.wrong == nil })
        #expect(shipper.round().shipped.isEmpty)
    }

    @Test(arguments: [
        ("PUT 500", ShipFailure.refused), ("PUT 503", .refused), ("PUT 403", .denied), ("PUT reset", .refused),
        ("PUT slow", .timeout), ("PUT truncate", .conflict), ("PUT corrupt", .conflict), ("HEAD 403", .denied),
        ("HEAD 500", .refused), ("HEAD reset", .refused), ("HEAD slow", .timeout),
    ])
    func aFaultIsCountedAndGoesAwayByTryingAgainUnlessTheArchiveIsWrong(fault: String, failure: ShipFailure) throws {
        let log = try ShippedLog(segments: 2)
        let service = try FakeS3(log)
        try service.fail(fault, times: 1)
        var shipper = try log.shipper(try service.target(timeout: .seconds(1)))
        let first = shipper.round()
        let isWrongThere = failure == .conflict
        #expect(first.failure == (isWrongThere ? .hash : failure), "\(service.answers)")
        #expect(try log.ledger.segments.isEmpty)
        let second = shipper.round()
        // What an archive stored wrongly stays for people to look at.
        #expect(second.failure == (isWrongThere ? .conflict : nil), "\(service.answers)")
        #expect(try log.ledger.segments.isEmpty == isWrongThere)
    }

    @Test func aServiceThatTellsNoChecksumIsReadBack() throws {
        let log = try ShippedLog(segments: 2)
        let service = try FakeS3(log)
        try service.fail("HEAD nochecksum", times: 100)
        var shipper = try log.shipper(try service.target())
        #expect(shipper.round().failure == nil, "\(service.answers)")
        #expect(service.answers.contains { $0.method == "GET" && $0.status == 200 })
    }

    @Test func wrongCredentialsAreDeniedAndNeverPrinted() throws {
        let log = try ShippedLog(segments: 2)
        let service = try FakeS3(log)
        var shipper = try log.shipper(try service.target(secret: "another"))
        #expect(shipper.round().failure == .denied)
        #expect(service.answers.contains { $0.wrong == "signature" })
        try log.write(Array("AKID\nsec ret\n".utf8), to: "credentials")
        try log.setMode(0o600, of: "credentials")
        #expect {
            _ = try S3Credentials.read(file: log.root + "/credentials")
        } throws: { !"\($0)".contains("sec ret") }
    }

    @Test(arguments: [
        "http://archive.example", "http://127.evil.example", "https://a/b", "ftp://127.0.0.1", "https://u@h",
        "https://",
    ])
    func anEndpointThatMustNotBeUsedIsRefused(endpoint: String) throws {
        #expect(throws: EvidenceError.self) {
            _ = try S3Target(
                S3Settings(endpoint: endpoint, region: "r", bucket: "b"),
                credentials: S3Credentials(user: [0x61], secret: SecretBytes(copying: [0x61]), session: nil)
            ) { 0 }
        }
    }
}

@Suite struct `An S3 service by others` {
    @Test func `takes what is signed and locked, and shows it to its own client`() throws {
        let log = try ShippedLog(segments: 3)
        let service = try MotoS3()
        var shipper = try log.shipper(try service.target())
        let outcome = shipper.round()
        #expect(outcome.failure == nil && outcome.shipped.count == 4, "\(outcome)")
        let objects = try service.objects()
        #expect(Set(objects.keys) == Set(outcome.shipped.map { "gw-01/\($0)" }))
        for name in outcome.shipped {
            let object = try #require(objects["gw-01/\(name)"])
            #expect(try Array(object.body.utf8) == log.bytes(name))
            // 400 days after 2120-07-09, a day that is still to come: locks of the past are refused.
            #expect(object.mode == "COMPLIANCE" && object.until == "2121-08-13", "\(object)")
        }
        // A ledger that is lost is made again from what is there; a checkpoint that was replaced is a new version.
        try log.write([], to: "state/shipped")
        try log.write(Array("newer\n".utf8), to: "log/checkpoint")
        var again = try log.shipper(try service.target())
        #expect(again.round().failure == nil)
        #expect(try service.objects()["gw-01/checkpoint"]?.body == "newer\n")
        #expect(try log.ledger.segments.count == 2)
    }

    @Test func `denies another secret, and whom it does not know`() throws {
        let log = try ShippedLog(segments: 2)
        let service = try MotoS3()
        for (user, secret) in [(service.user, "another"), ("AKIAUNKNOWN", service.secret)] {
            var shipper = try log.shipper(try service.target(user: user, secret: secret))
            #expect(shipper.round().failure == .denied)
        }
        #expect(try service.objects().isEmpty && log.ledger.segments.isEmpty)
    }
}

/// `moto_server.py` on loopback, until it is let go.
private final class MotoS3 {
    struct Object: Decodable {
        let body: String
        let mode: String?
        let until: String?
    }

    private let process = Process()
    private let output = Pipe()
    private let input = Pipe()
    private let port: String
    let user: String
    let secret: String

    init() throws {
        let folder = URL(filePath: #filePath).deletingLastPathComponent()
        let package = folder.deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        let installer = Process()
        installer.executableURL = package.appending(path: "scripts/python-venv.sh")
        installer.standardOutput = FileHandle.nullDevice
        try installer.run()
        installer.waitUntilExit()
        process.executableURL = package.appending(path: ".build/venv/bin/python")
        process.arguments = [folder.appending(path: "moto_server.py").path]
        process.standardOutput = output
        process.standardInput = input
        try process.run()
        let words = Self.line(output).split(separator: " ").map(String.init)
        (port, user, secret) = try #require(words.count == 3 ? (words[0], words[1], words[2]) : nil)
    }

    deinit {
        kill(process.processIdentifier, SIGKILL)
        process.waitUntilExit()
    }

    /// What the service has, by name, as its own client reads it.
    func objects() throws -> [String: Object] {
        input.fileHandleForWriting.write(Data([0x0A]))
        return try JSONDecoder().decode([String: Object].self, from: Data(Self.line(output).utf8))
    }

    private static func line(_ pipe: Pipe) -> String {
        var bytes: [UInt8] = []
        while bytes.last != 0x0A {
            let part = pipe.fileHandleForReading.availableData
            guard !part.isEmpty else { break }
            bytes += part
        }
        return String(decoding: bytes, as: UTF8.self).trimmingCharacters(in: .newlines)
    }

    func target(user: String? = nil, secret: String? = nil) throws -> S3Target {
        var settings = S3Settings(endpoint: "http://127.0.0.1:\(port)", region: "eu-central-1", bucket: "audit")
        settings.prefix = "gw-01/"
        settings.lock = .compliance
        return try S3Target(
            settings,
            credentials: S3Credentials(
                user: Array((user ?? self.user).utf8),
                secret: SecretBytes(copying: Array((secret ?? self.secret).utf8)), session: nil)
        ) { 4_750_000_000_000_000 }
    }
}

/// `s3.py` on loopback, until it is let go.
private final class FakeS3 {
    struct Answer: Decodable {
        let method: String
        let path: String
        let status: Int
        let wrong: String?
        let lock: [String?]?
    }

    private let process = Process()
    private let folder: String
    private let port: String

    init(_ log: ShippedLog) throws {
        folder = log.root
        let output = Pipe()
        process.executableURL = URL(filePath: "/usr/bin/python3")
        process.arguments = [
            URL(filePath: #filePath).deletingLastPathComponent().appending(path: "s3.py").path, "AKIDEXAMPLE",
            "wJalrXUtnFEMI", folder + "/fault", folder + "/requests",
        ]
        process.standardOutput = output
        try process.run()
        let line = String(decoding: output.fileHandleForReading.availableData, as: UTF8.self)
        port = line.trimmingCharacters(in: .whitespacesAndNewlines)
    }

    deinit {
        // Not SIGTERM: a thread that blocks it passes that on.
        kill(process.processIdentifier, SIGKILL)
        process.waitUntilExit()
    }

    func fail(_ fault: String, times: Int) throws {
        try Data("\(fault) \(times)".utf8).write(to: URL(filePath: folder + "/fault"))
    }

    var answers: [Answer] {
        let text = (try? String(contentsOfFile: folder + "/requests", encoding: .utf8)) ?? ""
        return text.split(separator: "\n").compactMap { try? JSONDecoder().decode(Answer.self, from: Data($0.utf8)) }
    }

    func target(secret: String = "wJalrXUtnFEMI", timeout: Duration = .seconds(20)) throws -> S3Target {
        var settings = S3Settings(endpoint: "http://127.0.0.1:\(port)", region: "eu-central-1", bucket: "audit")
        settings.prefix = "gw-01/"
        settings.lock = .compliance
        settings.timeout = timeout
        return try S3Target(
            settings,
            credentials: S3Credentials(
                user: Array("AKIDEXAMPLE".utf8), secret: SecretBytes(copying: Array(secret.utf8)), session: nil)
        ) { 1_600_000_000_000_000 }
    }
}
