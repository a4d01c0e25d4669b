/// What is wrong with a PKCS #11 URI.
struct PKCS11URIFault: Error {
    let found: String
    let wanted: String
}

/// The attributes of a URI, decoded, each at most once.
struct PKCS11URIAttributes {
    /// The attributes that are taken (RFC 7512 §2.3), with the bytes that a value may have: those of the token's own texts
    /// are the room that Cryptoki gives them.
    enum Name: String, CaseIterable {
        case token, manufacturer, model, serial, object, id, type
        case modulePath = "module-path"
        case pinSource = "pin-source"

        var isOfQuery: Bool { self == .modulePath || self == .pinSource }

        var bytesMax: Int {
            switch self {
            case .token, .manufacturer: 32
            case .model, .serial: 16
            case .object, .id: 255
            case .type: 16
            case .modulePath, .pinSource: AuthLimits.pkcs11URIBytesMax
            }
        }
    }

    private var values: [Name: [UInt8]] = [:]

    mutating func add(_ name: Name, _ value: [UInt8]) throws(PKCS11URIFault) {
        guard values[name] == nil else { throw PKCS11URIFault(found: "\(name.rawValue) twice", wanted: "it once") }
        guard (1...name.bytesMax).contains(value.count) else {
            throw PKCS11URIFault(
                found: "\(name.rawValue) of \(value.count) bytes", wanted: "1 to \(name.bytesMax) bytes")
        }
        values[name] = value
    }

    func bytes(_ name: Name) throws(PKCS11URIFault) -> [UInt8]? { values[name] }

    func text(_ name: Name) throws(PKCS11URIFault) -> String? {
        guard let value = values[name] else { return nil }
        guard let text = String(validating: value, as: UTF8.self), !value.contains(where: { $0 < 0x20 || $0 == 0x7F })
        else {
            throw PKCS11URIFault(
                found: "\(name.rawValue) with a control character, or not in UTF-8", wanted: "text in UTF-8")
        }
        return text
    }

    func modulePath() throws(PKCS11URIFault) -> String {
        guard let path = try text(.modulePath), path.hasPrefix("/") else {
            throw PKCS11URIFault(
                found: "no module-path, or one that is no absolute path",
                wanted: "?module-path=/PATH of the device's PKCS #11 library")
        }
        return path
    }

    /// - Throws: `PKCS11URIFault` for all but `file:/PATH` and `file:///PATH` (RFC 8089).
    func pinFile() throws(PKCS11URIFault) -> String {
        let source = try text(.pinSource) ?? ""
        let rest = source.hasPrefix("file:///") ? source.dropFirst(7) : source.dropFirst(5)
        guard source.hasPrefix("file:/"), rest.hasPrefix("/"), !rest.hasPrefix("//") else {
            throw PKCS11URIFault(
                found: "no pin-source, or one that is no file by an absolute path",
                wanted: "&pin-source=file:/PATH of a file of mode 0600 with the PIN")
        }
        return String(rest)
    }
}

/// Takes a PKCS #11 URI apart by the grammar of RFC 7512 §2.3.
enum PKCS11URIParser {
    private static let scheme = Array("pkcs11:".utf8)

    /// Whether a key file's text is meant as such a URI rather than as a key.
    static func isLikely(_ text: Span<UInt8>) -> Bool {
        text.count >= scheme.count && scheme.indices.allSatisfy { text[$0] == scheme[$0] }
    }

    static func parse(_ text: [UInt8]) throws(PKCS11URIFault) -> PKCS11URI {
        guard text.count <= AuthLimits.pkcs11URIBytesMax else {
            throw PKCS11URIFault(
                found: "a URI of \(text.count) bytes", wanted: "at most \(AuthLimits.pkcs11URIBytesMax)")
        }
        guard isLikely(text.span) else {
            throw PKCS11URIFault(found: "something other than a PKCS #11 URI", wanted: "pkcs11:token=…")
        }
        let parts = text.dropFirst(scheme.count).split(
            separator: UInt8(ascii: "?"), maxSplits: 1, omittingEmptySubsequences: false)
        var attributes = PKCS11URIAttributes()
        try read(parts[0], separator: UInt8(ascii: ";"), isQuery: false, into: &attributes)
        if parts.count == 2 { try read(parts[1], separator: UInt8(ascii: "&"), isQuery: true, into: &attributes) }
        return try PKCS11URI(attributes)
    }

    private static func read(
        _ part: ArraySlice<UInt8>, separator: UInt8, isQuery: Bool, into attributes: inout PKCS11URIAttributes
    ) throws(PKCS11URIFault) {
        for attribute in part.split(separator: separator, omittingEmptySubsequences: false) {
            let sides = attribute.split(separator: UInt8(ascii: "="), maxSplits: 1, omittingEmptySubsequences: false)
            let text = String(decoding: sides.first ?? [], as: UTF8.self)
            guard text != "pin-value" else {
                throw PKCS11URIFault(
                    found: "pin-value", wanted: "pin-source=file:/PATH: a PIN does not stand where keys are listed")
            }
            guard sides.count == 2, let name = PKCS11URIAttributes.Name(rawValue: text), name.isOfQuery == isQuery
            else {
                let known = PKCS11URIAttributes.Name.allCases.filter { $0.isOfQuery == isQuery }.map(\.rawValue)
                throw PKCS11URIFault(
                    found: "an attribute that is not known \(isQuery ? "behind" : "before") the question mark",
                    wanted: "some of \(known.joined(separator: ", "))")
            }
            try attributes.add(name, try decode(sides[1], isQuery: isQuery, name))
        }
    }

    private static func decode(
        _ value: ArraySlice<UInt8>, isQuery: Bool, _ name: PKCS11URIAttributes.Name
    ) throws(PKCS11URIFault) -> [UInt8] {
        var bytes: [UInt8] = []
        var rest = value
        while let byte = rest.popFirst() {
            if byte == UInt8(ascii: "%") {
                guard let high = rest.popFirst().flatMap(digit), let low = rest.popFirst().flatMap(digit) else {
                    throw PKCS11URIFault(
                        found: "\(name.rawValue) with a % that two hexadecimal digits do not follow", wanted: "%25")
                }
                bytes.append(high << 4 | low)
            } else {
                guard isUnreserved(byte) || isPlain(byte, isQuery: isQuery) else {
                    throw PKCS11URIFault(
                        found: "\(name.rawValue) with a character that must be percent-encoded",
                        wanted: "% and two hexadecimal digits in its place")
                }
                bytes.append(byte)
            }
        }
        return bytes
    }

    /// `unreserved` (RFC 3986 §2.3).
    static func isUnreserved(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"),
            UInt8(ascii: "~"):
            true
        default: false
        }
    }

    /// `pk11-path-res-avail` and `pk11-query-res-avail`, without the separators of either part.
    private static func isPlain(_ byte: UInt8, isQuery: Bool) -> Bool {
        ":[]@!$'()*+,=".utf8.contains(byte) || (isQuery ? "/?|" : "&").utf8.contains(byte)
    }

    private static func digit(_ byte: UInt8) -> UInt8? {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): byte - UInt8(ascii: "0")
        case UInt8(ascii: "a")...UInt8(ascii: "f"): byte - UInt8(ascii: "a") + 10
        case UInt8(ascii: "A")...UInt8(ascii: "F"): byte - UInt8(ascii: "A") + 10
        default: nil
        }
    }
}
