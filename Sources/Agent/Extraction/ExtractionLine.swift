internal import LinuxIO

/// What the gateway and its extraction helper say to each other.
///
/// ```
/// request   kind (1 byte: 0 is none)   length (4 bytes, big-endian)   the document
/// answer    ending (1 byte)            length (4 bytes, big-endian)   what the extraction said
/// ```
enum ExtractionLine {
    static let headBytes = 5

    /// How the process of an extraction ended.
    enum Ending: UInt8 {
        /// By itself: what it said follows.
        case message = 0
        /// It took too long.
        case late = 1
        /// It said too much, or did not come to its end.
        case excessive = 2
        /// It could not be started or confined.
        case unavailable = 3
    }

    static func head(_ first: UInt8, length: Int) -> [UInt8] {
        let length = UInt32(clamping: length)
        return [first] + [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: length >> $0) }
    }

    static func length(_ head: [UInt8]) -> Int { head.dropFirst().reduce(0) { $0 << 8 | Int($1) } }

    static func code(of kind: DocumentKind?) -> UInt8 {
        UInt8(kind.flatMap(DocumentKind.allCases.firstIndex).map { $0 + 1 } ?? 0)
    }

    static func kind(of code: UInt8) -> DocumentKind? {
        code == 0 || code > DocumentKind.allCases.count ? nil : DocumentKind.allCases[Int(code) - 1]
    }
}

/// The helper: a process that was started before the gateway gave up starting any. It reads documents from its standard
/// input, which is a socket, has a process of its own look at each, and answers. It never looks into one itself.
package enum ExtractionHelper {
    /// Serves until the line is closed. Blocks the calling thread.
    /// - Parameter program: what runs an extraction: this program's file.
    package static func serve(program: String = "/proc/self/exe") {
        while let head = HelperLine.receive(count: ExtractionLine.headBytes) {
            let length = ExtractionLine.length(head)
            guard length <= AgentLimits.documentBytesMax, let document = HelperLine.receive(count: length) else {
                return
            }
            let (ending, message) = extract(document, as: ExtractionLine.kind(of: head[0]), program)
            let answer = ExtractionLine.head(ending.rawValue, length: message.count) + message
            guard HelperLine.send(answer) else { return }
        }
    }

    private static func extract(
        _ document: [UInt8], as kind: DocumentKind?, _ program: String
    ) -> (ExtractionLine.Ending, [UInt8]) {
        let ending = FedCommand.run(
            [program, "extract"] + (kind.map { ["--as", $0.rawValue] } ?? []), input: document,
            timeout: AgentLimits.extractionTimeMax, outputBytesMax: AgentLimits.extractionOutputBytesMax)
        switch ending {
        case .exited(status: 0, let output): return (.message, output)
        case .exited, .notStarted: return (.unavailable, [])
        case .signalled, .tooMuchOutput: return (.excessive, [])
        case .timedOut: return (.late, [])
        }
    }
}
