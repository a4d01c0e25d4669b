import Testing

@testable import Auth

@Suite struct `A PKCS #11 URI (RFC 7512)` {
    private static let query = "?module-path=/usr/lib/m.so&pin-source=file:/etc/pin"

    private func parse(_ text: String) throws(AuthError) -> PKCS11URI {
        try PKCS11URI(parsing: Array(text.utf8), name: "signing.key")
    }

    /// What is found to be wrong with `text`.
    private func fault(_ text: String) -> String {
        do throws(AuthError) {
            _ = try parse(text)
            return "taken"
        } catch {
            guard case .key("signing.key", let found, let wanted) = error else { return "\(error)" }
            return wanted.isEmpty ? "no mend" : found
        }
    }

    @Test func `names a token, a key in it, its library and the file with the PIN`() throws {
        let uri = try parse(
            "pkcs11:token=The%20bank;object=portcullis-1;id=%00%FF;type=private;serial=1f;model=m;manufacturer=x:y&z"
                + Self.query)
        #expect(uri.token == .init(label: "The bank", manufacturer: "x:y&z", model: "m", serial: "1f"))
        #expect(uri.object == "portcullis-1" && uri.id == [0, 0xFF])
        #expect(uri.modulePath == "/usr/lib/m.so" && uri.pinFile == "/etc/pin")
        #expect(
            uri.text
                == "pkcs11:token=The%20bank;manufacturer=x%3Ay%26z;model=m;serial=1f;object=portcullis-1;id=%00%FF;type=private"
                + Self.query)
        #expect(!uri.name.contains("pin"))
        let other = try parse("pkcs11:serial=1?pin-source=file:///etc/p%20in&module-path=/m%3F.so")
        #expect(other.token.label == nil && other.modulePath == "/m?.so" && other.pinFile == "/etc/p in")
    }

    @Test func `is written as it is read`() throws {
        var random = SeededGenerator("PKCS #11 URIs")
        for _ in 0..<500 {
            let label = String(
                (0..<Int.random(in: 1...8, using: &random)).map { _ in
                    "a ;?&%/=é~€".randomElement(using: &random) ?? "a"
                })
            let id = (0..<Int.random(in: 1...20, using: &random)).map { _ in UInt8.random(in: 0...255, using: &random) }
            let uri = try parse("pkcs11:serial=1" + Self.query).naming(object: label, id: id)
            #expect(try parse(uri.text) == uri, "\(uri.text)")
        }
    }

    @Test(arguments: [
        ("token=a?module-path=/m&pin-source=file:/p", "something other than"),
        ("PKCS11:token=a\(query)", "something other than"),
        ("pkcs11:\(query)", "not known before"), ("pkcs11:token\(query)", "not known before"),
        ("pkcs11:token=a;\(query)", "not known before"), ("pkcs11:token=a;slot-id=1\(query)", "not known before"),
        ("pkcs11:token=a;x-mine=1\(query)", "not known before"),
        ("pkcs11:token=a;pin-source=file:/p\(query)", "not known before"),
        ("pkcs11:token=a\(query)&token=b", "not known behind"),
        ("pkcs11:token=a\(query)&", "not known behind"), ("pkcs11:token=a\(query)&module-name=m", "not known behind"),
        ("pkcs11:token=a\(query)&pin-value=1234", "pin-value"), ("pkcs11:token=a;pin-value=1\(query)", "pin-value"),
        ("pkcs11:token=a;token=a\(query)", "token twice"),
        ("pkcs11:token=a\(query)&module-path=/m", "module-path twice"),
        ("pkcs11:token=\(query)", "token of 0 bytes"), ("pkcs11:token=a;id=\(query)", "id of 0 bytes"),
        ("pkcs11:object=a\(query)", "a URI without a token"), ("pkcs11:token=a;type=public\(query)", "type=public"),
        ("pkcs11:token=a%0A\(query)", "token with a control"), ("pkcs11:token=%FF\(query)", "token with a control"),
        ("pkcs11:token=a b\(query)", "must be percent-encoded"),
        ("pkcs11:token=a#b\(query)", "must be percent-encoded"),
        ("pkcs11:token=a/b\(query)", "must be percent-encoded"), ("pkcs11:token=é\(query)", "must be percent-encoded"),
        ("pkcs11:token=a\(query)\n", "must be percent-encoded"),
        ("pkcs11:token=a%2\(query)", "two hexadecimal"), ("pkcs11:token=a%g0\(query)", "two hexadecimal"),
        ("pkcs11:token=a\(query)%", "two hexadecimal"),
        ("pkcs11:token=a", "no module-path"), ("pkcs11:token=a?module-path=m.so&pin-source=file:/p", "no module-path"),
        ("pkcs11:token=a?module-path=/m", "no pin-source"),
        ("pkcs11:token=a?module-path=/m&pin-source=/p", "no pin-source"),
        ("pkcs11:token=a?module-path=/m&pin-source=file:p", "no pin-source"),
        ("pkcs11:token=a?module-path=/m&pin-source=file://host/p", "no pin-source"),
        ("pkcs11:token=a?module-path=/m&pin-source=file:////p", "no pin-source"),
        ("pkcs11:token=a?module-path=/m&pin-source=|cat", "no pin-source"),
    ])
    func `is refused where it is not the one meaning`(text: String, found: String) {
        let fault = fault(text)
        #expect(fault.contains(found), "\(fault)")
    }

    @Test(arguments: [("token", 32), ("manufacturer", 32), ("model", 16), ("serial", 16), ("object", 255), ("id", 255)])
    func `has texts within the room that a token has for them`(name: String, bytesMax: Int) throws {
        let start = name == "token" || name == "serial" ? "pkcs11:" : "pkcs11:token=a;"
        _ = try parse("\(start)\(name)=\(String(repeating: "a", count: bytesMax))\(Self.query)")
        #expect(fault("\(start)\(name)=\(String(repeating: "a", count: bytesMax + 1))\(Self.query)").contains(name))
    }

    @Test func `has 4096 bytes at most`() throws {
        let start = "pkcs11:token=a?pin-source=file:/p&module-path=/"
        let rest = String(repeating: "m", count: AuthLimits.pkcs11URIBytesMax - start.utf8.count)
        _ = try parse(start + rest)
        #expect(fault(start + rest + "m") == "a URI of 4097 bytes")
    }
}
