internal import Bytes

/// A loop's buffers, lent to the one task that runs and given back before it suspends: no idle connection holds one.
struct LoopBuffers: ~Copyable {
    private var scratch = [UInt8](repeating: 0, count: Limits.receiveBytesMax)
    private var output: ByteBuffer?

    /// The room for received bytes; give it back before the task suspends.
    mutating func takeScratch() -> [UInt8] {
        precondition(!scratch.isEmpty, "the scratch buffer is given back before another task runs")
        var buffer: [UInt8] = []
        swap(&buffer, &scratch)
        return buffer
    }

    /// Gives the room for received bytes back.
    mutating func giveBack(scratch buffer: consuming [UInt8]) { scratch = buffer }

    /// An empty buffer with room for a response. It may be kept over a suspension: another is made meanwhile.
    mutating func takeOutput() -> ByteBuffer { output.take() ?? ByteBuffer(capacity: Limits.outputBufferBytes) }

    /// Gives a buffer back for the next response; one that grew large is let go.
    mutating func giveBack(output buffer: consuming ByteBuffer) {
        guard buffer.room <= Limits.outputBufferKeptBytesMax else { return }
        buffer.truncate(to: 0)
        output = consume buffer
    }
}
