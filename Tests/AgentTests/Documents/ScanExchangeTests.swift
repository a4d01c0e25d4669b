import Foundation
import LinuxIO
import Testing

@testable import Agent

@Suite struct ScanExchangeTests {
    private static func verdict(_ answer: String, byteByByte: Bool) -> Result<ScanExchange.Verdict, ScanExchange.Fault>
    {
        let bytes = Array(answer.utf8)
        return Result { () throws(ScanExchange.Fault) in
            var exchange = ScanExchange()
            for piece in byteByByte ? bytes.indices.map({ bytes[$0...$0] }) : [bytes[...]] {
                if let verdict = try exchange.consume(piece) { return verdict }
            }
            throw exchange.finish()
        }
    }

    @Test(arguments: [
        ("stream: OK\0", Result<ScanExchange.Verdict, ScanExchange.Fault>.success(.clean)),
        ("stream: Eicar-Test FOUND\0", .success(.infected(name: Array("Eicar-Test".utf8)))),
        ("stream: A B FOUND FOUND\0", .success(.infected(name: Array("A B FOUND".utf8)))),
        (
            "INSTREAM size limit exceeded. ERROR\0",
            .failure(.refused(Array("INSTREAM size limit exceeded. ERROR".utf8)))
        ),
        ("stream: OK", .failure(.noAnswer)), ("", .failure(.noAnswer)), ("\0", .failure(.noAnswer)),
        ("OK\0", .failure(.noAnswer)), ("stream:OK\0", .failure(.noAnswer)), ("stream: OK \0", .failure(.noAnswer)),
        ("stream: ok\0", .failure(.noAnswer)), ("stream: FOUND\0", .failure(.noAnswer)),
        ("UNKNOWN COMMAND\0", .failure(.noAnswer)), ("HTTP/1.1 200 OK\r\n\r\n\0", .failure(.noAnswer)),
    ])
    func `only the one answer lets a document pass, however it is cut`(
        answer: String, verdict: Result<ScanExchange.Verdict, ScanExchange.Fault>
    ) {
        #expect(Self.verdict(answer, byteByByte: false) == verdict)
        #expect(Self.verdict(answer, byteByByte: true) == verdict)
    }

    @Test func `an answer has a bound`() {
        let longest = "stream: " + String(repeating: "x", count: ScanExchange.answerBytesMax - 14) + " FOUND"
        #expect(longest.utf8.count == ScanExchange.answerBytesMax)
        #expect(throws: Never.self) { try Self.verdict(longest + "\0", byteByByte: false).get() }
        #expect(Self.verdict("x" + longest + "\0", byteByByte: false) == .failure(.noAnswer))
    }

    @Test func `a length goes before its bytes, the highest byte first`() {
        #expect(ScanExchange.length(of: 65_536) == [0, 1, 0, 0] && ScanExchange.length(of: 5) == [0, 0, 0, 5])
    }
}

/// Against a process that speaks clamd's protocol.
@Suite struct VirusScannerTests {
    /// A scanner that plays a part, ended with the test.
    private final class FakeScanner {
        let address: SocketAddress
        private let process = Process()

        init(_ part: String) throws {
            let output = Pipe()
            process.executableURL = URL(filePath: "/usr/bin/python3")
            process.arguments = [
                URL(filePath: #filePath).deletingLastPathComponent().appending(path: "clamd.py").path, part,
            ]
            process.standardOutput = output
            try process.run()
            var line: [UInt8] = []
            while line.last != 0x0A, let byte = try output.fileHandleForReading.read(upToCount: 1), !byte.isEmpty {
                line += byte
            }
            let port = try #require(UInt16(text(line).dropLast()))
            address = try #require(SocketAddress(numeric: "127.0.0.1", port: port))
        }

        // Not SIGTERM: the threads that tests run on block it, and their children inherit that.
        deinit { kill(process.processIdentifier, SIGKILL) }
    }

    private func scan(
        _ document: [UInt8], _ part: String, timeout: Duration = .seconds(5)
    ) throws -> DocumentError? {
        let fake = try FakeScanner(part)
        // It ends with the last use of it.
        defer { withExtendedLifetime(fake) {} }
        let scanner = try #require(VirusScanner(at: fake.address, timeout: timeout))
        do throws(DocumentError) {
            try scanner.scan(document)
            return nil
        } catch { return error }
    }

    @Test func `a clean document passes, whatever its size, and a known one does not`() throws {
        let large = [UInt8](repeating: 7, count: 3 * ScanExchange.pieceBytes + 17)
        #expect(try scan(large, "scan") == nil)
        #expect(try scan([1], "scan") == nil)
        // The signature that the fake knows stands across two pieces.
        let infected = [UInt8](repeating: 7, count: ScanExchange.pieceBytes - 5) + Array("FAKE-VIRUS".utf8)
        #expect(try scan(infected, "scan") == .refused(.infected))
    }

    @Test(arguments: ["refuse", "close", "half", "http", "endless"])
    func `no verdict is no pass`(part: String) throws {
        let error = try scan([UInt8](repeating: 7, count: 2_000_000), part)
        guard case .scannerAway(let reason)? = error else {
            Issue.record("\(part): \(String(describing: error))")
            return
        }
        #expect(part != "refuse" || reason.contains("size limit"), "\(reason)")
    }

    @Test(arguments: ["silent", "deaf"])
    func `a scanner that hangs is given up on in time`(part: String) throws {
        let clock = ContinuousClock(), start = clock.now
        guard case .scannerAway? = try scan([UInt8](repeating: 7, count: 20_000_000), part, timeout: .milliseconds(300))
        else {
            Issue.record("\(part) gave a verdict")
            return
        }
        #expect(clock.now - start < .seconds(4))
    }

    @Test func `a scanner that is not there is away, and another machine's is none`() throws {
        let nobody = try #require(SocketAddress(numeric: "127.0.0.1", port: 1))
        let scanner = try #require(VirusScanner(at: nobody, timeout: .seconds(1)))
        #expect(throws: DocumentError.self) { try scanner.scan([1]) }
        let elsewhere = try #require(SocketAddress(numeric: "192.0.2.1", port: 3310))
        #expect(VirusScanner(at: elsewhere, timeout: .seconds(1)) == nil)
    }

    @Test func `the gate takes what is clean, and nothing while the scanner is away`() async throws {
        let fake = try FakeScanner("scan")
        defer { withExtendedLifetime(fake) {} }
        let gate = try DocumentGate.start(
            types: [.text], scanner: VirusScanner(at: fake.address, timeout: .seconds(5)))
        #expect(try await gate.inspect(Array("words".utf8), declared: nil).type == .text)
        await #expect(throws: DocumentError.refused(.infected)) {
            try await gate.inspect(Array("FAKE-VIRUS".utf8), declared: Array("text/plain".utf8))
        }
        await #expect(throws: DocumentError.refused(.typeNotAllowed)) {
            try await gate.inspect(Array("%PDF-1.4\n%%EOF".utf8), declared: nil)
        }
        await #expect(throws: DocumentError.empty) { try await gate.inspect([], declared: nil) }
        let nobody = try #require(SocketAddress(numeric: "127.0.0.1", port: 1))
        let away = try DocumentGate.start(
            types: [.text], scanner: VirusScanner(at: nobody, timeout: .seconds(1)))
        await #expect(throws: DocumentError.self) { try await away.inspect(Array("words".utf8), declared: nil) }
    }
}
