/// Bytes that grow at their end, for writers on the request path.
///
/// An array checks at each append whether someone else holds it too, which for texts of many short pieces costs more than
/// the copying. This buffer has one owner by its type.
///
/// `@unchecked Sendable`: the memory is reached through this value alone, which cannot be copied, so a thread that is
/// given it is the only one that has it.
@safe public struct ByteBuffer: ~Copyable, @unchecked Sendable {
    @usableFromInline
    var base: UnsafeMutablePointer<UInt8>
    @usableFromInline
    var capacity: Int
    @usableFromInline
    var used = 0

    /// An empty buffer with room for `capacity` bytes; it grows as it must.
    public init(capacity: Int) {
        self.capacity = max(capacity, 64)
        unsafe base = .allocate(capacity: self.capacity)
    }

    deinit { unsafe base.deallocate() }

    /// Bytes in the buffer.
    @inlinable
    public var count: Int { used }

    /// Bytes that fit without growing.
    @inlinable
    public var room: Int { capacity }

    /// The last byte, or nil where there is none.
    @inlinable
    public var last: UInt8? { used == 0 ? nil : (unsafe base[used - 1]) }

    /// A copy of the bytes from `start` on.
    public func array(from start: Int = 0) -> [UInt8] {
        precondition(start >= 0 && start <= used, "a copy starts inside the buffer")
        return unsafe [UInt8](unsafeUninitializedCapacity: used - start) { room, initialized in
            initialized = used - start
            guard initialized > 0 else { return }
            unsafe room.baseAddress?.initialize(from: base + start, count: initialized)
        }
    }

    /// The bytes, for as long as `body` runs.
    @inlinable
    public func withSpan<Result: ~Copyable, Failure: Error>(
        _ body: (Span<UInt8>) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        try body(unsafe Span(_unsafeStart: base, count: used))
    }

    /// Forgets the bytes from `count` on and keeps the room.
    public mutating func truncate(to count: Int) {
        precondition(count >= 0 && count <= used, "a buffer is cut inside its bytes")
        used = count
    }

    /// Replaces each byte from `start` on.
    public mutating func replace(from start: Int, _ replacement: (UInt8) -> UInt8) {
        precondition(start >= 0 && start <= used, "bytes are replaced inside the buffer")
        for index in start..<used { unsafe base[index] = replacement(base[index]) }
    }

    /// Appends a byte.
    @inlinable
    public mutating func append(_ byte: UInt8) {
        if used == capacity { grow(by: 1) }
        unsafe base[used] = byte
        used &+= 1
    }

    /// Appends a run.
    @inlinable
    public mutating func append(_ bytes: Span<UInt8>) {
        unsafe bytes.withUnsafeBufferPointer { unsafe append($0) }
    }

    /// Appends a run.
    @inlinable
    public mutating func append(_ bytes: [UInt8]) {
        unsafe bytes.withUnsafeBufferPointer { unsafe append($0) }
    }

    /// Appends the UTF-8 bytes of a literal between quotes.
    @inlinable
    public mutating func append(quoted literal: StaticString) {
        let length = literal.utf8CodeUnitCount
        if length > capacity - used - 2 { grow(by: length + 2) }
        unsafe base[used] = UInt8(ascii: "\"")
        unsafe (base + used + 1).update(from: literal.utf8Start, count: length)
        unsafe base[used &+ length &+ 1] = UInt8(ascii: "\"")
        used &+= length &+ 2
    }

    /// Appends the UTF-8 bytes of a literal.
    @inlinable
    public mutating func append(literal: StaticString) {
        unsafe append(UnsafeBufferPointer(start: literal.utf8Start, count: literal.utf8CodeUnitCount))
    }

    @inlinable
    mutating func append(_ bytes: UnsafeBufferPointer<UInt8>) {
        guard let source = bytes.baseAddress, bytes.count > 0 else { return }
        if bytes.count > capacity - used { grow(by: bytes.count) }
        unsafe (base + used).update(from: source, count: bytes.count)
        used &+= bytes.count
    }

    /// Appends an integer in decimal.
    @inlinable
    public mutating func append<Value: FixedWidthInteger>(decimal value: Value) {
        if value < 0 { append(UInt8(ascii: "-")) }
        append(decimalMagnitude: UInt64(value.magnitude))
    }

    @usableFromInline
    mutating func append(decimalMagnitude value: UInt64) {
        // 2^64 has 20 digits.
        if capacity - used < 20 { grow(by: 20) }
        var digits = 1
        var rest = value
        while rest >= 10 {
            rest /= 10
            digits &+= 1
        }
        rest = value
        var index = used &+ digits
        used = index
        repeat {
            index &-= 1
            unsafe base[index] = UInt8(ascii: "0") &+ UInt8(truncatingIfNeeded: rest % 10)
            rest /= 10
        } while rest > 0
    }

    /// Appends each byte as two lowercase hexadecimal digits.
    public mutating func append(hex bytes: Span<UInt8>) {
        if capacity - used < 2 * bytes.count { grow(by: 2 * bytes.count) }
        for index in bytes.indices {
            let byte = bytes[index]
            unsafe base[used] = Self.hexDigit(byte >> 4)
            unsafe base[used &+ 1] = Self.hexDigit(byte & 15)
            used &+= 2
        }
    }

    /// `bytes` as lowercase hexadecimal digits.
    public static func hex(_ bytes: [UInt8]) -> [UInt8] {
        var digits = ByteBuffer(capacity: 2 * bytes.count)
        digits.append(hex: bytes.span)
        return digits.array()
    }

    /// Appends the last `digits` hexadecimal digits of `value`, lower case.
    public mutating func append(hex value: UInt64, digits: Int = 16) {
        for place in (0..<digits).reversed() {
            append(Self.hexDigit(UInt8(truncatingIfNeeded: value >> (4 * place)) & 15))
        }
    }

    /// Without a table and without a branch.
    @inline(__always)
    private static func hexDigit(_ nibble: UInt8) -> UInt8 {
        UInt8(ascii: "0") &+ nibble &+ ((nibble &+ 6) >> 4) &* 39
    }

    @usableFromInline
    @inline(never)
    mutating func grow(by more: Int) {
        let enough = max(2 * capacity, used + more)
        let room = UnsafeMutablePointer<UInt8>.allocate(capacity: enough)
        unsafe room.update(from: base, count: used)
        unsafe base.deallocate()
        unsafe base = room
        capacity = enough
    }
}
