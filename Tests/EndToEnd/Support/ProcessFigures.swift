import Foundation

/// What the kernel says of a process.
struct ProcessFigures: Sendable {
    let residentKilobytes: Int
    let descriptors: Int
    /// User and system time together.
    let cpuSeconds: Double

    init(_ pid: Int32) throws {
        let folder = "/proc/\(pid)"
        let status = try String(contentsOfFile: folder + "/status", encoding: .utf8)
        let line = status.split(separator: "\n").first { $0.hasPrefix("VmRSS:") } ?? ""
        residentKilobytes = Int(line.filter(\.isNumber)) ?? 0
        descriptors = try FileManager.default.contentsOfDirectory(atPath: folder + "/fd").count
        let stat = try String(contentsOfFile: folder + "/stat", encoding: .utf8)
        let fields = stat.split(separator: ")").last?.split(separator: " ") ?? []
        let ticks = fields.count > 12 ? (Int(fields[11]) ?? 0) + (Int(fields[12]) ?? 0) : 0
        cpuSeconds = Double(ticks) / Double(sysconf(Int32(_SC_CLK_TCK)))
    }
}

extension GatewayProcess {
    var figures: ProcessFigures { get throws { try ProcessFigures(child.pid) } }
}
