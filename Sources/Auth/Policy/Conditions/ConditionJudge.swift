/// Judges conditions as they are written, in words; `CompiledCondition` does the same quickly.
struct ConditionJudge {
    /// What of a condition is not so.
    struct Unmet {
        /// The reason of the first member that is not known to be met.
        let refusal: PolicyRefusal
        /// All of them, in words.
        let words: String
        /// Whether none of them is known not to be met: it cannot be told.
        let isUndecided: Bool
    }

    private struct Failure {
        let refusal: PolicyRefusal
        let words: String
        var isUndecided = false
    }

    let isBound: Bool
    let name: PrincipalName?
    let circumstances: Circumstances

    /// What is not so; nil where all is.
    func unmet(_ condition: Condition) -> Unmet? {
        let failures = [
            times(condition), addresses(condition), certificates(condition), binding(condition), version(condition),
            customer(condition),
        ].compactMap { $0 }
        guard let first = failures.first else { return nil }
        return Unmet(
            refusal: first.refusal, words: failures.map(\.words).joined(separator: ", and "),
            isUndecided: failures.allSatisfy(\.isUndecided))
    }

    private func times(_ condition: Condition) -> Failure? {
        guard let times = condition.times else { return nil }
        guard circumstances.now >= 0 else {
            return Failure(refusal: .outsideTimes, words: "the clock is not set", isUndecided: true)
        }
        if times.contains(where: isNow) { return nil }
        return Failure(refusal: .outsideTimes, words: "it is \(moment), outside of \(Self.list(times))")
    }

    private func addresses(_ condition: Condition) -> Failure? {
        guard let ranges = condition.addresses, !ranges.contains(where: isHere) else { return nil }
        guard circumstances.address != nil else {
            return Failure(
                refusal: .addressNotAllowed, words: "the client's address is not known", isUndecided: true)
        }
        return Failure(refusal: .addressNotAllowed, words: "the client is elsewhere and not at \(Self.list(ranges))")
    }

    private func certificates(_ condition: Condition) -> Failure? {
        guard let patterns = condition.certificates, !patterns.contains(where: isNamed) else { return nil }
        guard let name else {
            return Failure(refusal: .certificateNotAllowed, words: "there is no certificate", isUndecided: true)
        }
        return Failure(
            refusal: .certificateNotAllowed, words: "the certificate is \(name) and not one of \(Self.list(patterns))")
    }

    private func binding(_ condition: Condition) -> Failure? {
        guard condition.demandsBinding && !isBound else { return nil }
        return Failure(refusal: .tokenNotBound, words: "the token is not bound to its certificate")
    }

    private func version(_ condition: Condition) -> Failure? {
        guard let least = condition.tlsMin else { return nil }
        guard let tls = circumstances.tls else {
            return Failure(
                refusal: .tlsTooOld, words: "the connection has no version of TLS that is known", isUndecided: true)
        }
        guard tls.rawValue < least.rawValue else { return nil }
        return Failure(refusal: .tlsTooOld, words: "the connection has TLS \(tls.name) and not at least \(least.name)")
    }

    private func customer(_ condition: Condition) -> Failure? {
        guard let least = condition.customerMin else { return nil }
        guard let level = circumstances.customer else {
            return Failure(
                refusal: .customerNotVerified, words: "no conversation is known, and so no customer", isUndecided: true)
        }
        guard level.rawValue < least.rawValue else { return nil }
        return Failure(
            refusal: .customerNotVerified, words: "the customer is verified by \(level.name) and not by \(least.name)")
    }

    private static func list<Element: CustomStringConvertible>(_ elements: [Element]) -> String {
        elements.map(\.description).joined(separator: ", ")
    }

    // MARK: Time

    private var minuteOfDay: Int { Int(circumstances.now % 86_400 / 60) }

    /// 0 for Monday, by counting from a Monday: 5 January 1970.
    private var day: Int { Int((circumstances.now / 86_400 - 4 + 7) % 7) }

    private var moment: String { "\(TimeWindow.dayNames[day]) \(TimeWindow.text(minuteOfDay)) UTC" }

    private func isNow(_ window: TimeWindow) -> Bool {
        window.days.contains(day) && (window.from..<window.to).contains(minuteOfDay)
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
