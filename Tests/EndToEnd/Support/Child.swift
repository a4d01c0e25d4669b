import Foundation
import Patience
import Synchronization

/// How a child process ended.
enum Ending: Equatable, Sendable {
    case exited(Int32)
    case killed(signal: Int32)
}

/// What went wrong around a child process, with what it said.
struct ChildFailure: Error, CustomStringConvertible {
    let description: String
}

/// A process that a test started: its output goes to files, its end is waited for by a thread of its own, and it is
/// killed at the latest when the tests end.
final class Child: Sendable {
    private struct State {
        var pid: Int32 = 0
        var launchFailure: String?
        var ending: Ending?
    }

    private let state = Mutex(State())
    private let input: Pipe?
    let outputPath: String
    let errorsPath: String

    /// Starts `program`, found on the path where it has no slash.
    /// - Parameter interactive: whether `send` will be used; else standard input is empty.
    init(
        _ program: String, _ arguments: [String], scratch: Scratch, environment: [String: String] = [:],
        interactive: Bool = false, input content: [UInt8]? = nil
    ) throws {
        let name = String(UInt32.random(in: .min ... .max), radix: 36)
        outputPath = scratch.file("out-\(name)")
        errorsPath = scratch.file("err-\(name)")
        let inputPath = scratch.file("in-\(name)")
        for path in [outputPath, errorsPath] { try write([], to: path) }
        if let content { try write(content, to: inputPath) }
        input = interactive ? Pipe() : nil
        let (outputPath, errorsPath, input) = (outputPath, errorsPath, input)
        Thread.detachNewThread { [self] in
            let process = Process()
            process.executableURL = URL(filePath: program.contains("/") ? program : "/usr/bin/env")
            process.arguments = (program.contains("/") ? [] : [program]) + arguments
            process.environment = ProcessInfo.processInfo.environment.merging(environment) { $1 }
            process.standardOutput = FileHandle(forWritingAtPath: outputPath)
            process.standardError = FileHandle(forWritingAtPath: errorsPath)
            if let input {
                process.standardInput = input
            } else {
                process.standardInput = FileHandle(forReadingAtPath: content == nil ? "/dev/null" : inputPath)
            }
            do {
                try process.run()
            } catch {
                state.withLock { $0.launchFailure = "\(program): \(error)" }
                return
            }
            let pid = process.processIdentifier
            LivingChildren.add(pid)
            state.withLock { $0.pid = pid }
            process.waitUntilExit()
            LivingChildren.remove(pid)
            let code = process.terminationStatus
            let ending: Ending = process.terminationReason == .exit ? .exited(code) : .killed(signal: code)
            state.withLock { $0.ending = ending }
        }
        while true {
            let (started, failure) = state.withLock { ($0.pid != 0, $0.launchFailure) }
            if let failure { throw ChildFailure(description: failure) }
            if started { break }
            Thread.sleep(forTimeInterval: 0.001)
        }
    }

    /// The process's number.
    var pid: Int32 { state.withLock { $0.pid } }
    /// How it ended; nil while it runs.
    var ending: Ending? { state.withLock { $0.ending } }
    /// What it wrote to standard output so far.
    var output: [UInt8] { contents(of: outputPath) }
    /// What it wrote to standard error so far.
    var errors: String { String(decoding: contents(of: errorsPath), as: UTF8.self) }

    /// Writes to its standard input. A child that went away is no error: many tests want just that.
    func send(_ bytes: [UInt8]) { try? input?.fileHandleForWriting.write(contentsOf: Data(bytes)) }

    /// Closes its standard input.
    func endInput() { try? input?.fileHandleForWriting.close() }

    /// Sends a signal, unless it has ended.
    func signal(_ signal: Int32) { if ending == nil { kill(pid, signal) } }

    /// Waits for its end.
    /// - Throws: `ChildFailure` where it still runs after `limit`; it is killed then.
    @discardableResult
    func wait(within limit: Duration = .seconds(60)) async throws -> Ending {
        let ended = await eventually(within: limit) { self.ending != nil }
        if !ended {
            signal(SIGKILL)
            throw ChildFailure(description: "still running after \(limit); its errors: \(errors)")
        }
        return ending ?? .exited(-1)
    }
}

/// The processes to kill when the tests' own process ends, whatever a test forgot.
private enum LivingChildren {
    private static let pids = Mutex(Set<Int32>())
    private static let atExit: Void = {
        atexit { LivingChildren.pids.withLock { for pid in $0 { kill(pid, SIGKILL) } } }
        // A child that is gone must not end the tests when they write to it.
        _ = Foundation.signal(SIGPIPE, SIG_IGN)
    }()

    static func add(_ pid: Int32) {
        _ = atExit
        _ = pids.withLock { $0.insert(pid) }
    }

    static func remove(_ pid: Int32) { _ = pids.withLock { $0.remove(pid) } }
}

/// Looks every few milliseconds whether `condition` holds, for at most `limit`.
func eventually(within limit: Duration = .seconds(20), _ condition: () async -> Bool) async -> Bool {
    let end = ContinuousClock.now + limit.stretched
    while true {
        if await condition() { return true }
        if ContinuousClock.now > end { return false }
        try? await Task.sleep(for: .milliseconds(10))
    }
}

/// A finished process.
struct Finished: Sendable {
    let status: Int32
    let output: [UInt8]
    let errors: String
    var text: String { String(decoding: output, as: UTF8.self) }
}

/// Runs a program to its end.
func run(
    _ program: String, _ arguments: [String], scratch: Scratch, input: [UInt8]? = nil,
    environment: [String: String] = [:], within limit: Duration = .seconds(60)
) async throws -> Finished {
    let child = try Child(program, arguments, scratch: scratch, environment: environment, input: input)
    let ending = try await child.wait(within: limit)
    switch ending {
    case .exited(let status): return Finished(status: status, output: child.output, errors: child.errors)
    case .killed(let signal): return Finished(status: 128 + signal, output: child.output, errors: child.errors)
    }
}

/// Runs a program that must succeed.
@discardableResult
func succeed(
    _ program: String, _ arguments: [String], scratch: Scratch, input: [UInt8]? = nil
) async throws -> Finished {
    let finished = try await run(program, arguments, scratch: scratch, input: input)
    guard finished.status == 0 else {
        throw ChildFailure(
            description: "\(program) \(arguments.joined(separator: " ")): exit \(finished.status): \(finished.errors)")
    }
    return finished
}

/// Runs the command under test.
func portcullis(
    _ arguments: String..., scratch: Scratch, input: [UInt8]? = nil, environment: [String: String] = [:]
) async throws -> Finished {
    try await run(Place.binary, arguments, scratch: scratch, input: input, environment: environment)
}
