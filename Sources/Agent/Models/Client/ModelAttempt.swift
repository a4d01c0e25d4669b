internal import Threading

/// One request to one model's server.
struct ModelAttempt {
    let transport: any ModelTransport
    let server: ModelPolicy.Server
    let model: ModelPolicy.Model
    let key: ModelKey?
    /// The CA file's path; nil for the system's.
    let caFile: String?
    /// What is left of the request's time.
    let left: Duration
    let clock: ModelClock

    /// Why there is no completion, and whether it is worth another attempt.
    struct Failure: Error {
        enum Cause {
            /// The server could not be reached, failed or said that it is busy.
            case server(retryAfter: Duration?)
            /// The server refuses: its key, its model's name or the request is not to its liking. Another attempt is the same.
            case refused
            /// What came is no completion.
            case wire(WireFault)
            case timedOut
            /// This process has as many requests under way as it may.
            case busy
            case brokenOff
        }

        let cause: Cause
        /// Bytes of text that the server had sent until then.
        var textBytes = 0
        /// Whether someone who reads along has got a part of it already.
        var isHandedOut = false
    }

    func run(_ request: ChatRequest, _ deltas: ((ArraySlice<UInt8>) async -> Bool)?) async throws(Failure)
        -> ReadCompletion
    {
        let isStreamed = deltas != nil && server.streams
        let body = CompletionRequestWriter.write(request, for: model, on: server, isStreamed: isStreamed)
        guard body.count <= AgentLimits.modelRequestBytesMax else { throw Failure(cause: .refused) }
        var fields = [
            (name: "Content-Type", value: "application/json"),
            (name: "Accept", value: isStreamed ? "text/event-stream" : "application/json"),
        ]
        if let key { fields.append(key.authorization) }
        let response: any TransportResponse
        do throws(TransportError) {
            response = try await transport.open(
                TransportRequest(
                    url: server.url + "/chat/completions", fields: fields, body: body, caFile: caFile,
                    connectTimeout: min(server.connectTimeout, left), idleTimeout: min(server.idleTimeout, left),
                    totalTimeout: min(server.totalTimeout, left)))
        } catch {
            throw Failure(cause: Self.cause(error))
        }
        guard response.status == 200 else {
            let failure = self.failure(response)
            // Its words are nobody's business; the connection is not worth reading them.
            response.cancel()
            throw failure
        }
        // A server that was asked for a stream may answer whole.
        let isEvents = response.field("content-type")?.lowercased().hasPrefix("text/event-stream") ?? isStreamed
        return isEvents ? try await readStream(response, deltas) : try await readWhole(response, deltas)
    }

    // MARK: Reading

    private func readWhole(
        _ response: any TransportResponse, _ deltas: ((ArraySlice<UInt8>) async -> Bool)?
    ) async throws(Failure) -> ReadCompletion {
        var body: [UInt8] = []
        while let bytes = try await next(response, textBytes: 0, isHandedOut: false) {
            guard body.count + bytes.count <= AgentLimits.modelResponseBytesMax else {
                response.cancel()
                throw Failure(cause: .wire(.tooLong("the answer is too long")), textBytes: body.count)
            }
            body += bytes
        }
        let completion: ReadCompletion
        do throws(WireFault) { completion = try CompletionReader.read(body) } catch {
            throw Failure(cause: .wire(error), textBytes: body.count)
        }
        if let deltas, !completion.text.isEmpty, !(await deltas(completion.text[...])) {
            throw Failure(cause: .brokenOff, textBytes: completion.text.count, isHandedOut: true)
        }
        return completion
    }

    private func readStream(
        _ response: any TransportResponse, _ deltas: ((ArraySlice<UInt8>) async -> Bool)?
    ) async throws(Failure) -> ReadCompletion {
        var parser = EventStreamParser()
        var assembly = DeltaAssembly()
        var isHandedOut = false
        var byteCount = 0
        while !assembly.isDone,
            let bytes = try await next(response, textBytes: assembly.textBytes, isHandedOut: isHandedOut)
        {
            byteCount += bytes.count
            var piece: [UInt8] = []
            do throws(WireFault) {
                guard byteCount <= AgentLimits.modelStreamBytesMax else { throw .tooLong("the stream is too long") }
                piece = try Self.take(bytes, &parser, &assembly)
            } catch {
                response.cancel()
                throw Failure(cause: .wire(error), textBytes: assembly.textBytes, isHandedOut: isHandedOut)
            }
            guard !piece.isEmpty, let deltas else { continue }
            isHandedOut = true
            guard await deltas(piece[...]) else {
                response.cancel()
                throw Failure(cause: .brokenOff, textBytes: assembly.textBytes, isHandedOut: true)
            }
        }
        // What may come behind `[DONE]`, or behind what was cut, is nothing that is waited for.
        if assembly.isDone { response.finish() }
        do throws(WireFault) { return try assembly.finished() } catch {
            throw Failure(cause: .wire(error), textBytes: assembly.textBytes, isHandedOut: isHandedOut)
        }
    }

    /// Takes what came at once.
    /// - Returns: the text in it. Text in front of what is wrong is lost with it: the completion fails either way.
    private static func take(
        _ bytes: [UInt8], _ parser: inout EventStreamParser, _ assembly: inout DeltaAssembly
    ) throws(WireFault) -> [UInt8] {
        var events: [[UInt8]] = []
        do throws(EventStreamParser.TooLong) { try parser.take(bytes) { events.append($0) } } catch {
            throw .tooLong("an event is too long")
        }
        var piece: [UInt8] = []
        for event in events { piece += try assembly.take(event) }
        return piece
    }

    private func next(
        _ response: any TransportResponse, textBytes: Int, isHandedOut: Bool
    ) async throws(Failure) -> [UInt8]? {
        do throws(TransportError) { return try await response.next() } catch {
            throw Failure(cause: Self.cause(error), textBytes: textBytes, isHandedOut: isHandedOut)
        }
    }

    // MARK: Failures

    private static func cause(_ error: TransportError) -> Failure.Cause {
        switch error {
        case .unreachable: .server(retryAfter: nil)
        case .badAnswer: .wire(.cutOff)
        case .timedOut: .timedOut
        case .busy: .busy
        case .tls, .badRequest: .refused
        case .cancelled: .brokenOff
        }
    }

    private func failure(_ response: any TransportResponse) -> Failure {
        switch response.status {
        case 408, 425, 429, 500...599:
            let seconds = response.field("retry-after").flatMap {
                RetryAfter.seconds($0, now: clock.wallSeconds())
            }
            return Failure(cause: .server(retryAfter: seconds.map { .seconds($0) }))
        default: return Failure(cause: .refused)
        }
    }
}
