/// Values that are left as they are, such as the bank's own telephone number, by type.
struct AllowedValues: Equatable, Sendable {
    /// Values of all types together.
    static let valuesMax = 1_024
    /// Bytes of a value.
    static let valueBytesMax = 320

    private var values: [Set<[UInt8]>] = []

    /// Allows `value`, as a text would have it, for `type`.
    /// - Returns: whether it has anything to compare.
    mutating func insert(_ value: [UInt8], for type: DetectorType) -> Bool {
        let normal = Self.normalForm(of: value[...], type)
        guard !normal.isEmpty, normal != [UInt8(ascii: "@")] else { return false }
        while values.count <= Int(type.index) { values.append([]) }
        values[Int(type.index)].insert(normal)
        return true
    }

    /// Whether `value` is allowed: in normal form it is equal to an allowed one, or, where it is an e-mail address, it
    /// ends with one that starts with its `@`.
    func contains(_ value: ArraySlice<UInt8>, of type: DetectorType) -> Bool {
        guard Int(type.index) < values.count, !values[Int(type.index)].isEmpty else { return false }
        let normal = Self.normalForm(of: value, type)
        if values[Int(type.index)].contains(normal) { return true }
        guard let at = normal.lastIndex(of: UInt8(ascii: "@")) else { return false }
        return values[Int(type.index)].contains(Array(normal[at...]))
    }

    /// What two writings of a value have in common: capitals or not for all types; for numbers, which keep their last
    /// four under a mask, letters and digits alone; for telephone numbers no `00` before the calling code.
    static func normalForm(of value: ArraySlice<UInt8>, _ type: DetectorType) -> [UInt8] {
        var normal: [UInt8] = []
        normal.reserveCapacity(value.count)
        for byte in value where type.masking == .placeholder || ByteClass.isAlphanumeric(byte) {
            normal.append(ByteClass.isUpper(byte) ? byte | 0x20 : byte)
        }
        if type.isTelephone, normal.starts(with: "00".utf8) { normal.removeFirst(2) }
        return normal
    }
}

extension DetectorType {
    private static let telephone = DetectorType(named: "PHONE_NUMBER".utf8)

    fileprivate var isTelephone: Bool { self == Self.telephone }
}
