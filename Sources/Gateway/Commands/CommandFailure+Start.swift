internal import Audit
internal import Auth
internal import Edge
internal import LinuxIO
internal import OpenSSL
internal import Sandbox

/// Why the gateway does not start, in a command's words and statuses.
extension CommandFailure {
    init(_ error: TLSConfigurationError) {
        switch error {
        case .certificateUnusable(let file, let detail):
            self.init(.configuration, file, "not a usable certificate: \(detail)", mend: "wanted a PEM CERTIFICATE")
        case .keyUnusable(let file, let detail):
            self.init(.configuration, file, "not a usable key: \(detail)", mend: "wanted an unencrypted PEM key")
        case .keyDoesNotMatch(let keyFile, let certificateFile):
            self.init(
                .configuration, keyFile, "the key does not match the certificate \(certificateFile)",
                mend: "give the key that the certificate was issued for")
        case .clientCAUnusable(let file, let detail):
            self.init(.configuration, file, "not usable as client CA: \(detail)", mend: "wanted PEM CERTIFICATEs")
        case .clientCAMissing:
            self.init(
                .configuration, "listener.client_ca", "missing", mend: "name a CA, or set client_certificate to off")
        case .libraryRefused(let setting, let detail):
            self.init(.software, "OpenSSL", "refuses the \(setting): \(detail)")
        }
    }

    init(_ error: EdgeError) {
        switch error {
        case .addressInUse(let address):
            self.init(
                .unavailable, address.text, "the port is in use by another process",
                mend: "stop that process or choose another with --port or --metrics-port")
        case .cannotListen(let address, let error):
            self.init(.unavailable, address.text, "cannot listen: \(error.call): \(error.message)")
        case .badAddress(let text):
            self.init(
                .configuration, "listener.address", "found \"\(text)\"", mend: "wanted a numeric IPv4 or IPv6 address")
        case .plainOutsideLoopback(let address):
            self.init(
                .configuration, "metrics.address", "found \(address.host)",
                mend: "metrics are served without TLS: wanted a loopback address")
        case .noResources:
            self.init(
                .temporary, "portcullis", "no descriptor or thread left", mend: "raise the limits (ulimit -n, -u)")
        case .loopFailed(let error):
            self.init(.software, "portcullis", "an event loop failed: \(error.call): \(error.message)")
        }
    }

    init(_ error: SandboxError) {
        if error.what.hasPrefix("user ") || error.what.hasPrefix("group ") {
            self.init(
                .configuration, "process.\(error.what)", "\(error.message)", mend: "name one that this system knows")
        } else if error.what == "setresuid" {
            self.init(
                .noPermission, "process.user", "cannot become it: \(error.message)",
                mend: "start as root, or leave process.user out")
        } else {
            self.init(
                .unavailable, "sandbox", "\(error.what): \(error.message)",
                mend: "use a kernel that has it, or do without with --sandbox=off")
        }
    }

    init(_ error: AuditError) {
        guard case .configuration(let setting, let found, let wanted) = error else {
            self.init(
                ExitStatus(rawValue: error.exitStatus) ?? .inputOutput, description: "audit log: \(error.description)")
            return
        }
        let inFile = Self.auditSettings.reduce(wanted) { $0.replacing($1.log, with: $1.file) }
        self.init(
            .configuration, Self.auditSettings.first { $0.log == setting }?.file ?? setting, "found \(found)",
            mend: "wanted \(inFile)")
    }

    /// The log's names of its settings, and those of `gateway.json5`.
    private static let auditSettings = [
        (log: "audit.space.stop", file: "audit.space_stop_bytes"),
        (log: "audit.space.warn", file: "audit.space_warn_bytes"),
        (log: "audit.segment.bytes", file: "audit.segment_bytes"), (log: "audit.state", file: "audit.state_directory"),
    ]

    /// A key that the gateway cannot start with is a fault of its configuration, whatever is wrong with it; but a device
    /// may come back, and a service manager try again.
    init(starting error: AuthError, subject: String) {
        let failure = CommandFailure(error, subject: subject)
        let status: ExitStatus =
            switch error {
            case .library: .software
            case .deviceUnavailable: .temporary
            default: .configuration
            }
        self.init(status, failure.subject, failure.what, mend: failure.mend)
    }

    init(_ error: PolicyError) {
        self.init(
            .configuration, error.file,
            "line \(error.line), column \(error.column): \(error.pointer.isEmpty ? "/" : error.pointer): found \(error.found)",
            mend: "wanted \(error.wanted)")
    }
}
