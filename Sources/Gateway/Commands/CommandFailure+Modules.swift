internal import Agent
internal import Auth
internal import LinuxIO
internal import Redaction

/// The modules' errors in a command's words and statuses.
extension CommandFailure {
    /// A key or certificate file that could not be read.
    init(reading error: KeyFileError) {
        let status: ExitStatus =
            switch error {
            case .system: .noInput
            case .tooOpen, .foreignOwner: .noPermission
            case .notARegularFile, .badSize, .exists: .data
            }
        self.init(status, description: error.description)
    }

    /// A key or certificate file that could not be made.
    init(writing error: KeyFileError) { self.init(.cannotCreate, description: error.description) }

    init(_ error: AuthError, subject: String) {
        switch error {
        case .file(let message): self.init(.noInput, description: message)
        case .request(let member, let found, let wanted), .setting(let member, let found, let wanted):
            self.init(.usage, member, "found \(found)", mend: "wanted \(wanted)")
        case .key(_, let found, let wanted): self.init(.data, subject, "found \(found)", mend: "wanted \(wanted)")
        case .library(let message): self.init(.software, subject, message)
        case .device(let name, let found, let mend): self.init(.configuration, name, "found \(found)", mend: mend)
        case .deviceUnavailable(let name, let found, let mend):
            self.init(.unavailable, name, "found \(found)", mend: mend)
        case .signaturesBusy: self.init(.temporary, subject, error.description, mend: "try again")
        case .storage(let file, let found, let mend): self.init(.inputOutput, file, found, mend: mend)
        case .issuancesFull:
            self.init(
                .temporary, subject, error.description,
                mend: "start the gateway, which takes them into its log; nothing was issued")
        case .revocationsFull, .revocationsBusy:
            self.init(
                .temporary, subject, error.description,
                mend: "take back by subject, role or --issued-before what are many, or wait until some are forgotten")
        }
    }

    init(_ error: ConfigurationError) {
        let status = ExitStatus(rawValue: error.exitStatus) ?? .configuration
        self.init(status, error.line.map { "\(error.file):\($0)" } ?? error.file, error.message)
    }

    init(_ error: AgentError, subject: String) {
        switch error {
        case .knowledgeHeader(let found, let wanted):
            self.init(.data, subject, "line 1: found \(found)", mend: "wanted \(wanted)")
        case .knowledgeWithoutRows(let refused):
            let first = refused.first.map { "; line \($0.line): \($0.message)" } ?? ""
            self.init(.data, subject, "no row could be taken\(first)", mend: "nothing was changed")
        case .knowledgeTooLarge(let bytesMax):
            self.init(.data, subject, "it is larger than \(bytesMax) bytes", mend: "split it")
        case .knowledgeTooManyRows(let rowsMax):
            self.init(.data, subject, "it has more than \(rowsMax) rows", mend: "split it")
        case .versionUnknown(let kept):
            let list = kept.map(String.init).joined(separator: ", ")
            self.init(
                .unavailable, subject, "there is no such version to go back to",
                mend: kept.isEmpty ? "it has one version at most" : "it keeps \(list)")
        case .busy: self.init(.temporary, subject, "the database is busy", mend: "try again")
        case .storageFull: self.init(.inputOutput, subject, "the disk is full", mend: "nothing was changed")
        case .storage(let reason): self.init(.inputOutput, subject, reason)
        case .schemaTooNew(_, let found, let supported):
            self.init(
                .configuration, subject, "its schema is version \(found)",
                mend: "this program knows up to \(supported): use the newer one")
        case .policy(let message), .model(let message): self.init(.configuration, description: message)
        case .badIdentifier(let name, let wanted): self.init(.usage, name, "wanted \(wanted)")
        case .emptyText: self.init(.usage, subject, "the text is empty")
        case .textTooLong(let bytesMax): self.init(.usage, subject, "the text is longer than \(bytesMax) bytes")
        case .tooManyOpenTickets(let ticketsMax): self.init(.temporary, subject, "\(ticketsMax) tickets are open")
        case .bound(let wanted), .conflict(let wanted): self.init(.temporary, subject, wanted)
        }
    }

    /// A message of the form `SUBJECT: WHAT`.
    init(_ status: ExitStatus, description: String) {
        let parts = description.split(separator: ": ", maxSplits: 1).map(String.init)
        self.init(status, parts.count == 2 ? parts[0] : "portcullis", parts.last ?? description)
    }
}

extension CommandFailure {
    /// A mistake in a redaction policy, at its line and column.
    init(_ error: RedactionPolicyError, file: String) {
        let place = "\(file):\(error.line):\(error.column)"
        let pointer = error.pointer.isEmpty ? "" : "\(error.pointer): "
        self.init(.configuration, place, "\(pointer)found \(error.found)", mend: "wanted \(error.wanted)")
    }
}
