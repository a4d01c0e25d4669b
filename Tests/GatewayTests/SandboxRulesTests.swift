import Foundation
import Sandbox
import Testing

/// What a feature that calls other hosts is left with. Each test confines a process of its own.
@Suite struct `A sandbox with calls to other hosts` {
    @Test func `allows TCP, UDP and routes, and no other sockets`() async {
        await #expect(processExitsWith: .success) {
            try SystemCalls.expectFilters()
            try SystemCalls.restrict(mayConnect: true)
            let stream = Int32(SOCK_STREAM.rawValue), datagram = Int32(SOCK_DGRAM.rawValue)
            let raw = Int32(SOCK_RAW.rawValue), flags = Int32(SOCK_NONBLOCK.rawValue | SOCK_CLOEXEC.rawValue)
            let tcp = Int32(IPPROTO_TCP), udp = Int32(IPPROTO_UDP), multipath: Int32 = 262
            for family in [AF_INET, AF_INET6] {
                for (kind, proto) in [(stream, 0), (stream | flags, tcp), (datagram, 0), (datagram | flags, udp)] {
                    precondition(socket(family, kind, proto) >= 0, "family \(family) \(kind) \(proto)")
                }
                for (kind, proto) in [(stream, multipath), (Int32(SOCK_SEQPACKET.rawValue), 0), (raw, udp)] {
                    precondition(socket(family, kind, proto) < 0 && errno == ENOSYS, "\(family) \(kind) \(proto)")
                }
            }
            for kind in [stream, datagram] { precondition(socket(AF_UNIX, kind, 0) < 0 && errno == ENOSYS) }
            let netlink: Int32 = 16, route: Int32 = 0, audit: Int32 = 9, packet: Int32 = 17
            precondition(socket(netlink, raw, route) >= 0, "name resolution asks for routes")
            precondition(socket(netlink, raw, audit) < 0 && errno == ENOSYS)
            precondition(socket(packet, raw, 0) < 0 && errno == ENOSYS)
            var pair: [Int32] = [0, 0]
            precondition(unsafe socketpair(AF_UNIX, stream | flags, 0, &pair) == 0, "libcurl wakes itself up by it")
            precondition(unsafe socketpair(AF_UNIX, datagram, 0, &pair) < 0 && errno == ENOSYS)
        }
    }

    @Test func `lets no send connect`() async {
        await #expect(processExitsWith: .success) {
            try SystemCalls.restrict(mayConnect: true)
            let fastOpen: Int32 = 0x2000_0000, quiet = Int32(MSG_NOSIGNAL)
            let stream = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
            let datagram = socket(AF_INET, Int32(SOCK_DGRAM.rawValue), 0)
            precondition(stream >= 0 && datagram >= 0)
            var address = sockaddr_in()
            address.sin_family = sa_family_t(AF_INET)
            address.sin_port = UInt16(9).bigEndian
            address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
            unsafe withUnsafeMutableBytes(of: &address) { name in
                var byte: UInt8 = 0
                unsafe withUnsafeMutableBytes(of: &byte) { byte in
                    var part = unsafe iovec(iov_base: byte.baseAddress, iov_len: 1)
                    unsafe withUnsafeMutablePointer(to: &part) { part in
                        var message = unsafe msghdr()
                        unsafe message.msg_name = name.baseAddress
                        unsafe message.msg_namelen = socklen_t(name.count)
                        unsafe message.msg_iov = part
                        unsafe message.msg_iovlen = 1
                        let to = unsafe name.baseAddress?.assumingMemoryBound(to: sockaddr.self)
                        let length = socklen_t(name.count)
                        // A name server is asked by datagrams.
                        precondition(unsafe sendto(datagram, byte.baseAddress, 1, quiet, to, length) == 1)
                        precondition(unsafe sendto(stream, byte.baseAddress, 1, quiet | fastOpen, to, length) < 0)
                        precondition(errno == ENOSYS)
                        precondition(unsafe sendmsg(stream, &message, quiet | fastOpen) < 0 && errno == ENOSYS)
                        precondition(unsafe sendmsg(stream, &message, quiet) < 0 && errno != ENOSYS)
                    }
                }
            }
        }
    }

    @Test func `lets connections go to its ports only, and none be waited for`() async {
        await #expect(processExitsWith: .success) {
            func tried(_ call: (Int32, UnsafePointer<sockaddr>?, socklen_t) -> Int32, port: UInt16) -> Int32 {
                let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
                var address = sockaddr_in()
                address.sin_family = sa_family_t(AF_INET)
                address.sin_port = port.bigEndian
                address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
                let result = unsafe withUnsafeBytes(of: &address) { bytes in
                    unsafe call(
                        descriptor, bytes.baseAddress?.assumingMemoryBound(to: sockaddr.self), socklen_t(bytes.count))
                }
                let code = result == 0 ? 0 : errno
                close(descriptor)
                return code
            }
            // Nobody listens at these: that the kernel looked shows in its answer.
            precondition(unsafe tried(connect, port: 1) == ECONNREFUSED && tried(connect, port: 2) == ECONNREFUSED)
            precondition(unsafe tried(bind, port: 0) == 0)
            try ProcessIdentity.giveUpPrivileges()
            var rules = Landlock()
            rules.connectPorts = [1]
            try rules.enforce()
            guard try Landlock.version() >= 4 else { return }
            precondition(unsafe tried(connect, port: 1) == ECONNREFUSED)
            precondition(unsafe tried(connect, port: 2) == EACCES)
            precondition(unsafe tried(bind, port: 0) == EACCES)
        }
    }
}
