internal import JSON
internal import LinuxIO
internal import OpenSSL
internal import SQLite

/// The tokens that the command issued, in the database of revocations, until the log has them and they have expired. One
/// thread at a time.
///
/// Example row: number 7, act 1, jti `4uYxSg…`, issuer `https://portcullis.dev`, audience `portcullis`, subject `emp-7`,
/// roles `["agent"]`, expires 1800000600, certificate NULL, approvers `[]`, reason NULL, user `ops`, uid 1000, created
/// 1800000000, recorded 1.
struct IssuanceTable {
    let database: Database
    let path: String
    let issuancesMax: Int64

    static let schema = """
        CREATE TABLE issuances (
            number INTEGER PRIMARY KEY AUTOINCREMENT, act INTEGER NOT NULL, jti TEXT NOT NULL, issuer TEXT NOT NULL,
            audience TEXT NOT NULL, subject TEXT NOT NULL, roles TEXT NOT NULL, expires INTEGER NOT NULL,
            certificate BLOB, approvers TEXT NOT NULL, reason TEXT, user TEXT NOT NULL, uid INTEGER NOT NULL,
            created INTEGER NOT NULL, recorded INTEGER NOT NULL) STRICT;
        CREATE INDEX issuances_unrecorded ON issuances (number) WHERE recorded = 0;
        """

    /// Adds one that the log does not have. It is on disk when this returns.
    /// - Throws: `.issuancesFull` where the log has not taken any of as many as may be, `.storage`.
    func add(_ issuance: TokenIssuance) throws(AuthError) {
        try database.transaction(.write, mapping: { AuthError($0, path) }) { () throws(AuthError) in
            try makeRoom(now: issuance.moment)
            try translating { () throws(SQLiteError) in
                try database.run(
                    """
                    INSERT INTO issuances (act, jti, issuer, audience, subject, roles, expires, certificate, approvers,
                        reason, user, uid, created, recorded)
                    VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, 0)
                    """, .integer(issuance.act.rawValue), .text(issuance.tokenID), .text(issuance.issuer),
                    .text(issuance.audience), .text(issuance.subject), .text(Self.list(issuance.roles.map(\.bytes))),
                    .integer(issuance.expires), issuance.certificate.map { .blob(Array($0.bytes)) } ?? .null,
                    .text(Self.list(issuance.approverKeys)), issuance.reason.map { .text($0) } ?? .null,
                    .text(issuance.user.name), .integer(Int64(issuance.user.number)), .integer(issuance.moment))
            }
        }
    }

    /// What the log has can go before it expires: the row stands in for a record that is there by now.
    private func makeRoom(now: Int64) throws(AuthError) {
        guard try count() >= issuancesMax else { return }
        try prune(now: now)
        guard try count() >= issuancesMax else { return }
        try translating { () throws(SQLiteError) in
            try database.run("DELETE FROM issuances WHERE recorded = 1")
        }
        guard try count() < issuancesMax else { throw .issuancesFull(issuancesMax: issuancesMax) }
    }

    /// Rows.
    func count() throws(AuthError) -> Int64 {
        try translating { () throws(SQLiteError) in
            try database.first("SELECT count(*) FROM issuances") { $0.integer(0) } ?? 0
        }
    }

    /// Forgets what the log has, once the token has expired for every clock that is allowed.
    func prune(now: Int64) throws(AuthError) {
        try translating { () throws(SQLiteError) in
            try database.run(
                "DELETE FROM issuances WHERE expires < ?1 AND recorded = 1",
                .integer(now - AuthLimits.clockSkewSecondsMax))
        }
    }

    /// Looks whether the log could have every row that it does not have yet: for a start.
    /// - Throws: `.storage` where a row is none that `add` makes.
    func inspect() throws(AuthError) {
        var bad: Int64?
        try read(after: 0, count: .max) { number, issuance in if issuance == nil { bad = number } }
        if let bad { throw .damaged(path, "row \(bad) of issuances is none that the command writes") }
    }

    /// At most `count` rows that the log does not have, oldest first, past `number`. What somebody else put there while the
    /// gateway serves is left for the next start to find.
    /// - Throws: `.storage`.
    func unrecorded(after number: Int64, count: Int) throws(AuthError) -> [(number: Int64, fact: TokenIssuance)] {
        var rows: [(number: Int64, fact: TokenIssuance)] = []
        try read(after: number, count: count) { number, issuance in
            if let issuance { rows.append((number, issuance)) }
        }
        return rows
    }

    private func read(
        after number: Int64, count: Int, _ row: (_ number: Int64, TokenIssuance?) -> Void
    ) throws(AuthError) {
        try translating { () throws(SQLiteError) in
            try database.query(
                """
                SELECT number, act, jti, issuer, audience, subject, roles, expires, certificate, approvers, reason, user,
                    uid, created
                FROM issuances WHERE number > ?1 AND recorded = 0 ORDER BY number LIMIT ?2
                """, [.integer(number), .integer(Int64(count))]
            ) { row($0.integer(0), Self.issuance($0)) }
        }
    }

    /// Notes that the log has these.
    func markRecorded(_ numbers: [Int64]) throws(AuthError) {
        try database.transaction(.write, mapping: { AuthError($0, path) }) { () throws(AuthError) in
            try translating { () throws(SQLiteError) in
                for number in numbers {
                    try database.run("UPDATE issuances SET recorded = 1 WHERE number = ?1", .integer(number))
                }
            }
        }
    }

    private static func issuance(_ row: borrowing Row) -> TokenIssuance? {
        guard let act = TokenIssuance.Act(rawValue: row.integer(1)), let names = list(row.bytes(6)),
            let approvers = list(row.bytes(9)), let uid = UInt32(exactly: row.integer(12))
        else { return nil }
        let roles = names.compactMap { RoleName($0) }
        let certificate = SHA256Digest(bytes: row.bytes(8))
        guard roles.count == names.count, row.isNull(8) || certificate != nil else { return nil }
        return TokenIssuance(
            act: act, tokenID: row.bytes(2), issuer: row.bytes(3), audience: row.bytes(4), subject: row.bytes(5),
            roles: roles, expires: row.integer(7), certificate: certificate,
            approverKeys: approvers, reason: row.isNull(10) ? nil : row.bytes(10),
            user: ProcessUser(name: row.bytes(11), number: uid), moment: row.integer(13))
    }

    private static func list(_ texts: [[UInt8]]) -> [UInt8] {
        var json = JSONWriter()
        json.array { json in for text in texts { json.string(text) } }
        return json.bytes
    }

    private static func list(_ json: [UInt8]) -> [[UInt8]]? {
        guard let elements = (try? JSONParser.parse(json))?.elements else { return nil }
        let texts = elements.compactMap(\.bytes)
        return texts.count == elements.count ? texts : nil
    }

    private func translating<Value>(_ body: () throws(SQLiteError) -> Value) throws(AuthError) -> Value {
        try AuthError.translating(path, body)
    }
}
