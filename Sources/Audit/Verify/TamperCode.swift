/// What is wrong with a log, as `portcullis audit verify` prints it (`docs/formats/audit-log.md`).
package enum TamperCode: String, Sendable, CaseIterable, Error {
    case badName = "BAD_NAME"
    case notRegular = "NOT_REGULAR"
    case segmentGap = "SEGMENT_GAP"
    case segmentShort = "SEGMENT_SHORT"
    case segmentEmpty = "SEGMENT_EMPTY"
    case trailingBytes = "TRAILING_BYTES"
    case tornTail = "TORN_TAIL"
    case tornMismatch = "TORN_MISMATCH"
    case lineTooLong = "LINE_TOO_LONG"
    case blankLine = "BLANK_LINE"
    case carriageReturn = "CARRIAGE_RETURN"
    case controlByte = "CONTROL_BYTE"
    case notUTF8 = "NOT_UTF8"
    case byteOrderMark = "BOM"
    case shape = "SHAPE"
    case seq = "SEQ"
    case previousMismatch = "PREV_MISMATCH"
    case hashMismatch = "HASH_MISMATCH"
    case jsonSyntax = "JSON_SYNTAX"
    case jsonDuplicateKey = "JSON_DUPLICATE_KEY"
    case jsonWhitespace = "JSON_WHITESPACE"
    case jsonEscape = "JSON_ESCAPE"
    case jsonNumber = "JSON_NUMBER"
    case jsonDepth = "JSON_DEPTH"
    case timeFormat = "TIME_FORMAT"
    case timeOrder = "TIME_ORDER"
    case clockSkew = "CLOCK_SKEW"
    case genesis = "GENESIS"
    case header = "HEADER"
    case afterStop = "AFTER_STOP"
    case structure = "STRUCTURE"
    case headTruncated = "HEAD_TRUNCATED"
    case truncated = "TRUNCATED"
    case checkpointMissing = "CHECKPOINT_MISSING"
    case checkpointFormat = "CHECKPOINT_FORMAT"
    case checkpointSignature = "CHECKPOINT_SIGNATURE"
    case checkpointStale = "CHECKPOINT_STALE"
    case unknownKey = "UNKNOWN_KEY"
    case keyRotation = "KEY_ROTATION"
    case origin = "ORIGIN"
    case rootMismatch = "ROOT_MISMATCH"
    case cosignature = "COSIGNATURE"
    case witnessQuorum = "WITNESS_QUORUM"
    case inclusion = "INCLUSION"
}

/// A fault in one line.
package struct LineFault: Error, Equatable, Sendable {
    package var code: TamperCode
    /// Offset of the offending byte in the line; 0 where it is the line as a whole.
    package var offset: Int
    package var detail: String

    package init(_ code: TamperCode, at offset: Int = 0, _ detail: String) {
        self.code = code
        self.offset = offset
        self.detail = detail
    }
}
