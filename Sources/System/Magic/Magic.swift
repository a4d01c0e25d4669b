internal import CMagic

/// Why libmagic could not be used.
public enum MagicError: Error, Hashable, Sendable {
    /// Its database cannot be loaded. `reason` is the library's.
    case notLoaded(path: String, reason: String)
    /// It could not look at the bytes.
    case failed(reason: String)
}

/// What kind of file some bytes are, by their content: libmagic with its database of rules.
///
/// `@safe`: it alone owns the handle, which it closes, and lends the bytes for one call. It is not `Sendable`, for a handle
/// is one thread's at a time: each thread loads its own, before the process is confined. The database is mapped then, and
/// no file is opened after.
@safe public final class Magic {
    /// The compiled database as the library's package has it. Named outright: left to itself the library also looks at the
    /// environment and at a file of the user's.
    public static let systemDatabase = "/usr/share/misc/magic.mgc"

    private let handle: OpaquePointer

    private init(adopting handle: OpaquePointer) { unsafe self.handle = handle }

    deinit { unsafe magic_close(handle) }

    /// Loads the compiled database at `path`. It takes some 2 ms and maps 8 MB, which processes share.
    /// - Throws: `.notLoaded`
    public static func load(_ path: String = systemDatabase) throws(MagicError) -> Magic {
        var message = [CChar](repeating: 0, count: 512)
        guard let handle = unsafe pc_magic_load(path, &message, message.count) else {
            let text = message.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }
            throw .notLoaded(path: path, reason: String(decoding: text, as: UTF8.self))
        }
        return unsafe Magic(adopting: handle)
    }

    /// The media type of `bytes`, such as `application/pdf`; `application/octet-stream` where no rule knows them.
    /// - Throws: `.failed`
    public func mediaType(of bytes: Span<UInt8>) throws(MagicError) -> String {
        let text = unsafe bytes.withUnsafeBufferPointer { unsafe magic_buffer(handle, $0.baseAddress, $0.count) }
        guard let text = unsafe text else {
            throw .failed(reason: unsafe magic_error(handle).map { unsafe String(cString: $0) } ?? "unknown")
        }
        return unsafe String(cString: text)
    }
}
