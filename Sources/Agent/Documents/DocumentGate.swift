internal import Magic
internal import Threading

/// Every document's way in: what it is by its content, the rules of its kind, and the virus scanner where there is one. Each
/// of its threads has a libmagic of its own, loaded at start.
public final class DocumentGate: Sendable {
    /// What a thread owns.
    private final class Inspection {
        let magic: Magic

        init(_ magic: Magic) { self.magic = magic }
    }

    /// The file of libmagic's database, which is read at start.
    public static let database = Magic.systemDatabase

    /// What is taken.
    public let types: Set<DocumentType>
    private let scanner: VirusScanner?
    private let threads: JobThreads<Inspection>

    private init(types: Set<DocumentType>, scanner: VirusScanner?, threads: JobThreads<Inspection>) {
        self.types = types
        self.scanner = scanner
        self.threads = threads
    }

    /// Loads libmagic's database and starts the threads. It blocks; call it at start.
    /// - Throws: `.storage` where the database cannot be loaded.
    public static func start(
        types: Set<DocumentType>, scanner: VirusScanner?
    ) throws(AgentError) -> DocumentGate {
        let threads = try JobThreads<Inspection>.start(
            named: "doc-inspect", count: AgentLimits.documentInspectionsMax, jobsMax: AgentLimits.documentJobsMax
        ) { () throws(AgentError) in
            do throws(MagicError) { return Inspection(try Magic.load()) } catch {
                throw .storage(reason: "libmagic: \(error): install libmagic-mgc")
            }
        }
        return DocumentGate(types: types, scanner: scanner, threads: threads)
    }

    /// Looks at a document, and has it scanned where there is a scanner.
    /// - Parameter declared: the sender's media type in lower case, without parameters; nil where there is none.
    /// - Throws: `.empty`, `.refused`, `.scannerAway`, `.busy`.
    public func inspect(
        _ bytes: [UInt8], declared: [UInt8]?
    ) async throws(DocumentError) -> InspectedContent {
        guard !bytes.isEmpty else { throw .empty }
        return try await threads.run(orThrow: .busy) { [types, scanner] inspection in
            Result { () throws(DocumentError) -> InspectedContent in
                let sniffed: String
                do throws(MagicError) { sniffed = try inspection.magic.mediaType(of: bytes.span) } catch {
                    throw .storage(reason: "libmagic: \(error)")
                }
                let content: InspectedContent
                do throws(DocumentRefusal) {
                    content = try DocumentInspector.inspect(
                        bytes, declared: declared, sniffed: sniffed, allowed: types)
                } catch {
                    throw .refused(error)
                }
                if let scanner { try scanner.scan(bytes) }
                return content
            }
        }
    }
}
