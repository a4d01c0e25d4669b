import Foundation
import JSON
import Testing

@Suite struct `The confined gateway` {
    /// What is refused, and by which error: a path by Landlock (EACCES), code by EACCES, a call that is not on the list by
    /// ENOSYS, a socket by EAFNOSUPPORT, a process by EPERM.
    private static let refused: [String: Int32] = [
        "open": EACCES, "open-root": EACCES, "overwrite": EACCES, "write-policy": EACCES, "create": EACCES,
        "remove": EACCES, "truncate": ENOSYS, "socket": EAFNOSUPPORT, "listen": EAFNOSUPPORT, "fork": EPERM,
        "map-code": EACCES, "make-code": EACCES, "memory-file": ENOSYS, "become-root": ENOSYS,
        "signal-other": ENOSYS, "dumpable": ENOSYS, "set-limit": ENOSYS, "connect-fastopen": ENOSYS,
        "connect-message": ENOSYS, "connect-messages": ENOSYS, "send-to-address": ENOSYS, "own-signals": ENOSYS,
        "own-signals-ex": ENOSYS, "choose-signal": ENOSYS, "chmod": ENOSYS, "fchmodat": ENOSYS,
    ]
    private static let deadly = ["exec", "ptrace", "read-memory", "namespace"]

    /// Another process of the same user.
    private func bystander(_ deployment: Deployment) throws -> Child {
        try Child("sleep", ["600"], scratch: deployment.scratch)
    }

    /// Starts a gateway, lets `names` be tried in it, and waits until all have been or it has ended.
    private func gateway(
        trying names: [String], sandbox: String, endpoint: String? = nil
    ) async throws -> (gateway: GatewayProcess, bystander: Child) {
        let deployment = try await Deployment.make()
        if let endpoint { try deployment.set("endpoint", "\"\(endpoint)\"") }
        let bystander = try bystander(deployment)
        let probe = try await Probe(names, in: deployment, other: bystander.pid)
        let gateway = try await GatewayProcess.start(
            deployment, environment: probe.environment, options: ["--sandbox=\(sandbox)"])
        gateway.child.signal(Probe.signal)
        #expect(
            await eventually {
                gateway.child.ending != nil || Probe.results("probe", of: gateway.child)["done"] != nil
            })
        return (gateway, bystander)
    }

    @Test func `is refused what it does not need, and serves on`() async throws {
        let (gateway, bystander) = try await gateway(trying: Self.refused.keys.sorted(), sandbox: "on")
        let results = Probe.results("probe", of: gateway.child)
        for (name, code) in Self.refused { #expect(results[name] == code, "\(name)") }
        #expect(try await gateway.ask().status == 200)
        #expect(try await gateway.stop() == .exited(0), "\(gateway.child.errors)")
        bystander.signal(SIGKILL)
    }

    @Test func `that is not confined is refused none of it, so that the probes are good`() async throws {
        let (gateway, bystander) = try await gateway(trying: Self.refused.keys.sorted(), sandbox: "off")
        let results = Probe.results("probe", of: gateway.child)
        // Only root becomes root.
        for name in Self.refused.keys where name != "become-root" || geteuid() == 0 {
            #expect(results[name] == 0, "\(name)")
        }
        #expect(gateway.child.errors.contains("sandbox is off"))
        gateway.child.signal(SIGKILL)
        bystander.signal(SIGKILL)
        let actions = try LogFiles(gateway.deployment.logDirectory).records.compactMap {
            $0.json["admin"]?["action"]?.text
        }
        #expect(actions.contains("process.sandbox"), "\(actions)")
    }

    @Test func `reaches a PKCS #11 token by the paths alone that its settings name`() async throws {
        let deployment = try await Deployment.make()
        let token = try await SoftToken.make(in: deployment.scratch)
        try await deployment.useTokenKeys(in: token)
        let options = ["--sandbox=on"]
        let gateway = try await GatewayProcess.start(deployment, environment: token.environment, options: options)
        #expect(try await gateway.stop() == .exited(0), "\(gateway.child.errors)")
        try deployment.set("pkcs11_paths", "[]")
        let barred = try GatewayProcess.launch(deployment, environment: token.environment, options: options)
        #expect(try await barred.wait() == .exited(75))
        #expect(barred.errors.contains("signing.pkcs11_paths"), "\(barred.errors)")
    }

    @Test(arguments: deadly) func `ends where it is made to do what only an intruder does`(name: String) async throws {
        let (gateway, bystander) = try await gateway(trying: [name], sandbox: "on")
        #expect(try await gateway.child.wait(within: .seconds(20)) == .killed(signal: SIGSYS))
        #expect(!gateway.child.errors.contains("executed"))
        bystander.signal(SIGKILL)
        let next = try await GatewayProcess.start(gateway.deployment)
        #expect(try await next.stop() == .exited(0), "the log is whole")
    }

    @Test(arguments: deadly) func `that is not confined survives that, so that the probes are good`(
        name: String
    ) async throws {
        let (gateway, bystander) = try await gateway(trying: [name], sandbox: "off")
        if name == "exec" {
            #expect(try await gateway.child.wait(within: .seconds(20)) == .exited(0))
            #expect(gateway.child.errors.contains("executed"))
        } else {
            #expect(Probe.results("probe", of: gateway.child)[name] == 0)
            #expect(gateway.child.ending == nil)
        }
        gateway.child.signal(SIGKILL)
        bystander.signal(SIGKILL)
    }

    @Test func `is confined in every thread`() async throws {
        let (gateway, bystander) = try await gateway(trying: ["open"], sandbox: "on")
        #expect(try await gateway.ask().status == 200)
        let folder = "/proc/\(gateway.child.pid)/task"
        let threads = try FileManager.default.contentsOfDirectory(atPath: folder)
        #expect(threads.count >= 8)
        for thread in threads {
            let status = String(decoding: contents(of: "\(folder)/\(thread)/status"), as: UTF8.self)
            for line in ["NoNewPrivs:\t1", "Seccomp:\t2", "CapEff:\t0000000000000000", "CapPrm:\t0000000000000000"] {
                #expect(status.contains(line + "\n"), "\(line) in \(status)")
            }
            if geteuid() == 0 { #expect(status.contains("CapBnd:\t0000000000000000\n")) }
        }
        // Main has the probes' other answers, and the runtime may have started a thread since.
        #expect(await eventually { Probe.results("thread", of: gateway.child).count >= 8 }, "\(gateway.child.errors)")
        let results = Probe.results("thread", of: gateway.child)
        #expect(results.values.allSatisfy { $0 == EACCES }, "\(results)")
        #expect(try await gateway.stop() == .exited(0))
        bystander.signal(SIGKILL)
    }

    /// The runtime's own threads are watched by way of `/proc/TID`, which is refused, and then the process ends: it must
    /// have none, also where the start has something to record.
    @Test(arguments: ["required", "optional"])
    func `has no threads but its own`(clientCertificate: String) async throws {
        let deployment = try await Deployment.make()
        try deployment.set("client_certificate", "\"\(clientCertificate)\"")
        if clientCertificate != "required" { try deployment.set("requireCertificate", "false", in: "rbac.json5") }
        let gateway = try await GatewayProcess.start(deployment)
        func foreign() throws -> [String] {
            let folder = "/proc/\(gateway.child.pid)/task"
            let threads = try FileManager.default.contentsOfDirectory(atPath: folder)
            let names = threads.map { String(decoding: contents(of: "\(folder)/\($0)/comm"), as: UTF8.self) }
            let ours = [
                "portcullis", "log", "audit-", "edge-", "know-", "ticket-", "revocations", "token-keys", "customers-",
                "bank-",
            ]
            return names.filter { name in !ours.contains { name.hasPrefix($0) } }
        }
        #expect(try foreign().isEmpty)
        #expect(try await gateway.ask().status == 200)
        #expect(try await gateway.metrics().contains("portcullis_ready 1"))
        #expect(try foreign().isEmpty)
        #expect(try await gateway.stop() == .exited(0))
    }

    @Test(arguments: ["landlock", "seccomp"])
    func `does not start on a kernel that cannot confine it, and names the mend`(hidden: String) async throws {
        let deployment = try await Deployment.make()
        let probe = try await Probe(in: deployment, hidden: hidden)
        let child = try GatewayProcess.launch(deployment, environment: probe.environment)
        #expect(try await child.wait(within: .seconds(20)) == .exited(69))
        #expect(child.errors.lowercased().contains(hidden) && child.errors.contains("--sandbox=off"), "\(child.errors)")
        let free = try await GatewayProcess.start(
            deployment, environment: probe.environment, options: ["--sandbox=off"])
        #expect(try await free.ask().status == 200)
        #expect(try await free.stop() == .exited(0))
    }

    @Test func `that calls a collector opens sockets, and connects by no send`() async throws {
        let results: [String: Int32] = [
            "socket": 0, "listen": EACCES, "connect-fastopen": ENOSYS, "connect-message": ENOSYS,
            "connect-messages": ENOSYS, "open": EACCES,
        ]
        let (gateway, bystander) = try await gateway(
            trying: results.keys.sorted(), sandbox: "on", endpoint: "http://127.0.0.1:9")
        for (name, code) in results { #expect(Probe.results("probe", of: gateway.child)[name] == code, "\(name)") }
        #expect(try await gateway.stop() == .exited(0), "\(gateway.child.errors)")
        bystander.signal(SIGKILL)
    }

    @Test func `accepts nobody before it is confined`() async throws {
        let deployment = try await Deployment.make()
        let probe = try await Probe(in: deployment, isSlow: true)
        let python = "import socket; s = socket.socket(); s.bind(('127.0.0.1', 0)); print(s.getsockname()[1])"
        let found = try await run("python3", ["-c", python], scratch: deployment.scratch)
        let port = try #require(Int(found.text.trimmingCharacters(in: .whitespacesAndNewlines)))
        let child = try GatewayProcess.launch(
            deployment, port: port, environment: probe.environment, options: ["--sandbox=on"])
        #expect(await eventually { Probe.results("filter", of: child)["begins"] != nil }, "\(child.errors)")
        let early = try Child(
            "python3",
            [
                "-c",
                "import socket, time; s = socket.create_connection(('127.0.0.1', \(port)));"
                    + " print('connected', flush=True); time.sleep(60)",
            ], scratch: deployment.scratch)
        #expect(await eventually { !early.output.isEmpty }, "\(early.errors)")
        try FileManager.default.removeItem(atPath: probe.spare)
        let gateway = try await GatewayProcess.adopt(child, deployment)
        #expect(Probe.results("filter", of: child)["accepted"] == 0)
        #expect(
            await eventually {
                (try? await gateway.metric("portcullis_connections_accepted_total")).map { $0 >= 2 } == true
            },
            "it waited, and was let in")
        #expect(try await gateway.ask().status == 200)
        early.signal(SIGKILL)
        #expect(try await gateway.stop() == .exited(0))
    }

    @Test func `runs nobody's clean-up when it ends, for threads may still be at work`() async throws {
        let deployment = try await Deployment.make()
        let probe = try await Probe(in: deployment)
        let gateway = try await GatewayProcess.start(deployment, environment: probe.environment)
        #expect(try await gateway.stop() == .exited(0))
        #expect(Probe.results("ending", of: gateway.child).isEmpty, "\(gateway.child.errors)")
        #expect(gateway.child.errors.contains("\"stopped\""), "its log is whole")
    }

    @Test func `warns where calls cannot be bound to ports, and only where calls are made`() async throws {
        let deployment = try await Deployment.make()
        let probe = try await Probe(in: deployment, hidden: "ports")
        let without = try await GatewayProcess.start(
            deployment, environment: probe.environment, options: ["--sandbox=on"])
        #expect(try await without.stop() == .exited(0))
        #expect(!without.child.errors.contains("rules for ports"))
        try deployment.set("endpoint", "\"http://127.0.0.1:9\"")
        let with = try await GatewayProcess.start(
            deployment, environment: probe.environment, options: ["--sandbox=on"])
        #expect(try await with.stop() == .exited(0))
        #expect(with.child.errors.contains("rules for ports"), "\(with.child.errors)")
    }

    @Test func `makes its first state, turns segments, and takes up what another process imports`() async throws {
        let deployment = try await Deployment.make()
        try deployment.raiseRateLimits()
        try deployment.set("segment_bytes", "65536")
        let gateway = try await GatewayProcess.start(deployment)
        let question = "Can I open an account on the moon?"
        let csv = "id,question,answer,category,variants\nmoon,\(question),In the crater branch.,Branches,moon account\n"
        let file = deployment.scratch.file("k.csv")
        try write(csv.utf8, to: file)
        let imported = try await portcullis(
            "knowledge", "import", file, "--database", deployment.database, scratch: deployment.scratch)
        #expect(imported.status == 0, "\(imported.errors)")
        #expect(await eventually { (try? await gateway.ask(question).text.contains("crater branch")) == true })
        #expect(
            await eventually(within: .seconds(60)) {
                _ = try? await gateway.ask()
                return ((try? LogFiles(deployment.logDirectory).segments.count) ?? 0) > 1
            })
        #expect(try await gateway.stop() == .exited(0), "\(gateway.child.errors)")
        let verified = try await portcullis(
            "audit", "verify", deployment.logDirectory, "--unpinned", scratch: deployment.scratch)
        #expect(verified.status == 0, "\(verified.text) \(verified.errors)")
    }
}
