internal import COpenSSL

/// OpenSSL's error queue of the calling thread, as values.
enum OpenSSLErrors {
    /// Takes all errors off the queue: their words, first one first.
    static func drain() -> String {
        var words: [String] = []
        while true {
            let code = ERR_get_error()
            if code == 0 { break }
            if let text = unsafe ERR_reason_error_string(code) { words.append(unsafe String(cString: text)) }
        }
        return words.isEmpty ? "unknown error" : words.joined(separator: ", ")
    }

    /// The reason number of the newest error, 0 where there is none; leaves the queue as it is.
    static func newestReason() -> Int32 { pc_err_reason(ERR_peek_last_error()) }
}
