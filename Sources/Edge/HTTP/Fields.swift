/// Where one field line lies inside a head's bytes.
struct FieldEntry: Sendable {
    var nameRange: ByteRange
    var valueRange: ByteRange
    var name = FieldName.other
}

/// A range of bytes in 8 bytes; a head is never as long as 4 GiB.
struct ByteRange: Sendable, Hashable {
    private let start: UInt32
    private let end: UInt32

    init(_ range: Range<Int>) {
        start = UInt32(range.lowerBound)
        end = UInt32(range.upperBound)
    }

    var range: Range<Int> { Int(start)..<Int(end) }
}

/// The field lines of a request in the order they came, over the one buffer that holds the head: no dictionary, no
/// `String`. Names are as they came and found in any case of letters; values are without the white space around them
/// and may hold `obs-text`.
public struct Fields: Sendable {
    let bytes: [UInt8]
    let entries: [FieldEntry]

    /// Number of field lines.
    public var count: Int { entries.count }

    /// The value of the first line called `name`, or nil.
    public subscript(name: FieldName) -> ArraySlice<UInt8>? {
        for entry in entries where entry.name == name { return value(entry) }
        return nil
    }

    /// The value of the first line called `name`, which is written in lower case, or nil.
    public subscript(named name: String) -> ArraySlice<UInt8>? {
        for entry in entries where bytes.span.extracting(entry.nameRange.range).isEqualIgnoringCase(to: name) {
            return value(entry)
        }
        return nil
    }

    /// Number of lines called `name`.
    public func count(of name: FieldName) -> Int { entries.count { $0.name == name } }

    /// The values of all lines called `name`.
    public func values(of name: FieldName) -> [ArraySlice<UInt8>] {
        entries.compactMap { $0.name == name ? value($0) : nil }
    }

    /// Name and value of the line at `index`.
    public subscript(index: Int) -> (name: ArraySlice<UInt8>, value: ArraySlice<UInt8>) {
        (name(entries[index]), value(entries[index]))
    }

    private func name(_ entry: FieldEntry) -> ArraySlice<UInt8> { bytes[entry.nameRange.range] }

    private func value(_ entry: FieldEntry) -> ArraySlice<UInt8> { bytes[entry.valueRange.range] }
}
