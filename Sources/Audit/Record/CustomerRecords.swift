/// The bank's customer in a conversation, as against the caller: who, and how sure that is.
public struct AuditCustomer: Sendable {
    /// How sure: nobody knows; they knew an answer; they had the device with the one-time codes.
    public enum Level: Sendable { case none, knowledge, possession }

    /// How sure.
    public var level: Level
    /// The customer's name in records, which says nothing to whoever lacks the bank's key; nil where nobody was named.
    public var reference: [UInt8]?

    /// A customer from its parts.
    public init(level: Level, reference: [UInt8]? = nil) {
        self.level = level
        self.reference = reference
    }

    func encode(to buffer: inout RecordBuffer) {
        buffer.object("customer") { buffer in
            switch level {
            case .none: buffer.literal("level", "none")
            case .knowledge: buffer.literal("level", "knowledge")
            case .possession: buffer.literal("level", "possession")
            }
            buffer.text("ref", reference, path: "customer.ref", bytesMax: 64)
        }
    }
}

extension EncodedRecord {
    /// A `customer.verify` record: a customer has proved who they are, and is believed from here on.
    /// - Parameters:
    ///   - request: the request with the proof.
    ///   - principal: the caller, who passed it on.
    ///   - customer: who, and how sure.
    ///   - seal: what makes personal members unreadable without their subject's key; nil for none.
    public static func customerVerify(
        request: AuditRequest, principal: AuditPrincipal, customer: AuditCustomer, sealedBy seal: RecordSeal? = nil
    ) -> EncodedRecord {
        let seal = seal?.bound(to: request.identifier)
        return EncodedRecord(.customerVerify, capacity: 1024) { buffer in
            request.encode(to: &buffer, sealedBy: seal)
            principal.encode(to: &buffer, sealedBy: seal)
            customer.encode(to: &buffer)
        }
    }
}
