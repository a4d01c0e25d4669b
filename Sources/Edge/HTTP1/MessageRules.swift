/// What the field lines of a head say together: where the message ends, what happens after it, and whether two readers
/// could disagree about either (RFC 9112 §3.2, §6, §9; RFC 9110 §7.6.1, §10.1.1).
struct MessageRules {
    private(set) var framing = BodyFraming.none
    private(set) var keepAlive = true
    private(set) var expectsContinue = false

    private var host: ArraySlice<UInt8>?
    private var length: Int?
    private var isChunked = false
    private var asksClose = false
    private var asksKeepAlive = false
    private var seen: UInt64 = 0

    init(
        bytes: [UInt8], entries: [FieldEntry], version: HTTPVersion, target: Target.Parts
    ) throws(HTTPFault) {
        for entry in entries where entry.name != .other {
            try note(entry.name, bytes[Int(entry.valueStart)..<Int(entry.valueEnd)], version)
        }
        try settleHost(version, target, bytes)
        try settleFraming(version)
        keepAlive = !asksClose && (version == .http11 || asksKeepAlive)
        if version == .http10 || framing == .none { expectsContinue = false }
    }

    private mutating func note(
        _ name: FieldName, _ value: ArraySlice<UInt8>, _ version: HTTPVersion
    ) throws(HTTPFault) {
        let bit: UInt64 = 1 << UInt64(name.rawValue)
        let isRepeated = seen & bit != 0
        seen |= bit
        if isRepeated && name.isSingleton { throw .repeatedField }
        switch name {
        case .host:
            if isRepeated { throw .repeatedHost }
            guard HostRules.isAuthority(value, portRequired: false) else { throw .badHost }
            host = value
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
    private static func length(_ value: ArraySlice<UInt8>) throws(HTTPFault) -> Int {
        guard !value.isEmpty else { throw .badLength }
        var length = 0
        var overflows = false
        for byte in value {
            guard Octets.isDigit(byte) else { throw .badLength }
            let (product, first) = length.multipliedReportingOverflow(by: 10)
            let (sum, second) = product.addingReportingOverflow(Int(byte - UInt8(ascii: "0")))
            overflows = overflows || first || second
            length = sum
        }
        guard !overflows else { throw .lengthOverflow }
        return length
    }

    /// Only `chunked`, once and alone. RFC 9112 §6.1: an encoding that is not understood is `501`; §6.3: a request
    /// whose final encoding is not chunked has no end that can be found, so it is `400`.
    private static func checkEncoding(_ value: ArraySlice<UInt8>) throws(HTTPFault) {
        if value.isEqualIgnoringCase(to: "chunked") { return }
        let codings = value.split(separator: UInt8(ascii: ","), omittingEmptySubsequences: false).map(\.trimmingSpace)
        var chunkedCount = 0
        for coding in codings {
            guard !coding.isEmpty, coding.allSatisfy(Octets.isToken) else { throw .badEncoding }
            if coding.isEqualIgnoringCase(to: "chunked") { chunkedCount += 1 }
        }
        guard chunkedCount < 2 else { throw .repeatedEncoding }
        let lastIsChunked = codings.last?.isEqualIgnoringCase(to: "chunked") ?? false
        guard chunkedCount == 0 || lastIsChunked else { throw .chunkedNotFinal }
        throw .unknownEncoding
    }

    private mutating func noteConnection(_ value: ArraySlice<UInt8>) throws(HTTPFault) {
        for option in value.split(separator: UInt8(ascii: ","), omittingEmptySubsequences: false) {
            let token = option.trimmingSpace
            // An empty list element is legal (RFC 9110 §5.6.1.2) and harmless.
            if token.isEmpty { continue }
            guard token.allSatisfy(Octets.isToken) else { throw .badConnectionOption }
            if token.isEqualIgnoringCase(to: "close") {
                asksClose = true
            } else if token.isEqualIgnoringCase(to: "keep-alive") {
                asksKeepAlive = true
            } else {
                let name = FieldName(lowercase: ArraySlice(token.map(Octets.lowercased)))
                guard name.mayBeConnectionOption else { throw .forbiddenConnectionOption }
            }
        }
    }

    /// RFC 9112 §3.2: `400` for a 1.1 request without `Host`, with more than one, or with a bad one. A target in
    /// absolute or authority form names a host too; the standard lets it win, we want both to be the same.
    private func settleHost(_ version: HTTPVersion, _ target: Target.Parts, _ bytes: [UInt8]) throws(HTTPFault) {
        guard let host else {
            if version == .http11 { throw .missingHost }
            return
        }
        guard !target.authority.isEmpty else { return }
        guard host.isEqualIgnoringCase(to: bytes[target.authority]) else { throw .hostMismatch }
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
