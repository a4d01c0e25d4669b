internal import Agent
internal import Auth
internal import Edge
internal import LinuxIO
internal import Telemetry

extension Composition {
    /// Makes the conversations that use tools; nil where no customer can be verified.
    func openConversations(
        _ desk: VerificationDesk?, knowledge: KnowledgeBase, tickets: TicketStore, documents: Documents?,
        _ extractor: TextExtractor?, _ observation: Observation
    ) throws(CommandFailure) -> ConversationServices? {
        guard let desk else { return nil }
        let bank = try openBank(observation)
        let memory = ConversationTable()
        var providers: [any ToolProvider] = [SupportTools(knowledge: knowledge, tickets: tickets, memory: memory)]
        if let bank { providers.append(AccountTools(bank) { IdempotencyKey($0) }) }
        if let documents { providers.append(DocumentTools(store: documents.store, reader: extractor)) }
        return ConversationServices(
            dialogue: Dialogue(providers: providers, bank: bank, memory: memory), desk: desk,
            customers: KnownCustomers(countMax: configuration.verification.sessionsMax))
    }

    /// Where the bank's systems are; nil where the policy names none.
    func bankingPolicy() throws(CommandFailure) -> BankingPolicy? {
        let file = bankingPolicyFile
        let text = try PolicyFiles.read(file)
        do throws(AgentError) { return try BankingPolicy.read(json5: text, file: file) } catch {
            throw CommandFailure(error, subject: file)
        }
    }

    /// The policy's file.
    var bankingPolicyFile: String {
        let name = configuration.policies.banking
        return name.hasPrefix("/") ? name : PolicyFiles.folder(of: configuration.file) + name
    }

    /// The bank's systems: those that the policy names, else a database for development where it is there; nil for none.
    private func openBank(_ observation: Observation) throws(CommandFailure) -> (any BankingBackend)? {
        if let policy = try bankingPolicy() {
            do throws(AgentError) {
                return try HTTPBank.open(policy, transport: LoopTransport(), path: path)
            } catch {
                throw CommandFailure(error, subject: bankingPolicyFile)
            }
        }
        let file = path(configuration.state.bank)
        guard SmallFile.exists(file) else {
            observation.say(
                .info, "bank_off",
                "\(file) is not there: the assistant has no accounts. For development: portcullis bank seed")
            return nil
        }
        guard try BoundPorts.isLoopback(configuration.listener) else {
            throw CommandFailure(
                .configuration, file, "it is a bank for development, and clients come from elsewhere",
                mend: "remove it, or listen on 127.0.0.1 or ::1")
        }
        return try opened(configuration.state.bank) { path throws(AgentError) in try SQLiteBank.open(path: path) }
    }
}
