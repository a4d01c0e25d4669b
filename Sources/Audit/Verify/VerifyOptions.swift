/// What `Verifier` is asked.
public struct VerifyOptions: Sendable {
    /// A file that the person who asks has brought.
    public struct GivenFile: Sendable {
        /// What to call it in messages.
        public var name: String
        /// Its content.
        public var bytes: [UInt8]

        /// The most bytes of one: more than a policy or a proof has.
        public static let bytesMax = 1 << 20

        /// A file of this name and content.
        public init(name: String, bytes: [UInt8]) {
            self.name = name
            self.bytes = bytes
        }
    }

    /// Keys that the log may have, as `name+hex+base64` (C2SP vkey).
    public var pinnedKeys: [String] = []
    /// Keys that the log may have, and the witnesses that must have signed (C2SP tlog-policy).
    public var policy: GivenFile?
    /// Checkpoints that were kept elsewhere: what they cover has to be there still.
    public var checkpoints: [GivenFile] = []
    /// Verify although no key is pinned.
    public var isUnpinned = false
    /// A writer is at work: bytes after the last line are not yet a record. Otherwise the lock tells.
    public var isLive = false
    /// The origin that the log must have.
    public var origin: String?
    /// Go on after what is wrong, and list everything.
    public var listsAll = false

    /// Nothing pinned, nothing waived: such a question is refused.
    public init() {}
}
