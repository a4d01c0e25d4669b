package import Audit
internal import JSON
package import LinuxIO

/// All that a log holds about one request, each record with the proof that it is in the log.
package struct RequestEvidence {
    /// A record and its proof.
    package struct Part {
        package let view: RecordView
        package let proof: TlogProof
        /// What the proof's note states.
        package let checkpoint: Checkpoint
        /// Names of the log and of the witnesses whose signatures the policy's keys confirm; nil without a policy.
        package let confirmed: [String]?

        package init(view: RecordView, proof: TlogProof, checkpoint: Checkpoint, confirmed: [String]?) {
            self.view = view
            self.proof = proof
            self.checkpoint = checkpoint
            self.confirmed = confirmed
        }

        /// The file that the proof goes to.
        package var name: String { "\(view.record.seq).tlog-proof" }
    }

    /// The request's name.
    package let request: [UInt8]
    /// In the order of the log; at least one.
    package let parts: [Part]

    package init(request: [UInt8], parts: [Part]) {
        self.request = request
        self.parts = parts
    }

    /// The name of the page for people.
    package static let reportName = "report.html"

    /// The records about `request` in `disk`, with proofs by the oldest checkpoints that cover them and meet `policy`.
    /// - Parameters:
    ///   - progress: told the bytes read and the bytes there are.
    ///   - rebuilding: told that the tiles do not serve and every record has to be read.
    /// - Throws: `notFound`; `unproved` where no such checkpoint is there.
    package static func collect<Disk: Storage>(
        _ request: [UInt8], from disk: Disk, policy: TlogPolicy?, progress: (UInt64, UInt64) -> Void,
        rebuilding: () -> Void
    ) throws(EvidenceError) -> RequestEvidence {
        var parts: [Part] = []
        for view in try views(of: request, in: disk, progress) {
            let proof = try prove(view.record, in: disk, policy, rebuilding)
            do throws(NoteFault) {
                parts.append(
                    Part(
                        view: view, proof: proof, checkpoint: try Checkpoint(text: proof.note.text),
                        confirmed: try policy.map { policy throws(NoteFault) in try confirmed(proof.note, policy) }))
            } catch {
                throw .log(.refused(segment: "checkpoints", seq: view.record.seq, detail: error.detail))
            }
        }
        guard !parts.isEmpty else { throw .notFound("request \(RecordText.show(request))") }
        return RequestEvidence(request: request, parts: parts)
    }

    /// Has the log keep the checkpoints that the proofs hold.
    /// - Throws: `FileError` where the log's directory cannot be written.
    package func cite(in disk: some Storage) throws(FileError) {
        try CitedCheckpoints(disk).mark(parts.map(\.checkpoint.size))
    }

    /// Whether a record is about `request`: its own records, what an administrator did by it, and the start after a crash that
    /// left it undecided.
    package static func isAbout(_ request: [UInt8], _ view: RecordView) -> Bool {
        view.request == request || view.json["admin"]?["request"]?.bytes == request
            || view.json["segment"]?["interrupted"]?.elements?.contains { $0["id"]?.bytes == request } == true
    }

    private static func views(
        of request: [UInt8], in disk: some Storage, _ progress: (UInt64, UInt64) -> Void
    ) throws(EvidenceError) -> [RecordView] {
        var views: [RecordView] = []
        do throws(AuditError) {
            let total = try RecordCursor.bytes(of: disk)
            var cursor = try RecordCursor(disk)
            while let record = try cursor.next() {
                if record.seq % 1024 == 0 { progress(cursor.bytesRead, total) }
                if let view = RecordView(record), isAbout(request, view) { views.append(view) }
            }
        } catch {
            throw .log(error)
        }
        return views
    }

    private static func prove<Disk: Storage>(
        _ record: StoredRecord, in disk: Disk, _ policy: TlogPolicy?, _ rebuilding: () -> Void
    ) throws(EvidenceError) -> TlogProof {
        let maker = ProofMaker(disk)
        do throws(AuditError) {
            return try maker.proof(of: record, policy: policy, rebuilding: rebuilding)
        } catch {
            guard case .notCovered(let seq) = error else { throw .log(error) }
            let isCovered = policy != nil && (try? maker.proof(of: record, policy: nil)) != nil
            throw .unproved(seq: seq, isCovered: isCovered)
        }
    }

    private static func confirmed(_ note: SignedNote, _ policy: TlogPolicy) throws(NoteFault) -> [String] {
        var names: [String] = []
        for key in policy.logs where try note.isSigned(by: key) { names.append(key.name) }
        for witness in policy.witnesses where try note.isSigned(by: witness.key) { names.append(witness.key.name) }
        return names
    }

    /// Writes the proofs and the page for people into the folder at `path`.
    /// - Returns: the names of the files, the page last.
    package func write(to path: String) throws(EvidenceError) -> [String] {
        let files = parts.map { ($0.name, $0.proof.bytes) } + [(Self.reportName, RequestReport(self).bytes)]
        do throws(FileError) {
            let folder = try DirectoryStorage(path: path)
            for (name, bytes) in files { try folder.put(bytes, as: name, isDurable: true) }
        } catch {
            throw .storage(error)
        }
        return files.map(\.0)
    }
}
