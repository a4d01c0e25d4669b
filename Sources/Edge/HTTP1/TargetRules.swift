/// The request target's forms and spellings (RFC 9112 §3.2, RFC 3986 §3).
enum TargetRules {
    /// Reads the target at `range` of a head; its bytes are all of `Octets.isTarget`. The path is as it came: `decode`
    /// is the other half.
    static func read(_ head: Span<UInt8>, _ range: Range<Int>, method: HTTPMethod) throws(HTTPFault) -> Target.Parts {
        var parts = Target.Parts()
        parts.raw = ByteRange(range)
        if method == .connect {
            guard HostRules.isAuthority(head.extracting(range), portRequired: true) else { throw .badAuthority }
            parts.form = .authority
            parts.authority = ByteRange(range)
            return parts
        }
        if range.count == 1, head[range.lowerBound] == UInt8(ascii: "*") {
            guard method == .options else { throw .badTargetForm }
            parts.form = .asterisk
            parts.rawPath = ByteRange(range)
            return parts
        }
        let isOrigin = head[range.lowerBound] == UInt8(ascii: "/")
        let pathStart = isOrigin ? range.lowerBound : try readAbsolute(head, range, &parts)
        let question = head.extracting(0..<range.upperBound).firstIndex(of: UInt8(ascii: "?"), from: pathStart)
        parts.rawPath = ByteRange(pathStart..<(question ?? range.upperBound))
        parts.query = question.map { ByteRange($0 + 1..<range.upperBound) }
        if let query = parts.query { try checkTriplets(head.extracting(query.range)) }
        return parts
    }

    /// Reads `http://authority` or `https://authority` and returns where the path begins.
    private static func readAbsolute(
        _ head: Span<UInt8>, _ range: Range<Int>, _ parts: inout Target.Parts
    ) throws(HTTPFault) -> Int {
        let raw = head.extracting(range)
        let schemeCount =
            raw.extracting(0..<min(7, raw.count)).isEqualIgnoringCase(to: "http://")
            ? 7 : raw.extracting(0..<min(8, raw.count)).isEqualIgnoringCase(to: "https://") ? 8 : 0
        guard schemeCount > 0 else { throw .badTargetForm }
        let slash = raw.firstIndex(of: UInt8(ascii: "/"), from: schemeCount) ?? raw.count
        let end = min(slash, raw.firstIndex(of: UInt8(ascii: "?"), from: schemeCount) ?? raw.count)
        guard HostRules.isAuthority(raw.extracting(schemeCount..<end), portRequired: false) else { throw .badAuthority }
        parts.form = .absolute
        parts.authority = ByteRange(range.lowerBound + schemeCount..<range.lowerBound + end)
        return range.lowerBound + end
    }

    private static func checkTriplets(_ query: Span<UInt8>) throws(HTTPFault) {
        for index in 0..<query.count where query[index] == UInt8(ascii: "%") {
            if PercentEncoding.byte(in: query, at: index) == nil { throw .badPercentEncoding }
        }
    }

    // MARK: Path

    /// Decodes the path, to the end of `bytes` where it differs from the path as it came, and refuses one that two
    /// readers could take for different ones.
    static func decode(_ bytes: inout [UInt8], _ parts: inout Target.Parts) throws(HTTPFault) {
        guard parts.form == .origin || parts.form == .absolute else {
            parts.path = parts.rawPath
            return
        }
        let range = parts.rawPath.range
        let start = bytes.count
        if range.isEmpty {
            // RFC 9110 §4.2.3: an empty path is the same as "/".
            bytes.append(UInt8(ascii: "/"))
        } else if bytes.span.extracting(range).firstIndex(of: UInt8(ascii: "%")) != nil {
            try appendDecoded(range, to: &bytes)
        }
        parts.path = bytes.count == start ? parts.rawPath : ByteRange(start..<bytes.count)
        if hasDotSegment(bytes.span.extracting(parts.path.range)) { throw .dotSegment }
    }

    private static func appendDecoded(_ range: Range<Int>, to bytes: inout [UInt8]) throws(HTTPFault) {
        let start = bytes.count
        var index = range.lowerBound
        while index < range.upperBound {
            var byte = bytes[index]
            if byte == UInt8(ascii: "%") {
                let path = bytes.span.extracting(range)
                guard let decoded = PercentEncoding.byte(in: path, at: index - range.lowerBound) else {
                    throw .badPercentEncoding
                }
                guard mayBeEncoded(decoded) else { throw .forbiddenPercentEncoding }
                byte = decoded
                index += 2
            }
            bytes.append(byte)
            index += 1
        }
        let isUTF8 = (try? UTF8Span(validating: bytes.span.extracting(start..<bytes.count))) != nil
        guard isUTF8 else { throw .pathNotUTF8 }
    }

    /// An encoded slash, backslash or control byte means one thing to who decodes before splitting a path and another
    /// to who decodes after.
    private static func mayBeEncoded(_ byte: UInt8) -> Bool {
        byte >= 0x20 && byte != 0x7F && byte != UInt8(ascii: "/") && byte != UInt8(ascii: "\\")
    }

    /// Whether a segment of the decoded path is `.` or `..`.
    private static func hasDotSegment(_ path: Span<UInt8>) -> Bool {
        var dotCount = 0
        var isDots = true
        for index in 0..<path.count {
            switch path[index] {
            case UInt8(ascii: "/"):
                if isDots && dotCount > 0 { return true }
                dotCount = 0
                isDots = true
            case UInt8(ascii: "."):
                dotCount += 1
                isDots = isDots && dotCount < 3
            default: isDots = false
            }
        }
        return isDots && dotCount > 0
    }
}
