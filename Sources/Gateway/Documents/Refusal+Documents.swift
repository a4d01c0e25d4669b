internal import Agent
internal import Audit

extension Refusal {
    /// Why a document was not taken, found or given back.
    init(_ error: DocumentError) {
        switch error {
        case .notFound: self.init(problem: .notFound, reason: "document_unknown")
        case .erased: self.init(problem: .notFound, reason: "document_erased")
        case .empty:
            self.init(problem: .invalidBody, reason: "document_empty")
            detail = "the document has no content"
        case .tooLarge(let bytesMax):
            self.init(problem: .contentTooLarge, reason: "document_too_large")
            detail = "a document may have \(bytesMax) bytes"
        case .quotaExceeded(let bytesMax):
            self.init(problem: .conflict, reason: "documents_too_large")
            detail = "the documents of one owner may have \(bytesMax) bytes together"
        case .tooMany(let versionsMax):
            self.init(problem: .conflict, reason: "too_many_documents")
            detail = "one owner may have \(versionsMax) documents, old versions and archived ones counted"
        case .refused(let refusal):
            switch refusal {
            case .typeNotAllowed, .typeMismatch:
                self.init(problem: .unsupportedMediaType, reason: ReasonCode(Array(refusal.rawValue.utf8)))
            case .malformed, .polyglot, .encrypted, .active, .unpacksTooLarge, .pathName, .infected:
                self.init(problem: .invalidBody, reason: ReasonCode(Array(refusal.rawValue.utf8)))
            }
            detail = refusal.detail
        case .busy: self.init(problem: .overloaded, reason: "documents_busy", kind: .failure)
        case .storageFull: self.init(problem: .unavailable, reason: "documents_full", kind: .failure)
        case .scannerAway(let reason):
            self.init(problem: .unavailable, reason: "scanner_away", kind: .failure)
            cause = "the virus scanner gives no verdict: \(reason)"
        case .damaged:
            self.init(problem: .internalError, reason: "document_damaged", kind: .failure)
            cause = "a document's file is not what was written"
        case .storage(let reason):
            self.init(problem: .internalError, reason: "document_storage", kind: .failure)
            cause = reason
        }
    }
}
