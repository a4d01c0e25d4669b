import Foundation
import JSON
import Synchronization
import Testing

@Suite struct `Signing keys in a PKCS #11 token` {
    private static let path = "/v1/faq?query=card"

    private func deploy() async throws -> (Deployment, SoftToken) {
        let deployment = try await Deployment.make()
        let token = try await SoftToken.make(in: deployment.scratch)
        try await deployment.useTokenKeys(in: token)
        return (deployment, token)
    }

    private func ask(_ gateway: GatewayProcess, _ token: String) async throws -> Int {
        try await gateway.get(
            Self.path, by: Caller(identity: gateway.deployment.identity(.customer), token: token)
        ).status
    }

    private func order(_ gateway: GatewayProcess) async throws -> Reply {
        try await gateway.post(
            "/v1/tokens", #"{"subject": "u-1", "roles": ["customer"]}"#, by: .role(.admin, of: gateway.deployment))
    }

    private func issue(_ gateway: GatewayProcess) async throws -> String {
        let reply = try await order(gateway)
        return try #require(try reply.json["token"]?.text, "\(reply.text) \(gateway.child.errors)")
    }

    private func keyID(_ token: String) throws -> String {
        try #require(try JSONParser.parse(Array(TokenForge.parts(of: token).header.utf8))["kid"]?.text)
    }

    private func published(_ gateway: GatewayProcess) async throws -> [JSONNode] {
        let certificate = Caller(identity: gateway.deployment.identity(.customer), token: nil)
        return try #require(try await gateway.get("/.well-known/jwks.json", by: certificate).json["keys"]?.elements)
    }

    /// Whether openssl takes the token's signature for that of a published key.
    private func opensslAccepts(_ token: String, _ keys: [JSONNode], _ scratch: Scratch) async throws -> Bool {
        let id = try keyID(token)
        let key = try #require(keys.first { $0["kid"]?.text == id })
        let coordinates = try [key["x"], key["y"]].map { node in
            try #require(node?.text.flatMap(TokenForge.unbase64))
        }
        // SubjectPublicKeyInfo of a key on P-256 up to its point (RFC 5480 §2).
        let start: [UInt8] = [
            0x30, 0x59, 0x30, 0x13, 0x06, 0x07, 0x2A, 0x86, 0x48, 0xCE, 0x3D, 0x02, 0x01, 0x06, 0x08, 0x2A, 0x86, 0x48,
            0xCE, 0x3D, 0x03, 0x01, 0x07, 0x03, 0x42, 0x00, 0x04,
        ]
        try write(start + coordinates[0] + coordinates[1], to: scratch.file("published.der"))
        try await succeed(
            "openssl",
            ["pkey", "-pubin", "-inform", "DER", "-in", "published.der", "-out", "published.pem"].map {
                $0.hasPrefix("published") ? scratch.file($0) : $0
            }, scratch: scratch)
        let parts = token.split(separator: ".").map(String.init)
        let signature = try #require(TokenForge.unbase64(parts[2]))
        try #require(signature.count == 64)
        let numbers = [signature.prefix(32), signature.suffix(32)].map { half -> [UInt8] in
            let number = Array(half.drop { $0 == 0 })
            let positive = (number.first ?? 0) > 0x7F || number.isEmpty ? [0] + number : number
            return [0x02, UInt8(positive.count)] + positive
        }
        let body = numbers[0] + numbers[1]
        try write([0x30, UInt8(body.count)] + body, to: scratch.file("token.sig"))
        let verified = try await run(
            "openssl",
            ["dgst", "-sha256", "-verify", scratch.file("published.pem"), "-signature", scratch.file("token.sig")],
            scratch: scratch, input: Array((parts[0] + "." + parts[1]).utf8))
        return verified.status == 0
    }

    @Test func `sign in a confined gateway, rotate under it, and are in no file`() async throws {
        let (deployment, token) = try await deploy()
        let gateway = try await GatewayProcess.start(deployment, environment: token.environment)
        let old = try await issue(gateway)
        #expect(try await ask(gateway, old) == 200)
        #expect(try await opensslAccepts(old, published(gateway), deployment.scratch))
        #expect(try await token.privateKeyCount() == 2)

        try await token.succeed(Place.binary, "token", "keys", "rotate", "--keys", deployment.tokenKeys)
        #expect(try await token.privateKeyCount() == 2, "the one that signs and the next")
        let new = try await issue(gateway)
        #expect(try keyID(new) != keyID(old))
        for good in [old, new] {
            #expect(try await ask(gateway, good) == 200)
            #expect(try await opensslAccepts(good, published(gateway), deployment.scratch))
        }
        let issued = try await token.succeed(
            Place.binary, "token", "issue", "--unrecorded", "--key", deployment.tokenKeys + "/signing.key", "--role",
            "customer")
        let byHand = issued.text.trimmingCharacters(in: .whitespacesAndNewlines)
        #expect(try await ask(gateway, byHand) == 200)
        #expect(try keyID(byHand) == keyID(new))

        try await token.succeed(
            Place.binary, "token", "keys", "retire", "--keys", deployment.tokenKeys, "--", try keyID(old))
        #expect(await eventually(within: .seconds(5)) { (try? await ask(gateway, old)) == 401 })
        #expect(try await ask(gateway, new) == 200)
        let listed = try await token.succeed(
            Place.binary, "token", "keys", "list", "--json", "--keys", deployment.tokenKeys)
        let rows = try JSONParser.parse(listed.output).elements ?? []
        #expect(rows.compactMap { $0["state"]?.text } == ["next", "signing"])

        for file in try FileManager.default.contentsOfDirectory(atPath: deployment.tokenKeys) {
            let text = String(decoding: contents(of: deployment.tokenKeys + "/" + file), as: UTF8.self)
            #expect(!text.contains("PRIVATE KEY") && !text.contains("123456"), "\(file)")
        }
        #expect(!gateway.child.errors.contains("123456"))
        #expect(try await gateway.stop() == .exited(0), "\(gateway.child.errors)")
        // The admin's own token was by the key that is retired.
        try FileManager.default.removeItem(atPath: deployment.tokenPath(.admin))
        try await token.succeed(Place.root.path + "/scripts/prepare.sh", Place.binary, deployment.state)
        let again = try await GatewayProcess.start(deployment, environment: token.environment)
        #expect(try await ask(again, new) == 200)
        #expect(try await ask(again, issue(again)) == 200)
    }

    @Test func `that are gone are a failure on record, and tokens stay good`() async throws {
        let (deployment, token) = try await deploy()
        let gateway = try await GatewayProcess.start(deployment, environment: token.environment)
        let before = try await issue(gateway)
        for _ in 0..<2 { try await token.tool("--delete-object", "--type", "privkey", "--label", "portcullis") }
        let refused = try await order(gateway)
        #expect(refused.status == 503 && refused.receipt != nil, "\(refused.text)")
        #expect(!refused.text.contains("pkcs11"))
        let causes = try await gateway.lines("request_failed") { $0.word("reason") == "token_key_unavailable" }
        #expect(
            causes.first?.word("cause")?.contains("no private key of that name") == true, "\(gateway.child.errors)")
        #expect(try await ask(gateway, before) == 200)
        #expect(try await gateway.stop() == .exited(0), "\(gateway.child.errors)")
        let id = try #require(refused.field("x-request-id"))
        let record = try LogFiles(deployment.logDirectory).record(ofRequest: id)
        #expect(record?.json["decision"]?["reason"]?.text == "token_key_unavailable")

        let next = try GatewayProcess.launch(deployment, environment: token.environment)
        #expect(try await next.wait() == .exited(75), "a service manager may try again")
        #expect(next.errors.contains("no private key of that name"), "\(next.errors)")
    }

    @Test func `that cannot be reached are named with the mend, at the start and by the commands`() async throws {
        let (deployment, token) = try await deploy()
        func start() async throws -> (Ending, String) {
            let child = try GatewayProcess.launch(deployment, environment: token.environment)
            return (try await child.wait(), child.errors)
        }
        try token.setPIN("654321")
        let (wrong, errors) = try await start()
        #expect(wrong == .exited(78), "so that no service manager tries until the token locks")
        #expect(errors.contains("CKR_PIN_INCORRECT") && errors.contains(token.pinFile), "\(errors)")
        #expect(errors.contains("put the right one there") && !errors.contains("654321"))
        let listed = try await run(
            Place.binary, ["token", "keys", "list", "--keys", deployment.tokenKeys], scratch: deployment.scratch,
            environment: token.environment)
        #expect(listed.status == 78 && listed.errors.contains("CKR_PIN_INCORRECT"), "\(listed.errors)")
        try token.setPIN("123456")

        let file = deployment.tokenKeys + "/signing.key"
        let text = String(decoding: contents(of: file), as: UTF8.self)
        try write(text.replacing(SoftToken.module, with: "/no/such/module.so").utf8, to: file)
        let (missing, reason) = try await start()
        #expect(missing == .exited(78) && reason.contains("/no/such/module.so"), "\(reason)")
        #expect(reason.contains("name the device's library with module-path"), "\(reason)")
        try write(text.replacing("token=bank", with: "token=lost").utf8, to: file)
        let (lost, where_) = try await start()
        #expect(lost == .exited(75) && where_.contains("which has: bank"), "\(where_)")
        try write(text.utf8, to: file)
        for (uri, part) in [
            ("pkcs11:token=bank?module-path=m&pin-source=file:/p", "module-path"),
            (token.uri + "&pin-value=123456", "pin-source"),
        ] {
            let refused = try await portcullis(
                "token", "keys", "init", "--keys", deployment.scratch.file("other"), "--pkcs11", uri,
                scratch: deployment.scratch)
            #expect(refused.status == 64 && refused.errors.contains(part), "\(refused.errors)")
        }
        #expect(!FileManager.default.fileExists(atPath: deployment.scratch.file("other")))
        let gateway = try await GatewayProcess.start(deployment, environment: token.environment)
        #expect(try await ask(gateway, issue(gateway)) == 200)
    }

    /// A token of SoftHSM2 behind a module of the tests' own.
    private func makeSlowToken(in deployment: Deployment) async throws -> SoftToken {
        var token = try await SoftToken.make(in: deployment.scratch)
        token.module = deployment.scratch.file("slow_token.so")
        try await succeed(
            "cc",
            [
                "-O1", "-Wall", "-Wextra", "-Werror", "-shared", "-fPIC", "-o", token.module,
                Place.root.path + "/Tests/Support/slow_token.c", "-ldl",
            ], scratch: deployment.scratch)
        try await deployment.useTokenKeys(in: token)
        return token
    }

    @Test func `that take their time keep nobody waiting but who asked for a token`() async throws {
        let deployment = try await Deployment.make()
        let token = try await makeSlowToken(in: deployment)
        try deployment.set("loops", "1")
        let slow = token.environment.merging(["SLOW_TOKEN_MS": "800"]) { $1 }
        let gateway = try await GatewayProcess.start(deployment, environment: slow)
        let customer = deployment.token(.customer)
        let isIssued = Atomic<Bool>(false)
        let begun = ContinuousClock.now
        async let issued = {
            let token = try await issue(gateway)
            isIssued.store(true, ordering: .relaxed)
            return token
        }()
        // Nothing else is served by the one loop while it waits for a signature.
        var answeredMeanwhile = 0
        while !isIssued.load(ordering: .relaxed) {
            let status = try await ask(gateway, customer)
            #expect(status == 200)
            if !isIssued.load(ordering: .relaxed) { answeredMeanwhile += 1 }
        }
        #expect(answeredMeanwhile >= 4, "\(answeredMeanwhile) answers")
        #expect(try await ask(gateway, issued) == 200)
        #expect(ContinuousClock.now >= begun + .milliseconds(800))
        #expect(try await gateway.stop() == .exited(0), "\(gateway.child.errors)")
    }

    @Test func `that do not answer are a failure after five seconds, and keep no key from being taken out`()
        async throws
    {
        let deployment = try await Deployment.make()
        let token = try await makeSlowToken(in: deployment)
        let hang = token.objects + "/hang"
        let gateway = try await GatewayProcess.start(
            deployment, environment: token.environment.merging(["SLOW_TOKEN_HANG": hang]) { $1 })
        let old = try await issue(gateway)
        func keys(_ words: String...) async throws {
            let finished = try await run(
                Place.binary,
                ["token", "keys"] + words.prefix(1) + ["--keys", deployment.tokenKeys] + words.dropFirst(),
                scratch: deployment.scratch, environment: token.environment)
            try #require(finished.status == 0, "\(finished.errors)")
        }
        try await keys("rotate")
        let new = try await issue(gateway)
        #expect(try keyID(new) != keyID(old))

        try write([], to: hang)
        let begun = ContinuousClock.now
        let refused = try await order(gateway)
        #expect(refused.status == 503 && refused.receipt != nil, "\(refused.text)")
        #expect(ContinuousClock.now >= begun + .milliseconds(4900))
        let causes = try await gateway.lines("request_failed") { $0.word("reason") == "token_key_unavailable" }
        #expect(causes.first?.word("cause")?.contains("no signature after 5 s") == true)
        // By the first change the watch over the gateway's own keys comes to wait for the device; the second must be seen.
        let next = try #require(try await published(gateway).first?["kid"]?.text)
        try await keys("retire", "--", next)
        try await Task.sleep(for: .seconds(2))
        #expect(try await ask(gateway, old) == 200)
        try await keys("retire", "--", keyID(old))
        #expect(await eventually(within: .seconds(10)) { (try? await ask(gateway, old)) == 401 })
        #expect(try await ask(gateway, new) == 200)

        try FileManager.default.removeItem(atPath: hang)
        try FileManager.default.removeItem(atPath: deployment.tokenPath(.admin))
        try await token.succeed(Place.root.path + "/scripts/prepare.sh", Place.binary, deployment.state)
        #expect(await eventually(within: .seconds(10)) { (try? await order(gateway).status) == 201 })
        #expect(try await gateway.stop() == .exited(0), "\(gateway.child.errors)")
    }

    @Test func `are not reached by the last PIN before the lock, or by one after it`() async throws {
        let deployment = try await Deployment.make()
        let token = try await makeSlowToken(in: deployment)
        for (flag, part) in [("0x20000", "one more wrong PIN locks"), ("0x40000", "takes no PIN any more")] {
            let listed = try await run(
                Place.binary, ["token", "keys", "list", "--keys", deployment.tokenKeys], scratch: deployment.scratch,
                environment: token.environment.merging(["SLOW_TOKEN_FLAGS": flag]) { $1 })
            #expect(listed.status == 78 && listed.errors.contains(part), "\(listed.errors)")
        }
    }
}
