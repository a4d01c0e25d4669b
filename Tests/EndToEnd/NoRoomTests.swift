import Foundation
import JSON
import Testing

/// Without privileges a limit on the size of files, which the kernel keeps as it keeps the end of a disk: a write takes what
/// still fits, and the next one fails. With the folder of a small file system (`make full-disk`), that as well.
@Suite struct `A disk with no byte left` {
    enum Kind: Sendable, CustomTestStringConvertible {
        case fileLimit
        case fileSystem(String)

        var testDescription: String {
            switch self {
            case .fileLimit: "a limit on files"
            case .fileSystem: "a file system"
            }
        }
    }

    private static let kinds: [Kind] =
        [.fileLimit] + (ProcessInfo.processInfo.environment["PORTCULLIS_SMALL_DISK"].map { [.fileSystem($0)] } ?? [])

    @Test(arguments: kinds)
    func `ends service, keeps what it acknowledged, and lets the next start go on`(kind: Kind) async throws {
        let deployment = try await Deployment.make()
        try deployment.raiseRateLimits()
        // The writer is to meet the end itself, and not to stop before it.
        for name in ["space_warn_bytes", "space_stop_bytes"] { try deployment.set(name, "0") }
        var directory = deployment.logDirectory
        if case .fileSystem(let path) = kind {
            directory = path + "/audit"
            try deployment.set("directory", "\"\(directory)\"")
        }
        let gateway = try await GatewayProcess.start(deployment)
        var receipts: [Acknowledged] = []
        for _ in 0..<8 { receipts.append(try #require(try await gateway.ask().receipt)) }
        let segment = directory + "/" + (try #require(try LogFiles(directory).segments.last))
        let size = contents(of: segment).count
        var filler: String?
        switch kind {
        case .fileLimit:
            try await succeed(
                "prlimit", ["--pid", "\(gateway.child.pid)", "--fsize=\(size + 3000)"], scratch: deployment.scratch)
        case .fileSystem(let path):
            filler = path + "/filler"
            // To the last byte, and then a little back.
            _ = try await run(
                "sh", ["-c", "cat /dev/zero > \"$0\"; truncate -s -8192 \"$0\"", path + "/filler"],
                scratch: deployment.scratch)
        }
        var last = try await gateway.ask()
        for _ in 0..<200 where last.status == 200 {
            receipts.append(try #require(last.receipt))
            last = try await gateway.ask()
        }
        try expectProblem(last, 503, recorded: false)
        #expect(last.receipt == nil && !last.text.contains("\"answer\""))
        #expect(try await gateway.child.wait(within: .seconds(20)) == .exited(74), "\(gateway.child.errors)")
        #expect(gateway.child.errors.contains(".jsonl"), "\(gateway.child.errors)")
        if case .fileLimit = kind { #expect(contents(of: segment).count == size + 3000) }

        if let filler { try FileManager.default.removeItem(atPath: filler) }
        let again = try await GatewayProcess.start(deployment)
        #expect(try await again.ask().status == 200)
        #expect(try await again.stop() == .exited(0))
        let log = try LogFiles(directory)
        for receipt in receipts { #expect(log.record(receipt.sequence)?.hash == receipt.hash) }
        if case .fileLimit = kind { #expect(log.records.contains { $0.json["segment"]?["torn"] != nil }) }
        let verified = try await portcullis("audit", "verify", directory, "--unpinned", scratch: deployment.scratch)
        #expect(verified.status == 0, "\(verified.text) \(verified.errors)")
    }
}

@Suite struct `A log file that somebody else touches` {
    enum Touch: String, CaseIterable { case removed, renamed, cut, extended }

    @Test(arguments: Touch.allCases)
    func `ends service at once, and is named`(touch: Touch) async throws {
        let deployment = try await Deployment.make()
        let gateway = try await GatewayProcess.start(deployment)
        #expect(try await gateway.ask().status == 200)
        let name = try #require(try LogFiles(deployment.logDirectory).segments.last)
        let path = deployment.logDirectory + "/" + name
        switch touch {
        case .removed: try FileManager.default.removeItem(atPath: path)
        case .renamed: try FileManager.default.moveItem(atPath: path, toPath: deployment.scratch.file("moved"))
        case .cut, .extended:
            let file = try FileHandle(forUpdating: URL(filePath: path))
            let end = try file.seekToEnd()
            if touch == .cut { try file.truncate(atOffset: end - 1) } else { try file.write(contentsOf: [0x20]) }
            try file.close()
        }
        // A name is looked at each second, a size at each record.
        if touch != .renamed {
            let reply = try await gateway.ask()
            #expect([0, 503].contains(reply.status) && !reply.text.contains("\"answer\""), "\(reply.text)")
        }
        #expect(try await gateway.child.wait(within: .seconds(20)) == .exited(74), "\(gateway.child.errors)")
        #expect(gateway.child.errors.contains(name), "\(gateway.child.errors)")
        if touch == .removed || touch == .renamed {
            // Its checkpoints say that there was a log, and there is no going on without it.
            let child = try GatewayProcess.launch(deployment)
            #expect(try await child.wait(within: .seconds(60)) == .exited(65), "\(child.errors)")
            #expect(try LogFiles(deployment.logDirectory).segments.isEmpty)
        }
    }
}
