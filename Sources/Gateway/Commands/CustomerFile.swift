internal import Agent
internal import Auth

/// A bank's customers as a CSV file (RFC 4180), UTF-8: the header names the columns, in any order.
///
/// ```csv
/// account,name,question,answer,totp_secret
/// DE02 1203 0000 0000 2020 51,Ada Lindqvist,What was the name of your first pet?,Rex,GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ
/// ```
struct CustomerFile {
    /// Bytes of a file.
    static let bytesMax = 256 << 20
    /// Rows that are told of, where many are wrong.
    static let faultsMax = 20

    private enum Column: String, CaseIterable {
        case account, name, question, answer
        case secret = "totp_secret", hash = "totp_hash", digits = "totp_digits"
    }

    private struct Fault: Error { let why: String }

    private(set) var drafts: [CustomerDraft] = []
    /// What is wrong, each with its line: the first of them.
    private(set) var faults: [String] = []
    private var columns: [Column] = []

    /// Reads a file. One row that is wrong is enough that none is taken.
    init(_ bytes: [UInt8]) {
        var reader = CSVReader(bytes, fieldBytesMax: 1024)
        var lines: [CustomerClaim: Int] = [:]
        do throws(Fault) { columns = try Self.header(reader.next()) } catch {
            faults = ["line 1: \(error.why)"]
            return
        }
        while let record = reader.next(), faults.count < Self.faultsMax {
            do throws(Fault) {
                let (claim, draft) = try customer(record)
                if let line = lines[claim] { throw Fault(why: "the same customer is on line \(line)") }
                lines[claim] = reader.recordLine
                drafts.append(draft)
            } catch {
                faults.append("line \(reader.recordLine): \(error.why)")
            }
        }
        if drafts.isEmpty && faults.isEmpty { faults = ["line 2: there is no customer"] }
    }

    private static func header(_ record: CSVReader.Record?) throws(Fault) -> [Column] {
        let wanted =
            "wanted account, name and some of \(Column.allCases.dropFirst(2).map(\.rawValue).joined(separator: ", "))"
        guard case .fields(let names)? = record else { throw Fault(why: "there is no header; \(wanted)") }
        let columns = names.compactMap { Column(rawValue: String(decoding: $0, as: UTF8.self)) }
        guard columns.count == names.count, Set(columns).count == columns.count,
            Set(columns).isSuperset(of: [.account, .name])
        else { throw Fault(why: "the header has another column, one twice, or not both; \(wanted)") }
        return columns
    }

    private func customer(_ record: CSVReader.Record) throws(Fault) -> (CustomerClaim, CustomerDraft) {
        let fields: [[UInt8]]
        switch record {
        case .broken(let reason): throw Fault(why: reason.message)
        case .fields(let found): fields = found
        }
        guard fields.count == columns.count else {
            throw Fault(why: "found \(fields.count) columns, wanted \(columns.count)")
        }
        let row = Dictionary(uniqueKeysWithValues: zip(columns, fields)).filter { !$0.value.isEmpty }
        guard let claim = CustomerClaim(account: row[.account] ?? [], name: row[.name] ?? []) else {
            throw Fault(why: "account and name each need a letter or digit, in at most 64 and 256 bytes of UTF-8")
        }
        do throws(AuthError) {
            let draft = try CustomerDraft(claim: claim, question: try question(row), device: try device(row))
            return (claim, draft)
        } catch {
            throw Fault(why: error.description)
        }
    }

    private func question(_ row: [Column: [UInt8]]) throws(AuthError) -> CustomerDraft.Question? {
        guard row[.question] != nil || row[.answer] != nil else { return nil }
        guard let text = row[.question], let answer = row[.answer] else {
            throw .request(member: "answer", found: "one of question and answer", wanted: "both or none")
        }
        return try CustomerDraft.Question(text: text, answer: answer)
    }

    private func device(_ row: [Column: [UInt8]]) throws(AuthError) -> CustomerDraft.Device? {
        guard let secret = row[.secret] else { return nil }
        let name = String(decoding: row[.hash] ?? Array("sha1".utf8), as: UTF8.self)
        guard let hash = OneTimeCode.Hash(rawValue: name) else {
            let names = OneTimeCode.Hash.allCases.map(\.rawValue).joined(separator: ", ")
            throw .request(member: "totp_hash", found: "another word", wanted: "one of \(names)")
        }
        guard let digits = Int(String(decoding: row[.digits] ?? [UInt8(ascii: "6")], as: UTF8.self)) else {
            throw .request(member: "totp_digits", found: "no number", wanted: "6 to 8")
        }
        return try CustomerDraft.Device(base32: secret, hash: hash, digits: digits)
    }
}
