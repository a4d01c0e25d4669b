internal import CCurl

/// A body that is read from where it lies while it is sent.
public struct HTTPClientUpload {
    /// Bytes in all.
    public let byteCount: UInt64
    /// At most `count` bytes from `offset` on; nil where they cannot be read, which breaks the request off.
    public let read: (_ count: Int, _ offset: UInt64) -> [UInt8]?

    /// A body of `byteCount` bytes that `read` gives out in order.
    public init(byteCount: UInt64, read: @escaping (_ count: Int, _ offset: UInt64) -> [UInt8]?) {
        self.byteCount = byteCount
        self.read = read
    }
}

/// Credentials and scope of AWS Signature Version 4, which libcurl computes.
public struct HTTPClientSigning: ~Copyable {
    let scope: String
    let user: [UInt8]
    let secret: [UInt8]

    /// - Parameters:
    ///   - region: as in `eu-central-1`. It and `service` must be plain words.
    ///   - user: the access key's name; `secret` its secret. Printable ASCII.
    public init(region: String, service: String, user: [UInt8], secret: [UInt8]) {
        scope = "aws:amz:\(region):\(service)"
        self.user = user
        self.secret = secret
    }
}

extension HTTPClient {
    /// Sends `request` and waits for the whole answer, with a body that is read while it is sent, an answer that is handed on
    /// while it comes, or both. Memory stays small whatever their sizes. Blocks at most `totalTimeout`.
    ///
    /// Every field is signed, so libcurl is given none to leave out; a large body waits up to a second for `100 Continue`.
    /// - Parameters:
    ///   - upload: the body, in place of the request's.
    ///   - signing: signs the request; needs a field `x-amz-content-sha256` where there is a body.
    ///   - receive: takes the answer's body piece by piece, in place of the answer's own; false breaks off.
    /// - Throws: `HTTPClientError`; any status is an answer, not an error.
    public mutating func stream(
        _ request: HTTPClientRequest, upload: HTTPClientUpload? = nil, signing: borrowing HTTPClientSigning,
        receive: (([UInt8]) -> Bool)? = nil
    ) throws(HTTPClientError) -> HTTPClientResponse {
        try check(request)
        let receiver = Receiver(bodyBytesMax: configuration.responseBytesMax)
        receiver.sink = receive
        let sender = upload.map(Sender.init)
        let box = unsafe Unmanaged.passUnretained(receiver).toOpaque()
        var list: UnsafeMutablePointer<curl_slist>? = nil
        defer { unsafe curl_slist_free_all(list) }
        for field in request.fields {
            guard let longer = unsafe curl_slist_append(list, "\(field.name): \(field.value)") else {
                throw .setup("no memory")
            }
            unsafe list = longer
        }
        try set(CURLOPT_URL, request.url)
        try check(unsafe pc_curl_set_list(handle, CURLOPT_HTTPHEADER, list))
        try check(unsafe pc_curl_set_pointer(handle, CURLOPT_WRITEDATA, box))
        try check(unsafe pc_curl_set_pointer(handle, CURLOPT_HEADERDATA, box))
        try sign(signing)
        defer { forget() }
        try set(CURLOPT_HTTPGET, 1)
        if request.method == "HEAD" { try set(CURLOPT_NOBODY, 1) }
        if let sender {
            try set(CURLOPT_UPLOAD, 1)
            try check(unsafe pc_curl_set_receiver(handle, CURLOPT_READFUNCTION, sendBody))
            try check(
                unsafe pc_curl_set_pointer(
                    handle, CURLOPT_READDATA, unsafe Unmanaged.passUnretained(sender).toOpaque()))
            try check(
                unsafe pc_curl_set_size(handle, CURLOPT_INFILESIZE_LARGE, curl_off_t(clamping: sender.upload.byteCount))
            )
        }
        try set(CURLOPT_CUSTOMREQUEST, request.method)
        let result = withExtendedLifetime(sender) { unsafe curl_easy_perform(handle) }
        return try withExtendedLifetime(receiver) { () throws(HTTPClientError) in
            guard !receiver.isTooLarge else { throw .answerTooLarge }
            guard result == CURLE_OK else { throw HTTPClientError(result) }
            var status = 0
            try check(unsafe pc_curl_get_long(handle, CURLINFO_RESPONSE_CODE, &status))
            return HTTPClientResponse(status: status, fields: receiver.fields, body: receiver.body)
        }
    }

    private func sign(_ signing: borrowing HTTPClientSigning) throws(HTTPClientError) {
        try set(CURLOPT_AWS_SIGV4, signing.scope)
        try set(CURLOPT_USERNAME, String(decoding: signing.user, as: UTF8.self))
        try set(CURLOPT_PASSWORD, String(decoding: signing.secret, as: UTF8.self))
    }

    /// The handle forgets what dies with a call, and whom it signed for.
    private func forget() {
        unsafe _ = pc_curl_set_list(handle, CURLOPT_HTTPHEADER, nil)
        for option in [CURLOPT_WRITEDATA, CURLOPT_HEADERDATA, CURLOPT_READDATA] {
            unsafe _ = pc_curl_set_pointer(handle, option, nil)
        }
        for option in [CURLOPT_AWS_SIGV4, CURLOPT_USERNAME, CURLOPT_PASSWORD] {
            unsafe _ = pc_curl_set_text(handle, option, nil)
        }
        unsafe _ = pc_curl_set_long(handle, CURLOPT_UPLOAD, 0)
        unsafe _ = pc_curl_set_size(handle, CURLOPT_INFILESIZE_LARGE, -1)
    }
}

/// What a body is read from.
private final class Sender {
    let upload: HTTPClientUpload
    var offset: UInt64 = 0

    init(_ upload: HTTPClientUpload) { self.upload = upload }
}

private func sendBody(
    _ room: UnsafeMutablePointer<CChar>?, _ size: Int, _ count: Int, _ box: UnsafeMutableRawPointer?
) -> Int {
    guard let box = unsafe box, let room = unsafe room else { return Int(CURL_READFUNC_ABORT) }
    let sender = unsafe Unmanaged<Sender>.fromOpaque(box).takeUnretainedValue()
    guard let bytes = sender.upload.read(size * count, sender.offset), bytes.count <= size * count else {
        return Int(CURL_READFUNC_ABORT)
    }
    for index in bytes.indices { unsafe room[index] = CChar(bitPattern: bytes[index]) }
    sender.offset += UInt64(bytes.count)
    return bytes.count
}
