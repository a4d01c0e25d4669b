internal import JSON

/// `verify_customer_identity`, `validate_security_question` and `check_account_status`, for one request.
public struct IdentityTools: ToolProvider {
    private let identity: any CustomerIdentity
    private let bank: (any BankingBackend)?

    /// Tools over the verification of a conversation, and over the bank that knows how accounts stand.
    public init(_ identity: any CustomerIdentity, bank: (any BankingBackend)?) {
        self.identity = identity
        self.bank = bank
    }

    /// What models are told of the tools.
    public var descriptions: [ToolDescription] { Self.descriptions(withBank: bank != nil) }

    static func descriptions(withBank: Bool) -> [ToolDescription] {
        let status = ToolDescription(
            .checkAccountStatus, "Tells whether the verified customer's account is active, frozen, dormant or closed.",
            parameters: [], hasEffect: false)
        return [
            ToolDescription(
                .verifyCustomerIdentity,
                """
                Asks the customer for proof of who they are. Give account and name as the customer wrote them; without both, \
                the customer is asked whom the conversation knows already.
                """,
                parameters: [
                    .init(
                        "account", "The account's number.", .text(bytesRange: 1...accountBytesMax), isRequired: false),
                    .init("name", "The holder's full name.", .text(bytesRange: 1...nameBytesMax), isRequired: false),
                    .init(
                        "method", "By a security question, or by a one-time code of the customer's device.",
                        .choice(IdentityMethod.allCases.map(\.rawValue)), isRequired: false),
                ], hasEffect: false),
            ToolDescription(
                .validateSecurityQuestion,
                "Judges the customer's answer to the security question, or the one-time code.",
                parameters: [
                    .init("answer", "The answer as the customer wrote it.", .text(bytesRange: 1...nameBytesMax))
                ],
                hasEffect: true),
        ] + (withBank ? [status] : [])
    }

    /// Bytes of an account's number and of a name or an answer.
    private static let accountBytesMax = 64, nameBytesMax = 256

    /// Carries out one call, over the verification of a conversation.
    /// - Throws: `ToolError`
    public func run(
        _ tool: AssistantTool, _ arguments: ToolArguments, in context: ToolContext
    ) async throws(ToolError) -> ToolResult {
        switch tool {
        case .verifyCustomerIdentity: return try await challenge(arguments, context)
        case .validateSecurityQuestion:
            guard let answer = arguments.text("answer") else { throw .badCall(detail: "answer: wanted") }
            return Self.result(of: try await identity.judge(context.original(answer)))
        case .checkAccountStatus: return try await status(context)
        default: throw .badCall(detail: "there is no such tool")
        }
    }

    private func challenge(
        _ arguments: ToolArguments, _ context: ToolContext
    ) async throws(ToolError) -> ToolResult {
        let method = arguments.text("method").flatMap { IdentityMethod(rawValue: String(decoding: $0, as: UTF8.self)) }
        let claim: (account: [UInt8], name: [UInt8])?
        switch (arguments.text("account"), arguments.text("name")) {
        case (let account?, let name?): claim = (context.original(account), context.original(name))
        case (nil, nil): claim = nil
        case (nil, _): throw .badCall(detail: "account: wanted, since name is there")
        case (_, nil): throw .badCall(detail: "name: wanted, since account is there")
        }
        return Self.result(of: try await identity.challenge(claim, by: method ?? .question))
    }

    private func status(_ context: ToolContext) async throws(ToolError) -> ToolResult {
        guard let customer = context.customer else { throw .notVerified }
        guard let bank else { throw .unavailable }
        do throws(BankingError) {
            let status = try await bank.account(of: customer).status.rawValue
            var json = JSONWriter()
            json.object { $0.member("status", status) }
            return ToolResult(json: json.bytes, sentence: Array("Your account is \(status).".utf8))
        } catch {
            throw error.asToolError
        }
    }

    private static func result(of challenge: IdentityChallenge) -> ToolResult {
        var json = JSONWriter()
        let sentence: [UInt8]
        switch challenge {
        case .asked(let question, let answersMax, let seconds):
            json.object { json in
                json.member("state", literal: "challenged")
                if let question { json.member("question", question) }
                json.member("answers_left", answersMax)
                json.member("expires_in", seconds)
            }
            sentence =
                question.map { Array("To be sure that it is you: ".utf8) + $0 }
                ?? Array("To be sure that it is you: please type the one-time code that your device shows now.".utf8)
        case .locked(let seconds):
            json.object { json in
                json.member("state", literal: "locked")
                json.member("retry_after", seconds)
            }
            sentence = locked(seconds)
        }
        return ToolResult(json: json.bytes, sentence: sentence)
    }

    private static func result(of verdict: IdentityVerdict) -> ToolResult {
        var json = JSONWriter()
        let sentence: [UInt8]
        switch verdict {
        case .right(let level):
            json.object { json in
                json.member("state", literal: "verified")
                json.member("level", literal: level.name)
            }
            sentence = Array("Thank you, I know now that it is you.".utf8)
        case .wrong(let answersLeft):
            json.object { json in
                json.member("state", literal: answersLeft > 0 ? "challenged" : "unverified")
                json.member("answers_left", answersLeft)
            }
            let rest =
                answersLeft > 0
                ? "You have \(answersLeft) more \(answersLeft == 1 ? "try" : "tries")."
                : "That was the last try, so nothing was done. Ask again to start anew, or ask for a person."
            sentence = Array("That is not right. \(rest)".utf8)
        case .locked(let seconds):
            json.object { json in
                json.member("state", literal: "locked")
                json.member("retry_after", seconds)
            }
            sentence = locked(seconds)
        case .notAsked:
            json.object { $0.member("state", literal: "unverified") }
            sentence = Array("The time for the answer is over. Please ask again.".utf8)
        }
        return ToolResult(json: json.bytes, sentence: sentence)
    }

    private static func locked(_ seconds: Int64) -> [UInt8] {
        let minutes = max(1, (seconds + 59) / 60)
        return Array(
            """
            There were too many wrong answers, so I take none for now. Please try again in \(minutes) \
            minute\(minutes == 1 ? "" : "s"), or ask for a person.
            """.utf8)
    }
}
