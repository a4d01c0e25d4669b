internal import Agent
internal import Auth
internal import Synchronization
internal import Threading

/// Account and name of the customers in conversations, for the bank's systems, which know nobody by our references.
///
/// They are kept in memory from the challenge on; whether they count is the verification's to say. A customer whom another
/// challenge made another is another here too.
final class KnownCustomers: Sendable {
    struct Known: Sendable {
        let reference: CustomerReference
        let claim: CustomerClaim
        let method: ProofMethod
        let noted: Int64
    }

    private let countMax: Int
    private let table = Mutex<[ConversationKey: Known]>([:])

    init(countMax: Int) { self.countMax = max(1, countMax) }

    /// Notes who is asked for proof in a conversation.
    func note(
        _ claim: CustomerClaim, _ reference: CustomerReference, _ method: ProofMethod, in conversation: ConversationKey,
        now: Int64 = WallClock.seconds
    ) {
        table.withLock { table in
            if table[conversation] == nil && table.count >= countMax {
                // Rare: an eighth goes, so that not each challenge looks for the oldest.
                let oldest = table.sorted { $0.value.noted < $1.value.noted }.prefix(max(1, countMax / 8))
                for (key, _) in oldest { table[key] = nil }
            }
            table[conversation] = Known(reference: reference, claim: claim, method: method, noted: now)
        }
    }

    /// Who was asked last in a conversation.
    func known(in conversation: ConversationKey) -> Known? { table.withLock { $0[conversation] } }

    /// The customer of a standing, where they are verified and known here.
    func verified(_ standing: Standing, in conversation: ConversationKey) -> VerifiedCustomer? {
        guard standing.state == .verified, let reference = standing.customer, let known = known(in: conversation),
            known.reference == reference
        else { return nil }
        return VerifiedCustomer(
            reference: reference.text, account: known.claim.account, holder: known.claim.name)
    }
}
