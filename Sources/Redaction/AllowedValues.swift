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
        if type.isTelephone, Telephone.isInternational(value[...]) {
            values[Int(type.index)].formUnion(Telephone.nationalForms(of: normal))
        }
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
    /// four under a mask, letters and digits alone; for telephone numbers no `00` before the calling code and no `(0)`
    /// behind it.
    static func normalForm(of value: ArraySlice<UInt8>, _ type: DetectorType) -> [UInt8] {
        var normal: [UInt8] = []
        normal.reserveCapacity(value.count)
        let value = type.isTelephone ? Telephone.withoutTrunkZero(value) : value
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

/// Writings of a telephone number.
private enum Telephone {
    static func isInternational(_ value: ArraySlice<UInt8>) -> Bool {
        let first = value.prefix { $0 != UInt8(ascii: "+") && !ByteClass.isAlphanumeric($0) }
        let rest = value.dropFirst(first.count)
        return rest.first == UInt8(ascii: "+") || rest.starts(with: "00".utf8)
    }

    /// `value` without the `(0)` that stands in an international number for those who call from within.
    static func withoutTrunkZero(_ value: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
        let trunk = Array("(0)".utf8)
        guard isInternational(value), let start = value.indices.first(where: { value[$0...].starts(with: trunk) })
        else { return value }
        return ArraySlice(value[..<start] + value[(start + trunk.count)...])
    }

    /// What the international number with these digits is within its country: the national number by itself, and behind
    /// the digits that are dialled before it.
    static func nationalForms(of digits: [UInt8]) -> [[UInt8]] {
        guard let codeDigits = CallingCode.digits(of: digits) else { return [] }
        let national = Array(digits[codeDigits...])
        // Russia and Kazakhstan dial 8, Hungary 06, most others 0 or nothing.
        return [national] + ["0", "8", "06"].map { Array($0.utf8) + national }
    }
}
