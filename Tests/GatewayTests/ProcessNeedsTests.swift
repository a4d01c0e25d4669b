import Foundation
import Testing

@testable import Gateway

@Suite struct `What the process needs` {
    private func needs(_ settings: String = "") throws -> ProcessNeeds {
        let issuers =
            "tokens: {issuers: [{issuer: 'i', audience: 'a', keys: [{file: 'k.pub', algorithm: 'ES256'}]}], "
            + "approvers: [{name: 'a', file: 'a.pub'}]}"
        let configuration = try Configuration.parse(
            Array("{\(issuers), \(settings)}".utf8), file: "etc/gateway.json5")
        return ProcessNeeds(Composition(configuration: configuration, stateFolder: "srv"))
    }

    @Test func `is to read its settings, certificates and keys by their own paths, and the policies' folders`() throws {
        let readable = try needs("signing: {issuer: 'i', audience: 'a', key: 'sign.key'}").readable
        for path in [
            "etc/gateway.json5", "etc", "srv/certs/server.crt", "srv/certs/server.key", "srv/certs/ca.crt", "srv/k.pub",
            "srv/sign.key", "srv/a.pub",
        ] {
            #expect(readable.contains(path), "\(path)")
        }
        #expect(!readable.contains("srv/certs") && !readable.contains("srv") && !readable.contains("/"))
        #expect(try !needs().readable.contains("srv/sign.key"))
    }

    @Test func `is to write log and state, and the folders of its databases for their journals`() throws {
        #expect(try Set(needs().writable) == ["srv/var", "srv/var/audit", "srv/var/state"])
        let moved = try needs(
            "state: {knowledge: '/data/k.db', tickets: 't.db', revocations: '/revoked/r.db', customers: '/bank/c.db', bank: '/bank/b.db'}, "
                + "verification: {key: '/keys/c.key'}, audit: {directory: '/log'}"
        )
        #expect(Set(moved.writable) == ["/data", "srv", "/revoked", "/bank", "/log", "srv/var/state"])
        #expect(moved.readable.contains("/keys/c.key"))
        #expect(moved.folders.map(\.path) == ["/log", "srv/var/state"])
        #expect(ProcessNeeds.parent(of: "/k.db") == "/" && ProcessNeeds.parent(of: "k.db") == ".")
    }

    @Test func `is to write where the module of its signing keys does`() throws {
        let keys = "signing: {issuer: 'i', audience: 'a', keys: 'k', pkcs11_paths: ['/var/lib/softhsm/tokens', 'hsm']}"
        #expect(try Set(needs(keys).writable).subtracting(needs().writable) == ["/var/lib/softhsm/tokens", "srv/hsm"])
    }

    @Test(arguments: [
        ("/run/systemd/resolve/stub-resolv.conf", "/run/systemd/resolve"),
        ("/run/NetworkManager/resolv.conf", "/run/NetworkManager"),
        ("/run/resolv.conf", nil), ("/etc/resolv.conf", nil), ("/srv/resolv.conf", nil), (nil, nil),
    ])
    func `has the folder of a resolver that puts other files in place of its own`(file: String?, folder: String?) {
        #expect(ProcessNeeds.resolverFolder(of: file) == folder)
    }

    @Test func `is to call the witnesses that its policy names, by their ports`() throws {
        let folder = Repository.root.appending(path: ".build/gateway-tests").path
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        let file = "\(folder)/\(UInt64.random(in: 0 ... .max)).policy"
        defer { try? FileManager.default.removeItem(atPath: file) }
        let log = "bank.example/portcullis/test+a885682b+AQOhB7/zzhC+HXDdGOdLwJln5NYwm6UNXx3chmQSVTG4"
        let witness = "witness.example/w1+20324abe+BCmsuuFBvMrwsi4alNNNC8c2HlJtC/4SyJeUvJMilm3X"
        func witnessed(_ url: String) throws -> ProcessNeeds {
            try Data("log \(log)\nwitness w \(witness) \(url)\nquorum w\n".utf8).write(to: URL(filePath: file))
            return try needs("audit: {origin: 'bank.example/portcullis/test', witness: {policy: '\(file)'}}")
        }
        let named = try witnessed("https://witness.example:8444")
        #expect(named.connectPorts == [8444, 53] && named.readable.contains(file))
        #expect(named.folders.map(\.path).contains("srv/var/state/witness"))
        #expect(try witnessed("http://witness.example").connectPorts.isEmpty, "a start with it fails")
    }

    @Test func `is to call an issuer, and the ports at which its keys may be`() throws {
        func ports(_ members: String) throws -> [UInt16] {
            let issuer = "{issuer: 'https://login.test:8443', audience: 'a', \(members)}"
            let settings = try Configuration.parse(
                Array("{tokens: {issuers: [\(issuer)]}}".utf8), file: "etc/gateway.json5")
            return ProcessNeeds(Composition(configuration: settings, stateFolder: "srv")).connectPorts.filter {
                $0 != 53
            }
        }
        #expect(try ports("discovery: true") == [8443])
        #expect(try ports("discovery: true, jwks_ports: [443, 8444]") == [8443, 443, 8444])
        #expect(try ports("jwks: 'https://keys.test/keys'") == [443])
        let eight = (1...8).map { "\($0)" }.joined(separator: ",")
        #expect(try ports("discovery: true, jwks_ports: [\(eight)]").count == 9)
        for bad in [
            "discovery: true, jwks_ports: [\(eight),9]", "discovery: true, jwks_ports: [0]",
            "discovery: true, jwks_ports: [65536]", "discovery: true, jwks_ports: ['443']",
            "jwks: 'https://keys.test/keys', jwks_ports: [443]", "key_set: 'k.json', jwks_ports: [443]",
        ] {
            #expect(throws: ConfigurationError.self, "\(bad)") { try ports(bad) }
        }
        #expect(try ports("discovery: true, jwks_ports: [65535]") == [8443, 65535])
    }

    @Test func `is to call nobody, unless a feature says whom`() throws {
        var needs = try needs()
        #expect(needs.connectPorts.isEmpty && !needs.readable.contains("/etc/resolv.conf"))
        needs.addCalls(toPort: 4318)
        #expect(needs.connectPorts == [4318, 53] && needs.readable.contains("/etc/resolv.conf"))
    }
}
