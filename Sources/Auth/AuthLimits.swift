/// Every bound of this module, with its unit. Each is tested at the bound and one past it.
public enum AuthLimits {
    /// Bytes of a token's compact form. Real ones take 500 to 1,500; header fields end at 8 to 16 KiB.
    public static let tokenBytesMax = 8192
    /// Levels of nesting in a token's header and claims.
    public static let tokenDepthMax = 8
    /// Bytes of `iss`, `sub`, `jti` and of each audience.
    public static let claimBytesMax = 255
    /// Bytes of `kid`.
    public static let keyIDBytesMax = 128
    /// Audiences of one token.
    public static let audiencesMax = 16
    /// Roles of one token.
    public static let tokenRolesMax = 32
    /// Approvals that one token carries, at most: each is a signature to check.
    public static let approvalsMax = 4
    /// Approvers whose keys are known.
    public static let approversMax = 256
    /// Seconds that a token with approvals lives, at most: a day.
    public static let approvedSecondsMax = 86_400
    /// Bytes of a role's name.
    public static let roleNameBytesMax = 64
    /// Seconds by which clocks may disagree, at most.
    public static let clockSkewSecondsMax: Int64 = 300
    /// The last second that a token may name: the end of the year 9999 (RFC 3339).
    public static let secondsMax: Int64 = 253_402_300_799
    /// Bits of an RSA key, at least (NIST SP 800-131A).
    public static let rsaBitsMin = 2048
    /// Bits of an RSA key, at most: verification time grows with the square.
    public static let rsaBitsMax = 8192
    /// Bytes of a PKCS #11 URI in a key file.
    public static let pkcs11URIBytesMax = 4096
    /// Tokens that wait for a device's signatures at once; more are refused at once.
    public static let deviceSignaturesMax = 64
    /// Seconds that a token waits for a device's signature.
    public static let deviceSignatureSeconds = 5
    /// Keys of one issuer.
    public static let keysMax = 64
    /// Issuers whose keys are fetched: each has a thread of its own.
    public static let fetchedIssuersMax = 32
    /// Bytes of a discovery document or a key set.
    public static let issuerAnswerBytesMax = 262_144
    /// Further ports at which an issuer's discovery document may have its keys.
    public static let keySetPortsMax = 8
    /// Requests that wait for one issuer's keys at once; more are refused at once.
    public static let keyWaitersMax = 256
    /// Values at the place where an issuer's tokens name groups or roles.
    public static let mappedValuesMax = 256
    /// Values that a mapping names.
    public static let mappingsMax = 1000
    /// Bytes of a JSON pointer, and levels that it goes down.
    public static let pointerBytesMax = 255, pointerDepthMax = 8
    /// Verified tokens remembered, at most: about 1 KB each.
    public static let cachedTokensMax = 1_000_000
    /// Seconds from `iat` to `exp` of any token, at most: a year.
    public static let lifeSecondsMax: Int64 = 31_536_000
    /// Revocations kept: three quarters of the 2¹⁸ slots of a table of 6 MB.
    public static let revocationsMax: Int64 = 196_608
    /// Tokens and approvals of the command that wait for the log: as many as its writer is given at once, 256 times 64.
    public static let issuancesMax: Int64 = 16_384
    /// Seconds by which the second of an "issued before" may be ahead: a year.
    public static let revocationAheadSecondsMax: Int64 = 31_536_000
    /// Seconds for which revocations stay in force as they were last read; after that every token is refused.
    public static let revocationsStaleSecondsMax: Int64 = 10
    /// Customers of the bank that may be in the database.
    public static let customersMax: Int64 = 10_000_000
    /// Questions that they have: everybody's are of the bank's catalogue, so that a question says nothing of who is asked.
    public static let customerQuestionsMax: Int64 = 64
    /// Customers and callers whose guesses are noted: some 100 bytes each.
    public static let guessLedgersMax: Int64 = 200_000
    /// Answers, challenges and looks for the record that wait for the customers' database: an answer takes some 50 ms.
    public static let customerJobsMax = 64
    /// Bytes of a certificate's principal name.
    public static let principalNameBytesMax = 2048
    /// Bytes of a policy file.
    public static let policyBytesMax = 1 << 20
    /// Roles of a policy: one bit each in `RoleSet`.
    public static let rolesMax = 64
    /// Routes of a policy.
    public static let routesMax = 1000
    /// Segments of a route's path.
    public static let routeSegmentsMax = 16
    /// Seconds that a policy may let issued tokens live, at most: a year.
    public static let issuedSecondsMax = 31_536_000
    /// Denials of a policy.
    public static let denialsMax = 1000
    /// Tools that a policy names.
    public static let toolsMax = 64
    /// Bytes of a tool's name.
    public static let toolNameBytesMax = 64
    /// Elements of each list of a condition: parts of the week, addresses, names of certificates.
    public static let conditionElementsMax = 64
    /// Bindings of a policy.
    public static let bindingsMax = 10_000
    /// Days that a certificate made here may live, at most: 20 years.
    public static let certificateDaysMax = 7305
}
