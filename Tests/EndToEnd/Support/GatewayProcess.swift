import Foundation
import Testing

/// A running gateway: the real binary, on ports of its own.
final class GatewayProcess: Sendable {
    let deployment: Deployment
    let child: Child
    /// `https://127.0.0.1:PORT`.
    let url: String
    let port: Int
    let metricsURL: String

    private init(deployment: Deployment, child: Child, url: String, port: Int, metricsURL: String) {
        self.deployment = deployment
        self.child = child
        self.url = url
        self.port = port
        self.metricsURL = metricsURL
    }

    deinit { child.signal(SIGKILL) }

    /// Starts a gateway without waiting for it.
    static func launch(
        _ deployment: Deployment, port: Int = 0, environment: [String: String] = [:], options: [String] = []
    ) throws -> Child {
        try Child(
            Place.binary,
            [
                "serve", "--config", deployment.configuration, "--state", deployment.state, "--port", "\(port)",
                "--metrics-port", "0",
            ] + (options.isEmpty ? Place.options : options), scratch: deployment.scratch, environment: environment)
    }

    /// Starts a gateway and waits until it says that it is ready.
    static func start(
        _ deployment: Deployment, environment: [String: String] = [:], port: Int = 0, options: [String] = []
    ) async throws -> GatewayProcess {
        try await Turns.starting.take {
            try await startNow(
                try launch(deployment, port: port, environment: environment, options: options), deployment)
        }
    }

    private static func startNow(
        _ child: Child, _ deployment: Deployment
    ) async throws -> GatewayProcess {
        var ready: Substring?
        _ = await eventually(within: .seconds(60)) {
            let lines = String(decoding: child.output, as: UTF8.self).split(separator: "\n")
            ready = lines.first { $0.hasPrefix("ready ") }
            return ready != nil || child.ending != nil
        }
        let words = (ready ?? "").split(separator: " ").map(String.init)
        guard words.count == 4, words[2] == "metrics", let port = URL(string: words[1])?.port else {
            child.signal(SIGKILL)
            throw ChildFailure(description: "the gateway is not ready: \(ready ?? "") \(child.errors)")
        }
        return GatewayProcess(deployment: deployment, child: child, url: words[1], port: port, metricsURL: words[3])
    }

    /// Asks for a clean stop and waits for it.
    @discardableResult
    func stop() async throws -> Ending {
        child.signal(SIGTERM)
        return try await child.wait(within: .seconds(60))
    }

    /// Ends the process as a power cut would end it.
    func crash() async throws {
        child.signal(SIGKILL)
        try await child.wait()
    }
}

/// Gives all tests of a suite one gateway, with limits so high that they do not get in each other's way.
struct SharedGateway: SuiteTrait, TestScoping {
    @TaskLocal static var running: GatewayProcess?

    /// The suite's gateway.
    static var current: GatewayProcess {
        get throws { try #require(running) }
    }

    @concurrent
    func provideScope(
        for test: Test, testCase: Test.Case?, performing function: @concurrent @Sendable () async throws -> Void
    ) async throws {
        let deployment = try await Deployment.make()
        try deployment.raiseRateLimits()
        let gateway = try await GatewayProcess.start(deployment)
        try await Self.$running.withValue(gateway) { try await function() }
        let ending = try await gateway.stop()
        #expect(ending == .exited(0), "\(gateway.child.errors)")
        let verified = try await portcullis(
            "audit", "verify", deployment.logDirectory, "--unpinned", scratch: deployment.scratch)
        #expect(verified.status == 0, "the log that the suite wrote: \(verified.text) \(verified.errors)")
    }
}

extension Trait where Self == SharedGateway {
    /// One gateway for all tests of the suite; its log must verify at the end.
    static var sharedGateway: SharedGateway { SharedGateway() }
}
