internal import SQLite

/// The queue of jobs in SQLite: what was put in is there after a kill and after a power cut, and is done at least once.
///
/// A job that is begun is *leased*: until its lease ends nobody else begins it. One that ends without an outcome, since its
/// process was killed, is begun again once its lease has ended or the queue is opened anew. So every job must bear to be done
/// twice.
///
/// It belongs to one thread, and time is an argument.
public final class JobStore {
    private let database: Database
    private let pause: RetryPause
    /// The kind that was begun last: the kinds take turns, so that none starves behind a crowd of another.
    private var last = 0

    private static let schema = [
        """
        CREATE TABLE jobs (
            number INTEGER PRIMARY KEY, kind TEXT NOT NULL, key BLOB NOT NULL, payload BLOB NOT NULL,
            state TEXT NOT NULL CHECK (state IN ('waiting', 'leased', 'dead')), attempts INTEGER NOT NULL DEFAULT 0,
            due INTEGER NOT NULL, created INTEGER NOT NULL, reason TEXT, UNIQUE (kind, key)) STRICT;
        CREATE INDEX jobs_due ON jobs (kind, state, due);
        """
    ]

    private init(_ database: Database, _ pause: RetryPause) {
        self.database = database
        self.pause = pause
    }

    /// Opens the queue at `path` and makes it where there is none. What another process had begun and not ended may be begun
    /// again: only one process serves from a state folder (the audit log's lock sees to it).
    /// - Throws: `.storage`, `.storageFull`, `.busy`, `.schemaTooNew`.
    public static func open(path: String, pause: RetryPause = RetryPause()) throws(AgentError) -> sending JobStore {
        let database = try AgentError.translating { () throws(SQLiteError) in
            try Database.open(path, access: .readWrite)
        }
        try Migration.migrate(database, file: path, steps: schema)
        try AgentError.translating { () throws(SQLiteError) in
            try database.run("UPDATE jobs SET state = 'waiting', due = 0 WHERE state = 'leased'")
        }
        return JobStore(database, pause)
    }

    /// Puts a job into the queue. It is on disk when this returns.
    /// - Parameter due: when it may be begun, in microseconds since 1970.
    /// - Returns: false where one of this kind and key is there already, which stays as it is; one that is dead begins anew.
    /// - Throws: `.bound` where the queue is full or the job too large, `.storageFull`, `.storage`.
    public func add(
        _ kind: Job.Kind, key: [UInt8], payload: [UInt8] = [], due: Int64 = 0, now: Int64
    ) throws(AgentError) -> Bool {
        guard (1...AgentLimits.jobKeyBytesMax).contains(key.count), payload.count <= AgentLimits.jobPayloadBytesMax
        else {
            throw .bound(
                "a job has a key of 1 to \(AgentLimits.jobKeyBytesMax) bytes and carries up to "
                    + "\(AgentLimits.jobPayloadBytesMax)")
        }
        return try database.transaction(.write, mapping: AgentError.init) { () throws(AgentError) in
            guard try number(of: kind, key) == nil else { return false }
            guard try count(["waiting", "leased"]) < AgentLimits.jobsWaitingMax else {
                throw .bound("\(AgentLimits.jobsWaitingMax) jobs wait in the queue")
            }
            try run(
                "INSERT OR REPLACE INTO jobs (kind, key, payload, state, due, created) VALUES (?1, ?2, ?3, 'waiting', ?4, ?5)",
                .text(Array(kind.rawValue.utf8)), .blob(key), .blob(payload), .integer(max(due, now)), .integer(now))
            return true
        }
    }

    /// Begins the next job that is due, of the kind that has waited longest for its turn; nil where none is due.
    /// - Parameters:
    ///   - now: microseconds since 1970.
    ///   - lease: how long the attempt may take before another may begin it.
    /// - Throws: `.storage`, `.storageFull`, `.busy`.
    public func begin(now: Int64, lease: Duration) throws(AgentError) -> Job? {
        let kinds = Job.Kind.allCases
        for step in 1...kinds.count {
            let index = (last + step) % kinds.count
            guard let job = try begin(kinds[index], now, lease) else { continue }
            last = index
            return job
        }
        return nil
    }

    private func begin(_ kind: Job.Kind, _ now: Int64, _ lease: Duration) throws(AgentError) -> Job? {
        try database.transaction(.write, mapping: AgentError.init) { () throws(AgentError) in
            let found = try AgentError.translating { () throws(SQLiteError) in
                try database.first(
                    """
                    SELECT number, key, payload, attempts, created FROM jobs
                    WHERE kind = ?1 AND state IN ('waiting', 'leased') AND due <= ?2 ORDER BY due, number LIMIT 1
                    """, [.text(Array(kind.rawValue.utf8)), .integer(now)]
                ) { row in
                    (
                        number: row.integer(0),
                        job: Job(
                            kind: kind, key: row.bytes(1), payload: row.bytes(2), attempt: Int(row.integer(3)) + 1,
                            createdMicroseconds: row.integer(4))
                    )
                }
            }
            guard let found else { return nil }
            guard found.job.attempt <= AgentLimits.jobAttemptsMax else {
                // Nobody ended its attempts: it may be what ended their process.
                try run(
                    "UPDATE jobs SET state = 'dead', reason = 'no attempt at it came to an end' WHERE number = ?1",
                    .integer(found.number))
                return nil
            }
            try run(
                "UPDATE jobs SET state = 'leased', attempts = attempts + 1, due = ?2 WHERE number = ?1",
                .integer(found.number), .integer(now + lease.wholeMicroseconds))
            return found.job
        }
    }

    /// Ends an attempt: a job that is done is gone, one that failed waits for its next turn, and one that failed too often or
    /// for good is dead and stays to be looked at.
    /// - Parameter chance: 0 to 1, for the pause.
    /// - Returns: whether the job is dead now.
    /// - Throws: `.storage`, `.storageFull`, `.busy`; the job then comes again when its lease ends.
    @discardableResult
    public func end(
        _ job: Job, _ outcome: JobOutcome, now: Int64, chance: Double = .random(in: 0...1)
    ) throws(AgentError) -> Bool {
        let kind = SQLValue.text(Array(job.kind.rawValue.utf8)), key = SQLValue.blob(job.key)
        switch outcome {
        case .done:
            try run("DELETE FROM jobs WHERE kind = ?1 AND key = ?2", kind, key)
            return false
        case .failed(let reason) where job.attempt < AgentLimits.jobAttemptsMax:
            let due = now + pause.after(attempt: job.attempt, chance: chance).wholeMicroseconds
            try run(
                "UPDATE jobs SET state = 'waiting', due = ?3, reason = ?4 WHERE kind = ?1 AND key = ?2", kind, key,
                .integer(due), Self.text(reason))
            return false
        case .failed(let reason), .hopeless(let reason):
            try database.transaction(.write, mapping: AgentError.init) { () throws(AgentError) in
                try run(
                    "UPDATE jobs SET state = 'dead', reason = ?3, due = ?4 WHERE kind = ?1 AND key = ?2", kind, key,
                    Self.text(reason), .integer(now))
                try run(
                    """
                    DELETE FROM jobs WHERE number IN
                        (SELECT number FROM jobs WHERE state = 'dead' ORDER BY due DESC, number DESC LIMIT -1 OFFSET ?1)
                    """, .integer(Int64(AgentLimits.deadJobsMax)))
            }
            return true
        }
    }

    /// Jobs that wait or are under way, and those that are dead.
    /// - Throws: `.storage`, `.busy`.
    public func counts() throws(AgentError) -> (waiting: Int, dead: Int) {
        (try count(["waiting", "leased"]), try count(["dead"]))
    }

    private func number(of kind: Job.Kind, _ key: [UInt8]) throws(AgentError) -> Int64? {
        try AgentError.translating { () throws(SQLiteError) in
            try database.first(
                "SELECT number FROM jobs WHERE kind = ?1 AND key = ?2 AND state != 'dead'",
                [.text(Array(kind.rawValue.utf8)), .blob(key)]
            ) { $0.integer(0) }
        }
    }

    private func count(_ states: [String]) throws(AgentError) -> Int {
        var total = 0
        for state in states {
            total += try AgentError.translating { () throws(SQLiteError) in
                try database.first("SELECT count(*) FROM jobs WHERE state = ?1", [.text(Array(state.utf8))]) {
                    Int($0.integer(0))
                } ?? 0
            }
        }
        return total
    }

    private func run(_ sql: String, _ values: SQLValue...) throws(AgentError) {
        try AgentError.translating { () throws(SQLiteError) in try database.query(sql, values) { _ in } }
    }

    private static func text(_ reason: String) -> SQLValue {
        // Cut within a character, the rest of it becomes a mark, so that the text stays UTF-8.
        .text(Array(String(decoding: reason.utf8.prefix(AgentLimits.jobReasonBytesMax), as: UTF8.self).utf8))
    }
}

extension Duration {
    /// Whole microseconds; what is longer than the number holds is its largest.
    var wholeMicroseconds: Int64 {
        let (seconds, attoseconds) = components
        let (micros, overflow) = seconds.multipliedReportingOverflow(by: 1_000_000)
        return overflow ? .max : micros + attoseconds / 1_000_000_000_000
    }
}
