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

    func run(_ tls: borrowing TLSConnection) async -> Outcome {
        let start = MonotonicInstant.now
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
        let deadline = MonotonicInstant.now + shared.configuration.timeouts.handshake
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
            case .ready: continue
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

    private func refuse(
        _ failure: TLSFailure, _ tls: borrowing TLSConnection, since start: MonotonicInstant
    ) -> Outcome {
        shared.statistics.countHandshake(.failed(failure), since: start)
        return .failure(
            ConnectionRefusal(
                address: address, failure: failure, serverName: tls.serverName,
                certificateDigest: tls.shownCertificateDigest()))
    }
}
