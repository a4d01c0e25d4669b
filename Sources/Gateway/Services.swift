internal import Agent
internal import Audit
internal import Auth
internal import Edge
internal import Redaction

/// Everything that the stages use: made once at start, immutable, safe for any loop.
final class Services: Sendable {
    let log: AuditLog
    let policy: PolicyEngine
    let tokens: TokenVerifier
    /// Brings the keys of external issuers; nil where there are none.
    let issuers: IssuerService?
    let revocations: RevocationStore
    /// Finds out who the bank's customers are; nil where it has none here.
    let verification: VerificationDesk?
    /// nil where this gateway issues no tokens.
    let tokenKeys: TokenKeys?
    /// Where tokens are signed.
    let signingDesk: SigningDesk
    let rateLimiter: RateLimiter
    let rateRules: RateLimitDocument
    let redactors: ScopedRedactors
    /// The vaults of the sessions.
    let sessions: SessionVaults
    let assistant: Assistant
    /// Conversations that use tools; nil where no customer can be verified.
    let conversations: ConversationServices?
    let knowledge: KnowledgeBase
    /// What makes vectors for the knowledge base; nil where it is searched by words alone.
    let embedder: Embedder?
    let tickets: TicketStore
    /// Conversations that are kept; nil where they are not.
    let sessionDesk: SessionDesk?
    /// Answers in words of its own; nil where no model is configured.
    var model: (any ChatModel)? { assistance?.client }
    /// nil where no model is asked.
    let assistance: ModelAssistance?
    let modelParts: ModelParts?
    /// The customers' documents; nil where none are kept.
    let documents: Documents?
    let metrics: Metrics
    let health: Health
    let observation: Observation
    let identifiers: RequestIdentifiers
    let auditPolicy: AuditPolicy
    /// Seals personal members of records; nil where none are.
    let sealing: SealingKeys?
    /// How far shipping is behind; nil where nothing is shipped.
    let shipping: ShippingWatch?
    /// Nil where nobody cosigns.
    let witnesses: Witnesses?
    /// Takes text out of documents; nil where nobody does.
    let extractor: TextExtractor?
    let bounds: ContentBounds
    /// Whether this gateway hands out tokens to whoever is on this machine.
    let isDevelopment: Bool

    init(
        log: AuditLog, policy: PolicyEngine, tokens: TokenVerifier, issuers: IssuerService? = nil,
        revocations: RevocationStore, verification: VerificationDesk? = nil, tokenKeys: TokenKeys?,
        rateLimiter: RateLimiter,
        rateRules: RateLimitDocument, redactors: ScopedRedactors, sessions: SessionVaults, assistant: Assistant,
        knowledge: KnowledgeBase, tickets: TicketStore, documents: Documents? = nil, sessionDesk: SessionDesk? = nil,
        assistance: ModelAssistance? = nil, modelParts: ModelParts? = nil, metrics: Metrics, health: Health,
        observation: Observation,
        auditPolicy: AuditPolicy, bounds: ContentBounds, sealing: SealingKeys? = nil, shipping: ShippingWatch? = nil,
        witnesses: Witnesses? = nil, embedder: Embedder? = nil, extractor: TextExtractor? = nil,
        isDevelopment: Bool = false, conversations: ConversationServices? = nil
    ) {
        self.conversations = conversations
        self.log = log
        self.policy = policy
        self.tokens = tokens
        self.issuers = issuers
        self.revocations = revocations
        self.verification = verification
        self.tokenKeys = tokenKeys
        self.rateLimiter = rateLimiter
        self.rateRules = rateRules
        self.redactors = redactors
        self.sessions = sessions
        self.assistant = assistant
        self.knowledge = knowledge
        self.embedder = embedder
        self.tickets = tickets
        self.sessionDesk = sessionDesk
        self.documents = documents
        self.assistance = assistance
        self.modelParts = modelParts
        self.metrics = metrics
        self.health = health
        self.observation = observation
        self.auditPolicy = auditPolicy
        self.sealing = sealing
        self.shipping = shipping
        self.witnesses = witnesses
        self.extractor = extractor
        self.bounds = bounds
        self.isDevelopment = isDevelopment
        identifiers = RequestIdentifiers()
        signingDesk = SigningDesk()
    }

    /// The same under other policies: what requests of before and after share stays one.
    init(
        _ other: Services, _ policies: PolicyFiles, redactors: ScopedRedactors, assistance: ModelAssistance?
    ) {
        log = other.log
        conversations = other.conversations
        policy = policies.rbac
        tokens = other.tokens
        issuers = other.issuers
        revocations = other.revocations
        verification = other.verification
        tokenKeys = other.tokenKeys
        rateLimiter = other.rateLimiter
        rateRules = policies.rateLimits
        self.redactors = redactors
        sessions = other.sessions
        assistant = Assistant(knowledge: other.knowledge, tickets: other.tickets, policy: policies.escalation)
        knowledge = other.knowledge
        embedder = other.embedder
        tickets = other.tickets
        tickets.adopt(policies.escalation)
        sessionDesk = other.sessionDesk
        documents = other.documents
        self.assistance = assistance
        modelParts = other.modelParts
        metrics = other.metrics
        health = other.health
        observation = other.observation
        auditPolicy = policies.auditPolicy
        sealing = other.sealing
        shipping = other.shipping
        witnesses = other.witnesses
        extractor = other.extractor
        bounds = other.bounds
        isDevelopment = other.isDevelopment
        identifiers = other.identifiers
        signingDesk = other.signingDesk
    }

    /// Sizes of what a request may carry, in bytes.
    struct ContentBounds: Sendable {
        let body: Int
        let message: Int
        let knowledge: Int
    }

    /// The redactor of what no rule is about: log lines, and what records show of a request.
    var redactor: Redactor { redactors.general }
}
