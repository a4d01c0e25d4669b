/// What an `admin.action` record says beyond what was done and on what.
public indirect enum AdminDetail: Sendable {
    /// What an issued token says, never the token; `subject` without personal data, `expires` in seconds since 1970.
    /// `seal` is that of the token's subject; nil for none.
    /// `certificate` is the digest of the one that the token is bound to, in hexadecimal; nil for none. `issuer` is nil for
    /// the gateway itself.
    case token(
        subject: [UInt8], roles: [[UInt8]], audience: [UInt8], expires: Int64, certificate: [UInt8]? = nil,
        issuer: [UInt8]? = nil, seal: RecordSeal? = nil)
    /// What the machine's command line did before the log could have it: who ran it, when (seconds since 1970), and the
    /// approvals that it did it by; nil for none.
    case command(AdminDetail, user: [UInt8], userNumber: UInt32, moment: Int64, approvals: AdminApprovals?)
    /// The version of a knowledge base, and the rows of its file that were taken and refused.
    case knowledge(version: UInt64, rowsTaken: UInt64, rowsRefused: UInt64)
    /// The identifiers (`kid`) of the keys that tokens are verified with from now on.
    case keys([[UInt8]])

    /// Whose tokens were revoked, and those issued before which second since 1970; nil for one that is named.
    case revocation(issuer: [UInt8], issuedBefore: Int64?)

    /// With how many customers of the bank the command did it, and which user of its machine.
    case customers(count: UInt64, operator: [UInt8])

    func encode(to buffer: inout RecordBuffer, request: [UInt8]) {
        switch self {
        case .token(let subject, let roles, let audience, let expires, let certificate, let issuer, let seal):
            let seal = seal?.bound(to: request)
            buffer.object("token") { buffer in
                buffer.text("iss", issuer, path: "admin.token.iss")
                buffer.text("sub", subject, path: "admin.token.sub", as: .tokenSubject, sealedBy: seal)
                buffer.texts("roles", roles, total: "roles_total", path: "admin.token.roles")
                buffer.text("aud", audience, path: "admin.token.aud")
                buffer.number("exp", signed: expires)
                buffer.text("cert", certificate, path: "admin.token.cert")
            }
        case .command(let detail, let user, let userNumber, let moment, let approvals):
            detail.encode(to: &buffer, request: request)
            if let approvals {
                buffer.object("approvals") { buffer in
                    buffer.texts("kids", approvals.keys, total: "kids_total", path: "admin.approvals.kids")
                    buffer.text("reason", approvals.reason, path: "admin.approvals.reason")
                }
            }
            buffer.object("command") { buffer in
                buffer.text("user", user, path: "admin.command.user")
                buffer.number("uid", UInt64(userNumber))
                buffer.number("at", signed: moment)
            }
        case .revocation(let issuer, let issuedBefore):
            buffer.object("revocation") { buffer in
                buffer.text("iss", issuer, path: "admin.revocation.iss")
                if let issuedBefore { buffer.number("before", signed: issuedBefore) }
            }
        case .knowledge(let version, let rowsTaken, let rowsRefused):
            buffer.object("knowledge") { buffer in
                buffer.number("version", version)
                buffer.number("rows_taken", rowsTaken)
                buffer.number("rows_refused", rowsRefused)
            }
        case .customers(let count, let name):
            buffer.object("customers") { buffer in
                buffer.number("count", count)
                buffer.text("operator", name, path: "admin.customers.operator")
            }
        case .keys(let identifiers):
            buffer.object("keys") { buffer in
                buffer.texts("kids", identifiers, total: "kids_total", path: "admin.keys.kids")
            }
        }
    }
}

/// What admins say who agree on a token.
public struct AdminApprovals: Equatable, Sendable {
    /// The `kid` of each key, as the approvals say it.
    public let keys: [[UInt8]]
    /// Why, without personal data.
    public let reason: [UInt8]

    /// Approvals.
    public init(keys: [[UInt8]], reason: [UInt8]) {
        self.keys = keys
        self.reason = reason
    }
}

extension EncodedRecord {
    /// A `policy.load` record: `policy` is in force from here on.
    /// - Parameters:
    ///   - replaced: the one that was before; nil for none.
    ///   - operator: who asked for it, such as `uid 0`; nil where nobody can tell.
    public static func policyLoad(
        _ policy: AuditPolicy, replacing replaced: AuditPolicy? = nil, operator: [UInt8]? = nil
    ) -> EncodedRecord {
        EncodedRecord(.policyLoad) { buffer in
            policy.encode(to: &buffer)
            replaced?.encode(to: &buffer, as: "replaced", versionPath: "replaced.version")
            buffer.text("operator", `operator`, path: "operator", bytesMax: 128)
        }
    }

    /// An `admin.action` record.
    /// - Parameters:
    ///   - operator: who did it; nil for the machine's own command line.
    ///   - action: what, such as `token.issue` or `knowledge.replace`.
    ///   - target: on what, such as a token's identifier or a file's digest; no personal data.
    ///   - request: the request id, where it came by a request.
    ///   - detail: what was made of the target.
    ///   - seal: what makes personal members unreadable without their subject's key; nil for none.
    public static func adminAction(
        operator: AuditPrincipal?, action: ReasonCode, target: [UInt8], request: [UInt8]? = nil,
        detail: AdminDetail? = nil, sealedBy seal: RecordSeal? = nil
    ) -> EncodedRecord {
        let seal = seal?.bound(to: request ?? [])
        return EncodedRecord(.adminAction) { buffer in
            `operator`?.encode(to: &buffer, sealedBy: seal)
            buffer.object("admin") { buffer in
                buffer.code("action", action)
                buffer.text("target", target, path: "admin.target")
                buffer.text("request", request, path: "admin.request", bytesMax: RecordLimits.identifierBytesMax)
                detail?.encode(to: &buffer, request: request ?? [])
            }
        }
    }
}
