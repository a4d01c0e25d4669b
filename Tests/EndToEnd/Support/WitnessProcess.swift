import Foundation
import Testing

/// A C2SP tlog-witness that others wrote (`Tests/witness-requirements.txt`), on a loopback port of its own.
final class WitnessProcess: Sendable {
    static let name = "witness.example/w1"

    /// Its key, as a policy names it.
    let key: String
    let port: Int
    private let child: Child
    private let python: String
    private let scratch: Scratch
    private var configuration: String { scratch.file("witness/witness.json") }

    var url: String { "http://127.0.0.1:\(port)" }
    var errors: String { child.errors }

    deinit { child.signal(SIGKILL) }

    private init(key: String, port: Int, child: Child, python: String, scratch: Scratch) {
        self.key = key
        self.port = port
        self.child = child
        self.python = python
        self.scratch = scratch
    }

    /// The interpreter that it runs by; made where `make test` has not made it.
    static func interpreter(_ scratch: Scratch) async throws -> String {
        let made = try await run(
            Place.root.path + "/scripts/witness-venv.sh", [], scratch: scratch, within: .seconds(900))
        guard made.status == 0 else { throw ChildFailure(description: "no real witness to test with: \(made.errors)") }
        return made.text.trimmingCharacters(in: .whitespacesAndNewlines)
    }

    /// Starts one, new or with the memory that `stop` left in `scratch`, and waits until it listens.
    static func start(in scratch: Scratch, port: Int = 0) async throws -> WitnessProcess {
        let python = try await interpreter(scratch)
        let configuration = scratch.file("witness/witness.json")
        try FileManager.default.createDirectory(
            atPath: scratch.file("witness"), withIntermediateDirectories: true)
        let words = ["-m", "aics_witness"]
        let key = try await succeed(
            python, words + ["init", "--config", configuration, "--name", name], scratch: scratch
        ).text.trimmingCharacters(in: .whitespacesAndNewlines)
        let child = try Child(
            python, ["-c", unblocked, "serve", "--config", configuration, "--listen", "127.0.0.1:\(port)"],
            scratch: scratch)
        var found: Int?
        _ = await eventually(within: .seconds(60)) {
            found = child.errors.firstMatch(of: #/listening on http://127\.0\.0\.1:(\d+)/#).flatMap { Int($0.1) }
            return found != nil || child.ending != nil
        }
        guard let found else { throw ChildFailure(description: "the witness does not listen: \(child.errors)") }
        return WitnessProcess(key: key, port: found, child: child, python: python, scratch: scratch)
    }

    /// The module, with the signals that a child of a dispatch thread is born without.
    private static let unblocked = """
        import runpy, signal
        signal.pthread_sigmask(signal.SIG_SETMASK, [])
        runpy.run_module("aics_witness", run_name="__main__", alter_sys=True)
        """

    /// Lets it know a log's key: a first, or one more.
    func register(_ key: String) async throws {
        let origin = String(key.prefix { $0 != "+" })
        try await succeed(
            python, ["-m", "aics_witness", "add-log", "--config", configuration, "--origin", origin, "--vkey", key],
            scratch: scratch)
        let before = reloads
        child.signal(SIGHUP)
        try #require(await eventually { self.reloads > before }, "\(child.errors)")
    }

    private var reloads: Int { child.errors.components(separatedBy: "INFO reloaded ").count }

    /// Ends it cleanly.
    func stop() async throws {
        child.signal(SIGTERM)
        #expect(try await child.wait() == .exited(0), "\(child.errors)")
    }
}

extension Deployment {
    var witnessPolicy: String { policies + "/witnesses.policy" }

    /// Has the log cosigned by a witness.
    /// - Parameter settings: further members of `audit.witness`.
    func cosign(by witness: WitnessProcess, logs: [String], settings: String = "") throws {
        try writePolicy(witness.key, at: witness.url, logs: logs)
        // The member's closing brace stays.
        try set("witness", "{ policy: \"witnesses.policy\"\(settings.isEmpty ? "" : ", " + settings) ")
    }

    /// Writes a policy that asks for one witness.
    func writePolicy(_ key: String, at url: String, logs: [String]) throws {
        let text = logs.map { "log \($0)\n" }.joined() + "witness w1 \(key) \(url)\nquorum w1\n"
        try write(text.utf8, to: witnessPolicy)
    }
}
