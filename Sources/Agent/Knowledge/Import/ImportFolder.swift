internal import LinuxIO

/// The files of a folder that an import reads.
package struct ImportFolder: Sendable {
    /// A file, and what it is called within the folder.
    package struct File: Equatable, Sendable {
        /// Where it is.
        package let path: String
        /// Its path from the folder on.
        package let name: String
        /// Bytes of it.
        package let bytes: UInt64
    }

    /// Why a folder is not imported.
    package enum Failure: Error, Equatable, Sendable {
        /// It, or one in it, cannot be read: its path, and the system's words.
        case unreadable(String)
        /// It has more of something than its bound.
        case tooMuch(of: String, max: Int)
    }

    /// Files to read, by name.
    package private(set) var files: [File] = []
    /// Names of files of kinds that are not read, and of links and the like, which are not followed.
    package private(set) var skipped: [String] = []
    private var entries = 0

    /// Goes through the folder at `path` and those in it. Names that begin with a dot are passed over; a link is not
    /// followed, for it leads where nobody said that the import may read.
    package init(_ path: String) throws(Failure) {
        var folders: [(path: String, prefix: String, depth: Int)] = [(path, "", 1)]
        while let folder = folders.popLast() {
            guard folder.depth <= AgentLimits.importDepthMax else {
                throw .tooMuch(of: "folders within each other", max: AgentLimits.importDepthMax)
            }
            do throws(FileError) {
                for name in try FileDirectory.names(in: folder.path) where !name.hasPrefix(".") {
                    entries += 1
                    guard entries <= AgentLimits.importFilesMax else { break }
                    let (path, name) = (folder.path + "/" + name, folder.prefix + name)
                    let status = try FileDirectory.status(of: path)
                    switch status.kind {
                    case .directory: folders.append((path, name + "/", folder.depth + 1))
                    case .regular where Self.isRead(name) && name.utf8.count <= AgentLimits.sourceBytesMax:
                        files.append(File(path: path, name: name, bytes: status.size))
                    case .regular, .link, .other: skipped.append(name)
                    }
                }
            } catch {
                throw .unreadable("\(error)")
            }
            guard entries <= AgentLimits.importFilesMax else {
                throw .tooMuch(of: "files", max: AgentLimits.importFilesMax)
            }
        }
        files.sort { $0.name < $1.name }
        skipped.sort()
    }

    private static func isRead(_ name: String) -> Bool { isTable(name) || kind(of: name) != nil }

    /// Whether a file is a table of questions and answers, by its name.
    package static func isTable(_ name: String) -> Bool { fileExtension(name) == "csv" }

    /// What kind of document a file is, by its name.
    package static func kind(of name: String) -> DocumentKind? {
        fileExtension(name).flatMap(DocumentKind.named(byExtension:))
    }

    private static func fileExtension(_ name: String) -> String? {
        guard let dot = name.lastIndex(of: "."), !name[dot...].contains("/") else { return nil }
        return name[name.index(after: dot)...].lowercased()
    }
}
