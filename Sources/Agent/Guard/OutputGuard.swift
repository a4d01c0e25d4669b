/// Looks through what a model says before anybody reads it: secrets, its own instructions, and figures that no source has.
/// Personal data is found by the gateway's redactor, behind this.
public struct OutputGuard: Sendable {
    /// What was found.
    public struct Findings: OptionSet, Hashable, Sendable {
        /// One bit for each kind.
        public let rawValue: UInt8
        /// From its bits.
        public init(rawValue: UInt8) { self.rawValue = rawValue }

        /// A key or token, which was taken out.
        public static let secret = Findings(rawValue: 1)
        /// The model's instructions: what it says ends in front of them.
        public static let instructions = Findings(rawValue: 2)
        /// An amount, a date or a number of an account that stands in no source: it was taken out.
        public static let unfoundedFigure = Findings(rawValue: 4)
        /// A word of a length that no language has, which was taken out.
        public static let longWord = Findings(rawValue: 8)

        /// The names of what was found, for records and figures.
        public var names: [String] {
            var names: [String] = []
            if contains(.secret) { names.append("secret") }
            if contains(.instructions) { names.append("instructions") }
            if contains(.unfoundedFigure) { names.append("unfounded_figure") }
            if contains(.longWord) { names.append("long_word") }
            return names
        }
    }

    let instructions: InstructionWords
    let figures: SourceFigures
    let knownWords: Set<[UInt8]>

    /// A guard for one answer.
    /// - Parameters:
    ///   - instructions: the system's prompt.
    ///   - sources: passages, results of tools, the question and what was said before it.
    public init(instructions: [UInt8], sources: [[UInt8]]) {
        self.instructions = InstructionWords(instructions)
        figures = SourceFigures(sources)
        knownWords = Set(sources.flatMap(SecretWord.known))
    }

    /// A whole answer as it may be read, and what was found in it.
    public func guarded(_ text: [UInt8]) -> (text: [UInt8], findings: Findings) {
        var stream = OutputGuardStream(self)
        let text = stream.take(text[...]) + stream.finish()
        return (text, stream.findings)
    }
}
