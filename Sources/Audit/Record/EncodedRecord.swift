/// The types of record.
public enum RecordType: String, CaseIterable, Sendable {
    /// The log's first record.
    case genesis = "log.genesis"
    /// The first record of every later segment.
    case segmentOpen = "segment.open"
    /// A process starts.
    case gatewayStart = "gateway.start"
    /// A process stops cleanly.
    case gatewayStop = "gateway.stop"
    /// A connection that never became a request.
    case connectionReject = "connection.reject"
    /// A request is about to have an effect.
    case requestBegin = "request.begin"
    /// A request was decided.
    case requestEnd = "request.end"
    /// A customer has proved who they are.
    case customerVerify = "customer.verify"
    /// A tool is about to change something.
    case toolCall = "tool.call"
    /// A customer's document was kept or archived, or all of them erased.
    case documentChange = "document.change"
    /// Another policy is in force.
    case policyLoad = "policy.load"
    /// Someone with power over the gateway used it.
    case adminAction = "admin.action"
    /// Another key signs the log's checkpoints from now on.
    case keyRotate = "key.rotate"
    /// Space runs low.
    case pressure = "log.pressure"
    /// Service is back after a lack of space.
    case resume = "log.resume"
    /// The oldest segments are about to be removed.
    case prune = "log.prune"
    /// The key of a subject's sealed members was destroyed.
    case privacyErase = "privacy.erase"
    /// Records were handed out as evidence.
    case export = "audit.export"

    /// The name as it is written.
    package var name: StaticString {
        switch self {
        case .genesis: "log.genesis"
        case .segmentOpen: "segment.open"
        case .gatewayStart: "gateway.start"
        case .gatewayStop: "gateway.stop"
        case .connectionReject: "connection.reject"
        case .requestBegin: "request.begin"
        case .requestEnd: "request.end"
        case .customerVerify: "customer.verify"
        case .toolCall: "tool.call"
        case .documentChange: "document.change"
        case .policyLoad: "policy.load"
        case .adminAction: "admin.action"
        case .keyRotate: "key.rotate"
        case .pressure: "log.pressure"
        case .resume: "log.resume"
        case .prune: "log.prune"
        case .privacyErase: "privacy.erase"
        case .export: "audit.export"
        }
    }
}

/// A record but for what only the writer knows: its number, time and place in the chain.
///
/// ```
/// "type":"policy.load","policy":{"version":"t1","sha256":"abab…"}
/// ```
public struct EncodedRecord: Sendable {
    /// The record's type.
    public let type: RecordType
    /// The middle of the line, at most `Chain.middleBytesMax` bytes.
    package let bytes: [UInt8]

    /// Encodes with text members of at most 1,024 bytes each, and of less where the whole would not fit a line.
    ///
    /// The bound on text is halved until the record fits: a record is never refused for what its texts say.
    init(_ type: RecordType, capacity: Int = 512, _ body: (inout RecordBuffer) -> Void) {
        var textBytesMax = RecordLimits.textBytesMax
        while true {
            var buffer = RecordBuffer(type: type, capacity: capacity, textBytesMax: textBytesMax)
            body(&buffer)
            buffer.finish()
            if buffer.count <= Chain.middleBytesMax {
                self.type = type
                bytes = buffer.written
                return
            }
            precondition(textBytesMax > 1, "bounded lists of empty texts fit a line")
            textBytesMax /= 2
        }
    }
}
