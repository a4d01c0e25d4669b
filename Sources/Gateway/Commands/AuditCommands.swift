internal import Audit
internal import Evidence

/// The log as an auditor sees it: what `portcullis audit` does.
public enum AuditCommands {
    /// What an auditor pins and waives.
    public struct Pins: Sendable {
        /// Keys that the log may have, as `name+hex+base64`.
        public var keys: [String] = []
        /// Where the file is with the log's keys and its witnesses (C2SP tlog-policy).
        public var policy: String?
        /// Where checkpoints are that were kept elsewhere.
        public var checkpoints: [String] = []
        /// Witnesses whose copies of the log's newest checkpoint count as kept elsewhere: the prefixes of their URLs.
        public var witnesses: [String] = []
        /// A PEM file with the CAs that vouch for them; nil for the system's.
        public var witnessCA: String?
        /// The origin that the log must have.
        public var origin: String?
        /// Verify although no key is pinned.
        public var isUnpinned = false
        /// A writer is at work.
        public var isLive = false
        /// List everything that is wrong.
        public var listsAll = false

        /// Nothing pinned, nothing waived.
        public init() {}

        /// - Throws: `CommandFailure` where a file cannot be read.
        fileprivate func options() throws(CommandFailure) -> VerifyOptions {
            var options = VerifyOptions()
            options.pinnedKeys = keys
            if let policy { options.policy = try AuditCommands.read(policy) }
            for path in checkpoints { options.checkpoints.append(try AuditCommands.read(path)) }
            options.origin = origin
            options.isUnpinned = isUnpinned
            options.isLive = isLive
            options.listsAll = listsAll
            for prefix in witnesses { options.checkpoints.append(try copy(from: prefix, options)) }
            return options
        }

        /// What a witness keeps of the log whose name is pinned.
        private func copy(
            from prefix: String, _ options: VerifyOptions
        ) throws(CommandFailure) -> VerifyOptions.GivenFile {
            let named = options.policy.flatMap { try? TlogPolicy($0.bytes) }?.logs.first?.name
            guard let origin = origin ?? keys.first.flatMap({ VerifierKey($0) })?.name ?? named else {
                throw CommandFailure(
                    .usage, "--witness-url", "asks for a log by its name",
                    mend: "wanted --origin, --vkey or --policy too")
            }
            do throws(WitnessCopy.Failure) {
                let bytes = try WitnessCopy.fetch(prefix, of: origin, caFile: witnessCA)
                return .init(name: prefix, bytes: bytes)
            } catch {
                throw CommandFailure(.unavailable, prefix, error.description)
            }
        }
    }

    /// A verdict, ready to be printed.
    public struct Verdict: Sendable {
        /// 0 nothing is wrong, 1 the log was tampered with, 2 no answer.
        public let exitStatus: Int32
        /// For standard error where there is no answer, else for standard output.
        public let text: String
    }

    private static func read(_ path: String) throws(CommandFailure) -> VerifyOptions.GivenFile {
        .init(name: path, bytes: try readInput(path, bytesMax: VerifyOptions.GivenFile.bytesMax))
    }

    /// No answer, for this reason.
    private static func unusable(_ failure: CommandFailure) -> Verdict {
        Verdict(exitStatus: 2, text: "UNUSABLE \(failure)\n")
    }

    /// Verifies the log in `directory`.
    /// - Parameter progress: told the bytes verified and the bytes there are.
    public static func verify(
        _ directory: String, pins: Pins, asJSON: Bool, progress: @escaping (_ done: Int, _ total: Int) -> Void
    ) -> Verdict {
        let options: VerifyOptions
        do throws(CommandFailure) { options = try pins.options() } catch { return unusable(error) }
        let report = Verifier.verify(directory: directory, options: options) { done, total in
            progress(Int(clamping: done), Int(clamping: total))
        }
        let text = asJSON ? String(decoding: report.json, as: UTF8.self) : report.text
        return Verdict(exitStatus: report.exitStatus, text: text)
    }

    /// Verifies the proofs at `paths`, each by itself.
    public static func verifyBundles(_ paths: [String], pins: Pins) -> [Verdict] {
        let options: VerifyOptions
        do throws(CommandFailure) { options = try pins.options() } catch { return [unusable(error)] }
        return paths.map { path in
            do throws(CommandFailure) {
                let report = BundleVerifier.verify(try read(path), options: options)
                return Verdict(exitStatus: report.exitStatus, text: report.text)
            } catch {
                return unusable(error)
            }
        }
    }

    /// The worst of several verdicts: 1 before 2 before 0.
    public static func exitStatus(of verdicts: [Verdict]) -> Int32 {
        verdicts.contains { $0.exitStatus == 1 } ? 1 : verdicts.map(\.exitStatus).max() ?? 2
    }

    /// Compares the receipt of a response with the log in `directory`.
    public static func checkReceipt(_ receipt: String, directory: String) -> Verdict {
        let report = ReceiptChecker.check(receipt, directory: directory)
        return Verdict(exitStatus: report.exitStatus, text: report.text)
    }
}
