internal import CArchive

/// libarchive is not there or is another one; the reason is the loader's.
public struct ArchiveLibraryError: Error, Equatable, Sendable {
    /// Why, in the loader's words.
    public let reason: String
}

/// ZIP files by libarchive, loaded when it is first asked for.
public enum ArchiveLibrary {
    /// The library's name for the loader.
    public static let name = "libarchive.so.13"

    /// Loads the library for good. For one thread, before the process is confined.
    public static func load(_ name: String = name) throws(ArchiveLibraryError) {
        var message = [CChar](repeating: 0, count: 512)
        guard unsafe pc_archive_load(name, &message, message.count) == 0 else {
            let text = message.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }
            throw ArchiveLibraryError(reason: String(decoding: text, as: UTF8.self))
        }
    }
}

/// A ZIP file in memory, gone through once, entry by entry. Nothing is written anywhere.
///
/// `@safe`: it owns the reader and a copy of the bytes that the reader looks into, and frees both.
@safe public final class ZIPArchive {
    /// What stands next.
    public enum Entry: Equatable, Sendable {
        /// An entry by its name, whose content may be read.
        case content(name: [UInt8])
        /// An entry whose content takes a password.
        case encrypted(name: [UInt8])
        /// The archive is broken here.
        case broken
    }

    private let bytes: UnsafeMutableRawPointer
    private let reader: OpaquePointer

    /// Opens the archive.
    /// - Returns: nil where it is none.
    /// - Precondition: the library is loaded.
    public init?(_ content: [UInt8]) {
        let copy = UnsafeMutableRawPointer.allocate(byteCount: max(1, content.count), alignment: 16)
        unsafe content.withUnsafeBytes { content in
            if let start = content.baseAddress { unsafe copy.copyMemory(from: start, byteCount: content.count) }
        }
        guard let reader = unsafe pc_archive_open(copy, content.count) else {
            unsafe copy.deallocate()
            return nil
        }
        unsafe bytes = copy
        unsafe self.reader = reader
    }

    deinit {
        unsafe pc_archive_close(reader)
        unsafe bytes.deallocate()
    }

    /// Goes to the next entry; nil after the last, and nothing may be asked after one that is broken.
    public func next() -> Entry? {
        switch unsafe pc_archive_next(reader) {
        case 0: return nil
        case 1: break
        default: return .broken
        }
        let name: [UInt8]
        if let text = unsafe pc_archive_name(reader) {
            name = unsafe Array(UnsafeRawBufferPointer(start: text, count: strlen(text)))
        } else {
            name = []
        }
        return unsafe pc_archive_is_encrypted(reader) == 1 ? .encrypted(name: name) : .content(name: name)
    }

    /// Reads the entry's content.
    /// - Returns: nil where it is broken; more than `bytesMax` bytes where there are more, which is where reading ends.
    public func read(bytesMax: Int) -> [UInt8]? {
        var content: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 65_536)
        while content.count <= bytesMax {
            let count = unsafe chunk.withUnsafeMutableBytes { unsafe pc_archive_read(reader, $0.baseAddress, $0.count) }
            guard count >= 0 else { return nil }
            if count == 0 { break }
            content += chunk[..<count]
        }
        return content
    }
}
