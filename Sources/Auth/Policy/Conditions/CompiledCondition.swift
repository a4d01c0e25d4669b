/// A condition as masks and numbers, judged without allocating.
struct CompiledCondition: Sendable {
    private struct Range: Sendable {
        let base: ClientAddress
        let maskHigh: UInt64, maskLow: UInt64
        let isIPv4: Bool
    }

    /// `days` has a bit for each day, Monday the lowest.
    private struct Window: Sendable {
        let days: UInt8
        let from: Int64, to: Int64
    }

    private let windows: [Window]?
    private let ranges: [Range]?
    private let certificates: [CertificatePattern]?
    private let demandsBinding: Bool
    private let tlsMin: TLSVersion?
    private let customerMin: VerificationSession.Level?

    init(_ condition: Condition) {
        windows = condition.times?.map { window in
            Window(
                days: window.days.reduce(0) { $0 | 1 << UInt8($1) }, from: Int64(window.from), to: Int64(window.to))
        }
        ranges = condition.addresses?.map { range in
            Range(
                base: range.base, maskHigh: range.mask.high, maskLow: range.mask.low,
                isIPv4: range.base.isIPv4 && range.prefixLength >= 96)
        }
        certificates = condition.certificates
        demandsBinding = condition.demandsBinding
        tlsMin = condition.tlsMin
        customerMin = condition.customerMin
    }

    /// What comes of it. The order of the members decides which reason is recorded; `Narrator` goes the same way.
    func judge(isBound: Bool, _ certificate: CertificateIdentity?, _ circumstances: Circumstances) -> Judgement {
        var judging = Judging()
        if let windows {
            judging.take(.outsideTimes, circumstances.now < 0 ? nil : Self.contains(windows, circumstances.now))
        }
        if let ranges {
            judging.take(.addressNotAllowed, circumstances.address.map { Self.contains(ranges, $0) })
        }
        if let certificates {
            judging.take(.certificateNotAllowed, certificate.map { Self.contains(certificates, $0.name) })
        }
        if demandsBinding { judging.take(.tokenNotBound, isBound) }
        if let tlsMin { judging.take(.tlsTooOld, circumstances.tls.map { $0 >= tlsMin }) }
        if let customerMin { judging.take(.customerNotVerified, circumstances.customer.map { $0 >= customerMin }) }
        return judging.judgement
    }

    private static func contains(_ windows: [Window], _ now: Int64) -> Bool {
        let minutes = now / 60
        let minute = minutes % 1440
        // 1 January 1970 was a Thursday.
        let day = UInt8(truncatingIfNeeded: (minutes / 1440 + 3) % 7)
        for window in windows where window.days & 1 << day != 0 && minute >= window.from && minute < window.to {
            return true
        }
        return false
    }

    private static func contains(_ ranges: [Range], _ address: ClientAddress) -> Bool {
        let isIPv4 = address.isIPv4
        for range in ranges
        where range.isIPv4 == isIPv4 && (address.high ^ range.base.high) & range.maskHigh == 0
            && (address.low ^ range.base.low) & range.maskLow == 0
        {
            return true
        }
        return false
    }

    private static func contains(_ patterns: [CertificatePattern], _ name: PrincipalName) -> Bool {
        for pattern in patterns where pattern.matches(name) { return true }
        return false
    }
}
