/// What the field lines of a head say together: where the message ends, what happens after it, and whether two readers
/// could disagree about either (RFC 9112 §3.2, §6, §9; RFC 9110 §7.6.1, §10.1.1).
struct MessageRules {
    private(set) var framing = BodyFraming.none
    private(set) var keepAlive = true
    private(set) var expectsContinue = false

    private var host: ByteRange?
    private var length: Int?
    private var isChunked = false
    private var asksClose = false
    private var asksKeepAlive = false
    private var seen: UInt64 = 0

    init(
        _ head: Span<UInt8>, _ entries: [FieldEntry], _ method: HTTPMethod, _ version: HTTPVersion,
        _ target: Target.Parts
    ) throws(HTTPFault) {
        for entry in entries where entry.name != .other { try note(entry, head, version) }
        try settleHost(head, version, target)
        try settleFraming(version)
        // What follows a CONNECT may be meant for a tunnel that a client took for granted: it is never read as a request.
        keepAlive = !asksClose && (version == .http11 || asksKeepAlive) && method != .connect
        if version == .http10 || framing == .none { expectsContinue = false }
    }

    private mutating func note(
        _ entry: FieldEntry, _ head: Span<UInt8>, _ version: HTTPVersion
    ) throws(HTTPFault) {
        let bit: UInt64 = 1 << UInt64(entry.name.rawValue)
        let isRepeated = seen & bit != 0
        seen |= bit
        if isRepeated && entry.name.isSingleton { throw .repeatedField }
        let value = head.extracting(entry.valueRange.range)
        switch entry.name {
        case .host:
            if isRepeated { throw .repeatedHost }
            guard HostRules.isAuthority(value, portRequired: false) else { throw .badHost }
            host = entry.valueRange
        case .contentLength:
            if isRepeated { throw .repeatedLength }
            length = try Self.length(value)
        case .transferEncoding:
            if isRepeated { throw .repeatedEncoding }
            try Self.checkEncoding(value)
            isChunked = true
        case .connection: try noteConnection(value)
        case .expect:
            // RFC 9110 §10.1.1: HTTP/1.0 has no expectations; an unknown one may be refused by 417.
            guard version == .http11 else { return }
            guard value.isEqualIgnoringCase(to: "100-continue") else { throw .expectationFailed }
            expectsContinue = true
        default: break
        }
    }

    /// RFC 9110 §8.6: digits only. A list of equal values, which the standard lets a recipient repair, is refused.
    private static func length(_ value: Span<UInt8>) throws(HTTPFault) -> Int {
        guard value.count > 0 else { throw .badLength }
        var length = 0
        var overflows = false
        for index in 0..<value.count {
            guard Octets.isDigit(value[index]) else { throw .badLength }
            let (product, first) = length.multipliedReportingOverflow(by: 10)
            let (sum, second) = product.addingReportingOverflow(Int(value[index] - UInt8(ascii: "0")))
            overflows = overflows || first || second
            length = sum
        }
        guard !overflows else { throw .lengthOverflow }
        return length
    }

    /// Only `chunked`, once and alone. RFC 9112 §6.1: an encoding that is not understood is `501`; §6.3: a request
    /// whose final encoding is not chunked has no end that can be found, so it is `400`.
    private static func checkEncoding(_ value: Span<UInt8>) throws(HTTPFault) {
        if value.isEqualIgnoringCase(to: "chunked") { return }
        var chunkedCount = 0
        var lastIsChunked = false
        for range in value.listElements() {
            let coding = value.extracting(range)
            guard coding.count > 0, coding.allSatisfy(Octets.isToken) else { throw .badEncoding }
            lastIsChunked = coding.isEqualIgnoringCase(to: "chunked")
            if lastIsChunked { chunkedCount += 1 }
        }
        guard chunkedCount < 2 else { throw .repeatedEncoding }
        guard chunkedCount == 0 || lastIsChunked else { throw .chunkedNotFinal }
        throw .unknownEncoding
    }

    private mutating func noteConnection(_ value: Span<UInt8>) throws(HTTPFault) {
        for range in value.listElements() {
            let option = value.extracting(range)
            // An empty list element is legal (RFC 9110 §5.6.1.2) and harmless.
            if option.count == 0 { continue }
            guard option.allSatisfy(Octets.isToken) else { throw .badConnectionOption }
            if option.isEqualIgnoringCase(to: "close") {
                asksClose = true
            } else if option.isEqualIgnoringCase(to: "keep-alive") {
                asksKeepAlive = true
            } else {
                guard FieldName(value, range).mayBeConnectionOption else { throw .forbiddenConnectionOption }
            }
        }
    }

    /// RFC 9112 §3.2: `400` for a 1.1 request without `Host`, with more than one, or with a bad one. A target in
    /// absolute or authority form names a host too; the standard lets it win, we want both to be the same.
    private func settleHost(_ head: Span<UInt8>, _ version: HTTPVersion, _ target: Target.Parts) throws(HTTPFault) {
        guard let host else {
            if version == .http11 { throw .missingHost }
            return
        }
        guard !target.authority.range.isEmpty else { return }
        let authority = head.extracting(target.authority.range)
        guard head.extracting(host.range).isEqualIgnoringCase(to: authority) else { throw .hostMismatch }
    }

    /// RFC 9112 §6.3. Both fields together are what request smuggling is made of, and an encoding in HTTP/1.0 is one
    /// that a hop before us may not have understood (§6.1).
    private mutating func settleFraming(_ version: HTTPVersion) throws(HTTPFault) {
        if isChunked {
            guard length == nil else { throw .lengthAndEncoding }
            guard version == .http11 else { throw .encodingInHTTP10 }
            framing = .chunked
        } else if let length, length > 0 {
            framing = .length(length)
        }
    }
}
