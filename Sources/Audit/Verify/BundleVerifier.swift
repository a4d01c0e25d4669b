internal import Bytes
internal import OpenSSL

/// Proofs of single records, which need no log and no gateway (`docs/formats/audit-log.md` §12).
public enum BundleVerifier {
    /// What was found about one proof.
    public struct Report: Sendable {
        /// 0 the record is in the log, 1 the proof is wrong, 2 no answer.
        public let exitStatus: Int32
        /// One line, with its LF; for standard error where there is no answer.
        public let text: String

        fileprivate init(exitStatus: Int32, text: String) {
            self.exitStatus = exitStatus
            self.text = text
        }

        /// The answer about a file that cannot be read, for this reason.
        public init(unreadable reason: String) { self.init(exitStatus: 2, text: "UNUSABLE \(reason)\n") }
    }

    /// Verifies the proof in `file` against the pinned keys of `options`; its other members are not asked.
    public static func verify(_ file: VerifyOptions.GivenFile, options: VerifyOptions) -> Report {
        do {
            return ok(file, try check(file.bytes, try Question(options), origin: options.origin))
        } catch let fault as NoteFault {
            let finding = VerifyReport.Finding(
                fault.code, seq: nil, segment: file.name, line: nil, offset: nil, detail: fault.detail)
            return Report(exitStatus: 1, text: finding.text + "\n")
        } catch {
            return Report(exitStatus: 2, text: "UNUSABLE \(file.name): \(error)\n")
        }
    }

    /// The worst of several answers: 1 before 2 before 0.
    public static func exitStatus(of reports: [Report]) -> Int32 {
        reports.contains { $0.exitStatus == 1 } ? 1 : reports.map(\.exitStatus).max() ?? 2
    }

    private struct Proven {
        var proof: TlogProof
        var checkpoint: Checkpoint
        var facts: LineFacts
        var cosigners: [String]
    }

    private static func check(_ bytes: [UInt8], _ question: Question, origin: String?) throws -> Proven {
        let proof = try TlogProof(bytes)
        let checkpoint = try Checkpoint(text: proof.note.text)
        if let origin, checkpoint.origin != origin {
            throw NoteFault(.origin, "the checkpoint's origin is \(checkpoint.origin)")
        }
        let keys = question.pins.filter { $0.name == checkpoint.origin }
        if !question.pins.isEmpty {
            guard !keys.isEmpty else { throw NoteFault(.origin, "no key of \(checkpoint.origin) is pinned") }
            var isSigned = false
            for key in keys where try proof.note.isSigned(by: key) { isSigned = true }
            guard isSigned else { throw NoteFault(.unknownKey, "no pinned key has signed the checkpoint") }
        }
        let cosigners = try question.policy.cosigners(of: proof.note)
        var reading = LineReading()
        guard let facts = reading.read(proof.record.span) else {
            throw NoteFault(.inclusion, "what is proven is no record, or its hash is wrong")
        }
        guard facts.seq == proof.index else {
            throw NoteFault(.inclusion, "the record says seq \(facts.seq), the proof index \(proof.index)")
        }
        guard proof.leadsTo(checkpoint) else {
            throw NoteFault(.inclusion, "the proof does not lead from the record to the checkpoint's root")
        }
        guard question.policy.isMet(by: cosigners) else {
            throw NoteFault(.witnessQuorum, "too few witnesses have signed the checkpoint")
        }
        return Proven(proof: proof, checkpoint: checkpoint, facts: facts, cosigners: cosigners)
    }

    private static func ok(_ file: VerifyOptions.GivenFile, _ proven: Proven) -> Report {
        let record = proven.proof.record
        let type = String(decoding: record[proven.facts.type], as: UTF8.self)
        let hash = String(decoding: record.suffix(66).prefix(64), as: UTF8.self)
        let cosigned = proven.cosigners.isEmpty ? "-" : proven.cosigners.joined(separator: ",")
        return Report(
            exitStatus: 0,
            text: "OK seq=\(proven.proof.index) type=\(type) time=\(proven.facts.time.text) hash=\(hash) "
                + "origin=\(proven.checkpoint.origin) size=\(proven.checkpoint.size) "
                + "root=\(Base64.encode(proven.checkpoint.root.bytes)) cosigned=\(cosigned) file=\(file.name)\n")
    }
}
