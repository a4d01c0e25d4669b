public import OpenSSL

/// Where a log lives, whose it is, and its bounds.
public struct AuditConfiguration: Sendable {
    /// When a record counts as recorded.
    public enum Durability: String, Sendable {
        /// After `fdatasync`: survives a power cut.
        case strict
        /// After `write`, with `fdatasync` within 100 ms: survives the process, not a power cut.
        case relaxed
    }

    /// Directory of the segments, mode 0750, on a local file system. Made if its parent exists.
    public var directory: String
    /// Directory of the log key, mode 0700 or 0750, outside `directory`. Made if its parent exists.
    public var stateDirectory: String
    /// The log's name: a schema-less URL, 1 to 255 printable ASCII bytes without space or `+`, unique per gateway.
    public var origin: String
    /// When `append` returns.
    public var durability: Durability = .strict
    /// A segment ends at the first batch after this size, in bytes: 4,096 to 1 GiB.
    public var segmentBytesMax = 64 << 20
    /// The longest that a record waits for a checkpoint, where there is time for more than one a second: 1 s to 1 h.
    public var checkpointInterval: Duration = .seconds(10)
    /// Records after which a checkpoint is due before that: 1 to 1,000,000.
    public var checkpointRecordsMax = 1000
    /// Free bytes below which `log.pressure` is written.
    public var spaceWarnBytes: UInt64 = 1 << 30
    /// Free bytes below which nothing is served.
    public var spaceStopBytes: UInt64 = 128 << 20
    /// Records that may wait for the writer.
    public var queueRecordsMax = 4096
    /// Bytes that may wait for the writer; at least one record's.
    public var queueBytesMax = 8 << 20
    /// How long `append` waits for room before it throws `backpressure`.
    public var queueFullWait: Duration = .milliseconds(250)
    /// What `gateway.start` says.
    public var gateway: GatewayIdentity

    /// The log `origin` in `directory`, with the default bounds.
    public init(directory: String, stateDirectory: String, origin: String, gateway: GatewayIdentity) {
        self.directory = directory
        self.stateDirectory = stateDirectory
        self.origin = origin
        self.gateway = gateway
    }

    /// The most records in one batch.
    package static let batchRecordsMax = 512
    /// The most record bytes in one batch, and the most that `relaxed` leaves unsynced.
    package static let batchBytesMax = 1 << 20
    /// How long `relaxed` leaves records unsynced.
    package static let relaxedSyncInterval: Duration = .milliseconds(100)

    func validate() throws(AuditError) {
        try Self.validate(origin: origin)
        try check("audit.segment.bytes", segmentBytesMax, in: 4096...(1 << 30))
        try check("audit.queue.records", queueRecordsMax, in: 1...1_000_000)
        try check("audit.queue.bytes", queueBytesMax, in: Chain.bodyBytesMax...(1 << 30))
        try check("audit.checkpoint.records", checkpointRecordsMax, in: 1...1_000_000)
        guard checkpointInterval >= .seconds(1), checkpointInterval <= .seconds(3600) else {
            throw .configuration(
                setting: "audit.checkpoint.interval", found: "\(checkpointInterval)", wanted: "1 to 3600 seconds")
        }
        guard spaceStopBytes <= spaceWarnBytes else {
            throw .configuration(
                setting: "audit.space.stop", found: "\(spaceStopBytes)",
                wanted: "at most audit.space.warn (\(spaceWarnBytes))")
        }
        guard directory != stateDirectory else {
            throw .configuration(
                setting: "audit.state", found: stateDirectory, wanted: "a directory other than the log's")
        }
    }

    package static func validate(origin: String) throws(AuditError) {
        let isPlain = origin.utf8.allSatisfy { (0x21...0x7E).contains($0) && $0 != UInt8(ascii: "+") }
        let bytes = Array(origin.utf8)
        let hasSchema = bytes.indices.contains { bytes[$0...].starts(with: "://".utf8) }
        guard isPlain, (1...255).contains(bytes.count), !hasSchema else {
            throw .configuration(
                setting: "audit.origin", found: "\"\(origin.prefix(80))\"",
                wanted: "a URL without schema, space or plus, such as bank.example/portcullis/gw-01")
        }
    }

    private func check(_ setting: String, _ value: Int, in range: ClosedRange<Int>) throws(AuditError) {
        guard range.contains(value) else {
            throw .configuration(
                setting: setting, found: "\(value)", wanted: "\(range.lowerBound) to \(range.upperBound)")
        }
    }
}

/// The program, its configuration and its policy, as `gateway.start` records them.
public struct GatewayIdentity: Sendable {
    /// The program's version.
    public var version: String
    /// Digest of the running executable.
    public var buildSHA256: SHA256Digest
    /// Digest of the configuration it runs with.
    public var configurationSHA256: SHA256Digest
    /// The policy in force at start.
    public var policy: AuditPolicy

    /// An identity from its parts.
    public init(
        version: String, buildSHA256: SHA256Digest, configurationSHA256: SHA256Digest, policy: AuditPolicy
    ) {
        self.version = version
        self.buildSHA256 = buildSHA256
        self.configurationSHA256 = configurationSHA256
        self.policy = policy
    }
}

/// The policy that a decision was made under.
public struct AuditPolicy: Sendable {
    /// The policy's own version, at most 64 bytes of it are recorded.
    public var version: [UInt8]
    /// Digest of the policy files.
    public var sha256: SHA256Digest

    /// A policy by version and digest.
    public init(version: [UInt8], sha256: SHA256Digest) {
        self.version = version
        self.sha256 = sha256
    }
}
