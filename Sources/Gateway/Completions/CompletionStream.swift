internal import Agent
internal import Audit
internal import Edge
internal import Redaction

/// A completion on its way to the caller: each piece of what the model says is looked through, has its tokens turned back
/// for a caller who may have the originals, and leaves as an event.
///
/// Belongs to the request's task. The status is sent with the first words, so that a model that cannot answer at all still
/// gets the client an honest one.
final class CompletionStream {
    private let response: ResponseStream
    private let writer: CompletionWriter
    private let fields: [ResponseField]
    private let vault: RequestVault
    /// Secrets and figures first, then personal data.
    private var guards: OutputGuardStream
    private var guarding: OutboundStream
    /// nil where the caller may not have originals back.
    private var restoring: RestoreStream?
    private(set) var hasRestored = false
    /// Bytes of the response's body that were sent.
    private(set) var sentBytes = 0
    /// Whether the peer left, or took what was sent too slowly.
    private(set) var isGone = false

    init(
        _ response: ResponseStream, _ writer: CompletionWriter, fields: [ResponseField], vault: consuming RequestVault,
        guards: OutputGuard, guarding redactor: Redactor, restores: Bool
    ) {
        self.response = response
        self.writer = writer
        self.fields = fields
        self.vault = vault
        self.guards = OutputGuardStream(guards)
        guarding = OutboundStream(redactor)
        restoring = restores ? RestoreStream() : nil
    }

    /// What was masked.
    var counts: [RedactedText.TypeCount] { guarding.counts }

    /// What was taken out for another reason than personal data.
    var findings: OutputGuard.Findings { guards.findings }

    /// Takes what the model says next.
    /// - Returns: whether anybody reads it.
    func take(_ piece: ArraySlice<UInt8>) async -> Bool {
        let said = guards.take(piece)
        let words = restored(guarding.feed(said[...]) { vault.isCallers($0, $1) }, isLast: false)
        guard !words.isEmpty else { return !Task.isCancelled && !isGone }
        return await send(writer.words(words))
    }

    /// The events that end it: the last words, why it ended, what it took.
    func ending(_ completion: ChatCompletion) async -> [UInt8] {
        if !response.hasBegun { _ = await send([]) }
        let words = lastWords()
        var completion = completion
        completion.note(findings)
        return words + writer.closing(completion)
    }

    /// The events that end it where the model failed; what it said until then is not lost.
    func ending(_ refusal: Refusal, requestID: [UInt8]) -> [UInt8] {
        lastWords() + CompletionProblem.event(refusal, requestID: requestID)
    }

    private func lastWords() -> [UInt8] {
        let said = guards.finish()
        let held = guarding.feed(said[...]) { vault.isCallers($0, $1) }
        let words = restored(held + guarding.finish { vault.isCallers($0, $1) }, isLast: true)
        return words.isEmpty ? [] : writer.words(words)
    }

    private func restored(_ words: [UInt8], isLast: Bool) -> [UInt8] {
        guard restoring != nil, !vault.isEmpty else { return words }
        let whole = vault.restore(words, in: &restoring, isLast: isLast)
        if whole != words { hasRestored = true }
        return whole
    }

    private func send(_ event: [UInt8]) async -> Bool {
        guard !Task.isCancelled, !isGone else { return false }
        let isTaken: Bool
        if response.hasBegun {
            isTaken = await response.send(event)
            sentBytes += event.count
        } else {
            let opening = writer.opening() + event
            isTaken = await response.begin(Response(.ok, fields: fields, body: opening))
            sentBytes += opening.count
        }
        isGone = !isTaken
        return isTaken
    }
}
