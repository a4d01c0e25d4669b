internal import Synchronization

/// What each address holds of the server: connections and unfinished handshakes, exact across loops.
///
/// An address is in the table only while it holds something, so the table has never more entries than there are
/// connections and churn leaves nothing behind. The keys of a `Dictionary` are hashed with a seed of this process: nobody
/// can choose addresses that collide.
final class AddressLedger: Sendable {
    /// The part of an address that one subscriber cannot choose, as a number: all of IPv4, a /64 of IPv6.
    struct Key: Hashable, Sendable {
        private let network: UInt64
        private let isWide: Bool

        init(_ address: [UInt8]) {
            let counted = RateLimiter.counted(address[...])
            network = counted.reduce(0) { $0 << 8 | UInt64($1) }
            isWide = counted.count == 8
        }

        fileprivate var shard: Int {
            // Fibonacci hashing: the highest four bits of the product depend on all of the address.
            Int(truncatingIfNeeded: (network &* 0x9E37_79B9_7F4A_7C15) >> 60)
        }
    }

    private struct Held {
        var connections = 0
        var handshakes = 0
    }

    private final class Shard: Sendable {
        let held = Mutex<[Key: Held]>([:])
    }

    private static let shardCount = 16
    private let shards = (0..<shardCount).map { _ in Shard() }
    private let connectionsMax: Int
    private let handshakesMax: Int

    /// A ledger that gives each address so many connections and unfinished handshakes.
    init(connectionsMax: Int, handshakesMax: Int) {
        self.connectionsMax = connectionsMax
        self.handshakesMax = handshakesMax
    }

    /// Counts a connection of `key`, and its handshake where it has one, or says which bound it would pass.
    func enter(_ key: Key, withHandshake: Bool) -> ConnectionLimit? {
        shards[key.shard].held.withLock { table in
            var held = table[key] ?? Held()
            guard held.connections < connectionsMax else { return .connectionsPerAddress }
            held.connections += 1
            if withHandshake {
                guard held.handshakes < handshakesMax else { return .handshakesPerAddress }
                held.handshakes += 1
            }
            table[key] = held
            return nil
        }
    }

    /// A handshake of `key` has ended, whichever way; its connection may go on.
    func endHandshake(_ key: Key) {
        shards[key.shard].held.withLock { $0[key]?.handshakes -= 1 }
    }

    /// A connection of `key` has ended.
    func leave(_ key: Key) {
        shards[key.shard].held.withLock { table in
            guard var held = table[key] else { return }
            held.connections -= 1
            table[key] = held.connections > 0 ? held : nil
        }
    }

    /// Addresses that hold something.
    var addressCount: Int { shards.reduce(0) { $0 + $1.held.withLock { $0.count } } }
}
