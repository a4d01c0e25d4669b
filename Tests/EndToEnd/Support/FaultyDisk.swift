import Foundation

/// A disk that fails on command: a library loaded before the gateway, and the file that tells it what to do.
struct FaultyDisk: Sendable {
    enum Order: Sendable {
        case healthy
        case writesFail(Int32)
        case writesShort(Int)
        case syncsFail(Int32)
        case syncsHang
        case syncsSlow(milliseconds: Int)
        case freeBytes(Int)
        /// Not the disk: the event loop of this number.
        case loopFails(Int)
    }

    /// What the gateway is started with.
    let environment: [String: String]
    private let control: String

    /// A healthy disk under `directory`.
    init(under directory: String, scratch: Scratch) async throws {
        let library = scratch.file("fault.so")
        let source = Place.root.path + "/Tests/Support/fault.c"
        try await succeed(
            "cc", ["-O1", "-Wall", "-Wextra", "-Werror", "-shared", "-fPIC", "-o", library, source, "-ldl"],
            scratch: scratch)
        // Where the confined gateway can read it.
        control = URL(filePath: directory).deletingLastPathComponent().appending(path: "disk-orders").path
        // Under the thread sanitizer there is a library to load before the program already.
        let loaded = ProcessInfo.processInfo.environment["LD_PRELOAD"].map { $0 + ":" } ?? ""
        environment = ["LD_PRELOAD": loaded + library, "FAULT_DIRECTORY": directory, "FAULT_CONTROL": control]
        try order(.healthy)
    }

    /// Takes effect with the gateway's next call.
    func order(_ order: Order) throws {
        let text =
            switch order {
            case .healthy: ""
            case .writesFail(let code): "write \(code)"
            case .writesShort(let count): "short \(count)"
            case .syncsFail(let code): "sync \(code)"
            case .syncsHang: "hang 1"
            case .syncsSlow(let milliseconds): "slow \(milliseconds)"
            case .freeBytes(let count): "free \(count)"
            case .loopFails(let number): "loop \(number)"
            }
        try write(text.utf8, to: control)
    }
}
