/// Which record may follow which, within a log.
///
/// ```
/// log      = genesis segment *( open segment )
/// segment  = [ gateway.start ] *record [ gateway.stop ]      open(start) if and only if gateway.stop was before it
/// ```
struct ChainRules {
    /// The last record's type and, where it opened a segment for a new process, that it did.
    private var last: NotableType?
    private var opensProcess = false

    /// Whether the last record was `gateway.stop`.
    var isStopped: Bool { last == .gatewayStop }

    /// Takes the next record. `opening` is the header, where the record is a `segment.open` in its place.
    mutating func accept(
        _ line: CheckedLine, isFirstOfSegment: Bool, opening: SegmentOpen?
    ) throws(LineFault) {
        let type = line.type.flatMap { NotableType(rawValue: $0.rawValue) }
        try accept(type: type, seq: line.seq, isFirstOfSegment: isFirstOfSegment, opening: opening)
    }

    /// Takes the next record, of a type that matters here or of another. Where it is refused, it was taken all the same: what
    /// follows is judged by it.
    mutating func accept(
        type: NotableType?, seq: UInt64, isFirstOfSegment: Bool, opening: SegmentOpen?
    ) throws(LineFault) {
        defer {
            last = type ?? .other
            opensProcess = type == .genesis || opening?.reason == .start || opening?.reason == .recovery
        }
        if isFirstOfSegment != (type == .genesis || type == .segmentOpen) {
            throw isFirstOfSegment
                ? LineFault(seq == 0 ? .genesis : .header, "a segment that does not begin with its header")
                : isStopped ? Self.afterStop : LineFault(.header, "a header inside a segment")
        }
        if (seq == 0) != (type == .genesis) {
            throw LineFault(.genesis, "log.genesis is record 0, and only there")
        }
        if isStopped, !isFirstOfSegment { throw Self.afterStop }
        if let opening, let last, (last == .gatewayStop) != (opening.reason == .start) {
            throw LineFault(.header, "reason \(opening.reason) after \(last.rawValue)")
        }
        if type == .gatewayStart, !opensProcess {
            throw LineFault(.structure, "gateway.start that does not follow the opening of its segment")
        }
    }

    private static let afterStop = LineFault(.afterStop, "a record after gateway.stop in its segment")
}
