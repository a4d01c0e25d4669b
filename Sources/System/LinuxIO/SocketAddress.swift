internal import CLinux

/// An IPv4 or IPv6 address with a port.
public struct SocketAddress: Hashable, Sendable {
    /// Network-order address: 4 bytes, or 16.
    public let bytes: [UInt8]
    /// TCP port.
    public let port: UInt16

    /// Takes an address as it is; nil unless it has 4 or 16 bytes.
    public init?(bytes: [UInt8], port: UInt16) {
        guard bytes.count == 4 || bytes.count == 16 else { return nil }
        self.bytes = bytes
        self.port = port
    }

    /// Reads a numeric address such as `127.0.0.1` or `::1`; nil for anything else (no name is looked up).
    public init?(numeric text: String, port: UInt16) {
        var four = [UInt8](repeating: 0, count: 4)
        var sixteen = [UInt8](repeating: 0, count: 16)
        if unsafe inet_pton(AF_INET, text, &four) == 1 {
            self.init(bytes: four, port: port)
        } else if unsafe inet_pton(AF_INET6, text, &sixteen) == 1 {
            self.init(bytes: sixteen, port: port)
        } else {
            return nil
        }
    }

    /// Whether this is 127.0.0.0/8 or ::1.
    public var isLoopback: Bool {
        bytes.count == 4 ? bytes[0] == 127 : bytes.dropLast().allSatisfy { $0 == 0 } && bytes[15] == 1
    }

    /// The address as text, without the port: `203.0.113.9`, `2001:db8::1`.
    public var host: String {
        var text = [CChar](repeating: 0, count: Int(INET6_ADDRSTRLEN))
        let family = bytes.count == 4 ? AF_INET : AF_INET6
        guard unsafe inet_ntop(family, bytes, &text, socklen_t(text.count)) != nil else { return "?" }
        return String(decoding: text.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }

    /// `203.0.113.9:4431`, `[2001:db8::1]:4431`.
    public var text: String { bytes.count == 4 ? "\(host):\(port)" : "[\(host)]:\(port)" }
}
