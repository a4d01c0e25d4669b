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
        control = scratch.file("disk")
        environment = ["LD_PRELOAD": library, "FAULT_DIRECTORY": directory, "FAULT_CONTROL": control]
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
            }
        try write(text.utf8, to: control)
    }
}
