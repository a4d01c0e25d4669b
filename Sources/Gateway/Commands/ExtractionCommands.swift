internal import Agent
internal import LinuxIO
internal import Sandbox

/// Text out of documents by hand, and for the gateway: what `portcullis extract` does.
public enum ExtractionCommands {
    /// The kinds of document by their names.
    public static let kinds = DocumentKind.allCases.map(\.rawValue)

    /// Takes the text out of the document on standard input and gives up, before it is looked into, all that this does not
    /// take: memory and time beyond a bound, files, sockets, programs, threads.
    /// - Parameter kind: what it is said to be; nil where nothing is said.
    /// - Returns: a JSON object, in one line: the text, or why there is none.
    /// - Throws: `CommandFailure`: 66 where standard input cannot be read.
    public static func extract(as kind: String?) throws(CommandFailure) -> [UInt8] {
        let document: [UInt8]
        do throws(StreamFailure) {
            document = try StandardStream.input.readAll(bytesMax: AgentLimits.documentBytesMax + 1)
        } catch {
            throw CommandFailure(reading: error)
        }
        return DocumentReader.message(for: document, as: kind.flatMap(DocumentKind.init(rawValue:)), confine: confine)
            + [0x0A]
    }

    /// Reads documents from the socket that standard input is, and has each looked into by a process of its own.
    public static func serveHelper() { ExtractionHelper.serve() }

    /// In this order: with the filter in force nothing else can be given up.
    private static func confine() throws(ExtractionError) {
        let isLimited = SelfLimits.apply(
            addressBytes: AgentLimits.extractionAddressBytesMax,
            processorSeconds: AgentLimits.extractionProcessorSecondsMax,
            // No file can be opened any more; standard output may be one.
            fileBytes: UInt64(AgentLimits.extractionOutputBytesMax),
            wallSeconds: UInt32(clamping: AgentLimits.extractionTimeMax.components.seconds))
        guard isLimited else { throw .unavailable(reason: "setrlimit: the system does not bound an extraction") }
        do throws(SandboxError) {
            try ProcessIdentity.giveUpPrivileges()
            // The filter opens no path as it is; Landlock is a second lock, where the kernel has it.
            if (try? Landlock.version()) != nil { try Landlock().enforce() }
            try SystemCalls.restrictToCalculation()
        } catch {
            throw .unavailable(reason: "an extraction cannot be confined: \(error.what): \(error.message)")
        }
    }
}
