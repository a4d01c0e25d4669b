import Foundation
import Synchronization
import Testing
import Threading
import WireClient

@testable import Edge

@Suite struct `Turning requests away` {
    private let load = LoadGuard(EdgeConfiguration(loopCount: 1, requestsInFlightMax: 1000, queueDelayMax: .seconds(1)))

    @Test(arguments: [(Importance.low, 500), (.normal, 750), (.high, 875), (.vital, 1000)])
    func `begins one past each importance's part of the requests in flight`(importance: Importance, part: Int) {
        #expect(load.overload(for: importance, inFlight: part, backlog: 0, lag: 0, service: 0) == nil)
        #expect(load.overload(for: importance, inFlight: part + 1, backlog: 0, lag: 0, service: 0) == .requestsInFlight)
    }

    @Test(arguments: Importance.allCases)
    func `leaves room for one request of any importance`(importance: Importance) {
        let load = LoadGuard(EdgeConfiguration(loopCount: 1, requestsInFlightMax: 1))
        #expect(load.overload(for: importance, inFlight: 1, backlog: 0, lag: 0, service: 0) == nil)
        #expect(load.overload(for: importance, inFlight: 2, backlog: 0, lag: 0, service: 0) == .requestsInFlight)
    }

    @Test(arguments: [(Importance.low, 500), (.normal, 750), (.high, 875)])
    func `begins at each importance's part of the queue and of the lag`(importance: Importance, part: Int) {
        let nanoseconds = UInt64(part) * 1_000_000
        #expect(load.overload(for: importance, inFlight: 1, backlog: part - 1, lag: nanoseconds - 1, service: 0) == nil)
        #expect(load.overload(for: importance, inFlight: 1, backlog: part, lag: 0, service: 0) == .backlog)
        #expect(load.overload(for: importance, inFlight: 1, backlog: 0, lag: nanoseconds, service: 0) == .delay)
    }

    @Test func `adds up the waits for the loop and for those in flight`() {
        #expect(load.overload(for: .low, inFlight: 1, backlog: 0, lag: 250_000_000, service: 249_999_999) == nil)
        #expect(load.overload(for: .low, inFlight: 1, backlog: 0, lag: 250_000_000, service: 250_000_000) == .delay)
    }

    @Test func `leaves the vital to the bound alone`() {
        #expect(load.overload(for: .vital, inFlight: 1000, backlog: 1000, lag: .max, service: .max) == nil)
    }

    @Test func `is over a moment after the last, not at once`() {
        let start = MonotonicInstant(nanoseconds: 5_000_000_000)
        #expect(!load.isShedding(at: start))
        load.noteShed(at: start)
        #expect(load.isShedding(at: start + .milliseconds(1999)))
        #expect(!load.isShedding(at: start + .milliseconds(2000)))
    }
}

@Suite struct `The rate of service` {
    /// Ten windows in each of which 100 requests end with `inFlight` others under way.
    private func served(inFlight: Int) -> ServiceRate {
        var rate = ServiceRate()
        for request in 0..<1001 {
            let instant = MonotonicInstant(nanoseconds: 1_000_000_000 + UInt64(request) * 1_000_000)
            rate.finish(inFlight: inFlight, at: instant)
        }
        return rate
    }

    @Test func `tells how long one more would wait, where the server was busy`() {
        let rate = served(inFlight: ServiceRate.busyMin)
        #expect((450_000_000...550_000_000).contains(rate.delay(inFlight: 500)), "a thousand a second")
        #expect(rate.delay(inFlight: ServiceRate.busyMin - 1) == 0)
    }

    @Test func `says nothing where the server may have waited for work`() {
        #expect(served(inFlight: ServiceRate.busyMin - 1).delay(inFlight: 100_000) == 0)
        #expect(ServiceRate().delay(inFlight: 100_000) == 0)
    }

    /// Where a disk took a second for each batch, so few are let in that the server is never busy again; once the disk is
    /// quick, what it then does must count, or it would turn the others away for ever.
    @Test func `learns that the server is quicker, however few it lets in`() {
        var rate = ServiceRate()
        var now = MonotonicInstant(nanoseconds: 1_000_000_000)
        for _ in 0..<20 {
            for _ in 0..<ServiceRate.busyMin { rate.finish(inFlight: ServiceRate.busyMin, at: now) }
            now = now + .seconds(1)
        }
        #expect(rate.delay(inFlight: ServiceRate.busyMin) > 750_000_000, "about sixteen a second")
        for _ in 0..<1000 {
            rate.finish(inFlight: 1, at: now)
            now = now + .milliseconds(1)
        }
        #expect(rate.delay(inFlight: ServiceRate.busyMin) < 50_000_000, "about a thousand a second")
    }

    @Test func `takes a quiet time for no sign that the server is slow`() {
        var rate = served(inFlight: ServiceRate.busyMin)
        rate.finish(inFlight: 0, at: MonotonicInstant(nanoseconds: 2_000_000_000))
        let before = rate.delay(inFlight: 500)
        for second in 10..<20 {
            rate.finish(inFlight: 0, at: MonotonicInstant(nanoseconds: UInt64(second) * 1_000_000_000))
        }
        #expect(rate.delay(inFlight: 500) == before)
    }
}

@Suite struct `The lag of a loop` {
    private let start = MonotonicInstant(nanoseconds: 1_000_000_000)

    private func end(
        _ lag: inout LoopLag, wasFull: Bool, at now: MonotonicInstant, sendsProbe: Bool,
        sourceLocation: SourceLocation = #_sourceLocation
    ) {
        let isSent = lag.endTurn(wasFull: wasFull, at: now)
        #expect(isSent == sendsProbe, sourceLocation: sourceLocation)
    }

    @Test func `is the last turn's length where each look takes all that is ready`() {
        var lag = LoopLag(now: start)
        lag.beginTurn(at: start)
        end(&lag, wasFull: false, at: start + .milliseconds(30), sendsProbe: false)
        #expect(lag.nanoseconds == 30_000_000)
        lag.beginTurn(at: start + .seconds(9))
        end(&lag, wasFull: false, at: start + .seconds(9) + .milliseconds(1), sendsProbe: false)
        #expect(lag.nanoseconds == 1_000_000, "sleep is no lag")
    }

    @Test func `is what a probe waits where more is ready`() {
        var lag = LoopLag(now: start)
        end(&lag, wasFull: true, at: start + .milliseconds(10), sendsProbe: true)
        for turn in 2...5 {
            lag.beginTurn(at: start + .milliseconds((turn - 1) * 10))
            end(&lag, wasFull: true, at: start + .milliseconds(turn * 10), sendsProbe: false)
        }
        #expect(lag.nanoseconds == 40_000_000, "a probe under way has waited that long already")
        lag.takeProbe(at: start + .milliseconds(55))
        #expect(lag.nanoseconds == 45_000_000)
        lag.beginTurn(at: start + .milliseconds(55))
        end(&lag, wasFull: false, at: start + .milliseconds(57), sendsProbe: false)
        #expect(lag.nanoseconds == 2_000_000)
    }

    @Test func `hears of nobody else's wake-up`() {
        var lag = LoopLag(now: start)
        lag.takeProbe(at: start + .seconds(5))
        #expect(lag.nanoseconds == 0)
    }
}

@Suite(.ownThread) struct `A server with too much to do` {
    @Test func `turns the least important away first, keeps their connections and tells for how long`() async throws {
        let server = try TestServer(EdgeConfiguration(loopCount: 1, requestsInFlightMax: 8))
        let held = try (0..<6).map { _ in try server.client() }
        for client in held { await client.send(WireClient.get("/hold")) }
        #expect(await eventually { server.notes.now.held == 6 })
        let client = try server.client()
        for path in ["/low", "/normal"] {
            let answer = try await client.exchange(WireClient.get(path))
            #expect(
                answer.status == 503 && answer.text == "requests_in_flight" && answer.fields["connection"] != "close")
        }
        for path in ["/high", "/vital", "/free"] {
            #expect(try await client.exchange(WireClient.get(path)).status == 200)
        }
        let statistics = server.edge.statistics
        #expect(statistics.shedRequests(.low) == 1 && statistics.shedRequests(.normal) == 1)
        #expect(statistics.isShedding)
        server.notes.release()
        for client in held { #expect(try await client.reply().status == 200) }
        #expect(try await client.exchange(WireClient.get("/low")).status == 200)
        #expect(await eventually { !statistics.isShedding }, "some time after the last")
        #expect(statistics.requestsInFlight == 0)
    }

    @Test func `looks at the queues behind it`() async throws {
        let server = try TestServer()
        let client = try server.client()
        server.notes.note { $0.backlog = 800 }
        await pause(.milliseconds(10))
        #expect(try await client.exchange(WireClient.get("/normal")).text == "backlog")
        #expect(try await client.exchange(WireClient.get("/high")).status == 200)
        server.notes.note { $0.backlog = 0 }
        await pause(.milliseconds(10))
        #expect(try await client.exchange(WireClient.get("/normal")).status == 200)
    }

    /// What came while the loop was busy has waited so long already.
    @Test func `looks at its own lag`() async throws {
        let server = try TestServer(EdgeConfiguration(loopCount: 1, queueDelayMax: .milliseconds(100)))
        let (blocking, client) = (try server.client(), try server.client())
        #expect(try await client.exchange(WireClient.get("/one")).status == 200)
        await blocking.send(WireClient.get("/block"))
        #expect(await eventually { server.notes.now.paths.contains("/block") })
        await client.send(WireClient.get("/normal"))
        #expect(try await client.reply().status == 200, "nobody is before it when its turn to be refused has come")
        #expect(try await blocking.reply().status == 200)
    }

    /// Importance is told by what is asked for, before anybody knows who asks.
    @Test func `takes a few vital requests whatever waits, and one more as any other`() async throws {
        let server = try TestServer()
        func take(_ path: String, backlog: Int) async throws -> String {
            server.notes.note { $0.backlog = backlog }
            await pause(.milliseconds(10))
            return try await server.client().exchange(WireClient.get(path)).text
        }
        var held: [WireClient] = []
        for count in 1..<Limits.vitalInFlightMax {
            held.append(try server.client())
            await held[count - 1].send(WireClient.get("/hold"))
            #expect(await eventually { server.notes.now.held == count })
        }
        #expect(try await take("/vital", backlog: 1000) == "/vital", "the last of the share")
        held.append(try server.client())
        await held[held.count - 1].send(WireClient.get("/hold"))
        #expect(await eventually { server.notes.now.held == Limits.vitalInFlightMax })
        #expect(try await take("/vital", backlog: 500) == "backlog", "one past it, by the bound of the least important")
        #expect(server.edge.statistics.shedRequests(.vital) == 1)
        #expect(try await take("/vital", backlog: 499) == "/vital", "where there is room for those")
        server.notes.release()
        #expect(await eventually { server.edge.statistics.requestsInFlight == 0 })
        #expect(try await take("/vital", backlog: 1000) == "/vital", "the share is free again")
        #expect(await eventually { server.edge.statistics.requestsInFlight == 0 })
    }

    enum SlowPeers: CaseIterable { case senders, readers }

    /// Whoever waits for its own peer is no work: otherwise what little comes beside looks like all that the server can do.
    @Test(arguments: SlowPeers.allCases)
    func `measures nothing by requests that wait for slow peers`(slow: SlowPeers) async throws {
        let server = try TestServer(
            EdgeConfiguration(
                loopCount: 1, timeouts: EdgeTimeouts(body: patient, write: patient),
                rate: MinimumRate(grace: patient)))
        let statistics = server.edge.statistics
        let count = ServiceRate.busyMin * 2
        var parked = try (0..<count).map { _ in
            try server.client(receiveBufferBytes: slow == .readers ? 4096 : nil)
        }
        for client in parked {
            switch slow {
            case .senders:
                await client.send("POST /echo HTTP/1.1\r\nHost: localhost\r\nContent-Length: 5\r\n\r\nhe")
            case .readers: await client.send(WireClient.get("/large"))
            }
        }
        #expect(await eventually { statistics.awaitingPeer.load(ordering: .relaxed) == count })
        #expect(statistics.requestsInFlight == count, "the bound on requests in flight holds for them")
        let client = try server.client()
        // Some twenty a second, of which one that had all of the parked before it would wait two seconds.
        for _ in 0..<12 {
            #expect(try await client.exchange(WireClient.get("/normal")).text == "/normal")
            await pause(.milliseconds(50))
        }
        #expect(server.notes.now.overloads.isEmpty)
        if slow == .senders {
            await parked[0].send("llo")
            #expect(try await parked[0].reply().text == "hello")
            #expect(statistics.awaitingPeer.load(ordering: .relaxed) == count - 1)
        }
        parked.removeAll()
        #expect(await eventually { statistics.requestsInFlight == 0 })
        #expect(statistics.awaitingPeer.load(ordering: .relaxed) == 0)
    }

    @Test func `forgets a peer that it waited for in vain`() async throws {
        // Long enough for a busy machine to be seen waiting for both at once.
        let server = try TestServer(
            EdgeConfiguration(loopCount: 1, timeouts: EdgeTimeouts(body: .seconds(2), write: .seconds(2))))
        let statistics = server.edge.statistics
        let (sender, reader) = (try server.client(), try server.client(receiveBufferBytes: 4096))
        await sender.send("POST /echo HTTP/1.1\r\nHost: localhost\r\nContent-Length: 5\r\n\r\nhe")
        await reader.send(WireClient.get("/large"))
        #expect(await eventually { statistics.awaitingPeer.load(ordering: .relaxed) == 2 })
        #expect(await eventually { statistics.requestsInFlight == 0 })
        #expect(statistics.awaitingPeer.load(ordering: .relaxed) == 0)
        #expect(statistics.slowRequestBodies == 1 && statistics.slowAnswerReaders == 1)
    }
}
