import Glibc

/// Processor time that threads of this process have used, in seconds.
struct ThreadTimes {
    /// In the program itself.
    var user = 0.0
    /// In the kernel: writing, syncing, waking.
    var kernel = 0.0

    /// Of those that write, chain, hash and publish.
    static var ofLog: ThreadTimes { of(["audit-writer", "audit-publish"]) }

    static func - (end: ThreadTimes, start: ThreadTimes) -> ThreadTimes {
        ThreadTimes(user: end.user - start.user, kernel: end.kernel - start.kernel)
    }

    /// The sums over all threads of these names (proc(5), `stat`, fields 14 and 15).
    private static func of(_ names: Set<String>) -> ThreadTimes {
        var sum = ThreadTimes()
        guard let folder = opendir("/proc/self/task") else { return sum }
        defer { closedir(folder) }
        let ticks = Double(sysconf(Int32(_SC_CLK_TCK)))
        while let entry = readdir(folder) {
            let thread = withUnsafeBytes(of: entry.pointee.d_name) {
                String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self)
            }
            let text = contents("/proc/self/task/\(thread)/stat")
            guard let open = text.firstIndex(of: "("), let close = text.lastIndex(of: ")"),
                names.contains(String(text[text.index(after: open)..<close]))
            else { continue }
            let fields = text[close...].split(separator: " ").dropFirst().compactMap { Double($0) ?? 0 }
            guard fields.count > 12 else { continue }
            sum.user += fields[11] / ticks
            sum.kernel += fields[12] / ticks
        }
        return sum
    }

    private static func contents(_ path: String) -> String {
        let file = Glibc.open(path, O_RDONLY)
        guard file >= 0 else { return "" }
        defer { close(file) }
        var buffer = [UInt8](repeating: 0, count: 1024)
        let count = buffer.withUnsafeMutableBytes { Glibc.read(file, $0.baseAddress, $0.count) }
        return String(decoding: buffer.prefix(max(0, count)), as: UTF8.self)
    }
}
