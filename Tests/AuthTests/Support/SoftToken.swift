import Foundation
import Testing

@testable import Auth

/// A PKCS #11 token of SoftHSM2 in a folder of a test's own.
///
/// SoftHSM reads its settings from a file that the environment names, once in a process: what uses the token is run in a
/// process of its own.
struct SoftToken: Codable, Sendable {
    static let module = "/usr/lib/softhsm/libsofthsm2.so"

    let folder: String
    var settings: String { folder + "/softhsm2.conf" }
    var pinFile: String { folder + "/pin" }
    var keys: SigningKeyFolder { SigningKeyFolder(path: folder + "/keys") }

    /// Makes the token and the file with its PIN.
    init(in scratch: Scratch) throws {
        folder = scratch.path
        for name in ["tokens", "keys"] {
            try FileManager.default.createDirectory(atPath: folder + "/" + name, withIntermediateDirectories: true)
        }
        let settings = "directories.tokendir = \(folder)/tokens\nobjectstore.backend = file\n"
        _ = try scratch.write("softhsm2.conf", Array(settings.utf8))
        _ = try scratch.write("pin", Array("123456\n".utf8))
        try run(
            "softhsm2-util", "--init-token", "--free", "--label", "bank", "--pin", "123456", "--so-pin", "87654321")
    }

    /// Lets this process use the token: before anything loads the module.
    func enter() { unsafe _ = setenv("SOFTHSM2_CONF", settings, 1) }

    /// The URI of the token with more attributes of a path, each after a semicolon.
    func uri(_ attributes: String = "", pinFile: String? = nil) throws -> PKCS11URI {
        let text =
            "pkcs11:token=bank\(attributes)?module-path=\(Self.module)&pin-source=file:\(pinFile ?? self.pinFile)"
        return try PKCS11URI(parsing: Array(text.utf8), name: "the test's")
    }

    /// How many private keys OpenSC's tool sees.
    func privateKeyCount() throws -> Int { try objects().count { $0.hasPrefix("Private Key Object") } }

    /// Makes a key pair by OpenSC's tool.
    func makeForeignKey(label: String, _ options: [String]) throws {
        try tool(["--keypairgen", "--key-type", "EC:prime256v1", "--label", label, "--id", "0102"] + options)
    }

    /// What OpenSC's tool lists of objects, by lines.
    func objects() throws -> [Substring] { try tool(["--list-objects"]).split(separator: "\n") }

    /// OpenSC's `pkcs11-tool`, logged in.
    @discardableResult
    func tool(_ arguments: [String]) throws -> String {
        try run(["pkcs11-tool", "--module", Self.module, "--login", "--pin", "123456"] + arguments)
    }

    @discardableResult
    private func run(_ words: String...) throws -> String { try run(words) }

    private func run(_ words: [String]) throws -> String {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = ["SOFTHSM2_CONF=" + settings] + words
        let output = Pipe()
        process.standardOutput = output
        process.standardError = output
        try process.run()
        let text = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        process.waitUntilExit()
        try #require(process.terminationStatus == 0, "\(words): \(text)")
        return text
    }
}
