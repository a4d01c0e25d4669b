/// What the assistant can do for somebody. The raw value is the name that models, policies and records call it by.
public enum AssistantTool: String, CaseIterable, Sendable {
    case verifyCustomerIdentity = "verify_customer_identity"
    case validateSecurityQuestion = "validate_security_question"
    case checkAccountStatus = "check_account_status"
    case queryAccountBalance = "query_account_balance"
    case transactionHistory = "transaction_history"
    case updateContactInfo = "update_contact_info"
    case updateCustomerRecord = "update_customer_record"
    case createCustomerFolder = "create_customer_folder"
    case uploadDocument = "upload_document"
    case retrieveDocument = "retrieve_document"
    case archiveDocument = "archive_document"
    case bankingKnowledgeBase = "banking_knowledge_base"
    case escalateToHuman = "escalate_to_human"
    case generateSummary = "generate_summary"
}

extension AssistantTool {
    /// Whether the customer has to say yes to exactly this call before it is carried out.
    public var needsConfirmation: Bool {
        switch self {
        case .updateContactInfo, .updateCustomerRecord: true
        default: false
        }
    }

    /// Whether the arguments may stand in records: not what proves, or says, who somebody is.
    public var recordsArguments: Bool {
        switch self {
        case .verifyCustomerIdentity, .validateSecurityQuestion: false
        default: true
        }
    }
}

/// A tool as a model is told of it.
public struct ToolDescription: Sendable {
    /// The tool.
    public let tool: AssistantTool
    /// One or two sentences for the model: what it does and when to use it.
    public let summary: String
    /// What it takes, in the order that a person would be asked for it.
    public let parameters: [Parameter]
    /// Whether it changes something, so that it is announced in the log first and the customer confirms it.
    public let hasEffect: Bool

    /// One argument of a tool: a text, whole number or choice.
    public struct Parameter: Sendable {
        /// The kinds of values.
        public enum Kind: Sendable {
            /// UTF-8 text, with its bytes.
            case text(bytesRange: ClosedRange<Int>)
            /// A whole number.
            case integer(ClosedRange<Int>)
            /// One of these.
            case choice([String])
        }

        /// Its name in the arguments' object.
        public let name: StaticString
        /// One sentence for the model.
        public let summary: String
        /// What it may be.
        public let kind: Kind
        /// Whether a call without it is refused.
        public let isRequired: Bool

        /// A parameter.
        public init(_ name: StaticString, _ summary: String, _ kind: Kind, isRequired: Bool = true) {
            self.name = name
            self.summary = summary
            self.kind = kind
            self.isRequired = isRequired
        }
    }

    /// A description.
    public init(_ tool: AssistantTool, _ summary: String, parameters: [Parameter], hasEffect: Bool) {
        self.tool = tool
        self.summary = summary
        self.parameters = parameters
        self.hasEffect = hasEffect
    }
}
