internal import Audit

/// The log as an auditor sees it: what `portcullis audit` does.
public enum AuditCommands {
    /// What an auditor pins and waives.
    public struct Pins: Sendable {
        /// Keys that the log may have, as `name+hex+base64`.
        public var keys: [String] = []
        /// The origin that the log must have.
        public var origin: String?
        /// Verify although no key is pinned.
        public var isUnpinned = false
        /// A writer is at work.
        public var isLive = false

        /// Nothing pinned, nothing waived.
        public init() {}
    }

    /// A verdict, ready to be printed.
    public struct Verdict: Sendable {
        /// 0 nothing is wrong, 1 the log was tampered with, 2 no answer.
        public let exitStatus: Int32
        /// For standard error where there is no answer, else for standard output.
        public let text: String
    }

    /// Verifies the log in `directory`.
    /// - Parameter progress: told the bytes verified and the bytes there are.
    public static func verify(
        _ directory: String, pins: Pins, asJSON: Bool, progress: @escaping (_ done: Int, _ total: Int) -> Void
    ) -> Verdict {
        var options = VerifyOptions()
        options.pinnedKeys = pins.keys
        options.origin = pins.origin
        options.isUnpinned = pins.isUnpinned
        options.isLive = pins.isLive
        let report = Verifier.verify(directory: directory, options: options) { done, total in
            progress(Int(clamping: done), Int(clamping: total))
        }
        let text = asJSON ? String(decoding: report.json, as: UTF8.self) : report.text
        return Verdict(exitStatus: report.exitStatus, text: text)
    }
}
