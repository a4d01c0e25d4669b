/// Which record may follow which, within a log.
///
/// ```
/// log      = genesis segment *( open segment )
/// segment  = [ gateway.start ] *record [ gateway.stop ]      open(start) if and only if gateway.stop was before it
/// ```
struct ChainRules {
    /// The last record's type and, where it opened a segment for a new process, that it did.
    private var last: RecordType?
    private var opensProcess = false

    /// Whether the last record was `gateway.stop`.
    var isStopped: Bool { last == .gatewayStop }

    /// Takes the next record. `opening` is the header, where the record is a `segment.open` in its place.
    mutating func accept(
        _ line: CheckedLine, isFirstOfSegment: Bool, opening: SegmentOpen?
    ) throws(LineFault) {
        if isFirstOfSegment != (line.type == .genesis || line.type == .segmentOpen) {
            throw isFirstOfSegment
                ? LineFault(line.seq == 0 ? .genesis : .header, "a segment that does not begin with its header")
                : isStopped ? Self.afterStop : LineFault(.header, "a header inside a segment")
        }
        if (line.seq == 0) != (line.type == .genesis) {
            throw LineFault(.genesis, "log.genesis is record 0, and only there")
        }
        if isStopped, !isFirstOfSegment { throw Self.afterStop }
        if let opening, let last, (last == .gatewayStop) != (opening.reason == .start) {
            throw LineFault(.header, "reason \(opening.reason) after \(last.rawValue)")
        }
        if line.type == .gatewayStart, !opensProcess {
            throw LineFault(.structure, "gateway.start that does not follow the opening of its segment")
        }
        last = line.type ?? .adminAction
        opensProcess = line.type == .genesis || opening?.reason == .start || opening?.reason == .recovery
    }

    private static let afterStop = LineFault(.afterStop, "a record after gateway.stop in its segment")
}
