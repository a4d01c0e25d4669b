internal import JSON

/// The gateway's settings, from `policies/gateway.json5`.
///
/// Every member is optional but `issuers`, and has the value of the shipped file where it is left out; a member that is
/// not known stops the start. Relative paths of certificates,
/// keys and state begin at the state folder (`--state`), those of policies at the folder of this file.
public struct Configuration: Sendable {
    /// Where the gateway listens for clients.
    public struct Listener: Sendable {
        var address = "127.0.0.1"
        var port = 8443
        var clientCertificate = "required"
        var chainDepthMax = 3
        var certificate = "certs/server.crt"
        var key = "certs/server.key"
        var clientCA = "certs/ca.crt"
        var sessionsMax = 4096
        var sessionSeconds = 3600
    }

    /// Where the metrics are served: unencrypted, so a loopback address only.
    public struct MetricsListener: Sendable {
        var address = "127.0.0.1"
        var port = 9443
    }

    /// What goes to standard error while the gateway serves.
    public struct LogSettings: Sendable {
        var level = "info"
        var requests = true
        var connections = true
    }

    /// Where traces go; nowhere while `endpoint` is empty.
    public struct Tracing: Sendable {
        var endpoint = ""
        var sampleRatio = 0.1
        var serviceName = "portcullis"
        var clientCA = ""
        var certificate = ""
        var key = ""
        var queueMax = 2048
        var intervalMilliseconds = 2000
        var timeoutMilliseconds = 5000
    }

    /// Every bound and time-out of the edge.
    public struct Bounds: Sendable {
        var loops = 0
        var connectionsMax = 10_000
        var connectionsPerAddressMax = 1000
        var handshakesInFlightMax = 1024
        var handshakesPerAddressMax = 256
        var requestsInFlightMax = 4096
        var requestLineBytesMax = 8192
        var headerBytesMax = 32_768
        var headerCountMax = 100
        var bodyBytesMax = 65_536
        var messageBytesMax = 4096
        var knowledgeBytesMax = 16_777_216
        var handshakeMilliseconds = 10_000
        var headerMilliseconds = 10_000
        var bodyMilliseconds = 30_000
        var idleMilliseconds = 75_000
        var writeMilliseconds = 30_000
        var queueDelayMilliseconds = 1000
        var rateGraceMilliseconds = 5000
        var bodyBytesPerSecondMin = 240
        var readBytesPerSecondMin = 240
        var drainMilliseconds = 25_000
    }

    /// A token issuer that is trusted, with its keys.
    public struct Issuer: Sendable {
        /// A key by file, with the one algorithm that it may be used with.
        public struct Key: Sendable {
            let file: String
            let algorithm: String
            let keyID: String?
        }

        /// Where keys are fetched from, and how often.
        struct Fetching: Sendable {
            /// The key set's URL; nil where the issuer's discovery document names it.
            let keySet: String?
            let algorithms: [String]
            let clientCA: String
            /// Ports besides the issuer's own at which the discovery document may name its keys.
            let keySetPorts: [UInt16]
            let refreshSeconds: Int
            let outageSeconds: Int
            let unknownKeySeconds: Int
            let timeoutMilliseconds: Int
        }

        /// Where tokens name roles, and what each name is here; nil where the names are those of roles.
        struct Mapping: Sendable {
            let pointer: String
            let roles: [String: [String]]?
        }

        let issuer: String
        let audiences: [String]
        let keys: [Key]
        /// A JWK set made by `portcullis token keys`, which may change while the gateway serves; nil for none.
        let keySet: String?
        /// nil where the keys are files.
        let fetching: Fetching?
        /// nil for `role` or `roles`.
        let mapping: Mapping?
    }

    /// How tokens are checked.
    public struct Tokens: Sendable {
        var clockSkewSeconds = 30
        var lifeMaxSeconds = 31_536_000
        var cacheMax = 10_000
        var signatures = "openssl"
        var issuers: [Issuer] = []
        var approvers: [Approver] = []
    }

    /// Someone whose signature a role for emergencies asks for.
    public struct Approver: Sendable {
        let name: String
        /// The public key's file.
        let file: String
    }

    /// How this gateway issues tokens itself; nil where it does not.
    public struct Signing: Sendable {
        let issuer: String
        let audience: String
        /// Where the key is.
        enum Key: Sendable {
            /// A file, which does not change.
            case file(String)
            /// The folder that `portcullis token keys` keeps.
            case folder(String)
        }

        let key: Key
        let ttlSeconds: Int
        let ttlMaxSeconds: Int
        /// Folders and files that a PKCS #11 module reads and writes while it serves.
        let pkcs11Paths: [String]
        /// Paths that may be named.
        static let pkcs11PathsMax = 16
    }

    /// The policy files.
    public struct Policies: Sendable {
        var rbac = "rbac.json5"
        var rateLimits = "ratelimits.json5"
        var redaction = "redaction.json5"
        var escalation = "escalation.json5"
        var scope = "scope.json5"
        var models = "models.json5"
        var screen = "screen.json5"
        /// Read at the start alone.
        var banking = "banking.json5"
        /// A folder.
        var prompts = "prompts"
    }

    /// The audit log.
    public struct AuditSettings: Sendable {
        var directory = "var/audit"
        var stateDirectory = "var/state"
        var origin = "portcullis.dev/gateway"
        var durability = "strict"
        var segmentBytesMax = 67_108_864
        var checkpointSeconds = 10
        var checkpointRecordsMax = 1000
        var spaceWarnBytes = 1_073_741_824
        var spaceStopBytes = 134_217_728
        /// Nothing is sealed while this is empty.
        var keyEncryptionKey = ""
        var seal = ["principal.token.sub", "req.peer"]
        var retentionMinDays = 400
        var ship = Shipping()
        var witness = Witnessing()
    }

    /// What the process gives up once its ports are bound.
    public struct ProcessSettings: Sendable {
        /// Whom it becomes, by name or number; empty: who started it.
        var user = ""
        /// In place of the user's own group.
        var group = ""
        var sandbox = "on"
    }

    var listener = Listener()
    var metrics = MetricsListener()
    var process = ProcessSettings()
    var log = LogSettings()
    var tracing = Tracing()
    var bounds = Bounds()
    var tokens = Tokens()
    var signing: Signing?
    var policies = Policies()
    var redaction = RedactionSettings()
    var verification = Verification()
    var documents = Documents()
    var embedding = Embedding()
    var sessions = Sessions()
    var webhook = Webhook()
    var audit = AuditSettings()
    /// Files of the state.
    public struct StateFiles: Sendable {
        var knowledge = "var/knowledge.db"
        var tickets = "var/tickets.db"
        var revocations = "var/revocations.db"
        var customers = "var/customers.db"
        var sessions = "var/sessions.db"
        var contentKeys = "var/content-keys.db"
        var work = "var/work.db"
        var bank = "var/bank.db"
        var spending = "var/spending.db"
    }

    var state = StateFiles()

    /// The file that this was read from, and its bytes.
    let file: String
    let text: [UInt8]

    /// Reads settings from `text`, the content of `file`.
    /// - Throws: `ConfigurationError` with the line at fault.
    static func parse(_ text: [UInt8], file: String) throws(ConfigurationError) -> Configuration {
        let root: JSONNode
        do throws(JSONSyntaxError) {
            root = try JSONParser.parse(text, dialect: .json5)
        } catch {
            throw ConfigurationError(file: file, error)
        }
        do throws(JSONShapeError) {
            var configuration = Configuration(file: file, text: text)
            try configuration.read(root)
            return configuration
        } catch {
            throw ConfigurationError(file: file, text: text, error)
        }
    }

    private init(file: String, text: [UInt8]) {
        self.file = file
        self.text = text
    }
}
