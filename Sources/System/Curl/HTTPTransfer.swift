internal import CCurl

/// One request of `HTTPTransfers`, and its answer as far as it is here.
///
/// Of the body no more is held than `bufferBytesMax`, and what libcurl read at once beyond it: when there is more, reading
/// pauses until somebody has taken what is here, and the peer learns it from its window.
///
/// `@safe`: belongs to the thread of its `HTTPTransfers`, which keeps it for as long as libcurl knows its address.
@safe public final class HTTPTransfer {
    /// Bytes of a body that wait to be taken.
    public static let bufferBytesMax = 16_384
    /// Bytes read at once.
    private static let readBytes = 4096
    /// The least room that libcurl has for what is sent: a body beyond it takes several turns.
    private static let sendBytes = 16_384

    private let client: HTTPClient
    private let lines: FieldList
    private weak var owner: HTTPTransfers?
    private let changed: () -> Void
    private var buffer: [UInt8] = []
    private var isPaused = false
    private var headBytes = 0
    private var isNoted = false

    /// Three digits once the head is complete, 0 before.
    public private(set) var status = 0
    /// The fields of the answer in the order they came.
    public private(set) var fields: [HTTPClientField] = []
    private var statusOfHead = 0

    /// How it ended: well or not. What came before may still wait to be taken.
    public private(set) var end: End?

    /// How a transfer ends.
    public enum End: Hashable, Sendable {
        /// The answer is whole.
        case whole
        /// It broke off, or never began.
        case failed(HTTPClientError)
    }

    var handle: UnsafeMutableRawPointer { unsafe client.handle }

    private init(
        _ client: consuming HTTPClient, _ lines: FieldList, of owner: HTTPTransfers, _ changed: @escaping () -> Void
    ) {
        self.client = client
        self.lines = lines
        self.owner = owner
        self.changed = changed
    }

    static func make(
        _ request: HTTPClientRequest, _ configuration: HTTPClientConfiguration, of owner: HTTPTransfers,
        _ changed: @escaping () -> Void
    ) throws(HTTPClientError) -> HTTPTransfer {
        let client = try HTTPClient.make(configuration)
        try client.check(request)
        let transfer = HTTPTransfer(client, try FieldList(request), of: owner, changed)
        try transfer.configure(request)
        return transfer
    }

    private func configure(_ request: HTTPClientRequest) throws(HTTPClientError) {
        let box = unsafe Unmanaged.passUnretained(self).toOpaque()
        try client.set(CURLOPT_URL, request.url)
        try client.check(unsafe pc_curl_set_list(handle, CURLOPT_HTTPHEADER, lines.first))
        try client.check(unsafe pc_curl_set_pointer(handle, CURLOPT_WRITEDATA, box))
        try client.check(unsafe pc_curl_set_pointer(handle, CURLOPT_HEADERDATA, box))
        try client.check(unsafe pc_curl_set_receiver(handle, CURLOPT_WRITEFUNCTION, receiveTransferBody))
        try client.check(unsafe pc_curl_set_receiver(handle, CURLOPT_HEADERFUNCTION, receiveTransferHead))
        try client.set(CURLOPT_BUFFERSIZE, Self.readBytes)
        try client.set(CURLOPT_UPLOAD_BUFFERSIZE, Self.sendBytes)
        // Whoever ends a transfer must not wait for a look-up of its name.
        try client.set(CURLOPT_QUICK_EXIT, 1)
        if let body = request.body {
            try client.set(CURLOPT_POST, 1)
            // An empty array has no address, and without one libcurl would ask a callback for the body.
            let bytes = body.isEmpty ? [0] : body
            let code = unsafe bytes.withUnsafeBytes {
                unsafe pc_curl_set_body(handle, $0.baseAddress, curl_off_t(body.count))
            }
            try client.check(code)
        }
        try client.set(CURLOPT_CUSTOMREQUEST, request.method)
    }

    /// The first field called `name`, in lower case.
    public func field(_ name: String) -> String? { fields.first { $0.name == name }?.value }

    /// Whether bytes of the body are here.
    public var hasBytes: Bool { !buffer.isEmpty }

    /// Takes the bytes of the body that are here; none where there are none.
    public func take() -> [UInt8] {
        var taken: [UInt8] = []
        swap(&taken, &buffer)
        if isPaused {
            isPaused = false
            owner?.resume(self)
        }
        return taken
    }

    /// Ends it now. Its connection is closed unless the answer was whole.
    public func cancel() { owner?.cancel(self) }

    func noteEnd(_ error: HTTPClientError?) {
        guard end == nil else { return }
        if headBytes > HTTPClient.headBytesMax {
            end = .failed(.answerTooLarge)
        } else {
            end = error.map { .failed($0) } ?? .whole
        }
        noteChange()
    }

    func tellChanged() {
        isNoted = false
        changed()
    }

    private func noteChange() {
        guard !isNoted else { return }
        isNoted = true
        owner?.note(self)
    }

    fileprivate func take(body bytes: UnsafeBufferPointer<CChar>) -> Int {
        guard buffer.isEmpty || buffer.count + bytes.count <= Self.bufferBytesMax else {
            isPaused = true
            return Int(CURL_WRITEFUNC_PAUSE)
        }
        unsafe buffer.append(contentsOf: bytes.lazy.map { UInt8(bitPattern: $0) })
        noteChange()
        return bytes.count
    }

    fileprivate func take(head bytes: UnsafeBufferPointer<CChar>) -> Bool {
        headBytes += bytes.count
        guard headBytes <= HTTPClient.headBytesMax else { return false }
        // What follows the body is not looked at.
        guard status == 0 else { return true }
        let line = String(decoding: unsafe bytes.map { UInt8(bitPattern: $0) }, as: UTF8.self)
        if line.hasPrefix("HTTP/") {
            fields.removeAll()
            statusOfHead = Int(line.split(separator: " ").dropFirst().first?.prefix(3) ?? "") ?? 0
        } else if line == "\r\n" || line == "\n" {
            // An interim answer's head is followed by another, which is the answer's.
            if statusOfHead >= 200 {
                status = statusOfHead
                noteChange()
            }
        } else if let field = HTTPClientField(line: line) {
            fields.append(field)
        }
        return true
    }
}

private func receiveTransferBody(
    _ bytes: UnsafeMutablePointer<CChar>?, _ size: Int, _ count: Int, _ box: UnsafeMutableRawPointer?
) -> Int {
    guard let box = unsafe box else { return 0 }
    let transfer = unsafe Unmanaged<HTTPTransfer>.fromOpaque(box).takeUnretainedValue()
    return unsafe transfer.take(body: unsafe UnsafeBufferPointer(start: bytes, count: size * count))
}

private func receiveTransferHead(
    _ bytes: UnsafeMutablePointer<CChar>?, _ size: Int, _ count: Int, _ box: UnsafeMutableRawPointer?
) -> Int {
    guard let box = unsafe box else { return 0 }
    let transfer = unsafe Unmanaged<HTTPTransfer>.fromOpaque(box).takeUnretainedValue()
    let total = size * count
    return unsafe transfer.take(head: unsafe UnsafeBufferPointer(start: bytes, count: total)) ? total : 0
}
