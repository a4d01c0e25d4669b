internal import Agent
internal import Audit
internal import Auth
internal import LinuxIO
internal import OpenSSL
internal import Redaction

/// The policy files, read and checked, and what records say of them.
struct PolicyFiles {
    let rbac: PolicyEngine
    let rateLimits: RateLimitDocument
    let redaction: RedactionPolicy
    /// Where the redaction policy is.
    let redactionFile: String
    let escalation: EscalationPolicy
    let scope: ScopeScreen
    let models: ModelPolicy
    let screen: InjectionScreen
    let prompts: PromptSet
    /// The version of the RBAC policy, and the digest of all files: of `name LF length LF bytes` of each, in the
    /// order rbac, ratelimits, redaction, escalation, scope, models, screen, and the prompts as `PromptSet.fileNames` has
    /// them.
    let auditPolicy: AuditPolicy

    init(_ configuration: Configuration) throws(CommandFailure) {
        let folder = Self.folder(of: configuration.file)
        var texts: [(file: String, bytes: [UInt8])] = []
        let names = configuration.policies
        let prompts = PromptSet.fileNames.map { "\(names.prompts)/\($0)" }
        let files = [
            names.rbac, names.rateLimits, names.redaction, names.escalation, names.scope, names.models, names.screen,
        ]
        for name in files + prompts {
            let file = name.hasPrefix("/") ? name : folder + name
            texts.append((file, try Self.read(file)))
        }
        do throws(PolicyError) {
            rbac = try PolicyEngine.parse(texts[0].bytes, file: texts[0].file)
        } catch {
            throw CommandFailure(error)
        }
        do throws(RateLimitDocumentError) {
            rateLimits = try RateLimitDocument(texts[1].bytes, file: texts[1].file)
        } catch {
            throw CommandFailure(.configuration, description: error.description)
        }
        do throws(RedactionPolicyError) {
            let names = RedactionScope.Names(
                roles: rbac.document.roles.map(\.name.bytes), routes: rbac.document.routes.map(\.pattern.text))
            redaction = try RedactionPolicy.parse(texts[2].bytes, names: names)
            redactionFile = texts[2].file
        } catch {
            throw CommandFailure(error, file: texts[2].file)
        }
        do throws(AgentError) {
            escalation = try EscalationPolicy(json5: texts[3].bytes, file: texts[3].file)
            scope = try ScopeScreen(json5: texts[4].bytes, file: texts[4].file)
            models = try ModelPolicy(
                json5: texts[5].bytes, file: texts[5].file, roles: rbac.document.roles.map(\.name.bytes))
            screen = try InjectionScreen(json5: texts[6].bytes, file: texts[6].file)
            self.prompts = try PromptSet(
                texts[7...].map(\.bytes), folder: names.prompts.hasPrefix("/") ? names.prompts : folder + names.prompts)
        } catch {
            // Each of these errors names its file itself.
            throw CommandFailure(error, subject: configuration.file)
        }
        auditPolicy = AuditPolicy(version: rbac.version, sha256: Self.digest(texts))
        if configuration.listener.clientCertificate == "off" && rbac.document.requiresCertificate {
            throw CommandFailure(
                .configuration, configuration.file,
                "client_certificate is off, but \(texts[0].file) has requireCertificate: true, which nobody could meet",
                mend: "set it to required or optional, or change the policy")
        }
    }

    /// Bytes that a policy or configuration file may have.
    static let bytesMax = 1_048_576

    static func read(_ file: String) throws(CommandFailure) -> [UInt8] {
        do throws(StreamFailure) {
            return try SmallFile.read(file, bytesMax: bytesMax)
        } catch {
            throw CommandFailure(reading: error)
        }
    }

    /// The folder of a file, with its slash; empty where it is the working folder.
    static func folder(of file: String) -> String {
        file.lastIndex(of: "/").map { String(file[...$0]) } ?? ""
    }

    private static func digest(_ texts: [(file: String, bytes: [UInt8])]) -> SHA256Digest {
        var hasher = SHA256()
        let names =
            ["rbac", "ratelimits", "redaction", "escalation", "scope", "models", "screen"] + PromptSet.fileNames
        for (name, text) in zip(names, texts) {
            hasher.update(Array("\(name)\n\(text.bytes.count)\n".utf8))
            hasher.update(text.bytes)
        }
        return hasher.finish()
    }
}
