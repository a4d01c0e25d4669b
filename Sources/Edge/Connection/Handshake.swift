internal import LinuxIO
internal import OpenSSL
internal import Threading

/// Drives one TLS handshake on its loop and judges what it settled.
struct Handshake {
    let loop: EventLoop
    let channel: Channel
    let address: SocketAddress
    let shared: EdgeShared
    let context: TLSContext
    /// When the peer's time is over.
    let deadline: MonotonicInstant

    /// How a handshake ended.
    enum Outcome {
        case success(Peer)
        case failure(ConnectionRefusal)
        /// The server is draining: nobody's fault.
        case abandoned
    }

    private enum Exchange {
        case done
        case failed(TLSFailure)
        case abandoned
    }

    /// Waits for the peer's first bytes: until they come, a connection costs a descriptor and nothing of TLS.
    /// - Returns: why there is no handshake, or nil where it can begin.
    func awaitBeginning() async -> Outcome? {
        let start = MonotonicInstant.now
        channel.exhausted(.read)
        loop.beginHandshake(channel)
        switch await loop.wait(channel, for: .read, until: deadline, isIdle: true) {
        case .ready: return nil
        case .timedOut: return .failure(ConnectionRefusal(address: address, reason: countTimeout(since: start)))
        case .draining: return .abandoned
        }
    }

    /// Takes the handshake to its end.
    /// - Parameter start: when the peer's first bytes were there.
    func run(_ tls: borrowing TLSConnection, since start: MonotonicInstant) async -> Outcome {
        switch await exchange(tls) {
        case .done: return finish(tls, since: start)
        case .failed(let failure): return refuse(failure, tls, since: start)
        case .abandoned: return .abandoned
        }
    }

    private func finish(_ tls: borrowing TLSConnection, since start: MonotonicInstant) -> Outcome {
        let fields = tls.verifiedPeerCertificate()
        if let failure = judge(fields, tls) {
            // A session that outlived its certificate must not come back.
            tls.forgetSession()
            tls.sendCloseNotify()
            return refuse(failure, tls, since: start)
        }
        shared.statistics.countHandshake(tls.isResumed ? .resumed : .full, since: start)
        let details = TLSDetails(
            version: tls.protocolVersion, cipherSuite: tls.cipherSuite, serverName: tls.serverName,
            isResumed: tls.isResumed)
        return .success(
            Peer(
                connectionNumber: shared.nextConnectionNumber(), address: address, tls: details,
                certificate: fields.map { PeerCertificate(verified: $0) }))
    }

    private func exchange(_ tls: borrowing TLSConnection) async -> Exchange {
        while true {
            let interest: Channel.Interest
            switch tls.handshake() {
            case .done: return .done
            case .failed(let failure): return .failed(failure)
            case .wantsRead: interest = .read
            case .wantsWrite: interest = .write
            }
            channel.exhausted(interest)
            switch await loop.wait(channel, for: interest, until: deadline, isIdle: true) {
            case .ready: await loop.handshakeTurn()
            case .timedOut: return .failed(.timeout)
            case .draining: return .abandoned
            }
        }
    }

    /// OpenSSL checks validity in a full handshake only: a resumed session is checked here, each time, and its life is
    /// cut to its certificate's (openssl#19341).
    private func judge(_ fields: PeerCertificateFields?, _ tls: borrowing TLSConnection) -> TLSFailure? {
        guard let fields else { return context.clientCertificate == .required ? .certificateMissing : nil }
        let now = WallClock.seconds
        if now > fields.notAfter { return .certificateExpired }
        if now < fields.notBefore { return .certificateNotYetValid }
        tls.limitSession(seconds: fields.notAfter - now)
        return nil
    }

    private func countTimeout(since start: MonotonicInstant) -> ConnectionRefusal.Reason {
        guard channel.isEvicted else {
            shared.statistics.countHandshake(.failed(.timeout), since: start)
            return .handshake(.timeout)
        }
        shared.statistics.countRefused(.handshakes)
        return .limit(.handshakes)
    }

    private func refuse(
        _ failure: TLSFailure, _ tls: borrowing TLSConnection, since start: MonotonicInstant
    ) -> Outcome {
        let reason: ConnectionRefusal.Reason
        if failure == .timeout {
            reason = countTimeout(since: start)
        } else {
            shared.statistics.countHandshake(.failed(failure), since: start)
            reason = .handshake(failure)
        }
        return .failure(
            ConnectionRefusal(
                address: address, reason: reason, serverName: tls.serverName,
                certificateDigest: tls.shownCertificateDigest()))
    }
}
