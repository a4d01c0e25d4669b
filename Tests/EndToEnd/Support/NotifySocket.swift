import Foundation

/// A service manager's end of the sd_notify protocol.
final class NotifySocket: Sendable {
    private let descriptor: Int32
    /// `NOTIFY_SOCKET`'s value.
    let name: String

    /// Listens at `name`: a path, or an abstract name with a leading `@`.
    init(_ name: String) throws {
        self.name = name
        descriptor = socket(AF_UNIX, Int32(SOCK_DGRAM.rawValue | SOCK_CLOEXEC.rawValue | SOCK_NONBLOCK.rawValue), 0)
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        let bytes = (name.hasPrefix("@") ? [0] + Array(name.utf8.dropFirst()) : Array(name.utf8) + [0])
        unsafe withUnsafeMutableBytes(of: &address.sun_path) { unsafe $0.copyBytes(from: bytes) }
        let length = socklen_t(MemoryLayout<sa_family_t>.size + bytes.count)
        let result = unsafe withUnsafePointer(to: &address) {
            unsafe $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { unsafe bind(descriptor, $0, length) }
        }
        guard result == 0 else { throw ChildFailure(description: "bind \(name): \(errno)") }
    }

    deinit { close(descriptor) }

    /// The next datagram, or nil where none comes within `limit`.
    func next(within limit: Duration = .seconds(20)) async -> String? {
        var text: String?
        _ = await eventually(within: limit) {
            text = receive()
            return text != nil
        }
        return text
    }

    /// The next datagram that has `line`, whatever comes before it.
    func line(_ line: String, within limit: Duration = .seconds(20)) async -> Bool {
        await eventually(within: limit) {
            while let text = receive() {
                if text.split(separator: "\n").contains(Substring(line)) { return true }
            }
            return false
        }
    }

    /// Forgets what waits.
    func clear() { while receive() != nil {} }

    private func receive() -> String? {
        var buffer = [UInt8](repeating: 0, count: 4096)
        let count = unsafe recv(descriptor, &buffer, buffer.count, 0)
        return count < 0 ? nil : String(decoding: buffer.prefix(count), as: UTF8.self)
    }
}
