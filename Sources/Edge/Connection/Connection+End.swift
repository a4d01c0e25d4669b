internal import LinuxIO
internal import Threading

extension Connection {
    /// Ends the connection so that the peer can read what was sent: close_notify, FIN, and then, where the peer may
    /// still be sending, its bytes are taken and dropped for a while (RFC 9112 §9.6).
    func finish(afterFailure: Bool) async {
        if isCut {
            Socket.resetWhenClosed(channel.descriptor)
            loop.close(channel)
            return
        }
        if afterFailure {
            await lingerAfterFailure()
        } else {
            transport.sendCloseNotify()
            if mayLinger { await linger() }
        }
        loop.close(channel)
    }

    /// Its place among the handshakes is another's already: without a bound of their own, those that failed would take all
    /// connections. Past it the peer may miss why.
    private func lingerAfterFailure() async {
        guard shared.failureLingers.take() else { return }
        defer { shared.failureLingers.giveBack() }
        await linger()
    }

    private func linger() async {
        Socket.shutdownWriting(channel.descriptor)
        let deadline = MonotonicInstant.now + timeouts.linger
        var budget = Limits.lingerBytesMax
        while budget > 0 {
            if let count = discard() {
                if count <= 0 { return }
                budget -= count
                continue
            }
            channel.exhausted(.read)
            guard await loop.wait(channel, for: .read, until: deadline, isIdle: true) == .ready else { return }
        }
    }

    private func discard() -> Int? {
        var scratch = loop.buffers.takeScratch()
        var room = scratch.mutableSpan
        let count = Socket.read(channel.descriptor, into: &room)
        loop.buffers.giveBack(scratch: scratch)
        return count
    }
}
