internal import Agent
internal import Auth

/// What conversations that use tools need, made once at start.
final class ConversationServices: Sendable {
    let dialogue: Dialogue
    let desk: VerificationDesk
    let customers: KnownCustomers

    init(dialogue: Dialogue, desk: VerificationDesk, customers: KnownCustomers) {
        self.dialogue = dialogue
        self.desk = desk
        self.customers = customers
    }
}
