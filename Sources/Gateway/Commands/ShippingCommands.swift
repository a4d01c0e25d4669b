internal import Audit
internal import Evidence
internal import LinuxIO
internal import Threading

/// What `portcullis audit ship` does.
public enum ShippingCommands {
    /// Ships what is not there yet, once or for good.
    /// - Parameters:
    ///   - isOnce: end when there is nothing left, or at the first failure.
    ///   - report: told a line for each object that is there now, and for each failure.
    ///   - progress: objects done in a round, and objects that it has.
    /// - Returns: the exit code: 0 after SIGTERM or SIGINT. With `isOnce`: 0, or 75 where another try may work, 74 where it will
    ///   not by itself.
    public static func ship(
        _ place: AuditUpkeep.Place, isOnce: Bool, report: (String) -> Void,
        progress: @escaping (_ done: Int, _ total: Int) -> Void
    ) throws(CommandFailure) -> Int32 {
        let composition = try place.composition()
        let ship = composition.configuration.audit.ship
        switch ship.target {
        case "directory":
            return try run(
                DirectoryTarget(path: composition.path(ship.directory)), composition, isOnce, report, progress)
        case "command":
            return try run(
                CommandTarget(arguments: ship.command, timeout: .seconds(ship.timeoutSeconds)), composition, isOnce,
                report, progress)
        case "s3": return try run(try s3(composition), composition, isOnce, report, progress)
        default:
            throw CommandFailure(
                .configuration, place.configurationFile, "audit.ship.target is off",
                mend: "set it to directory, command or s3")
        }
    }

    private static func s3(_ composition: Composition) throws(CommandFailure) -> S3Target {
        let ship = composition.configuration.audit.ship
        var settings = S3Settings(endpoint: ship.endpoint, region: ship.region, bucket: ship.bucket)
        settings.prefix = ship.prefix
        settings.lock = S3Settings.Lock(rawValue: ship.lock) ?? .off
        settings.retainDays = ship.retainDays
        settings.timeout = .seconds(ship.timeoutSeconds)
        if !ship.clientCA.isEmpty { settings.caFile = composition.path(ship.clientCA) }
        do throws(EvidenceError) {
            let credentials =
                ship.credentials.isEmpty
                ? try S3Credentials.fromEnvironment()
                : try S3Credentials.read(file: composition.path(ship.credentials))
            return try S3Target(settings, credentials: credentials) { WallClock.microseconds }
        } catch {
            throw CommandFailure(.configuration, description: error.description)
        }
    }

    private static func run<Target: ShipTarget & ~Copyable>(
        _ target: consuming Target, _ composition: Composition, _ isOnce: Bool, _ report: (String) -> Void,
        _ progress: @escaping (Int, Int) -> Void
    ) throws(CommandFailure) -> Int32 {
        let settings = composition.configuration.audit
        let directory = composition.path(settings.directory)
        let disk: DirectoryStorage
        let state: DirectoryStorage
        do throws(FileError) {
            disk = try DirectoryStorage(path: directory)
            state = try DirectoryStorage(path: composition.path(settings.stateDirectory), isPrivate: true)
        } catch {
            throw CommandFailure(.noInput, description: error.description)
        }
        var shipper: Shipper<Target, DirectoryStorage, DirectoryStorage>
        do throws(EvidenceError) {
            shipper = try Shipper(
                disk, directory: directory, state: state, target: target,
                idleMilliseconds: UInt64(settings.ship.intervalSeconds) * 1000)
        } catch {
            throw CommandFailure(.inputOutput, description: error.description)
        }
        // Once, a signal ends the process as any other program; what it was at is found again.
        guard isOnce || ProcessSignals.prepare() else {
            throw CommandFailure(.temporary, directory, "no descriptor is left")
        }
        while true {
            let outcome = shipper.round(progress: progress, isStopping: { !isOnce && isStopped(within: 0) })
            for name in outcome.shipped { report("shipped \(name)") }
            if let failure = outcome.failure {
                report("\(outcome.failed ?? "the log"): \(failure.message)")
            }
            if isOnce, outcome.failure != nil || outcome.waitMilliseconds > 0 {
                return outcome.failure?.exitStatus ?? 0
            }
            if isOnce { continue }
            if outcome.isCutShort || isStopped(within: Int32(clamping: outcome.waitMilliseconds)) { return 0 }
        }
    }

    /// Whether SIGTERM or SIGINT came, or comes within this time.
    private static func isStopped(within milliseconds: Int32) -> Bool {
        let signal = ProcessSignals.wait(milliseconds: milliseconds)
        return signal == .terminate || signal == .interrupt
    }
}

extension ShipFailure {
    fileprivate var exitStatus: Int32 {
        switch self {
        case .unreachable, .timeout, .refused: ExitStatus.temporary.rawValue
        case .file, .denied, .hash, .conflict: ExitStatus.inputOutput.rawValue
        }
    }

    fileprivate var message: String {
        switch self {
        case .file: "cannot be read here, or not written there: look at the disks and the folders' modes"
        case .unreachable: "the service cannot be reached, or its certificate does not hold"
        case .timeout: "it took too long: see audit.ship.timeout_s"
        case .denied: "the credentials are not accepted, or not enough"
        case .refused: "the service, or the command, did not do it"
        case .hash: "what is there now is not what was sent"
        case .conflict: "something else is there under this name, and is not replaced: find out who put it there"
        }
    }
}
