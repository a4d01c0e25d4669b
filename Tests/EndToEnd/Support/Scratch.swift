import Foundation

/// Places of the package and of one test's files.
enum Place {
    /// The package's root.
    static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent()

    /// What every gateway is started with: the sanitizers need `PORTCULLIS_SANDBOX=off`, for they trace their own process.
    static let options = ProcessInfo.processInfo.environment["PORTCULLIS_SANDBOX"].map { ["--sandbox=\($0)"] } ?? []

    /// The command under test: `PORTCULLIS_BINARY`, else the one built beside these tests.
    static let binary = ProcessInfo.processInfo.environment["PORTCULLIS_BINARY"] ?? built("portcullis")
    /// The auditor's tool, built beside these tests.
    static let verifier = built("portcullis-verify")

    private static func built(_ name: String) -> String {
        let tests = URL(filePath: "/proc/self/exe").resolvingSymlinksInPath()
        return tests.deletingLastPathComponent().appending(path: name).path
    }
}

/// A directory of one test, removed when the test is done with it.
final class Scratch: Sendable {
    let path: String

    /// Makes the directory. Short, because it may hold a socket.
    init() throws {
        let name = String(UInt64.random(in: .min ... .max), radix: 36)
        path = Place.root.appending(path: ".build/e2e/\(name)").path
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    }

    deinit {
        if ProcessInfo.processInfo.environment["PORTCULLIS_KEEP"] == nil {
            try? FileManager.default.removeItem(atPath: path)
        }
    }

    /// The path of `name` in this directory.
    func file(_ name: String) -> String { path + "/" + name }
}

/// The whole content of a file; empty where there is none.
func contents(of path: String) -> [UInt8] {
    FileManager.default.contents(atPath: path).map { [UInt8]($0) } ?? []
}

/// Writes a file, whole.
func write(_ bytes: some Sequence<UInt8>, to path: String) throws {
    try Data(bytes).write(to: URL(filePath: path))
}

/// The permission bits of a file.
func mode(of path: String) throws -> Int {
    let attributes = try FileManager.default.attributesOfItem(atPath: path)
    return (attributes[.posixPermissions] as? NSNumber)?.intValue ?? -1
}
