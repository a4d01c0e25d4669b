import Foundation
import Sandbox
import Testing

/// What a feature that calls other hosts is left with. Each test confines a process of its own.
@Suite struct `A sandbox with calls to other hosts` {
    @Test func `allows sockets of the internet and of this host, and no others`() async {
        await #expect(processExitsWith: .success) {
            try SystemCalls.expectFilters()
            try SystemCalls.restrict(mayConnect: true)
            let stream = Int32(SOCK_STREAM.rawValue), raw = Int32(SOCK_RAW.rawValue)
            for family in [AF_INET, AF_INET6, AF_UNIX] {
                precondition(socket(family, stream, 0) >= 0, "family \(family)")
            }
            let netlink: Int32 = 16, route: Int32 = 0, audit: Int32 = 9, packet: Int32 = 17
            precondition(socket(netlink, raw, route) >= 0, "name resolution asks for routes")
            precondition(socket(netlink, raw, audit) < 0 && errno == ENOSYS)
            precondition(socket(packet, raw, 0) < 0 && errno == ENOSYS)
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
