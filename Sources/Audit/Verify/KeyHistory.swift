internal import JSON

/// Which key signs a log's checkpoints at which size, as its records say, and how far that is what the verifier pinned.
///
/// ```
/// genesis{vkey: A} … key.rotate{A, B} at r …
/// sizes   1 … r: A     r + 1: A and B     r + 2 …: B
/// ```
struct KeyHistory {
    /// A key and the first size at which it signs.
    private struct Term {
        var key: VerifierKey?
        var from: UInt64
    }

    private let pins: [VerifierKey]
    /// One after the other. The first key is nil where the records that named it were pruned, until something tells.
    private var terms: [Term]
    /// The size at which both keys must have signed and no checkpoint has been seen.
    private var owed: UInt64?
    /// Whether a checkpoint has been seen that a pinned key vouches for: its own, or one that it has handed over to.
    private(set) var reachesPin = false

    /// - Parameter first: the key that record 0 names; nil where it was pruned.
    init(first: VerifierKey?, pins: [VerifierKey]) {
        self.pins = pins
        terms = [Term(key: first, from: 0)]
    }

    /// Whether record 0's key is pinned.
    var firstIsPinned: Bool { terms[0].key.map(pins.contains) ?? false }

    /// The key that signs now; nil where the records that named it were pruned.
    var current: VerifierKey? { terms[terms.count - 1].key }

    /// Takes a record `key.rotate` with number `seq`.
    mutating func rotate(line: [UInt8], seq: UInt64, origin: String?) throws(LineFault) {
        let old: VerifierKey
        let new: VerifierKey
        do {
            let record = try JSONObject(try JSONParser.parse(line), allowing: nil)
            let key = try record.object("key", allowing: nil)
            guard let first = VerifierKey(try key.string("old")), let second = VerifierKey(try key.string("new")),
                first.name == second.name, first != second, origin == nil || first.name == origin
            else { throw LineFault(.keyRotation, "not from one key of the log to another") }
            (old, new) = (first, second)
        } catch let fault as LineFault {
            throw fault
        } catch {
            throw LineFault(.keyRotation, "\(error)")
        }
        guard current == nil || current == old else {
            throw LineFault(.keyRotation, "the old key is not the one that the log has had")
        }
        if current == nil { terms[terms.count - 1].key = old }
        if let owed { throw LineFault(.keyRotation, "no checkpoint of size \(owed), where both keys must have signed") }
        terms.append(Term(key: new, from: seq + 1))
        owed = seq + 1
    }

    /// Checks that `note`, a checkpoint of `size`, is signed by whoever had to.
    ///
    /// Sizes come in ascending order, and after the records that they cover.
    mutating func check(_ note: SignedNote, size: UInt64) throws(NoteFault) {
        if let owed, size > owed {
            throw NoteFault(
                .checkpointMissing, "no checkpoint of size \(owed), where the old and the new key must sign")
        }
        if owed == size { owed = nil }
        guard let place = terms.lastIndex(where: { $0.from <= size }) else { return }
        guard let key = terms[place].key else { return try checkUnknown(note, place) }
        let isHandover = place > 0 && terms[place].from == size
        let required = isHandover ? [terms[place - 1].key, key].compactMap(\.self) : [key]
        for key in required {
            guard try note.isSigned(by: key) else { throw missing(key, note, isHandover: isHandover) }
        }
        if terms[...place].contains(where: { $0.key.map(pins.contains) ?? false }) { reachesPin = true }
    }

    /// The first records are gone, and with them the key's name: one that is pinned has to have signed.
    private mutating func checkUnknown(_ note: SignedNote, _ place: Int) throws(NoteFault) {
        guard !pins.isEmpty else { return }
        for pin in pins where try note.isSigned(by: pin) {
            terms[place].key = pin
            reachesPin = true
            return
        }
        throw NoteFault(.unknownKey, "no pinned key has signed")
    }

    private func missing(_ key: VerifierKey, _ note: SignedNote, isHandover: Bool) -> NoteFault {
        if isHandover { return NoteFault(.keyRotation, "the signature of \(key.text) is missing") }
        let identifiers = note.signatures.filter { $0.name == key.name }.map(\.keyIdentifier)
        if terms.contains(where: { $0.key.map { identifiers.contains($0.identifier) } ?? false }) {
            return NoteFault(.keyRotation, "signed by a key that was another size's")
        }
        return identifiers.isEmpty
            ? NoteFault(.checkpointSignature, "not signed by the log")
            : NoteFault(.unknownKey, "signed by a key that is not the log's")
    }
}
