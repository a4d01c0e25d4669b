internal import JSON

/// The functions that the fuzzer feeds. Each traps where an invariant does not hold; a case here is all that a new
/// target needs, with its seeds in `Tests/Fuzz/Corpus/<target>/`.
public enum FuzzTarget: String, CaseIterable, Sendable {
    /// HTTP/1.1 heads and bodies, whole and cut.
    case http1Request = "http1-request"
    /// Request targets and queries.
    case target
    /// Bodies in their framing, cut anywhere.
    case bodyFraming = "body-framing"
    /// Requests' bodies, from JSON to what a stage takes.
    case requestBody = "request-body"
    /// Requests for completions, from JSON to what a stage takes.
    case completion
    /// Queries, from bytes to what a stage takes.
    case query
    /// Forms with files.
    case multipart
    /// Documents, and their names.
    case document
    /// What a virus scanner answers.
    case scanAnswer = "scan-answer"
    /// JSON as peers send it.
    case json
    /// JSON5 as people edit it.
    case json5
    /// Bearer tokens.
    case token
    /// Key sets of issuers, and our own.
    case keySet = "key-set"
    /// Where an issuer's tokens name roles.
    case roleMapping = "role-mapping"
    /// Approvals in tokens.
    case approval
    /// PKCS #11 URIs of key files.
    case pkcs11URI = "pkcs11-uri"
    /// Lines of the audit log.
    case auditLine = "audit-line"
    /// Checkpoints of the audit log.
    case auditCheckpoint = "audit-checkpoint"
    /// Policies of logs and witnesses.
    case auditPolicy = "audit-policy"
    /// Proofs of single records.
    case auditProof = "audit-proof"
    /// Texts with personal data.
    case redaction
    /// The same in pieces.
    case redactionStream = "redaction-stream"
    /// What a model says, in pieces on its way to a caller.
    case outboundStream = "outbound-stream"
    /// The views of texts in disguise.
    case redactionView = "redaction-view"
    /// Answers with tokens, in pieces.
    case restore
    /// Sealed vaults.
    case sealedVault = "sealed-vault"
    /// Server-Sent Events, and what is restored in them.
    case eventStream = "event-stream"
    /// Weights of an embedding model.
    case safeTensors = "safe-tensors"
    /// Vocabularies of one, and texts that are made into their pieces.
    case wordPieces = "word-pieces"
    /// Streamed answers of language models.
    case modelStream = "model-stream"
    /// Its sizes.
    case modelSizes = "model-sizes"
    /// What the process of an extraction says, and the passages that a text becomes.
    case extraction
    /// Arguments of tools' calls.
    case toolArguments = "tool-arguments"
    /// Conversations by rules.
    case conversation

    /// Runs the function over `input`.
    public func run(_ input: [UInt8]) {
        switch self {
        case .http1Request: HTTP1RequestTarget.run(input)
        case .target: RequestTargetTarget.run(input)
        case .bodyFraming: BodyFramingTarget.run(input)
        case .requestBody: RequestBodyTarget.run(input)
        case .completion: CompletionTarget.run(input)
        case .query: QueryTarget.run(input)
        case .multipart: MultipartTarget.run(input)
        case .document: DocumentTarget.run(input)
        case .scanAnswer: ScanAnswerTarget.run(input)
        case .json: JSONTarget.run(input, .rfc8259)
        case .json5: JSONTarget.run(input, .json5)
        case .token: TokenTarget.run(input)
        case .keySet: KeySetTarget.run(input)
        case .roleMapping: RoleMappingTarget.run(input)
        case .approval: ApprovalTarget.run(input)
        case .pkcs11URI: PKCS11URITarget.run(input)
        case .auditLine: AuditLineTarget.run(input)
        case .auditCheckpoint: AuditCheckpointTarget.run(input)
        case .auditPolicy: AuditPolicyTarget.run(input)
        case .auditProof: AuditProofTarget.run(input)
        case .redaction: RedactionTarget.run(input)
        case .redactionStream: RedactionStreamTarget.run(input)
        case .outboundStream: OutboundStreamTarget.run(input)
        case .redactionView: ViewTarget.run(input)
        case .restore: RestoreTarget.run(input)
        case .sealedVault: SealedVaultTarget.run(input)
        case .eventStream: EventStreamTarget.run(input)
        case .safeTensors: SafeTensorsTarget.run(input)
        case .wordPieces: WordPiecesTarget.run(input)
        case .modelStream: ModelStreamTarget.run(input)
        case .modelSizes: ModelSizesTarget.run(input)
        case .extraction: ExtractionTarget.run(input)
        case .toolArguments: ToolArgumentsTarget.run(input)
        case .conversation: ConversationTarget.run(input)
        }
    }
}
