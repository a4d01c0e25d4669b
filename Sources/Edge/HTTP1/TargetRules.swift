/// The request target's forms and spellings (RFC 9112 §3.2, RFC 3986 §3).
enum TargetRules {
    /// Reads the target at `range` of a head, whose bytes are all of `Octets.isTarget`; a path with percent-encoding is
    /// decoded to the end of `bytes`.
    static func parse(
        _ bytes: inout [UInt8], _ range: Range<Int>, method: HTTPMethod
    ) throws(HTTPFault) -> Target.Parts {
        var parts = Target.Parts()
        parts.raw = range
        let raw = bytes[range]
        if method == .connect {
            guard HostRules.isAuthority(raw, portRequired: true) else { throw .badAuthority }
            parts.form = .authority
            parts.authority = range
            return parts
        }
        if raw.isEqual(to: "*") {
            guard method == .options else { throw .badTargetForm }
            parts.form = .asterisk
            parts.rawPath = range
            parts.path = range
            return parts
        }
        let pathStart = bytes[range.lowerBound] == UInt8(ascii: "/") ? range.lowerBound : try absolute(raw, &parts)
        try splitPath(&bytes, pathStart..<range.upperBound, &parts)
        return parts
    }

    /// Reads `http://authority` or `https://authority` and returns where the path begins.
    private static func absolute(_ raw: ArraySlice<UInt8>, _ parts: inout Target.Parts) throws(HTTPFault) -> Int {
        let schemeCount =
            raw.prefix(7).isEqualIgnoringCase(to: "http://")
            ? 7 : raw.prefix(8).isEqualIgnoringCase(to: "https://") ? 8 : 0
        guard schemeCount > 0 else { throw .badTargetForm }
        let start = raw.startIndex + schemeCount
        let end = raw[start...].firstIndex { $0 == UInt8(ascii: "/") || $0 == UInt8(ascii: "?") } ?? raw.endIndex
        guard HostRules.isAuthority(raw[start..<end], portRequired: false) else { throw .badAuthority }
        parts.form = .absolute
        parts.authority = start..<end
        return end
    }

    private static func splitPath(
        _ bytes: inout [UInt8], _ range: Range<Int>, _ parts: inout Target.Parts
    ) throws(HTTPFault) {
        let question = bytes[range].firstIndex(of: UInt8(ascii: "?"))
        parts.rawPath = range.lowerBound..<(question ?? range.upperBound)
        parts.query = question.map { $0 + 1..<range.upperBound }
        let isEncoded = bytes[parts.rawPath].contains(UInt8(ascii: "%"))
        parts.path = isEncoded ? try decode(&bytes, parts.rawPath) : parts.rawPath
        if let query = parts.query { try checkTriplets(bytes[query]) }
        if parts.path.isEmpty {
            // RFC 9110 §4.2.3: an empty path is the same as "/".
            parts.path = bytes.count..<bytes.count + 1
            bytes.append(UInt8(ascii: "/"))
        }
        if hasDotSegment(bytes[parts.path]) { throw .dotSegment }
    }

    private static func decode(_ bytes: inout [UInt8], _ range: Range<Int>) throws(HTTPFault) -> Range<Int> {
        let start = bytes.count
        var index = range.lowerBound
        while index < range.upperBound {
            var byte = bytes[index]
            if byte == UInt8(ascii: "%") {
                guard let decoded = PercentEncoding.byte(in: bytes[range], at: index) else {
                    throw .badPercentEncoding
                }
                guard mayBeEncoded(decoded) else { throw .forbiddenPercentEncoding }
                byte = decoded
                index += 2
            }
            bytes.append(byte)
            index += 1
        }
        guard UTF8Check.isValid(bytes[start...]) else { throw .pathNotUTF8 }
        return start..<bytes.count
    }

    /// An encoded slash, backslash or control byte means one thing to who decodes before splitting a path and another
    /// to who decodes after.
    private static func mayBeEncoded(_ byte: UInt8) -> Bool {
        byte >= 0x20 && byte != 0x7F && byte != UInt8(ascii: "/") && byte != UInt8(ascii: "\\")
    }

    private static func checkTriplets(_ query: ArraySlice<UInt8>) throws(HTTPFault) {
        for index in query.indices where query[index] == UInt8(ascii: "%") {
            if PercentEncoding.byte(in: query, at: index) == nil { throw .badPercentEncoding }
        }
    }

    /// Whether a segment of the decoded path is `.` or `..`.
    private static func hasDotSegment(_ path: ArraySlice<UInt8>) -> Bool {
        guard path.contains(UInt8(ascii: ".")) else { return false }
        return path.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: true)
            .contains { $0.isEqual(to: ".") || $0.isEqual(to: "..") }
    }
}

/// UTF-8 well-formedness by table 3-7 of the Unicode Standard.
enum UTF8Check {
    static func isValid(_ bytes: ArraySlice<UInt8>) -> Bool {
        (try? UTF8Span(validating: bytes.span)) != nil
    }
}
