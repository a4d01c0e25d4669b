import Testing

@testable import Audit

@Suite struct `The queue of records` {
    private let entry = RecordQueue.Entry(record: .policyLoad(Samples.policy), waiter: nil)

    private func queue() throws -> RecordQueue { try #require(RecordQueue(recordsMax: 64, bytesMax: 1_000_000)) }

    private func taken(_ queue: RecordQueue) -> Int { queue.take(recordsMax: 64, bytesMax: 1_000_000).entries.count }

    private func push(_ queue: RecordQueue, _ count: Int, inTurn turn: Bool) {
        for _ in 0..<count {
            guard case .accepted = queue.push(entry, inTurn: turn) else {
                Issue.record("the queue is not full")
                return
            }
        }
    }

    @Test func `gives the writer the records of a turn when it ends`() throws {
        let queue = try queue()
        push(queue, 3, inTurn: true)
        #expect(taken(queue) == 0 && queue.depth == 3)
        queue.publish()
        #expect(taken(queue) == 3 && queue.depth == 0)
        queue.publish()
        #expect(taken(queue) == 0)
    }

    @Test func `does not let a long turn wait for its end`() throws {
        let queue = try queue()
        push(queue, RecordQueue.turnRecordsMax - 1, inTurn: true)
        #expect(taken(queue) == 0)
        push(queue, 1, inTurn: true)
        #expect(taken(queue) == RecordQueue.turnRecordsMax)
    }

    @Test func `publishes at once what belongs to no turn, and with it what was before`() throws {
        let queue = try queue()
        push(queue, 2, inTurn: true)
        push(queue, 1, inTurn: false)
        #expect(taken(queue) == 3)
    }

    @Test func `gives nothing out of order, in whatever portions it is taken`() throws {
        let queue = try queue()
        push(queue, 10, inTurn: true)
        queue.publish()
        push(queue, 5, inTurn: true)
        #expect(queue.take(recordsMax: 4, bytesMax: 1_000_000).entries.count == 4)
        #expect(taken(queue) == 6)
        #expect(taken(queue) == 0 && queue.depth == 5)
    }

    /// A turn whose loop ended in the middle of it.
    @Test func `publishes what nobody published when the writer wakes by itself, or has to stop`() throws {
        let asleep = try queue()
        push(asleep, 2, inTurn: true)
        #expect(taken(asleep) == 0)
        asleep.noteAwake()
        #expect(taken(asleep) == 2)
        let stopped = try queue()
        push(stopped, 2, inTurn: true)
        stopped.stop(RecordQueue.StopOrder(reason: "shutdown", requests: 0))
        let orders = stopped.take(recordsMax: 64, bytesMax: 1_000_000)
        #expect(orders.entries.count == 2 && orders.stop != nil)
        let abandoned = try queue()
        push(abandoned, 2, inTurn: true)
        abandoned.abandon()
        #expect(taken(abandoned) == 2)
    }
}
