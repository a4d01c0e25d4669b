internal import Threading

/// Keeps a `RevocationList` as the database says, whoever wrote it: a thread looks for changes every 20 ms, and what this
/// process revokes is in force before `revoke` returns. It also hands over what the command wrote there for the log.
///
/// While the database cannot be read, the list stays as it was last read, for `AuthLimits.revocationsStaleSecondsMax`; after
/// that it refuses every token until the database can be read again.
public final class RevocationStore: Sendable {
    /// What becomes of the database while the gateway serves.
    public enum Event: Equatable, Sendable {
        /// It cannot be read; the message names the file and the mend.
        case unreadable(String)
        /// It can be read again.
        case readable
    }

    /// The revocations in force, for whoever lets tokens in.
    public let list: RevocationList
    let desk: RevocationDesk
    private let lifeSecondsMax: Int64

    /// Milliseconds between two looks: with the reading of what is new, a revocation is in force within 100.
    private static let lookMilliseconds: Int32 = 20
    /// Looks between two prunings: ten minutes.
    private static let looksPerPruning = 30_000

    private init(_ list: RevocationList, _ desk: RevocationDesk, lifeSecondsMax: Int64) {
        self.list = list
        self.desk = desk
        self.lifeSecondsMax = lifeSecondsMax
    }

    deinit { desk.close() }

    /// Opens the database at `path`, makes it where there is none, looks it through and reads it. It blocks; call it at
    /// start.
    /// - Parameters:
    ///   - lifeSecondsMax: how long a token lives at most: a revocation older than that is forgotten.
    ///   - note: is told of `Event`s, on the store's thread.
    /// - Throws: `AuthError.storage`, which names the file.
    public static func open(
        path: String, lifeSecondsMax: Int64 = AuthLimits.lifeSecondsMax,
        note: @escaping @Sendable (Event) -> Void = { _ in }
    ) throws(AuthError) -> RevocationStore {
        let database = try RevocationDatabase(path: path, makes: true)
        try database.inspect()
        try prune(database, lifeSecondsMax)
        let (list, desk) = (RevocationList(), RevocationDesk())
        try refresh(database, list)
        list.trust(until: WallClock.seconds + AuthLimits.revocationsStaleSecondsMax)
        guard SystemThread.start(named: "revocations", { run(database, list, desk, lifeSecondsMax, note) }) else {
            throw .storage(file: path, found: "the system refuses another thread", mend: "raise its limit (ulimit -u)")
        }
        return RevocationStore(list, desk, lifeSecondsMax: lifeSecondsMax)
    }

    /// Revokes: on disk and in force in this process when it returns.
    /// - Throws: `AuthError`: `.revocationsFull`, `.storage`.
    public func revoke(_ revocation: Revocation) async throws(AuthError) {
        let lifeSecondsMax = lifeSecondsMax
        try await desk.perform { database throws(AuthError) in
            try database.add(
                revocation, isRecorded: true, lifeSecondsMax: lifeSecondsMax, now: WallClock.seconds)
        }
    }

    /// At most `count` of the revocations past number `number`, oldest first.
    /// - Throws: `AuthError.storage`.
    public func entries(after number: Int64, count: Int) async throws(AuthError) -> [RevocationEntry] {
        try await desk.perform { database throws(AuthError) in try database.entries(after: number, count: count) }
    }

    /// Hands over what another process wrote and the log does not have: `report` gets it on the store's thread, once in
    /// this process, and calls what comes with it when the log has it.
    public func reportForeign(
        _ report: @escaping @Sendable (_ revocations: [Revocation], _ recorded: @escaping @Sendable () -> Void) -> Void
    ) {
        desk.reportRevocations(to: report)
    }

    private static func run(
        _ database: RevocationDatabase, _ list: RevocationList, _ desk: RevocationDesk, _ lifeSecondsMax: Int64,
        _ note: @Sendable (Event) -> Void
    ) {
        var revocations = ForeignReporter(
            rows: { database, number, count throws(AuthError) in
                try database.entries(after: number, unrecorded: true, count: count).map { ($0.number, $0.revocation) }
            }, mark: { database, numbers throws(AuthError) in try database.markRecorded(numbers) })
        var issuances = ForeignReporter(
            rows: { database, number, count throws(AuthError) in
                try database.issuances.unrecorded(after: number, count: count)
            }, mark: { database, numbers throws(AuthError) in try database.issuances.markRecorded(numbers) })
        var (looks, isReadable) = (0, true)
        while true {
            let (jobs, reports, isClosed) = desk.take()
            var completions: [RevocationDesk.Completion] = []
            do throws(AuthError) {
                try database.follow()
                completions = jobs.map { $0.run(database) }
                looks += 1
                if looks % looksPerPruning == 0 {
                    try prune(database, lifeSecondsMax)
                }
                let isOther = try database.isStale()
                if isOther || !jobs.isEmpty || looks % looksPerPruning == 0 { try refresh(database, list) }
                list.trust(until: WallClock.seconds + AuthLimits.revocationsStaleSecondsMax)
                for completion in completions { completion(nil) }
                if !isReadable { note(.readable) }
                isReadable = true
                try revocations.hand(to: reports.revocations, from: database, desk, isOther: isOther)
                try issuances.hand(to: reports.issuances, from: database, desk, isOther: isOther)
            } catch {
                if isReadable { note(.unreadable(error.description)) }
                isReadable = false
                // Those whose work was done are told that nobody can say whether it is in force.
                for completion in completions { completion(error) }
                if completions.isEmpty { for job in jobs { job.fail(error) } }
            }
            if isClosed { return }
            SystemThread.sleep(milliseconds: lookMilliseconds)
        }
    }

    private static func refresh(_ database: RevocationDatabase, _ list: RevocationList) throws(AuthError) {
        try database.reload()
        list.replace(database.table)
    }

    private static func prune(_ database: RevocationDatabase, _ lifeSecondsMax: Int64) throws(AuthError) {
        try database.prune(lifeSecondsMax: lifeSecondsMax, now: WallClock.seconds)
        try database.issuances.prune(now: WallClock.seconds)
    }
}

extension RevocationStore {
    /// Revokes from a process that is not the gateway: in force there within 100 ms. It blocks.
    /// - Throws: `AuthError`: `.revocationsFull`, `.storage`, also where there is no file at `path`.
    public static func revoke(_ revocation: Revocation, path: String) throws(AuthError) {
        try RevocationDatabase(path: path, makes: false).add(
            revocation, isRecorded: false, lifeSecondsMax: AuthLimits.lifeSecondsMax, now: WallClock.seconds)
    }

    /// The revocations in the file at `path` that are not forgotten, oldest first. It blocks.
    /// - Throws: `AuthError.storage`.
    public static func entries(path: String) throws(AuthError) -> [RevocationEntry] {
        try RevocationDatabase(path: path, makes: false).entries()
    }
}
