/// What a customer wants done, as against what they want to know.
enum Intent: Hashable, Sendable {
    case balance
    case transactions
    case status
    case changeContact(CustomerChange.Field)
    case changeRecord(CustomerChange.Field)
    case summary
    /// What a tool about documents does.
    case document(AssistantTool)

    /// The tool that does it.
    var tool: AssistantTool {
        switch self {
        case .balance: .queryAccountBalance
        case .transactions: .transactionHistory
        case .status: .checkAccountStatus
        case .changeContact: .updateContactInfo
        case .changeRecord: .updateCustomerRecord
        case .summary: .generateSummary
        case .document(let tool): tool
        }
    }

    /// What it is called in a summary.
    var words: String {
        switch self {
        case .balance: "the balance"
        case .transactions: "the transactions"
        case .status: "the account's status"
        case .changeContact(let field), .changeRecord(let field): "a change of the \(field.words)"
        case .summary: "a summary"
        case .document: "a document"
        }
    }

    /// What is to be changed; nil where nothing is.
    var field: CustomerChange.Field? {
        switch self {
        case .changeContact(let field), .changeRecord(let field): field
        case .balance, .transactions, .status, .summary, .document: nil
        }
    }
}

extension Intent {
    /// What a model's call wants done; nil for a tool that needs nothing of the customer.
    init?(_ tool: AssistantTool, _ arguments: ToolArguments) {
        let field = arguments.text("field").flatMap {
            CustomerChange.Field(rawValue: String(decoding: $0, as: UTF8.self))
        }
        switch (tool, field) {
        case (.queryAccountBalance, _): self = .balance
        case (.transactionHistory, _): self = .transactions
        case (.checkAccountStatus, _): self = .status
        case (.updateContactInfo, let field?): self = .changeContact(field)
        case (.updateCustomerRecord, let field?): self = .changeRecord(field)
        case (.createCustomerFolder, _), (.uploadDocument, _), (.retrieveDocument, _), (.archiveDocument, _):
            self = .document(tool)
        default: return nil
        }
    }
}

/// Tells what a message wants done.
///
/// The rules are about grammar and not about topics: a tool is wanted by who asks for *their own* thing *now* ("what's my
/// balance", "show me my last five payments", "change my address to …"). Who asks why, how, when, where or whether, and who
/// tells of something that went wrong, wants to know something, which is the knowledge base's: "how do I check my balance",
/// "why did my balance not update". Where a rule is in doubt it says nothing.
enum IntentReader {
    /// What `message` wants done; nil where it wants to know something, or nothing that there is a tool for.
    static func intent(of message: Words) -> Intent? {
        guard !message.isEmpty, !message.has(anyOf: troubles) else { return nil }
        if isSummary(message) { return .summary }
        if DocumentWords.wantDocument(message) { return .document(.retrieveDocument) }
        guard !asksToKnow(message) else { return nil }
        if let change = change(message) { return change }
        guard isRequest(message) else { return nil }
        return lookUp(message)
    }

    // MARK: What was asked

    private static func isSummary(_ message: Words) -> Bool {
        guard message.count <= 14, message.has(anyOf: ["summarise", "summarize", "summary", "recap"]),
            !message.has(anyOf: ["account", "statement", "transactions", "payments", "month", "year"])
        else { return false }
        return message.has(anyOf: ["conversation", "chat", "session", "discussion", "discussed", "said", "far", "did"])
            || message.list.allSatisfy(plainSummary.contains)
    }

    private static let plainSummary: Set<String> = [
        "summarise", "summarize", "summary", "recap", "a", "short", "the", "this", "it", "all", "give", "me", "us",
        "please",
        "can", "could", "you", "i", "want", "need", "would", "like", "id", "now",
    ]

    private static func lookUp(_ message: Words) -> Intent? {
        // Long messages tell a story, and a story is about more than a figure.
        guard message.count <= 18 else { return nil }
        let isOwn = message.has(anyOf: ["my", "our"])
        let isShort = message.count <= 4
        if message.has(anyOf: ["balance", "balances"]) || asksHowMuch(message) {
            return isOwn || isShort || asksHowMuch(message) ? .balance : nil
        }
        if message.has(anyOf: ["transactions", "transaction"]) || message.has(phrase: ["recent", "activity"])
            || message.has(phrase: ["account", "activity"]) || message.has(phrase: ["account", "history"])
            || (message.has(anyOf: ["payments", "spending", "purchases"])
                && message.has(anyOf: ["last", "latest", "recent"]))
        {
            let isWhole = message.has(anyOf: [
                "transactions", "activity", "history", "payments", "spending", "purchases",
            ])
            let isNewest = message.has(anyOf: ["last", "latest", "recent", "newest"])
            return (isWhole && (isOwn || isShort || isNewest)) || (isNewest && isOwn) ? .transactions : nil
        }
        if message.has(phrase: ["account", "status"]) || message.has(phrase: ["status", "of", "my", "account"]) {
            return .status
        }
        return nil
    }

    private static func asksHowMuch(_ message: Words) -> Bool {
        message.has(phrase: ["how", "much", "money", "do", "i", "have"])
            || message.has(phrase: ["how", "much", "do", "i", "have"])
            || message.has(phrase: ["how", "much", "money", "is", "in", "my", "account"])
            || message.has(phrase: ["how", "much", "is", "in", "my", "account"])
            || message.has(phrase: ["what", "is", "in", "my", "account"])
            || message.has(phrase: ["whats", "in", "my", "account"])
    }

    // MARK: What is to be changed

    private static func change(_ message: Words) -> Intent? {
        guard message.has(anyOf: ["my", "our"]) || message.count <= 5 else { return nil }
        let object: CustomerChange.Field
        if message.has(phrase: ["preferred", "language"]) {
            object = .preferredLanguage
        } else if message.has(anyOf: ["paperless", "statements"]) && message.has(anyOf: ["paperless", "paper"]) {
            object = .statements
        } else if message.has(anyOf: ["marketing"]) {
            object = .marketing
        } else if message.has(anyOf: ["email", "mail"]) {
            object = .email
        } else if message.has(anyOf: ["phone", "telephone", "mobile"])
            && !message.has(anyOf: ["app", "stolen", "lost", "banking", "payment", "pay"])
        {
            object = .phone
        } else if message.has(anyOf: ["address"]) {
            object = .address
        } else {
            return nil
        }
        guard isCommandToChange(message) else { return nil }
        return CustomerChange.Field.ofContact.contains(object) ? .changeContact(object) : .changeRecord(object)
    }

    private static func isCommandToChange(_ message: Words) -> Bool {
        let rest = message.withoutCourtesy
        if rest.begins(withAnyOf: changeVerbs) { return true }
        for opening in changeOpenings where rest.begins(with: opening) {
            return rest.dropFirst(opening.count).begins(withAnyOf: changeVerbs)
        }
        return rest.begins(with: ["my", "new"]) && rest.has(anyOf: ["is"])
    }

    private static let changeVerbs: Set<String> = ["change", "update", "replace", "correct", "set", "switch", "edit"]
    private static let changeOpenings = [
        ["i", "want", "to"], ["i", "would", "like", "to"], ["id", "like", "to"], ["can", "you"], ["could", "you"],
        ["would", "you"], ["will", "you"], ["i", "want", "you", "to"], ["help", "me"], ["help", "me", "to"], ["lets"],
    ]

    // MARK: Asking and telling

    /// Whether it is an order, or a question after one's own figures, or nothing but the thing's name.
    private static func isRequest(_ message: Words) -> Bool {
        let rest = message.withoutCourtesy
        if rest.count <= 4 && !rest.begins(withAnyOf: ["is", "are", "does", "did", "do", "has", "have"]) {
            return true
        }
        if asksHowMuch(rest) || rest.begins(withAnyOf: orders) { return true }
        return requestOpenings.contains { rest.begins(with: $0) }
    }

    private static let orders: Set<String> = [
        "show", "tell", "give", "list", "check", "get", "see", "view", "display", "read", "what", "whats", "look",
    ]
    private static let requestOpenings = [
        ["i", "want", "to", "see"], ["i", "want", "to", "know"], ["i", "want", "to", "check"], ["i", "want", "my"],
        ["i", "would", "like", "to", "see"], ["i", "would", "like", "to", "know"],
        ["i", "would", "like", "to", "check"],
        ["id", "like", "to", "see"], ["id", "like", "to", "know"], ["id", "like", "to", "check"], ["i", "need", "my"],
        ["can", "you", "tell"], ["can", "you", "show"], ["can", "you", "give"], ["can", "you", "check"],
        ["can", "you", "list"], ["can", "you", "look"], ["could", "you", "tell"], ["could", "you", "show"],
        ["could", "you", "give"], ["could", "you", "check"], ["could", "you", "list"], ["can", "i", "see", "my"],
        ["can", "i", "have", "my"], ["may", "i", "see", "my"], ["let", "me", "see"], ["do", "you", "know", "my"],
        ["i", "need", "to", "know"], ["i", "need", "to", "see"], ["i", "need", "to", "check"],
    ]

    /// Whether it asks after how things are done or why they are so.
    private static func asksToKnow(_ message: Words) -> Bool {
        if asksHowMuch(message) { return false }
        if message.has(anyOf: ["why", "how", "where", "when", "which", "who", "whose", "whether", "if"]) {
            return true
        }
        let rest = message.withoutCourtesy
        return rest.begins(withAnyOf: [
            "does", "did", "do", "is", "are", "was", "were", "has", "have", "should", "must",
        ])
            && !rest.begins(with: ["do", "you", "know", "my"])
    }

    /// Words of a message about something that went wrong, or about rules: neither is answered by a look-up.
    private static let troubles: Set<String> = [
        "not", "no", "never", "cant", "cannot", "couldnt", "didnt", "doesnt", "dont", "isnt", "wasnt", "hasnt",
        "havent",
        "wont", "wouldnt", "still", "yet", "wrong", "incorrect", "missing", "failed", "fail", "declined", "pending",
        "reverted", "reversed", "refund", "refunded", "duplicate", "twice", "double", "unknown", "unrecognised",
        "unrecognized", "recognise", "recognize", "strange", "weird", "suspicious", "fraud", "fraudulent", "dispute",
        "charged", "charge", "fee", "fees", "deposit", "deposited", "cheque", "cash", "limit", "limits",
        "minimum", "maximum", "top", "topup", "transfer", "transferred", "increase", "decrease", "changed", "updated",
        "problem", "issue", "error", "mistake", "happened", "disappeared", "gone", "cancel", "cancelled",
        "stolen", "lost", "blocked", "negative", "overdraft", "interest", "another", "someone", "somebody", "credited",
    ]
}

/// The words of a text, for rules: runs of letters, digits and bytes above ASCII, in lower case, apostrophes left out.
struct Words: Hashable, Sendable {
    let list: [String]

    init(_ text: [UInt8]) {
        var list: [String] = []
        var word: [UInt8] = []
        for byte in text {
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"), 0x80...0xFF:
                // A typographic apostrophe, U+2019, is left out as the other is.
                word.append(byte)
                if word.suffix(3).elementsEqual([0xE2, 0x80, 0x99]) { word.removeLast(3) }
            case UInt8(ascii: "A")...UInt8(ascii: "Z"): word.append(byte | 0x20)
            case UInt8(ascii: "'"): continue
            default:
                if !word.isEmpty { list.append(String(decoding: word, as: UTF8.self)) }
                word.removeAll(keepingCapacity: true)
                guard list.count <= AgentLimits.intentWordsMax else {
                    self.list = list
                    return
                }
            }
        }
        if !word.isEmpty { list.append(String(decoding: word, as: UTF8.self)) }
        self.list = list
    }

    private init(list: [String]) { self.list = list }

    var count: Int { list.count }
    var isEmpty: Bool { list.isEmpty }

    func has(anyOf words: Set<String>) -> Bool { list.contains { words.contains($0) } }

    func has(phrase: [String]) -> Bool {
        guard list.count >= phrase.count else { return false }
        return (0...list.count - phrase.count).contains { list[$0...].starts(with: phrase) }
    }

    func begins(with phrase: [String]) -> Bool { list.starts(with: phrase) }
    func begins(withAnyOf words: Set<String>) -> Bool { list.first.map(words.contains) ?? false }
    func dropFirst(_ count: Int) -> Words { Words(list: Array(list.dropFirst(count))) }

    /// Without the greetings and politeness that a message begins with.
    var withoutCourtesy: Words {
        Words(list: Array(list.drop { Self.courtesy.contains($0) }))
    }

    private static let courtesy: Set<String> = [
        "please", "hi", "hello", "hey", "good", "morning", "afternoon", "evening", "so", "ok", "okay", "and", "now",
        "then",
        "also", "just", "thanks", "well", "yes",
    ]
}
