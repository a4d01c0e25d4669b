import Testing

@testable import Gateway

@Suite struct `What the process needs` {
    private func needs(_ settings: String = "") throws -> ProcessNeeds {
        let issuers = "tokens: {issuers: [{issuer: 'i', audience: 'a', keys: [{file: 'k.pub', algorithm: 'ES256'}]}]}"
        let configuration = try Configuration.parse(
            Array("{\(issuers), \(settings)}".utf8), file: "etc/gateway.json5")
        return ProcessNeeds(Composition(configuration: configuration, stateFolder: "srv"))
    }

    @Test func `is to read its settings, policies, certificates and keys, each by its own path`() throws {
        let readable = try needs("signing: {issuer: 'i', audience: 'a', key: 'sign.key'}").readable
        for path in [
            "etc/gateway.json5", "etc/rbac.json5", "etc/ratelimits.json5", "etc/redaction.json5",
            "etc/escalation.json5", "srv/certs/server.crt", "srv/certs/server.key", "srv/certs/ca.crt", "srv/k.pub",
            "srv/sign.key",
        ] {
            #expect(readable.contains(path), "\(path)")
        }
        #expect(!readable.contains("srv/certs") && !readable.contains("srv") && !readable.contains("/"))
        #expect(try !needs().readable.contains("srv/sign.key"))
    }

    @Test func `is to write log and state, and the folders of its databases for their journals`() throws {
        #expect(try Set(needs().writable) == ["srv/var", "srv/var/audit", "srv/var/state"])
        let moved = try needs("state: {knowledge: '/data/k.db', tickets: 't.db'}, audit: {directory: '/log'}")
        #expect(Set(moved.writable) == ["/data", "srv", "/log", "srv/var/state"])
        #expect(moved.folders.map(\.path) == ["/log", "srv/var/state"])
        #expect(ProcessNeeds.parent(of: "/k.db") == "/" && ProcessNeeds.parent(of: "k.db") == ".")
    }

    @Test(arguments: [
        ("/run/systemd/resolve/stub-resolv.conf", "/run/systemd/resolve"),
        ("/run/NetworkManager/resolv.conf", "/run/NetworkManager"),
        ("/run/resolv.conf", nil), ("/etc/resolv.conf", nil), ("/srv/resolv.conf", nil), (nil, nil),
    ])
    func `has the folder of a resolver that puts other files in place of its own`(file: String?, folder: String?) {
        #expect(ProcessNeeds.resolverFolder(of: file) == folder)
    }

    @Test func `is to call nobody, unless a feature says whom`() throws {
        var needs = try needs()
        #expect(needs.connectPorts.isEmpty && !needs.readable.contains("/etc/resolv.conf"))
        needs.addCalls(toPort: 4318)
        #expect(needs.connectPorts == [4318, 53] && needs.readable.contains("/etc/resolv.conf"))
    }
}
