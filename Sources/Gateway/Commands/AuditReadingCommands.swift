internal import Audit
internal import Evidence
internal import LinuxIO

/// A log for people: what `portcullis audit cat`, `tail`, `show`, `search`, `stats` and `prove` do.
public enum AuditReadingCommands {
    /// What a search wants; nil asks for nothing.
    public struct Wanted: Sendable {
        /// A subject or a name of a certificate.
        public var principal: String?
        /// A path, or how the answer came about.
        public var route: String?
        /// `allow`, `deny` or `error`.
        public var outcome: String?
        /// The reason's code.
        public var reason: String?
        /// A request's name.
        public var request: String?
        /// A type of personal data.
        public var redactionType: String?
        /// A record's type.
        public var type: String?
        /// A time or the beginning of one.
        public var since: String?, until: String?

        /// Everything.
        public init() {}

        func filter() throws(CommandFailure) -> RecordFilter {
            var filter = RecordFilter()
            filter.principal = principal.map { Array($0.utf8) }
            filter.route = route.map { Array($0.utf8) }
            filter.outcome = outcome.map { Array($0.utf8) }
            filter.reason = reason.map { Array($0.utf8) }
            filter.request = request.map { Array($0.utf8) }
            filter.redactionType = redactionType.map { Array($0.utf8) }
            filter.type = type.map { Array($0.utf8) }
            for (name, text) in [("--since", since), ("--until", until)] {
                guard let text else { continue }
                guard RecordFilter.isTime(Array(text.utf8)) else {
                    throw CommandFailure(
                        .usage, name, "found \"\(text)\"",
                        mend: "wanted a time as records have it, or its beginning: 2026-11-20T08:00")
                }
                if name == "--since" { filter.since = Array(text.utf8) } else { filter.until = Array(text.utf8) }
            }
            return filter
        }
    }

    /// Hands each valid record's line in `range` to `body`, without LF.
    public static func cat(
        _ directory: String, from: Int, to: Int?, _ body: ([UInt8]) throws(CommandFailure) -> Void
    ) throws(CommandFailure) {
        var cursor = try cursor(directory, from: UInt64(clamping: from))
        while let record = try next(&cursor), record.seq <= UInt64(clamping: to ?? Int.max) { try body(record.line) }
    }

    /// Hands the last `count` records to `body`; where it follows, also each that comes, until SIGINT or SIGTERM.
    public static func tail(
        _ directory: String, count: Int, follows: Bool, _ body: ([UInt8]) throws(CommandFailure) -> Void
    ) throws(CommandFailure) {
        var cursor = try cursor(directory, from: 0)
        var last: [[UInt8]] = []
        while let record = try next(&cursor) {
            last.append(record.line)
            if last.count > 2 * count + 1000 { last.removeFirst(last.count - count) }
        }
        for line in last.suffix(count) { try body(line) }
        guard follows else { return }
        guard ProcessSignals.prepare() else { throw CommandFailure(.temporary, directory, "no descriptor is left") }
        var isIdle = false
        while ProcessSignals.wait(milliseconds: isIdle ? 100 : 0) == nil {
            let record = try next(&cursor)
            isIdle = record == nil
            if let record { try body(record.line) }
        }
    }

    /// Record `seq`: in words, or its line as it is.
    public static func show(_ directory: String, seq: Int, asJSON: Bool) throws(CommandFailure) -> String {
        let record = try record(directory, seq)
        if asJSON { return String(decoding: record.line, as: UTF8.self) + "\n" }
        guard let view = RecordView(record) else { throw CommandFailure(.data, directory, "record \(seq) is not JSON") }
        return RecordText.page(view)
    }

    /// Hands each wanted record to `body`: a line in words, or its line as it is.
    /// - Parameter index: a file for the index; nil reads the whole log.
    /// - Returns: how many there were.
    public static func search(
        _ directory: String, wanted: Wanted, limit: Int, index: String?, asJSON: Bool,
        progress: (Int, Int) -> Void, _ body: (String) throws(CommandFailure) -> Void
    ) throws(CommandFailure) -> Int {
        let filter = try wanted.filter()
        let disk = try disk(directory)
        var found = 0
        let text = { (view: RecordView) in
            (asJSON ? String(decoding: view.record.line, as: UTF8.self) : RecordText.line(view)) + "\n"
        }
        if let index {
            var texts: [String] = []
            do throws(EvidenceError) {
                let made = try LogIndex(index, of: disk) { progress(Int(clamping: $0), Int(clamping: $1)) }
                try made.search(filter, limit: limit) { view throws(EvidenceError) in texts.append(text(view)) }
            } catch {
                throw CommandFailure(error)
            }
            for text in texts { try body(text) }
            return texts.count
        }
        try scan(disk, progress: progress) { view throws(CommandFailure) in
            guard filter.matches(view) else { return true }
            found += 1
            try body(text(view))
            return found < limit
        }
        return found
    }

    /// What the log holds, in numbers.
    public static func stats(_ directory: String, progress: (Int, Int) -> Void) throws(CommandFailure) -> String {
        var counts = LogCounts()
        try scan(try disk(directory), progress: progress) { view throws(CommandFailure) in
            counts.take(view)
            return true
        }
        return counts.text
    }

    /// The proof that record `seq` is in the log, as the content of a `.tlog-proof` file.
    /// - Parameter policy: a C2SP policy file whose quorum the checkpoint must meet.
    public static func prove(
        _ directory: String, seq: Int, policy: String?, note: (String) -> Void
    ) throws(CommandFailure) -> [UInt8] {
        let known = try readPolicy(policy)
        let record = try record(directory, seq)
        let disk = try disk(directory)
        do throws(AuditError) {
            return try ProofMaker(disk).proof(of: record, policy: known) {
                note("the tiles do not serve: reading every record\n")
            }.bytes
        } catch {
            if case .notCovered = error {
                throw CommandFailure(.unavailable, directory, "\(error)", mend: "wait for the next checkpoint")
            }
            throw CommandFailure(error)
        }
    }

    /// The policy in the file at `path`; nil for none.
    static func readPolicy(_ path: String?) throws(CommandFailure) -> TlogPolicy? {
        guard let path else { return nil }
        let bytes = try readInput(path, bytesMax: TlogPolicy.bytesMax)
        do throws(TlogPolicy.Fault) { return try TlogPolicy(bytes) } catch {
            throw CommandFailure(.configuration, path, error.description)
        }
    }

    static func record(_ directory: String, _ seq: Int) throws(CommandFailure) -> StoredRecord {
        var cursor = try cursor(directory, from: UInt64(clamping: seq))
        guard let record = try next(&cursor) else {
            throw CommandFailure(
                .noInput, directory, "no record \(seq)", mend: "the log ends with record \(Int(cursor.nextSeq) - 1)")
        }
        guard record.seq == UInt64(clamping: seq) else {
            throw CommandFailure(
                .noInput, directory, "record \(seq) was removed by audit prune",
                mend: "the log begins with record \(record.seq); look for it in the archive")
        }
        return record
    }

    /// Hands each record to `body` until that says that it has enough.
    static func scan(
        _ disk: DirectoryStorage, progress: (Int, Int) -> Void, _ body: (RecordView) throws(CommandFailure) -> Bool
    ) throws(CommandFailure) {
        let total: UInt64
        do throws(AuditError) { total = try RecordCursor.bytes(of: disk) } catch { throw CommandFailure(error) }
        var cursor = try cursor(disk.path, from: 0)
        while let record = try next(&cursor) {
            if record.seq % 1024 == 0 { progress(Int(clamping: cursor.bytesRead), Int(clamping: total)) }
            if let view = RecordView(record), try !body(view) { return }
        }
    }

    private static func disk(_ directory: String) throws(CommandFailure) -> DirectoryStorage {
        do throws(FileError) { return try DirectoryStorage(path: directory) } catch {
            throw CommandFailure(.noInput, directory, "cannot read it: \(error)")
        }
    }

    /// The folder of a log that has records.
    static func logDisk(_ directory: String) throws(CommandFailure) -> DirectoryStorage {
        let disk = try disk(directory)
        let bytes: UInt64
        do throws(AuditError) { bytes = try RecordCursor.bytes(of: disk) } catch { throw CommandFailure(error) }
        guard bytes > 0 else { throw CommandFailure(.noInput, directory, "no log there") }
        return disk
    }

    private static func cursor(
        _ directory: String, from seq: UInt64
    ) throws(CommandFailure) -> RecordCursor<DirectoryStorage> {
        let disk = try logDisk(directory)
        do throws(AuditError) { return try RecordCursor(disk, from: seq) } catch { throw CommandFailure(error) }
    }

    private static func next(
        _ cursor: inout RecordCursor<DirectoryStorage>
    ) throws(CommandFailure) -> StoredRecord? {
        do throws(AuditError) { return try cursor.next() } catch { throw CommandFailure(error) }
    }
}

extension CommandFailure {
    init(_ error: EvidenceError) {
        switch error {
        case .log(let error): self.init(error)
        case .notFound: self.init(.noInput, description: error.description)
        case .unproved: self.init(.unavailable, description: error.description)
        case .configuration: self.init(.configuration, description: error.description)
        case .storage, .index: self.init(.inputOutput, description: error.description)
        }
    }
}
