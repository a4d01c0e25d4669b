/// The originals behind a request's tokens, in memory only.
///
/// A vault belongs to one caller's request and is never shared. The same value of the same type has the same token all
/// the request long. A token that stands literally in a text is never given out afterwards, so that restoring cannot
/// put a value where the caller wrote those very characters. The originals are zeroed when the vault goes, and whenever
/// they move in memory.
public struct Vault: ~Copyable, Sendable {
    /// Values that a vault holds unless said otherwise.
    public static let valuesMaxDefault = 1_024
    /// Bytes of all values that a vault holds: 256 KiB.
    public static let valueBytesMax = 262_144
    /// Bytes beyond which `restore` leaves tokens as they are: 4 MiB. Without it a text of tokens would grow by the
    /// length of the longest value over the shortest token.
    public static let restoredBytesMax = 4_194_304

    private struct Entry {
        let token: Token
        let range: Range<Int>
        let hash: Int
    }

    /// Values that this vault holds at most.
    public let valuesMax: Int
    private var originals: Originals?
    private var entries: [Entry] = []
    private var numbers: [Numbers] = []

    /// An empty vault; nothing is allocated before the first token.
    public init(valuesMax: Int = valuesMaxDefault) { self.valuesMax = valuesMax }

    /// Number of values held.
    public var count: Int { entries.count }

    /// `text` with this vault's tokens turned back; all else, unknown tokens included, stays as it is.
    /// - Returns: the same array where it holds none of the tokens.
    /// - Complexity: linear in `text` and in the values put into it.
    public func restore(_ text: [UInt8]) -> [UInt8] {
        guard let originals else { return text }
        var restored: [UInt8] = []
        var copied = 0
        var index = 0
        while index < text.count {
            guard text[index] == UInt8(ascii: "["), let (token, end) = Token.read(text.span, at: index),
                let original = original(of: token),
                restored.count + (index - copied) + original.count + (text.count - end) <= Self.restoredBytesMax
            else {
                index += 1
                continue
            }
            restored.append(contentsOf: text[copied..<index])
            restored.append(contentsOf: originals.bytes[original])
            copied = end
            index = end
        }
        guard copied > 0 else { return text }
        restored.append(contentsOf: text[copied...])
        return restored
    }

    /// Keeps every token that stands literally in `text` from being given out.
    mutating func reserveTokens(in text: [UInt8]) {
        var index = 0
        while index < text.count {
            guard text[index] == UInt8(ascii: "["), let (token, end) = Token.read(text.span, at: index) else {
                index += 1
                continue
            }
            numbersIndexed(by: token.type) { $0.reserve(token.number) }
            index = end
        }
    }

    /// The token that stands for `value`.
    mutating func token(for value: ArraySlice<UInt8>, of type: DetectorType) throws(RedactionError) -> [UInt8] {
        let hash = value.hashValue
        let originals = self.originals ?? Originals()
        self.originals = originals
        for entry in entries where entry.hash == hash && entry.token.type == type {
            if originals.bytes[entry.range] == value { return entry.token.bytes }
        }
        guard entries.count < valuesMax else { throw .vaultFull(limit: valuesMax) }
        guard originals.bytes.count + value.count <= Self.valueBytesMax else {
            throw .vaultFull(limit: Self.valueBytesMax)
        }
        let place = entries.count
        let token = Token(type: type, number: numbersIndexed(by: type) { $0.take(for: place) })
        entries.append(Entry(token: token, range: originals.append(value), hash: hash))
        return token.bytes
    }

    private func original(of token: Token) -> Range<Int>? {
        guard Int(token.type.index) < numbers.count else { return nil }
        guard let place = numbers[Int(token.type.index)].place(of: token.number) else { return nil }
        return entries[place].range
    }

    private mutating func numbersIndexed<Result>(by type: DetectorType, _ body: (inout Numbers) -> Result) -> Result {
        if numbers.isEmpty { numbers = Array(repeating: Numbers(), count: Catalogue.detectors.count) }
        return body(&numbers[Int(type.index)])
    }
}

/// The values of a vault, one behind the other.
///
/// `@unchecked Sendable`: the reference is private to one `Vault`, which cannot be copied, so that whoever holds the
/// vault is alone with it.
final class Originals: @unchecked Sendable {
    private(set) var bytes: [UInt8] = []

    deinit { Self.zero(&bytes) }

    /// Grows by hand, because an array that grows by itself leaves its old bytes behind.
    func append(_ value: ArraySlice<UInt8>) -> Range<Int> {
        let start = bytes.count
        if start + value.count > bytes.capacity {
            var larger: [UInt8] = []
            larger.reserveCapacity(max(256, 2 * (start + value.count)))
            larger.append(contentsOf: bytes)
            swap(&larger, &bytes)
            Self.zero(&larger)
        }
        bytes.append(contentsOf: value)
        return start..<bytes.count
    }

    /// Not inlined, so that the optimiser has to take the stores for seen.
    @inline(never)
    static func zero(_ bytes: inout [UInt8]) {
        for index in bytes.indices { bytes[index] = 0 }
    }
}

/// The numbers of one type's tokens: which are given out and which stand in the caller's own text.
private struct Numbers {
    private var next = 1
    private var reserved: Set<Int> = []
    private var given: [Int: Int] = [:]

    mutating func reserve(_ number: Int) {
        if number >= next { reserved.insert(number) }
    }

    /// The next free number, noted for the vault's entry at `place`.
    mutating func take(for place: Int) -> Int {
        while reserved.contains(next) { next += 1 }
        given[next] = place
        next += 1
        return next - 1
    }

    func place(of number: Int) -> Int? { given[number] }
}
