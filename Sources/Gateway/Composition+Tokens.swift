internal import Audit
internal import Auth
internal import Edge
internal import LinuxIO
internal import Telemetry
internal import Threading

extension Composition {
    func makeVerifier(_ policy: PolicyEngine) throws(CommandFailure) -> TokenVerifier {
        var issuers: [TrustedIssuer] = []
        for issuer in configuration.tokens.issuers {
            var keys: [VerificationKey] = []
            for key in issuer.keys { keys.append(try makeKey(key)) }
            if let file = issuer.keySet { keys = try readKeySet(path(file)) }
            issuers.append(
                TrustedIssuer(
                    name: issuer.issuer, audiences: issuer.audiences, keys: keys,
                    rolesClaim: try rolesClaim(issuer, policy),
                    hasChangingKeys: issuer.fetching != nil || issuer.keySet != nil))
        }
        let approvers = try readApprovers(for: policy)
        do throws(AuthError) {
            return try TokenVerifier(
                issuers: issuers, roles: policy.roles,
                configuration: TokenVerifier.Configuration(
                    clockSkewSeconds: Int64(configuration.tokens.clockSkewSeconds),
                    lifeSecondsMax: Int64(configuration.tokens.lifeMaxSeconds),
                    cachedTokensMax: configuration.tokens.cacheMax,
                    signatures: configuration.tokens.signatures == "openssl" ? .openSSL : .libjwt, approvers: approvers)
            )
        } catch {
            throw CommandFailure(starting: error, subject: configuration.file)
        }
    }

    /// - Throws: `CommandFailure` also where a role needs more approvals than there are approvers: nobody could ever use it.
    func readApprovers(for policy: PolicyEngine) throws(CommandFailure) -> [Approver] {
        var approvers: [Approver] = []
        for approver in configuration.tokens.approvers {
            let file = path(approver.file)
            do throws(AuthError) { approvers.append(try Approver.read(file, name: approver.name)) } catch {
                throw CommandFailure(starting: error, subject: file)
            }
        }
        for role in policy.document.roles {
            guard let needs = role.approvals, needs.count > approvers.count else { continue }
            throw CommandFailure(
                .configuration, configuration.file,
                "tokens.approvers: found \(approvers.count), and role \(role.name) needs \(needs.count) approvals",
                mend: "list that many approvers with their public keys, or take approvals from the role")
        }
        return approvers
    }

    private func readKeySet(_ file: String) throws(CommandFailure) -> [VerificationKey] {
        let text: [UInt8]
        do throws(KeyFileError) { text = try KeyFile.readPublic(file) } catch {
            throw CommandFailure(.configuration, description: error.description)
        }
        do throws(AuthError) {
            return try PublishedKeys(parsing: text, name: file).verificationKeys(at: WallClock.seconds)
        } catch {
            throw CommandFailure(starting: error, subject: file)
        }
    }

    private func makeKey(_ key: Configuration.Issuer.Key) throws(CommandFailure) -> VerificationKey {
        let file = path(key.file)
        let algorithm = try algorithm(key.algorithm)
        do throws(AuthError) {
            return try VerificationKey.read(file, id: key.keyID, algorithm: algorithm)
        } catch {
            throw CommandFailure(starting: error, subject: file)
        }
    }

    /// Logs in to the devices with signing keys, while their modules can be loaded and look for their own settings: neither
    /// can be done once the process is confined.
    func openSigningDevices() throws(CommandFailure) {
        let files: [String]
        switch configuration.signing?.key {
        case .file(let name): files = [path(name)]
        case .folder(let name):
            let folder = SigningKeyFolder(path: path(name))
            files = [folder.signingFile, folder.nextFile]
        case nil: return
        }
        for file in files where SigningKey.isInDevice(file) {
            do throws(AuthError) { _ = try SigningKey.read(file) } catch {
                throw CommandFailure(starting: error, subject: file)
            }
        }
    }

    /// What signs our own tokens and what is published of it; nil where this gateway issues none.
    func makeTokenKeys() throws(CommandFailure) -> TokenKeys? {
        guard let signing = configuration.signing else { return nil }
        switch signing.key {
        case .file(let name):
            let file = path(name)
            do throws(AuthError) {
                let key = try SigningKey.read(file)
                var published = PublishedKeys()
                try published.add(key)
                return TokenKeys(issuer: try makeIssuer(signing, key), published: published)
            } catch { throw CommandFailure(starting: error, subject: file) }
        case .folder(let name):
            let folder = SigningKeyFolder(path: path(name))
            do throws(AuthError) {
                let content = try folder.read()
                return TokenKeys(issuer: try makeIssuer(signing, content.signing), published: content.published)
            } catch { throw CommandFailure(starting: error, subject: folder.path) }
        }
    }

    private func makeIssuer(_ signing: Configuration.Signing, _ key: SigningKey) throws(AuthError) -> TokenIssuer {
        try TokenIssuer(
            key: key,
            configuration: TokenIssuer.Configuration(
                issuer: signing.issuer, audiences: [signing.audience],
                lifetimeDefault: .seconds(signing.ttlSeconds), lifetimeMax: .seconds(signing.ttlMaxSeconds)))
    }

    /// Starts to look whether the keys' files change, where any may.
    func watchTokenKeys(
        _ keys: TokenKeys?, _ tokens: TokenVerifier, _ log: AuditLog, _ observation: Observation
    ) throws(CommandFailure) {
        let sets = configuration.tokens.issuers.compactMap { issuer in
            issuer.keySet.map { TokenKeys.KeySet(issuer: issuer.issuer, file: path($0)) }
        }
        let signing = configuration.signing
        let folder: SigningKeyFolder? =
            if case .folder(let name) = signing?.key { SigningKeyFolder(path: path(name)) } else { nil }
        guard !sets.isEmpty || folder != nil else { return }
        var subjects = TokenKeyWatch.Subjects(
            keys: keys ?? TokenKeys(issuer: nil, published: nil), folder: folder, sets: sets, verifier: tokens,
            observation: observation,
            makeIssuer: { key throws(AuthError) in
                guard let signing else { throw .library("no tokens are issued here") }
                return try makeIssuer(signing, key)
            })
        if let folder, !sets.isEmpty, folder.isInDevice {
            // A device that does not answer must not keep a key from being taken out.
            var own = subjects
            own.sets = []
            subjects.folder = nil
            guard TokenKeyWatch.start(own, log) else { throw CommandFailure(EdgeError.noResources) }
        }
        guard TokenKeyWatch.start(subjects, log) else { throw CommandFailure(EdgeError.noResources) }
    }

    private func algorithm(_ name: String) throws(CommandFailure) -> SignatureAlgorithm {
        guard let algorithm = SignatureAlgorithm(name: Array(name.utf8)) else {
            let known = SignatureAlgorithm.allCases.map { "\($0.name)" }.joined(separator: ", ")
            throw CommandFailure(
                .configuration, configuration.file, "algorithm: found \"\(name)\"", mend: "use one of \(known)")
        }
        return algorithm
    }

    // MARK: External issuers

    /// Where an issuer's tokens name roles. A role that the policy does not have would give nobody anything, unnoticed.
    func rolesClaim(
        _ issuer: Configuration.Issuer, _ policy: PolicyEngine
    ) throws(CommandFailure) -> RolesClaim {
        guard let mapping = issuer.mapping else { return .roleOrRoles }
        var roles: [String: [RoleName]]?
        if let names = mapping.roles {
            var known: [String: [RoleName]] = [:]
            for (value, texts) in names {
                known[value] = []
                for text in texts {
                    guard let role = RoleName(text), policy.roles.names.contains(role) else {
                        throw CommandFailure(
                            .configuration, configuration.file, "issuer \(issuer.issuer): roles: \(value): \"\(text)\"",
                            mend: "wanted a role of the policy: "
                                + policy.roles.names.map(\.description).joined(separator: ", "))
                    }
                    known[value]?.append(role)
                }
            }
            roles = known
        }
        do throws(AuthError) {
            return .mapped(try RoleMapping(pointer: mapping.pointer, roles: roles))
        } catch {
            throw CommandFailure(starting: error, subject: configuration.file)
        }
    }

    /// The issuers whose keys are fetched.
    func fetchedIssuers() throws(CommandFailure) -> [FetchedIssuer] {
        var issuers: [FetchedIssuer] = []
        for issuer in configuration.tokens.issuers {
            guard let fetching = issuer.fetching else { continue }
            var algorithms: [SignatureAlgorithm] = []
            for name in fetching.algorithms { algorithms.append(try algorithm(name)) }
            issuers.append(
                FetchedIssuer(
                    name: issuer.issuer, source: fetching.keySet.map { .keySet($0) } ?? .discovery,
                    algorithms: algorithms, refreshSeconds: fetching.refreshSeconds,
                    outageSeconds: fetching.outageSeconds, unknownKeySeconds: fetching.unknownKeySeconds,
                    timeoutMilliseconds: fetching.timeoutMilliseconds,
                    caFile: fetching.clientCA.isEmpty ? nil : path(fetching.clientCA),
                    keySetPorts: fetching.keySetPorts))
        }
        return issuers
    }

    /// Starts to fetch the keys of external issuers; nil where there are none. Whose tokens are good is on record.
    func startIssuers(
        _ tokens: TokenVerifier, _ log: AuditLog, _ observation: Observation
    ) throws(CommandFailure) -> IssuerService? {
        let issuers = try fetchedIssuers()
        guard !issuers.isEmpty else { return nil }
        for file in issuers.compactMap(\.caFile) { _ = try PolicyFiles.read(file) }
        do throws(AuthError) {
            return try IssuerService.start(issuers, for: tokens) { [weak log] issuer, event in
                observation.note(issuer, event)
                let keyIDs: [[UInt8]]
                switch event {
                case .replaced(let ids, _): keyIDs = ids
                case .forgotten: keyIDs = []
                case .failed: return
                }
                log?.post(
                    .adminAction(
                        operator: nil, action: "issuer.keys", target: Array(issuer.utf8), detail: .keys(keyIDs)))
            }
        } catch {
            throw CommandFailure(starting: error, subject: configuration.file)
        }
    }
}

extension Observation {
    /// What became of an external issuer's keys.
    fileprivate func note(_ issuer: String, _ event: IssuerService.Event) {
        switch event {
        case .replaced(let keyIDs, let refused):
            say(.info, "issuer_keys", "\(issuer): \(keyIDs.count) keys are in force")
            for key in refused {
                let name = key.keyID.map { "key \"\($0)\"" } ?? "key \(key.index + 1)"
                say(.warning, "issuer_key_refused", "\(issuer): \(name) is not taken: \(key.reason)")
            }
        case .failed(let fault): say(.warning, "issuer_failed", "\(issuer): \(fault)")
        case .forgotten:
            say(.error, "issuer_keys_expired", "\(issuer): no keys for longer than outage_s: its tokens are refused")
        }
    }
}
