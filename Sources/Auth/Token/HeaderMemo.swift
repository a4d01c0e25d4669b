internal import Synchronization

/// Headers that were read before. An issuer writes the same header into all its tokens, so reading it again for each is a
/// tenth of what a token costs that is not remembered.
///
/// Only headers of tokens whose signature held are kept: strangers cannot push them out.
final class HeaderMemo: Sendable {
    /// Headers kept: an issuer has few keys in use at a time.
    static let entriesMax = 16

    private let entries = Mutex<[(encoded: [UInt8], header: TokenHeader)]>([])

    /// The header that was read from these very bytes.
    func find(_ encoded: [UInt8]) -> TokenHeader? {
        entries.withLock { $0.first { $0.encoded == encoded }?.header }
    }

    /// Keeps a header in place of the oldest.
    func keep(_ header: TokenHeader, from encoded: [UInt8]) {
        entries.withLock { entries in
            guard !entries.contains(where: { $0.encoded == encoded }) else { return }
            if entries.count == Self.entriesMax { entries.removeFirst() }
            entries.append((encoded, header))
        }
    }
}
