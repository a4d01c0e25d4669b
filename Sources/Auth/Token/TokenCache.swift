internal import OpenSSL
internal import Synchronization

/// Verified tokens, found by a digest of the whole token and the certificate it came with.
///
/// A hit saves the signature check and nothing else: the lifetime is judged anew each time, and a change of keys or policy
/// empties the cache. Memory is bounded by two generations: entries go into the young one, and when that is full the old
/// one is dropped as a whole and the young takes its place; a hit in the old one moves the entry back. So what is used
/// stays, and no list has to be kept in order.
///
/// Sixteen shards with a lock each; nothing suspends or computes a signature under a lock.
final class TokenCache: Sendable {
    private let shards: [Shard]

    /// - Parameter entriesMax: 0 for no cache, else at least `shardCount * 2`.
    init(entriesMax: Int) {
        let youngMax = entriesMax / Self.shardCount / 2
        shards = youngMax == 0 ? [] : (0..<Self.shardCount).map { _ in Shard(youngMax: youngMax) }
    }

    static let shardCount = 16

    /// Identifies the token and the certificate together. The certificate part has a fixed length, so that no other token
    /// and certificate make the same bytes.
    static func key(token: Span<UInt8>, certificate: SHA256Digest?) -> SHA256Digest {
        var hasher = SHA256()
        hasher.update(token)
        if let certificate {
            let present: InlineArray<1, UInt8> = [1]
            hasher.update(present.span)
            hasher.update(certificate)
        } else {
            let absent = InlineArray<33, UInt8>(repeating: 0)
            hasher.update(absent.span)
        }
        return hasher.finish()
    }

    /// The token of this key if it is remembered, whatever its age.
    func find(_ key: SHA256Digest) -> VerifiedToken? {
        guard let shard = shard(of: key) else { return nil }
        return shard.state.withLock { $0.find(key) }
    }

    /// Remembers a token that was verified while `generation` was current, and only then: a verification that began before
    /// the keys changed must not bring its result back after.
    func insert(_ token: VerifiedToken, _ key: SHA256Digest, generation: UInt64) {
        shard(of: key)?.state.withLock { state in
            if state.generation == generation { state.insert(token, key) }
        }
    }

    func remove(_ key: SHA256Digest) {
        shard(of: key)?.state.withLock { $0.remove(key) }
    }

    /// Forgets everything and takes entries of `generation` only from now on.
    func clear(generation: UInt64) {
        for shard in shards { shard.state.withLock { $0.clear(generation: generation) } }
    }

    var statistics: TokenVerifier.Statistics {
        var sum = TokenVerifier.Statistics()
        for shard in shards {
            shard.state.withLock {
                sum.cacheHits += $0.hits
                sum.cacheMisses += $0.misses
                sum.cacheEvictions += $0.evictions
                sum.cachedTokens += $0.young.count + $0.old.count
            }
        }
        return sum
    }

    private func shard(of key: SHA256Digest) -> Shard? {
        // The digest's own hash is seeded for each process, which keeps callers from choosing a shard.
        shards.isEmpty ? nil : shards[key.hashValue & (Self.shardCount - 1)]
    }

    private final class Shard: Sendable {
        let state: Mutex<State>
        init(youngMax: Int) { state = Mutex(State(youngMax: youngMax)) }
    }

    private struct State {
        let youngMax: Int
        var generation: UInt64 = 0
        var young: [SHA256Digest: VerifiedToken] = [:]
        var old: [SHA256Digest: VerifiedToken] = [:]
        var hits: UInt64 = 0
        var misses: UInt64 = 0
        var evictions: UInt64 = 0

        init(youngMax: Int) { self.youngMax = youngMax }

        mutating func find(_ key: SHA256Digest) -> VerifiedToken? {
            if let token = young[key] {
                hits += 1
                return token
            }
            guard let token = old.removeValue(forKey: key) else {
                misses += 1
                return nil
            }
            hits += 1
            insert(token, key)
            return token
        }

        mutating func insert(_ token: VerifiedToken, _ key: SHA256Digest) {
            if young.count >= youngMax && young[key] == nil {
                evictions += UInt64(old.count)
                old = young
                young = [:]
            }
            young[key] = token
            old.removeValue(forKey: key)
        }

        mutating func remove(_ key: SHA256Digest) {
            young.removeValue(forKey: key)
            old.removeValue(forKey: key)
        }

        mutating func clear(generation: UInt64) {
            // Two reloads at once may arrive here in either order; the later generation stands.
            self.generation = max(self.generation, generation)
            young = [:]
            old = [:]
        }
    }
}
