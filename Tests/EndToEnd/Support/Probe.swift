import Foundation

/// What somebody who has taken the gateway over would try, tried from inside: a library loaded before it.
struct Probe: Sendable {
    /// A file that may be removed.
    let spare: String
    /// What the gateway is started with.
    let environment: [String: String]

    /// - Parameters:
    ///   - names: what the main thread tries.
    ///   - other: a process that is to be left alone.
    ///   - hidden: what the kernel is to lack.
    ///   - isSlow: whether the filter of system calls is to come only when `spare` is gone.
    init(
        _ names: [String] = [], in deployment: Deployment, other: Int32 = 0, hidden: String? = nil,
        isSlow: Bool = false
    ) async throws {
        let scratch = deployment.scratch
        let library = scratch.file("probe.so")
        try await succeed(
            "cc",
            [
                "-O1", "-Wall", "-Wextra", "-Werror", "-shared", "-fPIC", "-o", library,
                Place.root.path + "/Tests/Support/probe.c", "-ldl",
            ], scratch: scratch)
        let secret = scratch.file("secret")
        let policy = deployment.policies + "/extra.json5"
        spare = deployment.policies + "/spare.json5"
        for path in [secret, policy, spare] { try write("secret\n".utf8, to: path) }
        var environment = [
            "LD_PRELOAD": library, "PROBE": names.joined(separator: " "), "PROBE_SECRET": secret,
            "PROBE_POLICY": policy, "PROBE_SPARE": spare, "PROBE_OTHER": "\(other)",
        ]
        environment["PROBE_HIDE"] = hidden
        if isSlow { environment["PROBE_SLOW"] = "1" }
        self.environment = environment
    }

    /// The signal that starts it: the first that the C library leaves to programs.
    static let signal: Int32 = 34

    /// What came of each try, `errno` by name, for lines of `kind`.
    static func results(_ kind: String, of child: Child) -> [String: Int32] {
        var results: [String: Int32] = [:]
        for line in child.errors.split(separator: "\n") where line.hasPrefix(kind + " ") {
            let parts = line.dropFirst(kind.count + 1).split(separator: "=")
            if parts.count == 2, let code = Int32(parts[1]) { results[String(parts[0])] = code }
        }
        return results
    }
}
