import Testing
import Threading

@testable import Auth

@Suite struct `The service of issuers` {
    private func verifier(_ issuers: [FetchedIssuer]) throws -> TokenVerifier {
        try TokenVerifier(
            issuers: issuers.map {
                TrustedIssuer(name: $0.name, audiences: ["portcullis"], keys: [], hasChangingKeys: true)
            }, roles: try Forge.table())
    }

    /// An issuer where nobody listens.
    private func issuer(_ number: Int = 0, _ change: (inout FetchedIssuer) -> Void = { _ in }) -> FetchedIssuer {
        var issuer = FetchedIssuer(
            name: "http://127.0.0.1:9/\(number)", source: .discovery, algorithms: [.rs256], timeoutMilliseconds: 100)
        change(&issuer)
        return issuer
    }

    private func isTaken(_ issuers: [FetchedIssuer]) throws -> Bool {
        let verifier = try verifier(issuers)
        do throws(AuthError) {
            try IssuerService.start(issuers, for: verifier, onEvent: { _, _ in }).stop()
            return true
        } catch { return false }
    }

    @Test func `takes 32 issuers, and no more`() throws {
        #expect(try isTaken((0..<32).map { issuer($0) }))
        #expect(try !isTaken((0..<33).map { issuer($0) }))
    }

    @Test func `takes settings at their bounds, and none past them`() throws {
        for (seconds, isGood) in [(9, false), (10, true), (86_400, true), (86_401, false)] {
            #expect(
                try isTaken([
                    issuer {
                        $0.refreshSeconds = seconds
                        $0.outageSeconds = max(seconds, 86_400)
                    }
                ]) == isGood, "\(seconds)")
        }
        for (seconds, isGood) in [(299, false), (300, true), (604_800, true), (604_801, false)] {
            #expect(try isTaken([issuer { $0.outageSeconds = seconds }]) == isGood, "\(seconds)")
        }
        for (seconds, isGood) in [(0, false), (1, true), (3600, true), (3601, false)] {
            #expect(try isTaken([issuer { $0.unknownKeySeconds = seconds }]) == isGood, "\(seconds)")
        }
        for (milliseconds, isGood) in [(99, false), (100, true), (10_000, true), (10_001, false)] {
            #expect(try isTaken([issuer { $0.timeoutMilliseconds = milliseconds }]) == isGood, "\(milliseconds)")
        }
        for (count, isGood) in [(0, true), (8, true), (9, false)] {
            let ports = (0..<count).map { UInt16($0 + 1) }
            #expect(try isTaken([issuer { $0.keySetPorts = ports }]) == isGood, "\(count)")
        }
        #expect(try !isTaken([issuer { $0.keySetPorts = [0] }]))
        #expect(try !isTaken([issuer { ($0.source, $0.keySetPorts) = (.keySet("http://127.0.0.1:9/"), [1]) }]))
        #expect(try !isTaken([issuer { $0.algorithms = [] }]))
        #expect(try !isTaken([issuer { $0.algorithms = [.rs256, .hs256] }]))
    }

    @Test(arguments: [
        ("https://login.test/keys?p=1", true), ("https://login.test:8443/keys", true),
        ("http://127.0.0.1:1/keys", true),
        ("http://[::1]/keys", true), ("http://login.test/keys", false), ("file:///keys", false), ("", false),
        ("https://user@login.test/keys", false), ("https://login.test:0/keys", false),
        ("https://login.test/keys#a", false),
    ]) func `fetches from where it may`(_ url: String, _ isGood: Bool) throws {
        #expect(try isTaken([issuer { $0.source = .keySet(url) }]) == isGood)
    }

    @Test func `lets who waits go when nothing can be fetched, and asks for a stranger's keys never`() async throws {
        let known = issuer()
        let service = try IssuerService.start([known], for: verifier([known]), onEvent: { _, _ in })
        defer { service.stop() }
        #expect(await service.refresh(Array("https://stranger.test".utf8)) == false)
        let name = Array(known.name.utf8)
        #expect(await service.refresh(name))
        // Whoever comes within the pause is told at once; its first fetch may still have been on its way.
        var isRefused = false
        for _ in 0..<3 where !isRefused { isRefused = await !service.refresh(name) }
        #expect(isRefused)
        let statistics = service.statistics()
        #expect(statistics.map(\.issuer) == [known.name])
        #expect(statistics[0].failed > 0 && statistics[0].succeeded == 0 && statistics[0].keys == 0)
        #expect(statistics[0].refused == 1 && statistics[0].ageSeconds == nil)
    }

    @Test func `has 256 requests wait for one fetch, and refuses one more at once`() async throws {
        #expect(AuthLimits.keyWaitersMax == 256)
        for (count, refused) in [(AuthLimits.keyWaitersMax, 0), (AuthLimits.keyWaitersMax + 1, 1)] {
            let hanging = try KeySetServer(nil)
            let known = issuer {
                $0.source = .keySet(hanging.url)
                $0.timeoutMilliseconds = 3_000
            }
            let service = try IssuerService.start([known], for: verifier([known]), onEvent: { _, _ in })
            defer { service.stop() }
            let name = Array(known.name.utf8)
            let began = ContinuousClock.now
            let answers = await withTaskGroup(of: (Bool, Duration).self) { group in
                for _ in 0..<count {
                    group.addTask {
                        let isFetched = await service.refresh(name)
                        return (isFetched, ContinuousClock.now - began)
                    }
                }
                return await group.reduce(into: []) { $0.append($1) }
            }
            let told = answers.filter { !$0.0 }
            #expect(told.count == refused)
            #expect(told.allSatisfy { $0.1 < .milliseconds(2_500) }, "at once, not when the fetch ends: \(told)")
            #expect(service.statistics().map(\.refused) == [UInt64(refused)])
        }
    }

    @Test func `takes an answer of 262,144 bytes, and none of one more`() async throws {
        #expect(AuthLimits.issuerAnswerBytesMax == 262_144)
        let set =
            Array(#"{"keys": [{"kty":"OKP","crv":"Ed25519","kid":"k","x":""#.utf8)
            + Base64URL.encode([UInt8](repeating: 9, count: 32)) + Array(#""}]"#.utf8)
        for (count, isTaken) in [
            (AuthLimits.issuerAnswerBytesMax, true), (AuthLimits.issuerAnswerBytesMax + 1, false),
        ] {
            let body = set + [UInt8](repeating: 0x20, count: count - set.count - 1) + Array("}".utf8)
            let server = try KeySetServer(body)
            let known = issuer {
                $0.source = .keySet(server.url)
                $0.algorithms = [.edDSA]
                $0.timeoutMilliseconds = 10_000
            }
            var fetcher = try KeyFetcher.make(known)
            do throws(IssuerFault) {
                let text = try fetcher.fetch()
                #expect(isTaken && text == body)
                #expect(try JWKSet(parsing: text, algorithms: known.algorithms).keys.count == 1)
            } catch {
                #expect(!isTaken && error.description.contains("larger than 262144 bytes"), "\(error)")
            }
        }
    }
}
