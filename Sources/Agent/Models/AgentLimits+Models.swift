/// Bounds of calls to language models. Each is a choice unless a source is named.
extension AgentLimits {
    /// Bytes of one event of a streamed answer, and of an answer that comes whole.
    public static let modelEventBytesMax = 256 * 1024, modelResponseBytesMax = 1024 * 1024
    /// Bytes of a whole stream as it comes; most of it is names of members around a few letters.
    public static let modelStreamBytesMax = 16 * 1024 * 1024
    /// Bytes of what a model says. What is longer is cut and says so (`.length`).
    public static let modelTextBytesMax = 64 * 1024
    /// Calls of tools in one answer; bytes of a call's name, of its id and of its arguments.
    public static let modelToolCallsMax = 16, modelToolNameBytesMax = 64, modelToolCallIDBytesMax = 128
    /// Bytes of a call's arguments.
    public static let modelToolArgumentsBytesMax = 16 * 1024
    /// Levels of nesting in what a model's server or a model writes.
    public static let modelJSONDepthMax = 16
    /// Bytes of a request to a model.
    public static let modelRequestBytesMax = 1024 * 1024

    /// Bytes of a structured answer's text; its actions, and bytes of one.
    public static let structuredAnswerBytesMax = 16 * 1024, structuredActionsMax = 4, structuredActionBytesMax = 256

    /// Servers, models, fall-backs of one use and budgets of the models' policy, and bytes of a name in it.
    public static let modelServersMax = 16, modelsMax = 32, modelFallbacksMax = 8, modelBudgetsMax = 64
    /// Bytes of a name in the models' policy, and of a model's name at its server.
    public static let modelNameBytesMax = 64, servedModelNameBytesMax = 256
    /// Bytes of a key for a model's server.
    public static let modelKeyBytesMax = 4_096
    /// Attempts at one model for one request.
    public static let modelAttemptsMax = 5

    /// Principals whose use of tokens is remembered. One more is refused while none of them is at rest.
    public static let budgetedPrincipalsMax = 65_536

    /// Bytes of a prompt's file, of its version.
    public static let promptBytesMax = 64 * 1024, promptVersionBytesMax = 64
    /// Bytes of one text that is fenced as data.
    public static let fencedBytesMax = 8 * 1024
    /// Passages that a model is shown.
    public static let passagesShownMax = 8

    /// Rules of the screen's policy, patterns of one, words of a pattern, choices of a word, and bytes of a literal.
    public static let screenRulesMax = 128, screenPatternsMax = 64, screenPatternWordsMax = 16, screenChoicesMax = 32
    /// Bytes of a literal in the screen's policy.
    public static let screenLiteralBytesMax = 128
    /// Words of a text that the screen looks at; a longer one is marked, since an attack may stand behind them.
    public static let screenedWordsMax = 16_384
    /// Words that a gap of the screen's pattern may stand for.
    public static let screenGapWordsMax = 4

    /// Bytes of a word of an answer that the guard looks at; a longer one is taken out.
    public static let guardedWordBytesMax = 1_024
    /// Words of a model's answer that may stand in a row as they do in its instructions.
    public static let promptRunWordsMax = 10
}
