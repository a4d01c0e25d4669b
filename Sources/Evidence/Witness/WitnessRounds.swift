internal import Audit
internal import Curl
internal import LinuxIO
internal import OpenSSL
internal import Threading

/// What the witnesses' thread does: asks each machine for its next step, carries it out and tells the machine how it went.
struct WitnessRounds<Disk: Storage> {
    let service: WitnessService
    let tree: WitnessTree
    let store: WitnessSizes<Disk>
    private var machines: [WitnessMachine]
    private var said: [Alarm: MonotonicInstant] = [:]
    private var wasLate = false

    private struct Alarm: Hashable {
        let witness: String
        let name: String
    }

    /// How long the same alarm is not repeated.
    private static var alarmPause: Duration { .seconds(300) }
    /// How long the thread sleeps where nothing is due.
    private static var restMax: Duration { .seconds(60) }

    init(service: WitnessService, tree: WitnessTree, store: WitnessSizes<Disk>, known: [UInt64]) {
        self.service = service
        self.tree = tree
        self.store = store
        machines = zip(service.configuration.witnesses, known).map { WitnessMachine(key: $0.key, cosigned: $1) }
    }

    mutating func run() {
        let configuration = service.configuration
        do throws(HTTPClientError) {
            var client = try HTTPClient.make(
                HTTPClientConfiguration(
                    connectTimeout: WitnessLimits.answerTimeout, totalTimeout: WitnessLimits.answerTimeout,
                    responseBytesMax: WitnessLimits.answerBytesMax,
                    // One client for all: each URL was checked to be plain on loopback only.
                    allowsPlain: configuration.witnesses.contains { $0.endpoint.isPlain }, caFile: configuration.caFile)
            )
            repeat { sleep(until: round(&client)) } while !service.isEnding
            // What was published last has a chance.
            _ = round(&client)
        } catch {
            service.tell { $0.onFailure(.exhausted("HTTP client (\(error))")) }
        }
    }

    /// Lets each witness take one step.
    /// - Returns: when the next is due; nil where that is after an event.
    private mutating func round(_ client: inout HTTPClient) -> MonotonicInstant? {
        service.noteTurn()
        if let checkpoint = service.takeNewest() {
            for index in machines.indices { heed(machines[index].publish(checkpoint), of: index) }
        }
        var due: MonotonicInstant?
        for index in machines.indices {
            switch machines[index].next(at: .now) {
            case .wait(let time): due = [due, time].compactMap(\.self).min()
            case .send(let submission):
                service.noteTurn()
                send(submission, to: index, by: &client)
                due = .now
            }
        }
        watchQuorum()
        return due
    }

    private func sleep(until due: MonotonicInstant?) {
        guard !service.isEnding else { return }
        let now = MonotonicInstant.now
        var until = min(due ?? now + Self.restMax, now + Self.restMax)
        if !wasLate, let late = service.lateInstant { until = min(until, late + .milliseconds(1)) }
        let rest = until.microseconds(since: now)
        if rest > 0, FileWait.readable(service.wakeUp.descriptor, timeout: .microseconds(Int64(rest))) {
            service.wakeUp.wait()
        }
    }

    private mutating func send(_ submission: WitnessSubmission, to index: Int, by client: inout HTTPClient) {
        let proof: [SHA256Digest]
        do throws(AuditError) { proof = try checkedProof(submission) } catch {
            return heed(machines[index].unproved("\(error)", around(0)), of: index)
        }
        guard let body = submission.body(proof: proof) else {
            return heed(machines[index].unproved("\(proof.count) hashes", around(0)), of: index)
        }
        let request = HTTPClientRequest(
            "POST", service.configuration.witnesses[index].endpoint.url,
            fields: [HTTPClientField("Content-Type", "text/plain; charset=utf-8")], body: body)
        do throws(HTTPClientError) {
            let response = try client.perform(request)
            let answer = WitnessAnswer(
                status: response.status, contentType: response.field("content-type"),
                retryAfter: response.field("retry-after"), body: response.body)
            heed(answer, of: index)
        } catch {
            let silence: WitnessSilence =
                switch error {
                case .tls(let detail): .untrusted(detail)
                case .answerTooLarge: .tooLarge
                case .setup, .badRequest, .unreachable, .timedOut, .badAnswer: .unreachable
                }
            if silence == .unreachable { service.count(.unreachable, of: index) }
            heed(machines[index].unanswered(silence, around(0)), of: index)
        }
    }

    private mutating func heed(_ answer: WitnessAnswer, of index: Int) {
        var signedMax: UInt64 = 0
        if answer.status == 409 {
            // A checkpoint may be signed and not published yet, and have reached the witness by somebody else.
            do throws(AuditError) { signedMax = try store.signedMax() } catch { return fail(error, of: index) }
        }
        let outcome = machines[index].answered(answer, around(signedMax))
        // What nobody has to hear of is counted here, the rest by what it comes to: each attempt once.
        if outcome == .nothing { service.count(answer.status == 409 ? .conflict : .busy, of: index) }
        heed(outcome, of: index)
    }

    private mutating func heed(_ outcome: WitnessOutcome, of index: Int) {
        let witness = service.configuration.witnesses[index]
        switch outcome {
        case .nothing: break
        case .accept(let line, let size, let time):
            // The size first: a cosignature that is shown and forgotten would let a rollback pass.
            do throws(AuditError) { try store.keep(size, of: witness.key) } catch { return fail(error, of: index) }
            service.count(.cosigned, of: index)
            service.noteCosignature(size, time: time, of: index)
            said = said.filter { $0.key.witness != witness.name }
            service.tell { $0.onCosignature(size, line) }
        case .recheck(let submission): recheck(submission, of: index)
        case .alarm(let alarm):
            service.count(.alarm, of: index)
            say(witness.name, alarm.name, "witness \(witness.name) \(alarm)")
        case .failClosed(let failure): fail(failure.error(witness: witness.name), of: index)
        }
    }

    private mutating func recheck(_ submission: WitnessSubmission, of index: Int) {
        do throws(AuditError) {
            let proof = try tree.proof(submission.old, submission.target.size)
            let oldRoot = try tree.root(submission.old, submission.target.size)
            heed(machines[index].rechecked(isRight: submission.isProved(by: proof, from: oldRoot)), of: index)
        } catch {
            heed(machines[index].unproved("\(error)", around(0)), of: index)
        }
    }

    /// The proof, which leads from our own tree's root at the old size to the signed one: tiles are a cache that may be wrong.
    private func checkedProof(_ submission: WitnessSubmission) throws(AuditError) -> [SHA256Digest] {
        let proof = try tree.proof(submission.old, submission.target.size)
        let oldRoot = try tree.root(submission.old, submission.target.size)
        guard submission.isProved(by: proof, from: oldRoot) else {
            throw .missingHash("from \(submission.old) to the signed root of \(submission.target.size)")
        }
        return proof
    }

    private func fail(_ error: AuditError, of index: Int) {
        service.count(.failed, of: index)
        service.tell { $0.onFailure(error) }
    }

    private mutating func watchQuorum() {
        let isLate = service.isQuorumLate()
        if isLate && !wasLate {
            say("", "quorum_late", "no quorum of witnesses has cosigned for \(service.configuration.lagMax)")
        }
        wasLate = isLate
    }

    private mutating func say(_ witness: String, _ name: String, _ sentence: String) {
        let (alarm, now) = (Alarm(witness: witness, name: name), MonotonicInstant.now)
        if let last = said[alarm], now < last + Self.alarmPause { return }
        said[alarm] = now
        service.tell { $0.onAlarm(witness, name, sentence) }
    }

    private func around(_ signedMax: UInt64) -> WitnessMachine.Circumstances {
        WitnessMachine.Circumstances(
            now: .now, wall: UInt64(max(0, WallClock.seconds)), jitter: .random(in: 0..<1000), signedMax: signedMax)
    }
}
