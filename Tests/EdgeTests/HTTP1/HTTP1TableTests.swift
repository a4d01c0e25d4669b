import Edge
import EdgeTracing
import Testing

@Suite struct `HTTP/1.1 requests come to what the table says` {
    @Test func `the table holds more than 250 refused requests`() {
        #expect(RequestRow.all.count { row in row.outcomes.contains { $0.hasPrefix("4") || $0.hasPrefix("5") } } > 250)
    }

    @Test func `every row has its outcome`() {
        for row in RequestRow.all {
            let outcomes = HTTP1Trace.run(row.bytes).outcomes
            #expect(outcomes == row.outcomes.map(String.init), "\(row.testDescription)")
        }
    }

    @Test func `every fault of the parser and the body decoder has a row`() {
        let decidedByTheDriver: Set<HTTPFault> = [.headersTimedOut, .bodyTimedOut, .lengthRequired, .unknownMethod]
        let elsewhere: Set<HTTPFault> = [.tooManyFields, .chunkExtensionsTooLong]
        let seen = Set(RequestRow.all.flatMap { HTTP1Trace.run($0.bytes).events }.compactMap { $0.fault })
        #expect(Set(HTTPFault.allCases).subtracting(seen) == decidedByTheDriver.union(elsewhere))
    }

    @Test func `byte by byte every row has the same events`() {
        for row in RequestRow.all {
            let whole = HTTP1Trace.run(row.bytes)
            #expect(HTTP1Trace.run(row.bytes, cuts: Array(row.bytes.indices)) == whole, "\(row.testDescription)")
        }
    }

    @Test func `cut in two at any place every row has the same events`() {
        for row in RequestRow.all {
            let whole = HTTP1Trace.run(row.bytes)
            // Long rows are long runs of one byte; their first and last 80 places hold everything that is distinct.
            let places = row.bytes.indices.filter { row.bytes.count < 1000 || $0 < 80 || $0 > row.bytes.count - 80 }
            for place in places where HTTP1Trace.run(row.bytes, cuts: [place]) != whole {
                Issue.record("\(row.testDescription) differs when cut at \(place)")
            }
        }
    }

    @Test func `after a fault every further byte gives the same fault`() {
        for row in RequestRow.all {
            guard case .fault(let fault)? = HTTP1Trace.run(row.bytes).events.last else { continue }
            let more = row.bytes + Array("GET / HTTP/1.1\r\nHost: a\r\n\r\n".utf8)
            #expect(HTTP1Trace.run(more).events.last == .fault(fault), "\(row.testDescription)")
        }
    }
}

extension HTTP1Trace.Event {
    var fault: HTTPFault? {
        guard case .fault(let fault) = self else { return nil }
        return fault
    }
}
