/// Why a token was not accepted: one case for each true reason.
///
/// A client sees none of it, only one generic `401`; `reason` goes into the audit record.
public enum TokenRefusal: Error, Equatable, Sendable, CaseIterable {
    // The request carries no single bearer token.
    case absent, repeated, schemeUnknown, credentialMalformed
    // The compact form.
    case empty, tooLong, partCount, encrypted, notBase64URL
    // The header.
    case headerNotJSON, headerNotObject, headerRepeatedMember, headerTooDeep
    case criticalExtension, unencodedPayload, nested, typeUnknown
    case algorithmMissing, algorithmNone, algorithmUnknown, algorithmMismatch
    case keyIDMalformed, keyIDRequired, keyUnknown, keysUnavailable
    // The claims.
    case claimsNotJSON, claimsNotObject, claimsRepeatedMember, claimsTooDeep
    case issuerMissing, issuerMalformed, issuerUnknown
    case audienceMissing, audienceMalformed, audienceWrong
    case subjectMissing, subjectMalformed, tokenIDMalformed
    case issuedAtMissing, lifeTooLong
    case expiryMissing, timeNotInteger, timeOutOfRange, expired, notYetValid, issuedInFuture
    case rolesMissing, rolesMalformed, rolesAmbiguous, rolesTooMany
    // What the token is bound to.
    case confirmationMalformed, confirmationUnknown, confirmationAbsent, confirmationMismatch
    // What others signed for it.
    case approvalsMalformed, approvalInvalid, approvalUnknown, approvalMismatch, approvalRepeated
    // The token was taken back.
    case revoked, revokedSubject, revokedRole, revokedIssuedBefore
    // The signature.
    case signatureEmpty, signatureLength, signatureZero, signatureInvalid
    /// Not the token's fault: the library ran out of memory. Refused all the same.
    case verifierFailed
    /// Not the token's fault: nobody can tell any more whether it was taken back. Refused all the same.
    case revocationsStale

    /// The code for the audit record, `[a-z0-9_.:-]{1,64}`.
    public var reason: StaticString {
        switch self {
        case .absent: "token_absent"
        case .repeated: "token_repeated"
        case .schemeUnknown: "token_scheme_unknown"
        case .credentialMalformed: "token_credential_malformed"
        case .empty: "token_empty"
        case .tooLong: "token_too_long"
        case .partCount: "token_part_count"
        case .encrypted: "token_encrypted"
        case .notBase64URL: "token_not_base64url"
        case .headerNotJSON: "token_header_not_json"
        case .headerNotObject: "token_header_not_object"
        case .headerRepeatedMember: "token_header_repeated_member"
        case .headerTooDeep: "token_header_too_deep"
        case .criticalExtension: "token_crit"
        case .unencodedPayload: "token_b64"
        case .nested: "token_nested"
        case .typeUnknown: "token_typ_unknown"
        case .algorithmMissing: "token_alg_missing"
        case .algorithmNone: "token_alg_none"
        case .algorithmUnknown: "token_alg_unknown"
        case .algorithmMismatch: "token_alg_mismatch"
        case .keyIDMalformed: "token_kid_malformed"
        case .keyIDRequired: "token_kid_required"
        case .keyUnknown: "token_kid_unknown"
        case .keysUnavailable: "token_keys_unavailable"
        case .claimsNotJSON: "token_claims_not_json"
        case .claimsNotObject: "token_claims_not_object"
        case .claimsRepeatedMember: "token_claims_repeated_member"
        case .claimsTooDeep: "token_claims_too_deep"
        case .issuerMissing: "token_iss_missing"
        case .issuerMalformed: "token_iss_malformed"
        case .issuerUnknown: "token_iss_unknown"
        case .audienceMissing: "token_aud_missing"
        case .audienceMalformed: "token_aud_malformed"
        case .audienceWrong: "token_aud_wrong"
        case .subjectMissing: "token_sub_missing"
        case .subjectMalformed: "token_sub_malformed"
        case .tokenIDMalformed: "token_jti_malformed"
        case .issuedAtMissing: "token_iat_missing"
        case .lifeTooLong: "token_life_too_long"
        case .expiryMissing: "token_exp_missing"
        case .timeNotInteger: "token_time_not_integer"
        case .timeOutOfRange: "token_time_out_of_range"
        case .expired: "token_expired"
        case .notYetValid: "token_not_yet_valid"
        case .issuedInFuture: "token_iat_in_future"
        case .rolesMissing: "token_roles_missing"
        case .rolesMalformed: "token_roles_malformed"
        case .rolesAmbiguous: "token_roles_ambiguous"
        case .rolesTooMany: "token_roles_too_many"
        case .confirmationMalformed: "token_cnf_malformed"
        case .confirmationUnknown: "token_cnf_unknown"
        case .confirmationAbsent: "token_cnf_certificate_absent"
        case .confirmationMismatch: "token_cnf_mismatch"
        case .approvalsMalformed: "token_approvals_malformed"
        case .approvalInvalid: "token_approval_invalid"
        case .approvalUnknown: "token_approval_unknown"
        case .approvalMismatch: "token_approval_mismatch"
        case .approvalRepeated: "token_approval_repeated"
        case .revoked: "token_revoked"
        case .revokedSubject: "token_revoked_subject"
        case .revokedRole: "token_revoked_role"
        case .revokedIssuedBefore: "token_revoked_issued_before"
        case .signatureEmpty: "token_signature_empty"
        case .signatureLength: "token_signature_length"
        case .signatureZero: "token_signature_zero"
        case .signatureInvalid: "token_signature_invalid"
        case .verifierFailed: "token_verifier_failed"
        case .revocationsStale: "token_revocations_stale"
        }
    }
}
