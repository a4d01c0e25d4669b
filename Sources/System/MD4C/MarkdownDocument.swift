internal import CMD4C

/// MD4C is not there or is another one; the reason is the loader's.
public struct MarkdownLibraryError: Error, Equatable, Sendable {
    /// Why, in the loader's words.
    public let reason: String
}

/// Markdown by MD4C, loaded when it is first asked for.
public enum MarkdownLibrary {
    /// The library's name for the loader.
    public static let name = "libmd4c.so.0"

    /// Loads the library for good. For one thread, before the process is confined.
    public static func load(_ name: String = name) throws(MarkdownLibraryError) {
        var message = [CChar](repeating: 0, count: 512)
        guard unsafe pc_md_load(name, &message, message.count) == 0 else {
            let text = message.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }
            throw MarkdownLibraryError(reason: String(decoding: text, as: UTF8.self))
        }
    }
}

/// What stands next in Markdown.
public enum MarkdownEvent: Equatable, Sendable {
    /// Blocks that make a difference to a text.
    public enum Block: Equatable, Sendable {
        case heading(level: Int)
        case paragraph, listItem, codeBlock, tableRow, tableCell
        /// HTML between the blocks, which is no text.
        case rawHTML
    }

    case open(Block)
    case close(Block)
    /// Text as it reads.
    case text([UInt8])
    /// An HTML entity as it is written, such as `&amp;`.
    case entity([UInt8])
    /// The end of a line inside a paragraph.
    case space
    /// A hard line break.
    case lineBreak
    /// Tags and comments of HTML.
    case hidden
}

/// Reads Markdown.
public enum MarkdownDocument {
    /// The events of a text (CommonMark with tables).
    /// - Returns: nil where there are more than `eventsMax` of them.
    /// - Precondition: the library is loaded.
    public static func events(of text: [UInt8], eventsMax: Int) -> [MarkdownEvent]? {
        unsafe text.withUnsafeBytes { text -> [MarkdownEvent]? in
            let start = unsafe text.baseAddress?.assumingMemoryBound(to: CChar.self)
            guard let list = unsafe pc_md_read(start, text.count, eventsMax) else { return nil }
            defer { unsafe pc_md_free(list) }
            var events: [MarkdownEvent] = []
            let count = unsafe pc_md_count(list)
            events.reserveCapacity(count)
            for index in 0..<count {
                if let event = unsafe event(pc_md_at(list, index)) { events.append(event) }
            }
            return events
        }
    }

    private static func event(_ raw: pc_md_event) -> MarkdownEvent? {
        let kind = unsafe raw.kind
        if let block = unsafe block(kind, level: Int(raw.level)) {
            return unsafe raw.begins == 1 ? .open(block) : .close(block)
        }
        switch kind {
        case Int32(pc_md_text.rawValue): return .text(unsafe bytes(raw))
        case Int32(pc_md_entity.rawValue): return .entity(unsafe bytes(raw))
        case Int32(pc_md_space.rawValue): return .space
        case Int32(pc_md_break.rawValue): return .lineBreak
        case Int32(pc_md_hidden_text.rawValue): return .hidden
        default: return nil
        }
    }

    private static func block(_ kind: Int32, level: Int) -> MarkdownEvent.Block? {
        switch kind {
        case Int32(pc_md_heading.rawValue): .heading(level: level)
        case Int32(pc_md_paragraph.rawValue): .paragraph
        case Int32(pc_md_list_item.rawValue): .listItem
        case Int32(pc_md_code_block.rawValue): .codeBlock
        case Int32(pc_md_table_row.rawValue): .tableRow
        case Int32(pc_md_table_cell.rawValue): .tableCell
        case Int32(pc_md_raw_html.rawValue): .rawHTML
        default: nil
        }
    }

    private static func bytes(_ raw: pc_md_event) -> [UInt8] {
        guard let text = unsafe raw.text else { return [] }
        return unsafe Array(UnsafeRawBufferPointer(start: text, count: raw.size))
    }
}
