internal import CRE2

/// Why RE2 does not take a pattern, in its own words.
public struct RE2Error: Error, Equatable, Sendable {
    /// Such as "missing ]".
    public let message: String
    /// The part of the pattern that it is about; may be empty.
    public let fragment: [UInt8]
}

/// A pattern in RE2's syntax (github.com/google/re2/wiki/Syntax), matched leftmost-longest in time linear in the text.
///
/// A match's bounds are those of whole characters; bytes that are not UTF-8 match nothing and hide nothing beside them.
///
/// `@safe` and `@unchecked Sendable`: the object is made once, never changed, and freed here with the last reference. RE2's
/// header says of its matching functions that "RE2 objects are thread-safe; i.e. it is safe to call any const method from
/// multiple threads"; the shim calls no other.
@safe public final class RE2: @unchecked Sendable {
    private let handle: OpaquePointer

    /// Instructions of the compiled program: what a step of a match may cost where RE2's cache of states is full.
    public let programSize: Int

    private init(adopting handle: OpaquePointer) {
        unsafe self.handle = handle
        programSize = unsafe Int(pc_re2_program_size(handle))
    }

    deinit { unsafe pc_re2_free(handle) }

    /// Compiles `pattern`.
    /// - Parameter memoryMax: bytes that the program and its cache of states may take.
    public static func compile(_ pattern: [UInt8], memoryMax: Int) throws(RE2Error) -> RE2 {
        var message = [CChar](repeating: 0, count: 128)
        var fragment = [CChar](repeating: 0, count: 512)
        let handle = unsafe pattern.withUnsafeBufferPointer { pattern in
            unsafe pc_re2_compile(
                pattern.baseAddress, pattern.count, Int64(memoryMax), &message, message.count, &fragment,
                fragment.count)
        }
        guard let handle = unsafe handle else {
            throw RE2Error(
                message: String(decoding: bytes(message), as: UTF8.self), fragment: bytes(fragment))
        }
        return unsafe RE2(adopting: handle)
    }

    private static func bytes(_ text: [CChar]) -> [UInt8] { text.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) } }

    /// The bounds of the first match that starts at `offset` or later. What stands before `offset` counts for `\b`.
    ///
    /// Nil also where memory ran out, which for a pattern of bounded length takes a system without any.
    /// - Complexity: linear in what is gone through.
    public func firstMatch(in text: Span<UInt8>, from offset: Int) -> Range<Int>? {
        guard offset >= 0, offset <= text.count else { return nil }
        var start = 0
        var end = 0
        let isFound = unsafe text.withUnsafeBufferPointer { text in
            unsafe pc_re2_find(handle, text.baseAddress, text.count, offset, &start, &end) == 1
        }
        return isFound ? start..<end : nil
    }
}
