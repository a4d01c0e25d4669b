import Foundation
import JSON
import Testing

@Suite struct `What is no request` {
    private static let nonsense = "NO REQUEST AT ALL\r\n\r\n"

    @Test func `counts against its address, which is refused once it is over the limit`() async throws {
        let deployment = try await Deployment.make()
        try deployment.limit("address", to: 2)
        let gateway = try await GatewayProcess.start(deployment)
        for _ in 0..<2 { #expect(try await gateway.exchange(Self.nonsense).hasPrefix("HTTP/1.1 400 ")) }
        let refused = try await gateway.exchange(Self.nonsense)
        #expect(refused.hasPrefix("HTTP/1.1 429 "), "\(refused)")
        #expect(refused.contains("Retry-After: "), "\(refused)")
        let asked = try await gateway.ask()
        try expectProblem(asked, 429)
        #expect(try await gateway.stop() == .exited(0))
        let reasons = try LogFiles(deployment.logDirectory).records.filter { $0.type == "request.end" }
            .map { $0.json["decision"]?["reason"]?.text }
        #expect(reasons.suffix(2) == ["rate_limited_address", "rate_limited_address"])
    }

    @Test func `is recorded without the members that nobody knows`() async throws {
        let deployment = try await Deployment.make()
        let gateway = try await GatewayProcess.start(deployment)
        #expect(try await gateway.exchange(Self.nonsense).hasPrefix("HTTP/1.1 400 "))
        #expect(try await gateway.stop() == .exited(0))
        let log = try LogFiles(deployment.logDirectory)
        let request = try #require(log.records.first { $0.type == "request.end" }?.json["req"])
        #expect(request["method"] == nil || request["method"]?.text?.isEmpty == false)
        #expect(request["path"] == nil || request["path"]?.text?.isEmpty == false)
        #expect(request["id"] != nil && request["peer"] != nil)
    }
}

extension Deployment {
    /// Sets one rule of `ratelimits.json5` to so many requests, all at once, and no more for an hour.
    func limit(_ name: String, to count: Int) throws {
        let path = policies + "/ratelimits.json5"
        let text = String(decoding: contents(of: path), as: UTF8.self)
        let rule = try Regex("(?m)^(\\s*\(name): )\\{[^}]*\\}")
        let found = text.matches(of: rule)
        guard found.count == 1 else {
            throw ChildFailure(description: "\(path): \(name) stands there \(found.count) times, wanted once")
        }
        let indent = text[found[0].range].prefix { $0.isWhitespace }
        let changed = "\(indent)\(name): { limit: 1, window_s: 3600, burst: \(count) }"
        try write(text.replacingCharacters(in: found[0].range, with: changed).utf8, to: path)
    }
}
