internal import JSON

/// The network a peer belongs to: the first 24 bits of an IPv4 address, the first 64 of an IPv6 one.
///
/// Parsed from `192.0.2.7`, `192.0.2.7:4431`, `2001:db8::7` or `[2001:db8::7]:4431`. An IPv4-mapped address is IPv4.
enum PeerNetwork: Hashable {
    case ipv4(UInt32)
    case ipv6(UInt64)

    /// The network of `peer`, or nil where that is no address.
    init?(_ peer: [UInt8]) {
        let isBracketed = peer.first == UInt8(ascii: "[")
        let address = isBracketed ? peer.dropFirst().prefix { $0 != UInt8(ascii: "]") } : peer[...]
        let colons = address.count { $0 == UInt8(ascii: ":") }
        if colons < 2, !isBracketed {
            guard let ipv4 = Self.ipv4(address.prefix { $0 != UInt8(ascii: ":") }) else { return nil }
            self = .ipv4(ipv4 & 0xFFFF_FF00)
            return
        }
        guard let groups = Self.ipv6(address.prefix { $0 != UInt8(ascii: "%") }) else { return nil }
        if groups[0..<5].allSatisfy({ $0 == 0 }), groups[5] == 0xFFFF {
            self = .ipv4((UInt32(groups[6]) << 16 | UInt32(groups[7])) & 0xFFFF_FF00)
        } else {
            self = .ipv6(groups[0..<4].reduce(0) { $0 << 16 | UInt64($1) })
        }
    }

    /// `192.0.2.0/24`, or `2001:db8:0:0::/64`.
    var text: [UInt8] {
        switch self {
        case .ipv4(let address):
            Array("\(address >> 24).\(address >> 16 & 255).\(address >> 8 & 255).0/24".utf8)
        case .ipv6(let high):
            Array([48, 32, 16, 0].map { String(high >> $0 & 0xFFFF, radix: 16) }.joined(separator: ":").utf8)
                + Array("::/64".utf8)
        }
    }

    private static func ipv4(_ text: ArraySlice<UInt8>) -> UInt32? {
        let parts = text.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
        guard parts.count == 4 else { return nil }
        var address: UInt32 = 0
        for part in parts {
            guard (1...3).contains(part.count), let octet = number(part, radix: 10), octet < 256 else { return nil }
            address = address << 8 | octet
        }
        return address
    }

    private static func ipv6(_ text: ArraySlice<UInt8>) -> [UInt16]? {
        let colon = UInt8(ascii: ":")
        var parts = text.split(separator: colon, omittingEmptySubsequences: false)
        guard (3...9).contains(parts.count) else { return nil }
        // A leading or trailing `::` gives two empty parts; one of them stands for the gap.
        if parts[0].isEmpty, parts[1].isEmpty { parts.removeFirst() }
        if let last = parts.last, last.isEmpty, parts[parts.count - 2].isEmpty { parts.removeLast() }
        var groups: [UInt16] = []
        var gap: Int?
        for (index, part) in parts.enumerated() {
            if part.isEmpty {
                guard gap == nil else { return nil }
                gap = groups.count
            } else if index == parts.count - 1, part.contains(UInt8(ascii: ".")) {
                guard let tail = ipv4(part) else { return nil }
                groups += [UInt16(tail >> 16), UInt16(tail & 0xFFFF)]
            } else {
                guard part.count <= 4, let group = number(part, radix: 16) else { return nil }
                groups.append(UInt16(group))
            }
        }
        guard groups.count <= (gap == nil ? 8 : 7) else { return nil }
        if let gap { groups.insert(contentsOf: repeatElement(0, count: 8 - groups.count), at: gap) }
        return groups.count == 8 ? groups : nil
    }

    private static func number(_ digits: ArraySlice<UInt8>, radix: UInt32) -> UInt32? {
        var value: UInt32 = 0
        for byte in digits {
            let digit: UInt32
            switch byte {
            case UInt8(ascii: "0")...UInt8(ascii: "9"): digit = UInt32(byte - UInt8(ascii: "0"))
            case UInt8(ascii: "a")...UInt8(ascii: "f"): digit = UInt32(byte - UInt8(ascii: "a")) + 10
            case UInt8(ascii: "A")...UInt8(ascii: "F"): digit = UInt32(byte - UInt8(ascii: "A")) + 10
            default: return nil
            }
            guard digit < radix else { return nil }
            value = value * radix + digit
        }
        return value
    }
}
