@testable internal import Agent

/// A streamed answer of a model's server, whole and in pieces of as many bytes as its first one says: what is read is the same,
/// and within its bounds.
enum ModelStreamTarget {
    private struct Reading: Hashable {
        var text: [UInt8] = []
        var said: [UInt8] = []
        var outcome: Result<ReadCompletion, WireFault>?
    }

    static func run(_ input: [UInt8]) {
        guard let first = input.first else { return }
        let stream = Array(input.dropFirst())
        let whole = read(stream, pieceBytes: max(stream.count, 1))
        precondition(read(stream, pieceBytes: max(Int(first), 1)) == whole, "any split reads the same")
        precondition(whole.text.count <= AgentLimits.modelTextBytesMax)
        if case .success(let completion)? = whole.outcome {
            precondition(completion.text == whole.text, "the pieces joined are the text")
            precondition(completion.toolCalls.count <= AgentLimits.modelToolCallsMax)
        }
    }

    private static func read(_ stream: [UInt8], pieceBytes: Int) -> Reading {
        var parser = EventStreamParser()
        var assembly = DeltaAssembly()
        var answer = AnswerTextStream()
        var reading = Reading()
        do throws(WireFault) {
            for start in Swift.stride(from: 0, to: stream.count, by: pieceBytes) {
                var events: [[UInt8]] = []
                var isTooLong = false
                do throws(EventStreamParser.TooLong) {
                    try parser.take(Array(stream[start..<min(start + pieceBytes, stream.count)])) { events.append($0) }
                } catch {
                    isTooLong = true
                }
                for event in events {
                    let piece = try assembly.take(event)
                    reading.text += piece
                    reading.said += answer.take(piece[...])
                }
                if isTooLong { throw .tooLong("an event is too long") }
            }
            reading.outcome = .success(try assembly.finished())
        } catch {
            reading.outcome = .failure(error)
        }
        return reading
    }
}
