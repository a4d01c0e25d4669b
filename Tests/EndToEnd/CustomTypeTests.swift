import Foundation
import Testing

/// Types of the policy's own, as a deployer writes them.
@Suite struct `A type of the policy's own` {
    private static let types = """
        custom: [
            {
                name: "EMPLOYEE_ID", pattern: "\\\\bEMP-[0-9]{6}\\\\b", confidence_ppm: 900000, action: "tokenise",
                examples: ["EMP-123456"],
            },
        ],
        """

    private func policy(_ custom: String, in deployment: Deployment) throws {
        let path = deployment.policies + "/redaction.json5"
        let text = String(decoding: contents(of: path), as: UTF8.self)
        #expect(text.contains("version: 1,"))
        try write(text.replacing("version: 1,", with: "version: 1,\n" + custom).utf8, to: path)
    }

    @Test func `is redacted, counted and recorded by its name, and comes back`() async throws {
        let deployment = try await Deployment.make()
        try policy(Self.types, in: deployment)
        let checked = try await portcullis("policy", "check", deployment.policies, scratch: deployment.scratch)
        #expect(checked.status == 0, "\(checked.errors)")
        let gateway = try await GatewayProcess.start(deployment)
        let reply = try await gateway.post(
            "/v1/redact", #"{"text": "ask EMP-123456, EMP-１２３４５７ or EMP-1234567"}"#,
            by: .role(.service, of: deployment))
        #expect(reply.status == 200, "\(reply.text)")
        #expect(reply.text.contains("ask [EMPLOYEE_ID_1], [EMPLOYEE_ID_2] or EMP-1234567"), "\(reply.text)")
        #expect(reply.text.contains("\"type\":\"EMPLOYEE_ID\""), "\(reply.text)")
        #expect(try await gateway.stop() == .exited(0))
        let log = try await portcullis("audit", "cat", deployment.logDirectory, scratch: deployment.scratch)
        #expect(log.text.contains("\"employee_id\":2") && !log.text.contains("EMP-123456"), "\(log.text)")
    }

    @Test func `with a mistake stops the check with file, line and column`() async throws {
        let deployment = try await Deployment.make()
        try policy(Self.types.replacing("{6}", with: "*"), in: deployment)
        let file = deployment.policies + "/redaction.json5"
        let text = String(decoding: contents(of: file), as: UTF8.self)
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
        let line = try #require(lines.firstIndex { $0.contains("EMP-[0-9]*") })
        let start = try #require(lines[line].firstRange(of: "\"\\\\bEMP"))
        let column = lines[line].utf8.distance(from: lines[line].startIndex, to: start.lowerBound)
        let checked = try await portcullis("policy", "check", deployment.policies, scratch: deployment.scratch)
        #expect(checked.status == 78)
        let place =
            "redaction.json5:\(line + 1):\(column + 1): /custom/0/pattern: found *, which has no greatest length"
        #expect(checked.errors.contains(place) && checked.errors.contains("wanted {0,64}"), "\(checked.errors)")
    }

    @Test func `is found by the command too`() async throws {
        let scratch = try Scratch()
        let policy = scratch.file("redaction.json5")
        try write(
            "{version: 1, confidence_min_ppm: 500000, otherwise: \"mask\", types: {}, \(Self.types)}".utf8, to: policy)
        let letter = scratch.file("letter.txt")
        try write("ask EMP-123456".utf8, to: letter)
        let redacted = try await portcullis("redact", "--policy", policy, letter, scratch: scratch)
        #expect(redacted.text == "ask [EMPLOYEE_ID_1]", "\(redacted.errors)")
    }
}
