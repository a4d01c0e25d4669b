internal import Audit
internal import Auth
internal import LinuxIO
internal import Telemetry

extension Composition {
    func makeVerifier(_ policy: PolicyEngine) throws(CommandFailure) -> TokenVerifier {
        var issuers: [TrustedIssuer] = []
        for issuer in configuration.tokens.issuers {
            var keys: [VerificationKey] = []
            for key in issuer.keys { keys.append(try makeKey(key)) }
            issuers.append(
                TrustedIssuer(
                    name: issuer.issuer, audiences: issuer.audiences, keys: keys,
                    rolesClaim: try rolesClaim(issuer, policy), hasFetchedKeys: issuer.fetching != nil))
        }
        do throws(AuthError) {
            return try TokenVerifier(
                issuers: issuers, roles: policy.roles,
                configuration: TokenVerifier.Configuration(
                    clockSkewSeconds: Int64(configuration.tokens.clockSkewSeconds),
                    cachedTokensMax: configuration.tokens.cacheMax,
                    signatures: configuration.tokens.signatures == "openssl" ? .openSSL : .libjwt))
        } catch {
            throw CommandFailure(starting: error, subject: configuration.file)
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

    func makeIssuer() throws(CommandFailure) -> TokenIssuer? {
        guard let signing = configuration.signing else { return nil }
        let file = path(signing.key)
        do throws(AuthError) {
            return try TokenIssuer(
                key: try SigningKey.read(file),
                configuration: TokenIssuer.Configuration(
                    issuer: signing.issuer, audiences: [signing.audience],
                    lifetimeDefault: .seconds(signing.ttlSeconds), lifetimeMax: .seconds(signing.ttlMaxSeconds)))
        } catch {
            throw CommandFailure(starting: error, subject: file)
        }
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
    private func rolesClaim(
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
                    caFile: fetching.clientCA.isEmpty ? nil : path(fetching.clientCA)))
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
