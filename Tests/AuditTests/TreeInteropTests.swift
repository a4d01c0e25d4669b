import Foundation
import OpenSSL
import Testing

@testable import Audit

/// Programs that are not ours, on a log and a tree that our code made: `Tests/Interop/merkle_reader.py` over pymerkle and
/// python-ecdsa, and the shell pipeline of the format's page.
@Suite struct `Foreign programs` {
    private static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent()

    private struct Ended {
        var status: Int32
        var text: String
    }

    private func run(_ words: [String], input: Data = Data()) throws -> Ended {
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments = words
        let (given, output) = (Pipe(), Pipe())
        process.standardInput = given
        process.standardOutput = output
        process.standardError = output
        try process.run()
        // It says nothing before it has read everything.
        try given.fileHandleForWriting.write(contentsOf: input)
        try given.fileHandleForWriting.close()
        let data = try output.fileHandleForReading.readToEnd() ?? Data()
        process.waitUntilExit()
        return Ended(
            status: process.terminationStatus,
            text: String(decoding: data, as: UTF8.self).trimmingCharacters(in: .newlines))
    }

    private func merkleReader(_ words: [String], input: Data = Data()) throws -> Ended {
        let made = try run([Self.root.appending(path: "scripts/python-venv.sh").path])
        try #require(made.status == 0, "\(made.text)")
        let script = Self.root.appending(path: "Tests/Interop/merkle_reader.py").path
        return try run([made.text, "-B", script] + words, input: input)
    }

    /// A log of some segments and checkpoints, with bytes that readers stumble over.
    private func written() async throws -> TemporaryLog {
        let files = try TemporaryLog()
        var configuration = files.configuration.with { $0.segmentBytesMax = 8192 }
        configuration.checkpointRecordsMax = 1
        let log = try AuditLog.open(configuration)
        for number in 0..<30 {
            _ = try await log.append(Samples.requestEnd(number, path: "/v1/\u{202E}é\n\u{7F}\"\\$(x)`%s").encode())
        }
        log.close(requestsServed: 30)
        return files
    }

    @Test func `agree on roots, notes and proofs of a log`() async throws {
        let files = try await written()
        let disk = try DirectoryStorage(path: files.directory)
        let key = try Genesis(line: Array(try #require(try files.lines().first).utf8)).key
        var cursor = try RecordCursor(disk)
        var proofs: [String] = []
        while let record = try cursor.next() {
            let path = "\(files.root)/\(record.seq).tlog-proof"
            try Data(try ProofMaker(disk).proof(of: record, policy: nil).bytes).write(to: URL(filePath: path))
            proofs.append(path)
        }
        let agreed = try merkleReader(["log", files.directory, key.text] + proofs)
        let notes = try disk.names(in: "checkpoints").count
        #expect(agreed.text == "agrees: \(proofs.count) records, \(notes) checkpoints, \(proofs.count) proofs")
        #expect(agreed.status == 0 && proofs.count > 32 && notes > 1)

        // It would notice: a proof of another record, and another root.
        let moved = Array(try Data(contentsOf: URL(filePath: proofs[3])))
        let text = String(decoding: moved, as: UTF8.self).replacing("\nindex 3\n", with: "\nindex 4\n")
        try Data(text.utf8).write(to: URL(filePath: proofs[3]))
        let differs = try merkleReader(["log", files.directory, key.text, proofs[3]])
        #expect(differs.status == 1 && differs.text == "differs: record 4")
    }

    @Test func `agree on the roots of a tree and on proofs about it`() throws {
        let leaves = (0..<70).map { Array("leaf \($0)".utf8) }
        var edge = TreeEdge()
        var hasher = SHA256()
        var roots = [Base64.encode(edge.root(with: &hasher).bytes)]
        for leaf in leaves {
            edge.append(MerkleTree.leaf(leaf), with: &hasher) { _, _ in }
            roots.append(Base64.encode(edge.root(with: &hasher).bytes))
        }
        var tree = Given(hashes: leaves.map { MerkleTree.leaf($0) })
        var (inclusion, consistency): ([[Any]], [[Any]]) = ([], [])
        for size in Array(1...33) + [63, 64, 65, 70] {
            for index in 0..<size {
                let proof = try tree.inclusionProof(of: UInt64(index), size: UInt64(size))
                inclusion.append([index, size, proof.map { Base64.encode($0.bytes) }])
                let growth = try tree.consistencyProof(from: UInt64(index + 1), to: UInt64(size))
                consistency.append([index + 1, size, growth.map { Base64.encode($0.bytes) }])
            }
        }
        let given: [String: Any] = [
            "leaves": leaves.map { Base64.encode($0) }, "roots": roots, "inclusion": inclusion,
            "consistency": consistency,
        ]
        let agreed = try merkleReader(["tree"], input: try JSONSerialization.data(withJSONObject: given))
        #expect(agreed.text == "agrees: 71 roots, \(inclusion.count) \(consistency.count) proofs")
        #expect(agreed.status == 0)
    }

    @Test func `agree on the chain: the page's shell pipeline gives each record's hash`() async throws {
        let page = try String(contentsOf: Self.root.appending(path: "docs/formats/audit-log.md"), encoding: .utf8)
        let pipeline = try #require(page.split(separator: "\n").first { $0.hasSuffix("| sha256sum") })
        let files = try await written()
        let segments = try files.segments().map { "\(files.directory)/\($0)" }
        let script = "cat \"$@\" | while IFS= read -r L; do \(pipeline); done"
        let hashed = try run(["sh", "-c", script, "sh"] + segments)
        let hashes = hashed.text.split(separator: "\n").map { String($0.prefix(64)) }
        let lines = try files.lines()
        #expect(hashed.status == 0 && hashes.count == lines.count && lines.count > 32)
        for (number, line) in lines.enumerated() {
            #expect(line.hasSuffix("\"hash\":\"\(hashes[number])\"}"), "\(number)")
            let previous = number == 0 ? String(repeating: "0", count: 64) : hashes[number - 1]
            #expect(line.contains("\"prev\":\"\(previous)\","), "\(number)")
        }
    }
}
