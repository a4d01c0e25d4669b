import Foundation
import JSON
import Synchronization

/// An OpenID provider by Authlib, and servers that only look like one, on a loopback port (see oidc_provider.py).
final class ProviderProcess: Sendable {
    let port: Int
    private let child: Child
    private let answered = Mutex(1)

    deinit { child.signal(SIGKILL) }

    private init(port: Int, child: Child) {
        self.port = port
        self.child = child
    }

    /// Starts one with the deployment's server certificate.
    static func start(for deployment: Deployment) async throws -> ProviderProcess {
        let python = try await interpreter(deployment.scratch)
        let child = try Child(
            python,
            [
                Place.root.path + "/Tests/EndToEnd/Support/oidc_provider.py", deployment.certificates + "/server.crt",
                deployment.certificates + "/server.key",
            ], scratch: deployment.scratch, interactive: true)
        var port: Int?
        _ = await eventually(within: .seconds(60)) {
            port = lines(child).first.flatMap { Int($0) }
            return port != nil || child.ending != nil
        }
        guard let port else { throw ChildFailure(description: "the provider does not listen: \(child.errors)") }
        return ProviderProcess(port: port, child: child)
    }

    /// Python with the packages of `Tests/requirements.txt`.
    static func interpreter(_ scratch: Scratch) async throws -> String {
        try await succeed(Place.root.path + "/scripts/python-venv.sh", [], scratch: scratch).text
            .trimmingCharacters(in: .newlines)
    }

    /// The value of `iss` of the issuer called `name`.
    func issuer(_ name: String) -> String { "https://127.0.0.1:\(port)/\(name)" }

    /// Whole lines only: the last may still grow.
    private static func lines(_ child: Child) -> [String] {
        String(decoding: child.output, as: UTF8.self).split(separator: "\n", omittingEmptySubsequences: false)
            .dropLast().map(String.init)
    }

    /// Has it do something, and waits until it has.
    @discardableResult
    func ask(_ words: String...) async throws -> JSONNode {
        let index = answered.withLock { count in
            count += 1
            return count - 1
        }
        child.send(Array((words.joined(separator: " ") + "\n").utf8))
        guard
            await eventually(
                within: .seconds(30), { Self.lines(self.child).count > index || self.child.ending != nil }),
            Self.lines(child).count > index
        else { throw ChildFailure(description: "the provider does not answer: \(child.errors)") }
        return try JSONParser.parse(Array(Self.lines(child)[index].utf8))
    }

    /// A token of the issuer that works.
    func token(_ subject: String, _ groups: String, _ algorithm: String = "RS256") async throws -> String {
        try await ask("token", subject, groups, algorithm)["token"]?.text ?? "none"
    }
}

extension Deployment {
    /// Trusts further issuers, each given as the members of its object, whose server the development CA vouches for.
    func trust(_ issuers: [String]) throws {
        let path = policies + "/gateway.json5"
        let text = String(decoding: contents(of: path), as: UTF8.self)
        let objects = issuers.map { "{ \($0), audience: \"portcullis\", ca: \"certs/ca.crt\" },\n" }.joined()
        let changed = text.replacing("    issuers: [\n", with: "    issuers: [\n" + objects)
        guard changed != text else { throw ChildFailure(description: "\(path) has no list of issuers") }
        try write(changed.utf8, to: path)
    }
}
