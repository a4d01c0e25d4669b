/// What a peer did wrong: one case for each rule. Every fault ends the connection after the answer, because what follows
/// on it can no longer be told apart from the message that broke the rule.
public enum HTTPFault: String, Error, Hashable, Sendable, CaseIterable {
    // Lines (RFC 9112 §2.2)
    case bareCR = "http_bare_cr"
    case bareLF = "http_bare_lf"
    case leadingEmptyLines = "http_leading_empty_lines"

    // Request line (RFC 9112 §3)
    case badMethod = "http_bad_method"
    case badRequestLine = "http_bad_request_line"
    case requestLineTooLong = "http_request_line_too_long"
    case badVersion = "http_bad_version"
    case unsupportedVersion = "http_unsupported_version"
    case badTargetByte = "http_bad_target_byte"
    case badTargetForm = "http_bad_target_form"
    case badAuthority = "http_bad_authority"
    case targetFragment = "http_target_fragment"
    case badPercentEncoding = "http_bad_percent_encoding"
    case forbiddenPercentEncoding = "http_forbidden_percent_encoding"
    case pathNotUTF8 = "http_path_not_utf8"
    case dotSegment = "http_dot_segment"

    // Field lines (RFC 9112 §5)
    case spaceBeforeFields = "http_space_before_fields"
    case obsFold = "http_obs_fold"
    case emptyFieldName = "http_empty_field_name"
    case badFieldName = "http_bad_field_name"
    case spaceBeforeColon = "http_space_before_colon"
    case fieldWithoutColon = "http_field_without_colon"
    case badFieldValue = "http_bad_field_value"
    case fieldsTooLarge = "http_fields_too_large"
    case tooManyFields = "http_too_many_fields"
    case repeatedField = "http_repeated_field"

    // Host (RFC 9112 §3.2)
    case missingHost = "http_missing_host"
    case repeatedHost = "http_repeated_host"
    case badHost = "http_bad_host"
    case hostMismatch = "http_host_mismatch"

    // Framing (RFC 9112 §6)
    case lengthAndEncoding = "http_length_and_encoding"
    case repeatedLength = "http_repeated_length"
    case badLength = "http_bad_length"
    case lengthOverflow = "http_length_overflow"
    case encodingInHTTP10 = "http_encoding_in_http10"
    case repeatedEncoding = "http_repeated_encoding"
    case badEncoding = "http_bad_encoding"
    case chunkedNotFinal = "http_chunked_not_final"
    case unknownEncoding = "http_unknown_encoding"
    case badConnectionOption = "http_bad_connection_option"
    case forbiddenConnectionOption = "http_forbidden_connection_option"
    case expectationFailed = "http_expectation_failed"

    // Body (RFC 9112 §7)
    case bodyTooLarge = "http_body_too_large"
    case badChunkSize = "http_bad_chunk_size"
    case chunkSizeOverflow = "http_chunk_size_overflow"
    case badChunkExtension = "http_bad_chunk_extension"
    case chunkLineTooLong = "http_chunk_line_too_long"
    case chunkExtensionsTooLong = "http_chunk_extensions_too_long"
    case badChunkEnd = "http_bad_chunk_end"
    case trailersTooLarge = "http_trailers_too_large"
    case forbiddenTrailer = "http_forbidden_trailer"

    // Decided by who drives the machines
    case headersTimedOut = "http_headers_timed_out"
    case bodyTimedOut = "http_body_timed_out"
    case lengthRequired = "http_length_required"
    case unknownMethod = "http_unknown_method"

    /// The code that the audit record and the metrics carry.
    public var reason: String { rawValue }

    /// The status of the answer.
    public var status: Status {
        switch self {
        case .headersTimedOut, .bodyTimedOut: .requestTimeout
        case .lengthRequired: .lengthRequired
        case .bodyTooLarge: .contentTooLarge
        case .requestLineTooLong: .uriTooLong
        case .expectationFailed: .expectationFailed
        case .fieldsTooLarge, .tooManyFields, .trailersTooLarge: .headerFieldsTooLarge
        case .unknownEncoding, .unknownMethod: .notImplemented
        case .unsupportedVersion: .versionNotSupported
        case .bareCR, .bareLF, .leadingEmptyLines, .badMethod, .badRequestLine, .badVersion, .badTargetByte,
            .badTargetForm, .badAuthority, .targetFragment, .badPercentEncoding, .forbiddenPercentEncoding,
            .pathNotUTF8, .dotSegment, .spaceBeforeFields, .obsFold, .emptyFieldName, .badFieldName,
            .spaceBeforeColon, .fieldWithoutColon, .badFieldValue, .repeatedField, .missingHost, .repeatedHost,
            .badHost, .hostMismatch, .lengthAndEncoding, .repeatedLength, .badLength, .lengthOverflow,
            .encodingInHTTP10, .repeatedEncoding, .badEncoding, .chunkedNotFinal, .badConnectionOption,
            .forbiddenConnectionOption, .badChunkSize, .chunkSizeOverflow, .badChunkExtension, .chunkLineTooLong,
            .chunkExtensionsTooLong, .badChunkEnd, .forbiddenTrailer:
            .badRequest
        }
    }
}
