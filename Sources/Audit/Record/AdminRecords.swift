extension EncodedRecord {
    /// A `policy.load` record: `policy` is in force from here on.
    public static func policyLoad(_ policy: AuditPolicy) -> EncodedRecord {
        EncodedRecord(.policyLoad) { policy.encode(to: &$0) }
    }

    /// An `admin.action` record.
    /// - Parameters:
    ///   - operator: who did it; nil for the machine's own command line.
    ///   - action: what, such as `token.issue` or `knowledge.replace`.
    ///   - target: on what, such as a subject or a file's digest; no personal data.
    ///   - request: the request id, where it came by a request.
    public static func adminAction(
        operator: AuditPrincipal?, action: ReasonCode, target: [UInt8], request: [UInt8]? = nil
    ) -> EncodedRecord {
        EncodedRecord(.adminAction) { buffer in
            `operator`?.encode(to: &buffer)
            buffer.object("admin") { buffer in
                buffer.code("action", action)
                buffer.text("target", target, path: "admin.target")
                buffer.text("request", request, path: "admin.request", bytesMax: RecordLimits.identifierBytesMax)
            }
        }
    }
}
