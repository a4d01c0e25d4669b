internal import LinuxIO
internal import Threading

/// The processes that extractions are started by. A process that is confined may start none, so it starts these before.
public struct ExtractionHelpers: Sendable {
    let processes: [HelperProcess]

    /// Starts them: this program with the arguments `extract --helper`.
    /// - Parameters:
    ///   - program: the program's file.
    ///   - count: helpers, and so extractions at once.
    /// - Throws: `.unavailable`.
    public static func start(
        program: String = "/proc/self/exe", count: Int = AgentLimits.extractionsMax
    ) throws(ExtractionError) -> ExtractionHelpers {
        var processes: [HelperProcess] = []
        for _ in 0..<count {
            guard let process = HelperProcess.start([program, "extract", "--helper"]) else {
                throw .unavailable(reason: "\(program) cannot be started for extractions")
            }
            processes.append(process)
        }
        return ExtractionHelpers(processes: processes)
    }
}

/// Takes the text out of documents that strangers made, each in a process of its own that can do nothing but calculate, with
/// bounds on its memory and its time.
///
/// Safe for any number of tasks.
public final class TextExtractor: Sendable {
    private let threads: JobThreads<Line>

    /// One helper and the line to it. After one that broke, every document is told so: there is no starting another.
    private final class Line {
        private var helper: HelperProcess?

        init(_ helper: HelperProcess?) { self.helper = helper }

        func extract(_ document: [UInt8], as kind: DocumentKind?) throws(ExtractionError) -> ExtractedText {
            guard let helper else { throw .unavailable(reason: "the extraction helper is gone; restart the gateway") }
            // The helper stops the extraction first, and has then time to say so.
            let patience = AgentLimits.extractionTimeMax + .seconds(5)
            let head: [UInt8], message: [UInt8]
            do throws(HelperProcess.Broken) {
                try helper.send(
                    ExtractionLine.head(ExtractionLine.code(of: kind), length: document.count) + document,
                    timeout: patience)
                head = try helper.receive(count: ExtractionLine.headBytes, timeout: patience)
                let length = ExtractionLine.length(head)
                guard length <= AgentLimits.extractionOutputBytesMax else { throw HelperProcess.Broken() }
                message = try helper.receive(count: length, timeout: patience)
            } catch {
                self.helper = nil
                throw .unavailable(reason: "the extraction helper does not answer; restart the gateway")
            }
            switch ExtractionLine.Ending(rawValue: head[0]) {
            case .message: return try ExtractionMessage.decode(message)
            case .late: throw .tookTooLong
            case .excessive: throw .tookTooMuch
            case .unavailable, nil: throw .unavailable(reason: "the process of an extraction could not be started")
            }
        }
    }

    private init(threads: JobThreads<Line>) { self.threads = threads }

    /// Starts a thread for each helper.
    /// - Throws: `.unavailable`.
    public static func start(_ helpers: ExtractionHelpers) throws(ExtractionError) -> TextExtractor {
        var waiting = helpers.processes
        let threads = try JobThreads<Line>.start(
            named: "extract", count: waiting.count, jobsMax: AgentLimits.extractionsWaitingMax,
            refusal: { ExtractionError.unavailable(reason: $0) }
        ) { () throws(ExtractionError) in Line(waiting.popLast()) }
        return TextExtractor(threads: threads)
    }

    /// The text of a document.
    /// - Parameters:
    ///   - bytes: the document.
    ///   - kind: what it is said to be, by its name or media type; nil where nothing is said, and text is then plain.
    public func extract(_ bytes: [UInt8], as kind: DocumentKind?) async throws(ExtractionError) -> ExtractedText {
        // What can be told without looking closely costs no process.
        _ = try DocumentReader.kind(of: bytes, as: kind)
        return try await threads.run(orThrow: .busy) { line in
            Result { () throws(ExtractionError) in try line.extract(bytes, as: kind) }
        }
    }
}
