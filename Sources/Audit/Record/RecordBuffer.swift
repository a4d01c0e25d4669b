internal import Bytes
internal import OpenSSL

/// Writes a record's middle in the profile of `docs/formats/audit-log.md` §4: one buffer, commas its own business.
///
/// Member names are literals of this module and unique within their object; brackets are balanced by `object` and `array`.
struct RecordBuffer: ~Copyable {
    private var bytes: ByteBuffer
    /// Dotted names of the members that were cut, in the order of the record, each once.
    private(set) var cut: [StaticString] = []
    let textBytesMax: Int

    init(type: RecordType, capacity: Int, textBytesMax: Int = RecordLimits.textBytesMax) {
        self.textBytesMax = textBytesMax
        bytes = ByteBuffer(capacity: capacity)
        bytes.append(literal: #""type":"#)
        bytes.append(quoted: type.name)
    }

    /// Bytes written so far.
    var count: Int { bytes.count }

    /// A copy of what was written.
    var written: [UInt8] { bytes.array() }

    mutating func object(_ name: StaticString, _ body: (inout RecordBuffer) -> Void) {
        self.name(name)
        object(body)
    }

    mutating func object(_ body: (inout RecordBuffer) -> Void) {
        separate()
        bytes.append(UInt8(ascii: "{"))
        body(&self)
        bytes.append(UInt8(ascii: "}"))
    }

    mutating func array(_ name: StaticString, _ body: (inout RecordBuffer) -> Void) {
        self.name(name)
        bytes.append(UInt8(ascii: "["))
        body(&self)
        bytes.append(UInt8(ascii: "]"))
    }

    /// A string from outside. `path` is the member's dotted name from the record, for `cut`.
    mutating func text(_ name: StaticString, _ text: [UInt8], path: StaticString, bytesMax: Int = Int.max) {
        self.name(name)
        element(text, path: path, bytesMax: bytesMax)
    }

    /// A string from outside, where there is one.
    mutating func text(_ name: StaticString, _ text: [UInt8]?, path: StaticString, bytesMax: Int = Int.max) {
        if let text { self.text(name, text, path: path, bytesMax: bytesMax) }
    }

    /// The first `RecordLimits.elementsMax` strings; `total` says how many there were if that is not all.
    mutating func texts(_ name: StaticString, _ texts: [[UInt8]], total: StaticString, path: StaticString) {
        array(name) { buffer in
            for text in texts.prefix(RecordLimits.elementsMax) {
                buffer.separate()
                buffer.element(text, path: path)
            }
        }
        self.total(total, texts.count, path: path)
    }

    /// How many elements a list had, where it was cut to the first `RecordLimits.elementsMax`.
    mutating func total(_ name: StaticString, _ count: Int, path: StaticString) {
        guard count > RecordLimits.elementsMax else { return }
        number(name, UInt64(count))
        noteCut(path)
    }

    /// A string of this module's own: it needs no escape.
    mutating func literal(_ name: StaticString, _ text: StaticString) {
        self.name(name)
        bytes.append(quoted: text)
    }

    /// Plain ASCII that this module made: it needs no escape and no bound.
    mutating func ascii(_ name: StaticString, _ text: [UInt8]) {
        self.name(name)
        bytes.append(UInt8(ascii: "\""))
        bytes.append(text)
        bytes.append(UInt8(ascii: "\""))
    }

    /// An element of an array, as `ascii` is a member.
    mutating func asciiElement(_ text: [UInt8]) {
        separate()
        bytes.append(UInt8(ascii: "\""))
        bytes.append(text)
        bytes.append(UInt8(ascii: "\""))
    }

    mutating func code(_ name: StaticString, _ code: ReasonCode) {
        self.name(name)
        bytes.append(UInt8(ascii: "\""))
        code.append(to: &bytes)
        bytes.append(UInt8(ascii: "\""))
    }

    mutating func hex(_ name: StaticString, _ digest: SHA256Digest) {
        self.name(name)
        bytes.append(UInt8(ascii: "\""))
        digest.appendHex(to: &bytes)
        bytes.append(UInt8(ascii: "\""))
    }

    mutating func time(_ name: StaticString, _ time: WallTime) {
        self.name(name)
        bytes.append(UInt8(ascii: "\""))
        time.append(to: &bytes)
        bytes.append(UInt8(ascii: "\""))
    }

    /// A count; more than 2^53-1 is written as that.
    mutating func number(_ name: StaticString, _ value: UInt64) {
        self.name(name)
        bytes.append(decimal: min(value, Chain.integerMax))
    }

    /// A number with a sign, held within ±(2^53-1).
    mutating func number(_ name: StaticString, signed value: Int64) {
        self.name(name)
        if value < 0 { bytes.append(UInt8(ascii: "-")) }
        bytes.append(decimal: min(value.magnitude, Chain.integerMax))
    }

    mutating func bool(_ name: StaticString, _ value: Bool) {
        self.name(name)
        bytes.append(literal: value ? "true" : "false")
    }

    /// A count under a name that is not known here, made to match `[a-z][a-z0-9_]{0,31}`.
    mutating func number(named name: [UInt8], _ value: UInt64) {
        separate()
        bytes.append(UInt8(ascii: "\""))
        bytes.append(name)
        bytes.append(literal: #"":"#)
        bytes.append(decimal: min(value, Chain.integerMax))
    }

    /// `cut`, where something was.
    mutating func finish() {
        guard !cut.isEmpty else { return }
        let cut = cut
        array("cut") { buffer in
            for path in cut {
                buffer.separate()
                buffer.bytes.append(quoted: path)
            }
        }
    }

    private mutating func element(_ text: [UInt8], path: StaticString, bytesMax: Int = Int.max) {
        bytes.append(UInt8(ascii: "\""))
        let isCut = TextProfile.append(text, bytesMax: min(bytesMax, textBytesMax), to: &bytes)
        bytes.append(UInt8(ascii: "\""))
        if isCut { noteCut(path) }
    }

    /// Rare: only what an outsider made too long gets here.
    mutating func noteCut(_ path: StaticString) {
        let name = path.description
        if !cut.contains(where: { $0.description == name }) { cut.append(path) }
    }

    private mutating func name(_ name: StaticString) {
        separate()
        bytes.append(quoted: name)
        bytes.append(UInt8(ascii: ":"))
    }

    /// A comma, unless something was just opened or named. A string never ends in one of these: it ends in its quote.
    private mutating func separate() {
        switch bytes.last {
        case UInt8(ascii: "{"), UInt8(ascii: "["), UInt8(ascii: ":"): break
        default: bytes.append(UInt8(ascii: ","))
        }
    }
}

/// Bounds of a record's members.
package enum RecordLimits {
    /// The most bytes of a text member, before escaping.
    package static let textBytesMax = 1024
    /// The most elements of a list.
    package static let elementsMax = 32
    /// The most bytes of a request id.
    package static let identifierBytesMax = 64
    /// The most names in a map of counts.
    package static let countNamesMax = 64
}
