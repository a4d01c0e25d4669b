internal import LinuxIO

/// What a gateway prints when it is ready: a line that scripts wait for, and one that a person can paste into any
/// terminal, whose working folder is another.
struct Greeting {
    let address: String
    let port: UInt16
    let metricsAddress: String
    let metricsPort: UInt16
    /// The folder with the development certificates.
    let certificates: String

    /// Where clients come in.
    var url: String { "https://\(Self.host(address)):\(port)" }

    var text: String {
        let ready = "ready \(url) metrics http://\(Self.host(metricsAddress)):\(metricsPort)/metrics"
        // A deployment with certificates of its own has no such client.
        guard SmallFile.exists(certificates + "/tokens/customer.jwt") else { return ready }
        return "\(ready)\nAsk a question, in another terminal:\n\n\(command)\n"
    }

    /// One line for a POSIX shell.
    private var command: String {
        let folder = (try? FileProcess.absolutePath(certificates)) ?? certificates
        func file(_ name: String) -> String { Self.quoted(folder + "/" + name) }
        return "curl --cacert \(file("ca.crt")) --cert \(file("clients/customer.crt")) "
            + "--key \(file("clients/customer.key")) "
            + "-H \"Authorization: Bearer $(cat \(file("tokens/customer.jwt")))\" "
            + "-H 'Content-Type: application/json' -d '{\"message\": \"How do I activate my new card?\"}' \(target)/v1/ask"
    }

    /// The development certificate is for the loopback addresses, and "every address" is none to connect to.
    private var target: String {
        switch address {
        case "0.0.0.0": "https://127.0.0.1:\(port)"
        case "::": "https://[::1]:\(port)"
        default: url
        }
    }

    /// An IPv6 address stands in brackets (RFC 3986 §3.2.2).
    private static func host(_ address: String) -> String { address.contains(":") ? "[\(address)]" : address }

    /// `word` as one word of a POSIX shell, also within `$(…)` in double quotes.
    static func quoted(_ word: String) -> String {
        let isPlain = word.utf8.allSatisfy { byte in
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"): true
            case UInt8(ascii: "0")...UInt8(ascii: "9"): true
            default: "/._-+:@%,".utf8.contains(byte)
            }
        }
        guard !isPlain || word.isEmpty else { return word }
        return "'" + word.split(separator: "'", omittingEmptySubsequences: false).joined(separator: "'\\''") + "'"
    }
}
