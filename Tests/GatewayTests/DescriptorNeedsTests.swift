import Testing

@testable import Gateway

@Suite struct `The descriptors that a gateway needs` {
    private func needs(connections: Int, loops: Int) -> DescriptorNeeds {
        var bounds = Configuration.Bounds()
        bounds.connectionsMax = connections
        bounds.loops = loops
        return DescriptorNeeds(bounds)
    }

    @Test func `are enough at the limit and too few one below`() throws {
        let needs = needs(connections: 1000, loops: 2)
        #expect(needs.others == 128 + 64 + 8)
        try needs.check(1200, in: "gateway.json5")
        #expect(
            throws: CommandFailure(
                .configuration, "gateway.json5",
                "limits.connections_max: 1000 connections and 200 other descriptors are more than the 1199 that this "
                    + "process may have",
                mend: "raise its hard limit (ulimit -Hn, LimitNOFILE=), or set connections_max to at most 999")
        ) { try needs.check(1199, in: "gateway.json5") }
    }

    @Test func `can be more than any number of connections would mend`() throws {
        let needs = needs(connections: 1, loops: 1)
        do {
            try needs.check(196, in: "gateway.json5")
            Issue.record("accepted")
        } catch { #expect(!"\(error)".contains("set connections_max") && "\(error)".contains("LimitNOFILE")) }
    }

    @Test func `count each core's loop where no number is set`() {
        #expect(needs(connections: 1, loops: 0).others > needs(connections: 1, loops: 1).others - 1)
    }
}
