import Foundation
import Patience
import Threading

/// What a server sent as one response.
package struct WireReply: Equatable {
    package let status: Int
    package let fields: [String: String]
    package let body: [UInt8]

    package var text: String { String(decoding: body, as: UTF8.self) }
}

/// How a connection stood when a client stopped reading from it.
package enum WireEnd: Equatable {
    case finished
    case reset
    case open
}

/// What a client sees that the server should never show it.
package enum WireError: Error {
    case cannotConnect(Int32)
    case noReply(soFar: String, WireEnd)
}

/// A client that sends any bytes over a loopback socket and reads what comes back, without blocking a thread of the pool.
package final class WireClient: Sendable {
    private let descriptor: Int32

    /// - Parameter source: the last byte of the loopback address to come from.
    package init(port: UInt16, receiveBufferBytes: Int32? = nil, source: UInt32? = nil) throws {
        descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
        if var bytes = receiveBufferBytes {
            _ = unsafe setsockopt(descriptor, SOL_SOCKET, SO_RCVBUF, &bytes, 4)
        }
        var one: Int32 = 1
        _ = unsafe setsockopt(descriptor, Int32(IPPROTO_TCP), TCP_NODELAY, &one, 4)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        if let source {
            address.sin_addr.s_addr = (0x7F00_0000 | source).bigEndian
            _ = unsafe withUnsafeBytes(of: &address) { bytes in
                unsafe bind(
                    descriptor, bytes.baseAddress?.assumingMemoryBound(to: sockaddr.self), socklen_t(bytes.count))
            }
        }
        address.sin_port = port.bigEndian
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        let result = unsafe withUnsafeBytes(of: &address) { bytes in
            unsafe connect(
                descriptor, bytes.baseAddress?.assumingMemoryBound(to: sockaddr.self), socklen_t(bytes.count))
        }
        let code = errno
        // `deinit` closes: all that it needs is set.
        guard result == 0 else { throw WireError.cannotConnect(code) }
    }

    deinit { Foundation.close(descriptor) }

    /// Sends what the kernel takes now; -1 after a reset.
    package func sendSome(_ bytes: ArraySlice<UInt8>) -> Int {
        let count = unsafe bytes.withUnsafeBytes { buffer in
            unsafe Foundation.send(descriptor, buffer.baseAddress, buffer.count, Int32(MSG_NOSIGNAL | MSG_DONTWAIT))
        }
        if count < 0 { return errno == EAGAIN ? 0 : -1 }
        return count
    }

    /// Sends all of `bytes`; false where the server has closed or takes nothing for ten seconds.
    @discardableResult
    package func send(_ bytes: [UInt8]) async -> Bool {
        var rest = bytes[...]
        let end = ContinuousClock.now + .seconds(10).stretched
        while !rest.isEmpty && ContinuousClock.now < end {
            let count = sendSome(rest)
            if count < 0 { return false }
            rest = rest.dropFirst(count)
            if count == 0 { await pause(.milliseconds(2)) }
        }
        return rest.isEmpty
    }

    @discardableResult
    package func send(_ text: String) async -> Bool { await send(Array(text.utf8)) }

    /// Whether something has come; it stays in the socket.
    package var hasReceived: Bool {
        var byte: UInt8 = 0
        return unsafe recv(descriptor, &byte, 1, Int32(MSG_DONTWAIT | MSG_PEEK)) > 0
    }

    package func finishSending() { _ = shutdown(descriptor, Int32(SHUT_WR)) }

    /// What has come, or how the stream ended; an empty array where there is nothing yet.
    private func receiveSome(atMost bytesMax: Int) -> (bytes: [UInt8], end: WireEnd) {
        var room = [UInt8](repeating: 0, count: bytesMax)
        let count = unsafe room.withUnsafeMutableBytes { buffer in
            unsafe recv(descriptor, buffer.baseAddress, buffer.count, Int32(MSG_DONTWAIT))
        }
        if count > 0 { return (Array(room.prefix(count)), .open) }
        if count == 0 { return ([], .finished) }
        return ([], errno == EAGAIN ? .open : .reset)
    }

    /// Reads until `isEnough`, the end of the stream, or `limit`.
    package func receive(
        within limit: Duration = .seconds(10), chunk: Int = 65_536, until isEnough: ([UInt8]) -> Bool
    ) async -> (bytes: [UInt8], end: WireEnd) {
        var bytes: [UInt8] = []
        let deadline = ContinuousClock.now + limit.stretched
        while !isEnough(bytes) {
            let (some, end) = receiveSome(atMost: chunk)
            bytes += some
            if end != .open { return (bytes, end) }
            if some.isEmpty {
                if ContinuousClock.now > deadline { return (bytes, .open) }
                await pause(.milliseconds(2))
            }
        }
        return (bytes, .open)
    }

    /// The next response; what follows it stays in the socket. `isHead` says that its content is left out.
    package func reply(isHead: Bool = false, within limit: Duration = .seconds(10)) async throws -> WireReply {
        let blank = Array("\r\n\r\n".utf8)
        let isWholeHead = { (bytes: [UInt8]) in bytes.count >= 4 && bytes.suffix(4).elementsEqual(blank) }
        let (head, headEnd) = await receive(within: limit, chunk: 1, until: isWholeHead)
        guard isWholeHead(head) else {
            throw WireError.noReply(soFar: String(decoding: head, as: UTF8.self), headEnd)
        }
        let lines = String(decoding: head, as: UTF8.self).components(separatedBy: "\r\n")
        var fields: [String: String] = [:]
        for line in lines.dropFirst() {
            guard let colon = line.firstIndex(of: ":") else { continue }
            fields[line[..<colon].lowercased()] = line[line.index(after: colon)...].trimmingCharacters(in: .whitespaces)
        }
        let status = Int(lines[0].split(separator: " ").dropFirst().first ?? "") ?? 0
        let length = isHead || status < 200 ? 0 : Int(fields["content-length"] ?? "") ?? 0
        var body: [UInt8] = []
        while body.count < length {
            let (some, end) = await receive(within: limit, chunk: min(length - body.count, 65_536)) { !$0.isEmpty }
            guard !some.isEmpty else {
                throw WireError.noReply(soFar: String(decoding: head + body, as: UTF8.self), end)
            }
            body += some
        }
        return WireReply(status: status, fields: fields, body: body)
    }

    /// Reads to the end of the stream.
    package func rest(within limit: Duration = .seconds(10)) async -> (bytes: [UInt8], end: WireEnd) {
        await receive(within: limit) { _ in false }
    }
}

extension WireClient {
    /// Sends one request and reads its answer.
    package func exchange(_ request: String, isHead: Bool = false) async throws -> WireReply {
        await send(request)
        return try await reply(isHead: isHead)
    }

    package static func get(_ path: String, _ fields: String = "") -> String {
        "GET \(path) HTTP/1.1\r\nHost: localhost\r\n\(fields)\r\n"
    }

    package static func post(_ path: String, _ body: String, _ fields: String = "") -> String {
        "POST \(path) HTTP/1.1\r\nHost: localhost\r\nContent-Length: \(body.utf8.count)\r\n\(fields)\r\n\(body)"
    }
}

private let pauses = DispatchQueue(label: "pauses", qos: .userInitiated)

/// Sleeps without needing a thread of the pool to wake up.
package func pause(_ duration: Duration) async {
    let (seconds, attoseconds) = duration.components
    let nanoseconds = Int(seconds) * 1_000_000_000 + Int(attoseconds / 1_000_000_000)
    await suspend { resumption in
        pauses.asyncAfter(deadline: .now() + .nanoseconds(nanoseconds)) { resumption.resume() }
    }
}

/// Looks every few milliseconds whether `condition` holds, for at most `limit`.
package func eventually(within limit: Duration = .seconds(10), _ condition: () -> Bool) async -> Bool {
    let end = ContinuousClock.now + limit.stretched
    while !condition() {
        if ContinuousClock.now > end { return false }
        await pause(.milliseconds(2))
    }
    return true
}
