/// Judges conditions as they are written, in words; `CompiledCondition` does the same quickly.
struct ConditionJudge {
    /// What of a condition is not so.
    struct Unmet {
        let refusal: PolicyRefusal
        let words: String
    }

    let isBound: Bool
    let name: PrincipalName?
    let circumstances: Circumstances

    /// The first thing that is not so; nil where all is.
    func unmet(_ condition: Condition) -> Unmet? {
        if let times = condition.times, !times.contains(where: isNow) {
            return Unmet(refusal: .outsideTimes, words: "it is \(moment), outside of \(Self.text(times))")
        }
        if let ranges = condition.addresses, !ranges.contains(where: isHere) {
            let list = ranges.map(\.description).joined(separator: ", ")
            let place = circumstances.address == nil ? "the client's address is not known" : "the client is elsewhere"
            return Unmet(refusal: .addressNotAllowed, words: "\(place) and not at \(list)")
        }
        if let patterns = condition.certificates, !patterns.contains(where: isNamed) {
            let list = patterns.map(\.description).joined(separator: ", ")
            let holder = name.map { "the certificate is \($0)" } ?? "there is no certificate"
            return Unmet(refusal: .certificateNotAllowed, words: "\(holder) and not one of \(list)")
        }
        if condition.demandsBinding && !isBound {
            return Unmet(refusal: .tokenNotBound, words: "the token is not bound to its certificate")
        }
        if let least = condition.tlsMin, circumstances.tls.map({ $0.rawValue < least.rawValue }) ?? true {
            let found = circumstances.tls.map { "the connection has TLS \($0.name)" } ?? "the connection has no TLS"
            return Unmet(refusal: .tlsTooOld, words: "\(found) and not at least \(least.name)")
        }
        return nil
    }

    // MARK: Time

    private var minuteOfDay: Int { Int(circumstances.now % 86_400 / 60) }

    /// 0 for Monday, by counting from a Monday: 5 January 1970.
    private var day: Int { Int((circumstances.now / 86_400 - 4 + 7) % 7) }

    private var moment: String { "\(TimeWindow.dayNames[day]) \(TimeWindow.text(minuteOfDay)) UTC" }

    private func isNow(_ window: TimeWindow) -> Bool {
        window.days.contains(day) && (window.from..<window.to).contains(minuteOfDay)
    }

    private static func text(_ windows: [TimeWindow]) -> String {
        windows.map { window in
            let days = window.days.map { TimeWindow.dayNames[$0] }.joined(separator: " ")
            return "\(days) \(TimeWindow.text(window.from)) to \(TimeWindow.text(window.to))"
        }.joined(separator: ", ")
    }

    // MARK: Place and name

    /// Bit by bit.
    private func isHere(_ range: AddressRange) -> Bool {
        guard let address = circumstances.address else { return false }
        let isRangeOfIPv4 = range.base.isIPv4 && range.prefixLength >= 96
        guard isRangeOfIPv4 == address.isIPv4 else { return false }
        return (0..<range.prefixLength).allSatisfy { Self.bit($0, of: address) == Self.bit($0, of: range.base) }
    }

    private static func bit(_ index: Int, of address: ClientAddress) -> UInt64 {
        let word = index < 64 ? address.high : address.low
        return word >> UInt64(63 - index % 64) & 1
    }

    /// Segment by segment.
    private func isNamed(_ pattern: CertificatePattern) -> Bool {
        guard let name, name.kind == pattern.kind else { return false }
        guard let separator = pattern.separator else { return name.value == pattern.value }
        let wanted = pattern.value.split(separator: separator, omittingEmptySubsequences: false)
        let found = name.value.split(separator: separator, omittingEmptySubsequences: false)
        return wanted.count == found.count
            && zip(wanted, found).allSatisfy { wanted, found in
                wanted.elementsEqual([CertificatePattern.star]) ? !found.isEmpty : wanted.elementsEqual(found)
            }
    }
}
