package import Audit

/// Which witnesses are asked, and how they are reached.
package struct WitnessConfiguration: Sendable {
    /// A witness of the policy that has a URL.
    package struct Witness: Sendable {
        /// As the policy and the witness itself call it.
        package let name: String
        package let key: VerifierKey
        package let endpoint: WitnessEndpoint
    }

    /// In the order of the policy.
    package let witnesses: [Witness]
    /// Who has to sign.
    package let policy: TlogPolicy
    /// A PEM file with the CAs that vouch for the witnesses' servers; nil for the system's.
    package var caFile: String?
    /// How old a checkpoint may get without the policy's quorum.
    package var lagMax = Duration.seconds(300)

    /// Seconds that `lagMax` may have.
    package static let lagSeconds = 10...86_400

    /// The witnesses of `policy`.
    /// - Throws: `EvidenceError.configuration` where one is named by a URL that is not allowed, where nobody has a URL although
    ///   the quorum asks for somebody, where the witnesses that have one cannot meet the quorum, or where there are more than 16.
    package init(_ policy: TlogPolicy) throws(EvidenceError) {
        var witnesses: [Witness] = []
        for witness in policy.witnesses {
            guard let url = witness.url else { continue }
            guard let endpoint = WitnessEndpoint(url) else {
                throw Self.fault(
                    "\(url) for \(witness.name)",
                    "https://HOST[:PORT][/PREFIX], or http:// with a numeric loopback address")
            }
            witnesses.append(Witness(name: witness.name, key: witness.key, endpoint: endpoint))
        }
        guard witnesses.count <= WitnessLimits.witnessesMax else {
            throw Self.fault("\(witnesses.count) witnesses", "at most \(WitnessLimits.witnessesMax)")
        }
        guard policy.isMet(by: witnesses.map(\.name)) else {
            throw Self.fault("a quorum that the witnesses with a URL cannot meet", "a URL for each that must sign")
        }
        // Their sizes are kept by the identifiers, which are four bytes of a digest.
        guard Set(witnesses.map(\.key.identifier)).count == witnesses.count else {
            throw Self.fault("two witnesses with one key identifier", "each its own")
        }
        self.witnesses = witnesses
        self.policy = policy
    }

    private static func fault(_ found: String, _ wanted: String) -> EvidenceError {
        .configuration(setting: "audit.witness.policy", found: found, wanted: wanted)
    }
}
