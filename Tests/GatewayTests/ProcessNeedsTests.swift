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
            "state: {knowledge: '/data/k.db', tickets: 't.db', revocations: '/revoked/r.db', customers: '/bank/c.db', "
                + "sessions: '/chats/s.db', content_keys: '/chats/k.db', work: '/data/w.db', bank: '/data/b.db', "
                + "spending: '/data/s.db'}, "
                + "verification: {key: '/keys/c.key'}, audit: {directory: '/log'}"
        )
        #expect(Set(moved.writable) == ["/data", "srv", "/revoked", "/bank", "/chats", "/log", "srv/var/state"])
        #expect(moved.readable.contains("/keys/c.key"))
        #expect(moved.folders.map(\.path) == ["/log", "srv/var/state"])
        let told = try needs(
            "webhook: {url: 'https://hooks.example:8444/t', secret: 'hook.key', receiver_ca: '/ca.pem'}, "
                + "sessions: {key: '/keys/content.key'}")
        #expect(told.connectPorts.contains(8444))
        #expect(try needs().connectPorts.isEmpty)
        for file in ["srv/hook.key", "/ca.pem", "/keys/content.key"] {
            #expect(told.readable.contains(file), "\(file)")
        }
        #expect(ProcessNeeds.parent(of: "/k.db") == "/" && ProcessNeeds.parent(of: "k.db") == ".")
    }

    @Test func `is to read the key of documents and libmagic's database, write their folder and call their scanner`()
        throws
    {
        let folder = Repository.root.appending(path: ".build/gateway-tests").path
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        let key = "\(folder)/\(UInt64.random(in: 0 ... .max)).key"
        defer { try? FileManager.default.removeItem(atPath: key) }
        let settings = "documents: {key: '\(key)', directory: 'docs', clamd: '127.0.0.1:3310'}"
        // Without the key there are none.
        #expect(try !needs(settings).readable.contains(key) && needs(settings).connectPorts.isEmpty)
        #expect(FileManager.default.createFile(atPath: key, contents: nil))
        let with = try needs(settings)
        #expect(with.readable.contains(key) && with.readable.contains("/usr/share/misc/magic.mgc"))
        #expect(with.writable.contains("srv/docs") && with.folders.contains { $0.path == "srv/docs" })
        #expect(with.connectPorts == [3310])
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
