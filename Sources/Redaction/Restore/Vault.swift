internal import JSON

/// The originals behind the tokens of a request or session.
///
/// A vault belongs to one caller's request or session and is never shared: tokens mean what the vault says that they are
/// looked up in, so another session's are not restored, though they may read the same. The same value of the same type
/// has the same token as long as the vault lives. A token that stands literally in a text is never given out
/// afterwards, so that restoring cannot put a value where the caller wrote those very characters. The originals are in
/// memory, are zeroed when the vault goes and whenever they move, and leave it only through `sealed(by:session:)`.
public struct Vault: ~Copyable, Sendable {
    /// Values that a vault holds unless said otherwise.
    public static let valuesMaxDefault = 1_024
    /// Bytes of all values that a vault holds: 256 KiB.
    public static let valueBytesMax = 262_144
    /// Numbers that a vault keeps from being given out because the caller's texts have such tokens.
    public static let reservedMax = 4_096
    /// Bytes of originals that go into one text; tokens beyond are left as they are: 4 MiB. Without it a text of tokens
    /// would grow by the length of the longest value over the shortest token.
    public static let restoredBytesMax = 4_194_304

    struct Entry {
        let token: Token
        let range: Range<Int>
        /// The entry before with the same hash.
        let previous: Int?
    }

    /// Values that this vault holds at most.
    public let valuesMax: Int
    /// Bytes of all values that this vault holds at most.
    public let bytesMax: Int
    private(set) var originals: WipedBytes?
    private(set) var entries: [Entry] = []
    private(set) var types = TokenTypes()
    /// By the types' places.
    private(set) var numbers: [TokenNumbers] = []
    private(set) var reservedCount = 0
    /// The last entry with each hash, so that a vault of many values is still one look-up.
    private var places: [Int: Int] = [:]

    /// An empty vault; nothing is allocated before the first token. One of more than the default bounds cannot be sealed.
    public init(valuesMax: Int = valuesMaxDefault, bytesMax: Int = valueBytesMax) {
        self.valuesMax = valuesMax
        self.bytesMax = bytesMax
    }

    /// Number of values held.
    public var count: Int { entries.count }

    /// Bytes of memory that the vault takes, roughly and rather too many: what whoever keeps many of them counts.
    public var memoryBytes: Int {
        guard let originals else { return Self.emptyBytes }
        return Self.emptyBytes + Self.entryBytes * entries.count + Self.reservedBytes * reservedCount
            + 2 * originals.bytes.count
    }

    /// What a vault takes before its values: the numbers of each type among it.
    private static let emptyBytes = 4_096
    /// What a value takes beside its bytes: its entry, its hash and its number, in tables that are half empty.
    private static let entryBytes = 256

    private static let reservedBytes = 32

    /// Whether one of the tokens stands for `value`, of any type.
    public func holds(_ value: ArraySlice<UInt8>) -> Bool {
        guard let originals else { return false }
        var place = places[value.hashValue]
        while let candidate = place {
            if originals.bytes[entries[candidate].range] == value { return true }
            place = entries[candidate].previous
        }
        return false
    }

    /// `text` with this vault's tokens turned back, altered ones too (see `TokenReader`); all else, unknown tokens
    /// included, stays as it is.
    /// - Returns: the same array where it holds none of the tokens.
    /// - Complexity: linear in `text` and in the values put into it.
    public func restore(_ text: [UInt8], as form: TextForm = .plain) -> [UInt8] {
        guard originals != nil else { return text }
        var restored: [UInt8] = []
        var restorer = Restorer(form: form)
        _ = restorer.run(text.span, isFinal: true, from: self, into: &restored)
        return restorer.hasRestored ? restored : text
    }

    /// Takes up the types that a policy adds, so that their tokens are known.
    mutating func learn(_ custom: [CustomType]) throws(RedactionError) {
        for type in custom {
            guard learn(type.type) else { throw .vaultFull(limit: TokenTypes.customMax) }
        }
    }

    /// - Returns: whether there was room.
    mutating func learn(_ type: DetectorType) -> Bool { types.learn(type) }

    /// Keeps every token that stands literally in `text`, in any writing, from being given out.
    ///
    /// Takes more for a token than `restore` does: what stands beside one may itself be replaced.
    mutating func reserveTokens(in text: Span<UInt8>) throws(RedactionError) {
        for index in text.indices where TokenMark.startsToken[Int(text[index])] {
            guard case .token(let token, _, _) = TokenReader.readIgnoringNeighbours(text, at: index, types),
                numbersIndexed(by: token.type, { $0.reserve(token.number) })
            else { continue }
            reservedCount += 1
            guard reservedCount <= Self.reservedMax else { throw .vaultFull(limit: Self.reservedMax) }
        }
    }

    /// The token that stands for `value`.
    mutating func token(for value: ArraySlice<UInt8>, of type: DetectorType) throws(RedactionError) -> [UInt8] {
        let hash = value.hashValue
        if let known = place(of: value, type, hash: hash) { return entries[known].token.bytes }
        guard entries.count < valuesMax else { throw .vaultFull(limit: valuesMax) }
        guard (originals?.bytes.count ?? 0) + value.count <= bytesMax else { throw .vaultFull(limit: bytesMax) }
        let place = entries.count
        let token = Token(type: type, number: numbersIndexed(by: type) { $0.take(for: place) })
        append(value, for: token, hash: hash)
        return token.bytes
    }

    /// Forgets all values, whose tokens are never turned back then and are given to no other value: for texts without end.
    public mutating func forgetValues() {
        originals = nil
        entries = []
        places = [:]
        for index in numbers.indices { numbers[index].forget() }
        reservedCount = 0
    }

    /// Bytes of the values held.
    public var byteCount: Int { originals?.bytes.count ?? 0 }

    /// Takes up an entry of a vault that was sealed. Numbers of a type come in rising order.
    mutating func adopt(_ value: ArraySlice<UInt8>, for token: Token) {
        let place = entries.count
        numbersIndexed(by: token.type) { $0.give(token.number, to: place) }
        append(value, for: token, hash: value.hashValue)
    }

    /// Takes up a reserved number of a vault that was sealed.
    mutating func adopt(reserved token: Token) {
        if numbersIndexed(by: token.type, { $0.reserve(token.number) }) { reservedCount += 1 }
    }

    /// Where the original behind `token` is, or nil where this vault did not give it out.
    func original(of token: Token) -> Range<Int>? {
        guard let typePlace = types.place(of: token.type), typePlace < numbers.count,
            let place = numbers[typePlace].place(of: token.number)
        else { return nil }
        return entries[place].range
    }

    /// Writes the original at `range` as `form` needs it.
    func append(_ range: Range<Int>, as form: TextForm, to output: inout [UInt8]) {
        guard let originals else { return }
        switch form {
        case .plain: output.append(contentsOf: originals.bytes[range])
        case .json:
            let bytes = originals.bytes
            var json = JSONWriter(capacity: range.count + 2)
            json.string(bytes.span.extracting(range))
            output.append(contentsOf: json.bytes.dropFirst().dropLast())
        }
    }

    private mutating func append(_ value: ArraySlice<UInt8>, for token: Token, hash: Int) {
        let originals = self.originals ?? WipedBytes()
        self.originals = originals
        let place = entries.count
        entries.append(Entry(token: token, range: originals.append(value), previous: places[hash]))
        places[hash] = place
    }

    private func place(of value: ArraySlice<UInt8>, _ type: DetectorType, hash: Int) -> Int? {
        guard let originals else { return nil }
        var place = places[hash]
        while let candidate = place {
            let entry = entries[candidate]
            if entry.token.type == type, originals.bytes[entry.range] == value { return candidate }
            place = entry.previous
        }
        return nil
    }

    private mutating func numbersIndexed<Result>(
        by type: DetectorType, _ body: (inout TokenNumbers) -> Result
    ) -> Result {
        _ = types.learn(type)
        let place = types.place(of: type) ?? types.count
        while numbers.count <= place { numbers.append(TokenNumbers()) }
        return body(&numbers[place])
    }
}
