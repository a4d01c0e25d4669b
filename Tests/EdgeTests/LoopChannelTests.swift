import LinuxIO
import Testing
import Threading

@testable import Edge

@Suite struct `A channel` {
    private let channel = Channel(descriptor: -1, token: 0)

    @Test func `is ready until somebody finds that it is not`() {
        #expect(channel.isReady(.read) && channel.isReady(.write))
        channel.exhausted(.read)
        #expect(!channel.isReady(.read) && channel.isReady(.write))
        channel.exhausted(.write)
        #expect(!channel.isReady(.write))
        channel.note(.readable)
        #expect(channel.isReady(.read) && !channel.isReady(.write))
        channel.note(.writable)
        #expect(channel.isReady(.write))
    }

    @Test func `that failed is ready for both, so that the next call learns why`() {
        channel.exhausted(.read)
        channel.exhausted(.write)
        channel.note(.closed)
        #expect(channel.isReady(.read) && channel.isReady(.write))
    }

    /// The end of the stream is announced once, with the last bytes. Whoever takes those bytes and finds the socket
    /// emptied has not seen the end yet, and no event will come again.
    @Test func `whose peer has finished stays ready to read`() {
        channel.note([.readable, .peerFinished])
        channel.exhausted(.read)
        #expect(channel.isReady(.read))
        channel.exhausted(.write)
        #expect(!channel.isReady(.write))
    }
}
