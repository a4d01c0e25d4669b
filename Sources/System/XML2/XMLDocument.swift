internal import CXML2

/// A library that a document is read with is not there or is another one; the reason is the loader's.
public struct XMLLibraryError: Error, Equatable, Sendable {
    /// Why, in the loader's words.
    public let reason: String
}

/// XML and HTML by libxml2, loaded when it is first asked for.
public enum XMLLibrary {
    /// The library's name for the loader.
    public static let name = "libxml2.so.2"

    /// Loads the library for good. For one thread, before the process is confined.
    public static func load(_ name: String = name) throws(XMLLibraryError) {
        var message = [CChar](repeating: 0, count: 512)
        guard unsafe pc_xml_load(name, &message, message.count) == 0 else {
            let text = message.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }
            throw XMLLibraryError(reason: String(decoding: text, as: UTF8.self))
        }
    }
}

/// What stands next in a document.
public enum XMLEvent: Equatable, Sendable {
    /// An element begins: its local name.
    case open([UInt8])
    /// Text between tags, entities resolved.
    case text([UInt8])
    /// An element ends.
    case close([UInt8])
}

/// A document that was read, gone through once from its beginning.
///
/// `@safe`: it owns the tree and frees it; texts are copied out before the walk goes on.
@safe public struct XMLDocument: ~Copyable {
    private let walk: OpaquePointer

    /// How a document is read.
    public enum Language: Sendable {
        /// Strictly: what is not well-formed is refused.
        case xml
        /// As browsers do: anything is some document.
        case html
    }

    /// Reads a document. Nothing outside of it is fetched, and no entity of its own is expanded.
    /// - Parameter encoding: nil takes what the document says, and for HTML that says nothing ISO 8859-1.
    /// - Returns: nil where it is not well-formed, or nested deeper than libxml2 allows (256).
    /// - Precondition: the library is loaded.
    public static func read(_ bytes: [UInt8], as language: Language, encoding: String?) -> XMLDocument? {
        let walk = unsafe bytes.withUnsafeBytes { bytes in
            let start = unsafe bytes.baseAddress?.assumingMemoryBound(to: CChar.self)
            return unsafe pc_xml_read(start, bytes.count, language == .html ? 1 : 0, encoding)
        }
        guard let walk = unsafe walk else { return nil }
        return unsafe XMLDocument(walk: walk)
    }

    private init(walk: OpaquePointer) { unsafe self.walk = walk }

    deinit { unsafe pc_xml_free(walk) }

    /// Whether it has a type definition of its own, which could declare entities.
    public var hasTypeDefinition: Bool { unsafe pc_xml_has_subset(walk) == 1 }

    /// The next event in the document's order; nil after the last.
    public mutating func next() -> XMLEvent? {
        switch unsafe pc_xml_next(walk) {
        case Int32(pc_xml_open.rawValue): .open(unsafe Self.bytes(pc_xml_name(walk)))
        case Int32(pc_xml_text.rawValue): .text(unsafe Self.bytes(pc_xml_content(walk)))
        case Int32(pc_xml_close.rawValue): .close(unsafe Self.bytes(pc_xml_name(walk)))
        default: nil
        }
    }

    /// The value of an attribute, by its local name, of the element that the last event opened.
    public func attribute(_ name: StaticString) -> [UInt8]? {
        guard let value = unsafe pc_xml_attribute(walk, "\(name)") else { return nil }
        return unsafe Self.bytes(value)
    }

    private static func bytes(_ text: UnsafePointer<CChar>?) -> [UInt8] {
        guard let text = unsafe text else { return [] }
        return unsafe Array(UnsafeRawBufferPointer(start: text, count: strlen(text)))
    }
}
