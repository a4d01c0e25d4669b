// The bounds of tools, of the bank behind them, and of the conversations that call them.
extension AgentLimits {
    /// Bytes of a call's arguments, and how deep they nest: an object of plain values.
    public static let toolArgumentsBytesMax = 4 * 1024, toolArgumentsDepthMax = 2
    /// Bytes of a call's arguments as a record shows them.
    public static let recordedArgumentsBytesMax = 512
    /// Calls that one message leads to by rules: a proof, then what it was asked for, and a step in reserve.
    public static let plannedCallsMax = 4

    /// Answers that a model is asked for on the way to one answer.
    public static let modelStepsMax = 6
    /// Calls that a model may make in one step, and on the way to one answer.
    public static let callsPerStepMax = 4, callsPerAnswerMax = 12
    /// How often the same call with the same arguments is carried out on the way to one answer.
    public static let sameCallMax = 2
    /// How long a model and its tools may take for one answer.
    public static let agentLoopTime = Duration.seconds(60)
    /// Tokens of one of a model's answers.
    public static let modelAnswerTokensMax = 1_024
    /// Bytes of what a model says that are looked at.
    public static let modelAnswerBytesMax = 16 * 1024

    /// Conversations whose state is kept, and for how many seconds after their last message.
    public static let conversationsMax = 10_000, conversationSeconds: Int64 = 1_800
    /// Seconds in which a change can be confirmed.
    public static let confirmationSeconds: Int64 = 300
    /// What a conversation remembers of what was asked and done.
    public static let journalEntriesMax = 32
    /// How often the same thing is asked for before a person is offered.
    public static let promptsMax = 3
    /// Words of a message that are looked at for what it wants.
    public static let intentWordsMax = 64

    /// Transactions of one page.
    public static let transactionsPerPageMax = 20
    /// Bytes of a bank's text: a name, an address, what a payment was for.
    public static let bankTextBytesMax = 256
    /// Bytes of the key of a write, as backends see it.
    public static let idempotencyKeyBytes = 64
    /// Jobs that wait for the bank's database.
    public static let bankJobsMax = 256
    /// Writes whose first result is kept, for each database: the oldest go.
    public static let bankWritesKeptMax = 100_000
}
