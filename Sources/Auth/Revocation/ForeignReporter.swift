/// Which rows of other processes were handed over for the record.
struct ForeignReporter<Fact: Sendable> {
    /// Rows handed over at once.
    static var rowsMax: Int { 64 }

    private var last: Int64 = 0
    private var isDue = true
    private let rows:
        (RevocationDatabase, _ after: Int64, _ count: Int) throws(AuthError) -> [(number: Int64, fact: Fact)]
    private let mark: @Sendable (RevocationDatabase, [Int64]) throws(AuthError) -> Void

    /// - Parameters:
    ///   - rows: those without a record, oldest first.
    ///   - mark: notes that the log has the rows of these numbers.
    init(
        rows: @escaping (RevocationDatabase, Int64, Int) throws(AuthError) -> [(number: Int64, fact: Fact)],
        mark: @escaping @Sendable (RevocationDatabase, [Int64]) throws(AuthError) -> Void
    ) {
        self.rows = rows
        self.mark = mark
    }

    /// Hands over what there is, where `isOther` says that there may be something new.
    mutating func hand(
        to report: RevocationDesk.Report<Fact>?, from database: RevocationDatabase, _ desk: RevocationDesk,
        isOther: Bool
    ) throws(AuthError) {
        isDue = isDue || isOther
        guard isDue, let report else { return }
        while true {
            let found = try rows(database, last, Self.rowsMax)
            guard let newest = found.last else { break }
            last = newest.number
            let (numbers, mark) = (found.map(\.number), mark)
            report(found.map(\.fact)) {
                // Where the desk is full they are handed over again after the next start: on record twice, not never.
                desk.order { database throws(AuthError) in try mark(database, numbers) }
            }
        }
        isDue = false
    }
}
