internal import CCurl

/// A client for HTTP/1.1 over libcurl: one request at a time, on the caller's thread, connections kept between them.
///
/// Everything is bounded: connecting, the whole exchange, the answer's head and body. It goes where it is told and
/// nowhere else: no redirects, no proxies or credentials from the environment or from files, no protocol but HTTP, and a
/// server is verified against a CA and by its name.
///
/// `@safe`: the handle is made and freed here, lists and bodies outlive the call that uses them, and the callbacks get
/// an object that does so too. Not copyable: a handle serves one thread at a time.
@safe public struct HTTPClient: ~Copyable {
    /// Bytes of an answer's head.
    public static let headBytesMax = 65_536

    let handle: UnsafeMutableRawPointer
    let configuration: HTTPClientConfiguration

    private init(adopting handle: UnsafeMutableRawPointer, _ configuration: HTTPClientConfiguration) {
        unsafe self.handle = handle
        self.configuration = configuration
    }

    deinit { unsafe curl_easy_cleanup(handle) }

    /// libcurl's own preparation, once in a process and before its threads use it.
    static let isPrepared = curl_global_init(Int(CURL_GLOBAL_DEFAULT)) == CURLE_OK

    /// Makes a client.
    /// - Throws: `HTTPClientError.setup`
    public static func make(_ configuration: HTTPClientConfiguration) throws(HTTPClientError) -> HTTPClient {
        guard isPrepared, let handle = unsafe curl_easy_init() else { throw .setup("no memory") }
        let client = unsafe HTTPClient(adopting: handle, configuration)
        try client.configure()
        return client
    }

    /// Sends `request` and waits for the whole answer. Blocks at most `totalTimeout`.
    /// - Throws: `HTTPClientError`; any status is an answer, not an error.
    public mutating func perform(_ request: HTTPClientRequest) throws(HTTPClientError) -> HTTPClientResponse {
        try check(request)
        let receiver = Receiver(bodyBytesMax: configuration.responseBytesMax)
        let box = unsafe Unmanaged.passUnretained(receiver).toOpaque()
        let list = try FieldList(request)
        try set(CURLOPT_URL, request.url)
        try check(unsafe pc_curl_set_list(handle, CURLOPT_HTTPHEADER, list.first))
        try check(unsafe pc_curl_set_pointer(handle, CURLOPT_WRITEDATA, box))
        try check(unsafe pc_curl_set_pointer(handle, CURLOPT_HEADERDATA, box))
        let result = try transfer(request)
        // The handle forgets what dies with this call.
        unsafe _ = pc_curl_set_list(handle, CURLOPT_HTTPHEADER, nil)
        unsafe _ = pc_curl_set_pointer(handle, CURLOPT_WRITEDATA, nil)
        unsafe _ = pc_curl_set_pointer(handle, CURLOPT_HEADERDATA, nil)
        return try withExtendedLifetime((receiver, list)) { () throws(HTTPClientError) in
            guard !receiver.isTooLarge else { throw .answerTooLarge }
            guard result == CURLE_OK else { throw HTTPClientError(result) }
            var status = 0
            try check(unsafe pc_curl_get_long(handle, CURLINFO_RESPONSE_CODE, &status))
            return HTTPClientResponse(status: status, fields: receiver.fields, body: receiver.body)
        }
    }

    /// The method by the option that makes libcurl treat the body right, and then by its name.
    private func transfer(_ request: HTTPClientRequest) throws(HTTPClientError) -> CURLcode {
        try set(CURLOPT_HTTPGET, 1)
        if request.method == "HEAD" { try set(CURLOPT_NOBODY, 1) }
        guard let body = request.body else {
            try set(CURLOPT_CUSTOMREQUEST, request.method)
            return unsafe curl_easy_perform(handle)
        }
        try set(CURLOPT_POST, 1)
        try check(unsafe pc_curl_set_size(handle, CURLOPT_POSTFIELDSIZE_LARGE, curl_off_t(body.count)))
        try set(CURLOPT_CUSTOMREQUEST, request.method)
        // An empty array has no address, and without one libcurl would ask a callback for the body.
        let bytes = body.isEmpty ? [0] : body
        var failure: HTTPClientError?
        let result = unsafe bytes.withUnsafeBytes { raw in
            let start = unsafe UnsafeMutableRawPointer(mutating: raw.baseAddress)
            do throws(HTTPClientError) {
                try check(unsafe pc_curl_set_pointer(handle, CURLOPT_POSTFIELDS, start))
            } catch {
                failure = error
                return CURLE_OK
            }
            return unsafe curl_easy_perform(handle)
        }
        unsafe _ = pc_curl_set_pointer(handle, CURLOPT_POSTFIELDS, nil)
        if let failure { throw failure }
        return result
    }

    private func configure() throws(HTTPClientError) {
        try set(CURLOPT_NOSIGNAL, 1)
        try set(CURLOPT_PROTOCOLS_STR, configuration.allowsPlain ? "http,https" : "https")
        try set(CURLOPT_FOLLOWLOCATION, 0)
        try set(CURLOPT_HTTP_VERSION, Int(CURL_HTTP_VERSION_1_1))
        try set(CURLOPT_HTTP09_ALLOWED, 0)
        // An empty proxy is none, whatever the environment says.
        try set(CURLOPT_PROXY, "")
        try set(CURLOPT_NETRC, Int(CURL_NETRC_IGNORED.rawValue))
        try set(CURLOPT_CONNECTTIMEOUT_MS, Self.milliseconds(configuration.connectTimeout))
        try set(CURLOPT_TIMEOUT_MS, Self.milliseconds(configuration.totalTimeout))
        try set(CURLOPT_SSL_VERIFYPEER, 1)
        try set(CURLOPT_SSL_VERIFYHOST, 2)
        try set(CURLOPT_SSLVERSION, Int(CURL_SSLVERSION_TLSv1_2))
        if let file = configuration.caFile {
            try set(CURLOPT_CAINFO, file)
            // Only these CAs: the system's folder would vouch for others.
            try check(unsafe pc_curl_set_text(handle, CURLOPT_CAPATH, nil))
        }
        if let file = configuration.certificateFile { try set(CURLOPT_SSLCERT, file) }
        if let file = configuration.keyFile { try set(CURLOPT_SSLKEY, file) }
        try check(unsafe pc_curl_set_receiver(handle, CURLOPT_WRITEFUNCTION, receiveBody))
        try check(unsafe pc_curl_set_receiver(handle, CURLOPT_HEADERFUNCTION, receiveHead))
    }

    /// A line end in a field or URL would be another field; a zero byte ends a C string early.
    func check(_ request: HTTPClientRequest) throws(HTTPClientError) {
        guard !request.method.isEmpty, request.method.utf8.allSatisfy({ (0x41...0x5A).contains($0) }) else {
            throw .badRequest("method")
        }
        let scheme = request.url.prefix { $0 != ":" }.lowercased()
        guard request.url.utf8.allSatisfy({ (0x21...0x7E).contains($0) }),
            scheme == "https" || configuration.allowsPlain && scheme == "http"
        else { throw .badRequest("url") }
        for field in request.fields {
            guard !field.name.isEmpty, field.name.utf8.allSatisfy({ (0x21...0x7E).contains($0) && $0 != 0x3A }),
                field.value.utf8.allSatisfy({ $0 >= 0x20 && $0 != 0x7F })
            else { throw .badRequest("field \(field.name.prefix(32))") }
        }
    }

    func set(_ option: CURLoption, _ value: Int) throws(HTTPClientError) {
        try check(unsafe pc_curl_set_long(handle, option, value))
    }

    func set(_ option: CURLoption, _ value: String) throws(HTTPClientError) {
        try check(unsafe pc_curl_set_text(handle, option, value))
    }

    func check(_ code: CURLcode) throws(HTTPClientError) {
        guard code == CURLE_OK else { throw .setup(HTTPClientError.words(code)) }
    }

    static func milliseconds(_ duration: Duration) -> Int {
        let (seconds, attoseconds) = duration.components
        // 0 would mean no limit.
        return max(1, Int(clamping: seconds * 1000 + attoseconds / 1_000_000_000_000_000))
    }
}

/// A request's field lines as libcurl takes them. `@safe`: the list is made and freed here.
@safe final class FieldList {
    private(set) var first: UnsafeMutablePointer<curl_slist>?

    /// - Throws: `HTTPClientError.setup`
    init(_ request: HTTPClientRequest) throws(HTTPClientError) {
        unsafe first = nil
        // Nothing that libcurl adds by itself: no wait for `100 Continue`, no form's type.
        var lines = ["Expect:", "Content-Type:"].filter { line in
            !request.fields.contains { line.dropLast().lowercased() == $0.name.lowercased() }
        }
        lines += request.fields.map { "\($0.name): \($0.value)" }
        for line in lines {
            guard let longer = unsafe curl_slist_append(first, line) else { throw .setup("no memory") }
            unsafe first = longer
        }
    }

    deinit { unsafe curl_slist_free_all(first) }
}

/// What an answer is collected in.
final class Receiver {
    let bodyBytesMax: Int
    /// Takes the body in place of `body`; false breaks off.
    var sink: (([UInt8]) -> Bool)?
    var body: [UInt8] = []
    var fields: [HTTPClientField] = []
    var headBytes = 0
    var isTooLarge = false

    init(bodyBytesMax: Int) { self.bodyBytesMax = bodyBytesMax }

    func take(body bytes: UnsafeBufferPointer<CChar>) -> Bool {
        if let sink { return sink(unsafe bytes.map { UInt8(bitPattern: $0) }) }
        guard body.count + bytes.count <= bodyBytesMax else {
            isTooLarge = true
            return false
        }
        unsafe body.append(contentsOf: bytes.lazy.map { UInt8(bitPattern: $0) })
        return true
    }

    func take(head bytes: UnsafeBufferPointer<CChar>) -> Bool {
        headBytes += bytes.count
        guard headBytes <= HTTPClient.headBytesMax else {
            isTooLarge = true
            return false
        }
        let line = String(decoding: unsafe bytes.map { UInt8(bitPattern: $0) }, as: UTF8.self)
        // An interim answer's head is followed by another, which is the answer's.
        if line.hasPrefix("HTTP/") { fields.removeAll() }
        if !line.hasPrefix("HTTP/"), let field = HTTPClientField(line: line) { fields.append(field) }
        return true
    }
}

extension HTTPClientField {
    /// A field line of an answer; nil for a line without a colon.
    init?(line: String) {
        guard let colon = line.firstIndex(of: ":") else { return nil }
        let value = line[line.index(after: colon)...].drop { $0.isWhitespace }
        let end = value.lastIndex { !$0.isWhitespace }
        self.init(line[..<colon].lowercased(), end.map { String(value[...$0]) } ?? "")
    }
}

private func receiveBody(
    _ bytes: UnsafeMutablePointer<CChar>?, _ size: Int, _ count: Int, _ box: UnsafeMutableRawPointer?
) -> Int {
    guard let box = unsafe box else { return 0 }
    let receiver = unsafe Unmanaged<Receiver>.fromOpaque(box).takeUnretainedValue()
    let total = size * count
    return unsafe receiver.take(body: unsafe UnsafeBufferPointer(start: bytes, count: total)) ? total : 0
}

private func receiveHead(
    _ bytes: UnsafeMutablePointer<CChar>?, _ size: Int, _ count: Int, _ box: UnsafeMutableRawPointer?
) -> Int {
    guard let box = unsafe box else { return 0 }
    let receiver = unsafe Unmanaged<Receiver>.fromOpaque(box).takeUnretainedValue()
    let total = size * count
    return unsafe receiver.take(head: unsafe UnsafeBufferPointer(start: bytes, count: total)) ? total : 0
}

extension HTTPClientError {
    /// What libcurl's code means for a caller.
    init(_ code: CURLcode) {
        let words = Self.words(code)
        switch code {
        case CURLE_OPERATION_TIMEDOUT: self = .timedOut
        case CURLE_URL_MALFORMAT: self = .badRequest(words)
        case CURLE_COULDNT_RESOLVE_HOST, CURLE_COULDNT_CONNECT, CURLE_COULDNT_RESOLVE_PROXY: self = .unreachable(words)
        case CURLE_SSL_CONNECT_ERROR, CURLE_PEER_FAILED_VERIFICATION, CURLE_SSL_CERTPROBLEM, CURLE_SSL_CIPHER,
            CURLE_SSL_CACERT_BADFILE, CURLE_SSL_ISSUER_ERROR:
            self = .tls(words)
        default: self = .badAnswer(words)
        }
    }

    static func words(_ code: CURLcode) -> String { unsafe String(cString: curl_easy_strerror(code)) }
}
