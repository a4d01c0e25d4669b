import Foundation
import LinuxIO
import OpenSSL
import Patience
import Synchronization
import Testing
import Threading
import WireClient

@testable import Edge

/// A certificate and its key in files.
struct TestIdentity: Sendable {
    let certificate: String
    let key: String
}

/// A folder of one test, removed with it.
final class TestFolder: Sendable {
    let path: String

    init() throws {
        let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
        let name = String(UInt64.random(in: 0 ... .max), radix: 36)
        path = root.appending(path: ".build/edge-tests/\(name)").path
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }

    func write(_ bytes: [UInt8], to name: String) throws -> String {
        let file = path + "/" + name
        try Data(bytes).write(to: URL(filePath: file))
        return file
    }
}

/// An authority of one test with what it signs.
final class TestAuthority: Sendable {
    let folder: TestFolder
    let certificate: Certificate
    let key: PrivateKey
    let file: String

    init(
        _ folder: TestFolder, name: String = "ca", by issuer: TestAuthority? = nil,
        validity: ClosedRange<Int64> = now(-60, 3600)
    ) throws {
        self.folder = folder
        key = try PrivateKey.generate(.ec(.p256))
        let description = CertificateDescription(commonName: name, purpose: .authority, validity: validity)
        certificate = try Certificate.sign(
            description, for: key.publicKey(), by: issuer?.key ?? key, issuer: issuer?.certificate)
        file = try folder.write(try certificate.pem(), to: name + ".crt")
    }

    static func now(_ first: Int64, _ last: Int64) -> ClosedRange<Int64> {
        (WallClock.seconds + first)...(WallClock.seconds + last)
    }

    /// Signs a certificate; `by` is a key that is not the authority's, for a signature that does not hold.
    func issue(
        _ name: String, commonName: String? = nil, purpose: CertificateDescription.Purpose = .client,
        alternativeNames: [AlternativeName] = [], validity: ClosedRange<Int64> = now(-60, 3600), by: PrivateKey? = nil,
        chain: Bool = false
    ) throws -> TestIdentity {
        let leaf = try PrivateKey.generate(.ec(.p256))
        let description = CertificateDescription(
            commonName: commonName ?? name, purpose: purpose, alternativeNames: alternativeNames, validity: validity)
        let signed = try Certificate.sign(description, for: leaf.publicKey(), by: by ?? key, issuer: certificate)
        let keyPEM = try leaf.pem().withSpan { span in (0..<span.count).map { span[$0] } }
        return TestIdentity(
            certificate: try folder.write(try signed.pem() + (chain ? certificate.pem() : []), to: name + ".crt"),
            key: try folder.write(keyPEM, to: name + ".key"))
    }
}

/// A TLS server of one test.
struct TestTLSServer {
    let folder: TestFolder
    let authority: TestAuthority
    let identity: TestIdentity
    let context: TLSContext
    let server: TestServer

    init(
        _ clientCertificate: TLSConfiguration.ClientCertificate = .required,
        timeouts: EdgeTimeouts = EdgeTimeouts(linger: .milliseconds(100)), handshakesInFlightMax: Int = 1024,
        handshakesPerAddressMax: Int = 256, authorityValidity: ClosedRange<Int64> = TestAuthority.now(-60, 3600)
    ) throws {
        folder = try TestFolder()
        authority = try TestAuthority(folder, validity: authorityValidity)
        identity = try authority.issue(
            "server", commonName: "localhost", purpose: .server, alternativeNames: [.dns(Array("localhost".utf8))])
        context = try TLSContext.make(
            TLSConfiguration(
                certificateFile: identity.certificate, keyFile: identity.key, clientCAFile: authority.file,
                clientCertificate: clientCertificate))
        let configuration = EdgeConfiguration(
            loopCount: 1, handshakesInFlightMax: handshakesInFlightMax,
            handshakesPerAddressMax: handshakesPerAddressMax, timeouts: timeouts)
        server = try TestServer(configuration, transport: .tls(context))
    }

    /// Sends a request by `openssl s_client`, which ends when the server closes.
    func openssl(
        _ identity: TestIdentity?, path: String = "/hello", _ options: String...
    ) async throws -> ForeignClient.Ending {
        var words = ["s_client", "-connect", "127.0.0.1:\(server.port)", "-ign_eof", "-CAfile", authority.file]
        if let identity { words += ["-cert", identity.certificate, "-key", identity.key] }
        if let identity, identity.certificate.hasSuffix("chained.crt") {
            words += ["-cert_chain", identity.certificate]
        }
        return try await ForeignClient("openssl", words + options).end(
            after: WireClient.get(path, "Connection: close\r\n"))
    }

    /// Waits for the refusal of a handshake and checks that it was counted and told once.
    func expectRefusal(
        _ failure: TLSFailure, showing identity: TestIdentity? = nil, _ comment: Comment? = nil,
        sourceLocation: SourceLocation = #_sourceLocation
    ) async throws {
        _ = await eventually { !server.notes.now.refusals.isEmpty }
        let refusals = server.notes.now.refusals
        #expect(refusals.map(\.reason) == [.handshake(failure)], comment, sourceLocation: sourceLocation)
        #expect(refusals.first?.address.isLoopback == true, sourceLocation: sourceLocation)
        if let identity {
            let digest = try Certificate(pem: Array(Data(contentsOf: URL(filePath: identity.certificate)))).sha256()
            #expect(refusals.first?.certificateDigest == digest, comment, sourceLocation: sourceLocation)
        }
        #expect(server.edge.statistics.handshakes == [.failed(failure): 1], comment, sourceLocation: sourceLocation)
        #expect(server.notes.now.peers.isEmpty && server.notes.now.paths.isEmpty, sourceLocation: sourceLocation)
        #expect(await eventually { server.edge.statistics.openConnections == 0 }, sourceLocation: sourceLocation)
    }
}

/// Somebody else's client.
final class ForeignClient: Sendable {
    struct Ending: Sendable {
        let status: Int32
        /// Standard output and standard error.
        let text: String
    }

    private let input = Pipe()
    private let pid = Mutex<Int32>(0)
    private let ending = Mutex<Ending?>(nil)

    init(_ program: String, _ arguments: [String]) throws {
        let output = Pipe()
        Thread.detachNewThread { [self] in
            let process = Process()
            process.executableURL = URL(filePath: "/usr/bin/env")
            process.arguments = ["timeout", "\(20 * patienceFactor)", program] + arguments
            process.standardInput = input
            process.standardOutput = output
            process.standardError = output
            do { try process.run() } catch {
                ending.withLock { $0 = Ending(status: -1, text: "\(error)") }
                return
            }
            pid.withLock { $0 = process.processIdentifier }
            let text = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
            process.waitUntilExit()
            ending.withLock { $0 = Ending(status: process.terminationStatus, text: text) }
        }
    }

    func send(_ text: String) { try? input.fileHandleForWriting.write(contentsOf: Data(text.utf8)) }

    /// Sends `text` and waits for the client's end.
    func end(after text: String = "") async throws -> Ending {
        if !text.isEmpty { send(text) }
        try? input.fileHandleForWriting.close()
        _ = await eventually(within: .seconds(30)) { ending.withLock { $0 != nil } }
        return try #require(ending.withLock { $0 })
    }

    /// Ends it as a power cut would. `timeout` puts its client in its own process group.
    func kill() { _ = Foundation.kill(-pid.withLock { $0 }, SIGKILL) }
}
