internal import Audit
internal import Curl
internal import LinuxIO
internal import OpenSSL

/// Where an S3-compatible service is, and how long it must keep what it is given.
public struct S3Settings: Sendable {
    /// How objects are locked (S3 Object Lock).
    public enum Lock: String, CaseIterable, Sendable {
        case off
        /// Can be lifted by whoever has that permission.
        case governance
        /// Can be lifted by nobody before its time.
        case compliance
    }

    /// `https://HOST[:PORT]`; `http://` for a numeric loopback address.
    public var endpoint: String
    /// As in `eu-central-1`.
    public var region: String
    /// The bucket, made with object lock where `lock` is not `off`.
    public var bucket: String
    /// Begins the names of all objects, such as `gw-01/`.
    public var prefix = ""
    /// How objects are locked, for `retainDays` from when they are put.
    public var lock = Lock.off
    /// Days, 1 to 36,500.
    public var retainDays = 400
    /// A file of CAs for the service; nil for the system's.
    public var caFile: String?
    /// The longest that one request may take.
    public var timeout: Duration = .seconds(300)

    /// Settings with the defaults.
    public init(endpoint: String, region: String, bucket: String) {
        self.endpoint = endpoint
        self.region = region
        self.bucket = bucket
    }
}

/// A bucket of an S3-compatible service. Requests are signed (AWS Signature Version 4), bodies stream from the file.
public struct S3Target: ShipTarget, ~Copyable {
    private var client: HTTPClient
    private let settings: S3Settings
    private let credentials: S3Credentials
    private let clock: @Sendable () -> Int64

    private static let emptyHash = String(decoding: SHA256Digest(of: []).hex, as: UTF8.self)

    /// - Parameter clock: microseconds since 1970, for the end of a lock.
    /// - Throws: `EvidenceError.configuration`
    public init(
        _ settings: S3Settings, credentials: consuming S3Credentials, clock: @escaping @Sendable () -> Int64
    ) throws(EvidenceError) {
        func refused(_ member: String, _ found: String, _ wanted: String) -> EvidenceError {
            .configuration(setting: "audit.ship.\(member)", found: "\"\(found)\"", wanted: wanted)
        }
        guard let isPlain = Self.isPlain(settings.endpoint) else {
            throw refused(
                "endpoint", settings.endpoint, "https://HOST[:PORT], or http:// with a numeric loopback address")
        }
        for (member, text) in [("region", settings.region), ("bucket", settings.bucket)] {
            guard Self.isWord(text), !text.isEmpty, text.utf8.count <= 63 else {
                throw refused(member, text, "lower-case letters, digits, dots and dashes, at most 63")
            }
        }
        guard settings.prefix.split(separator: "/").allSatisfy({ Self.isWord(String($0)) && $0 != "." && $0 != ".." }),
            !settings.prefix.hasPrefix("/"), settings.prefix.utf8.count <= 256
        else { throw refused("prefix", settings.prefix, "lower-case letters, digits, dots, dashes and slashes") }
        do throws(HTTPClientError) {
            client = try HTTPClient.make(
                HTTPClientConfiguration(
                    totalTimeout: settings.timeout, responseBytesMax: 65_536, allowsPlain: isPlain,
                    caFile: settings.caFile))
        } catch {
            throw refused("endpoint", settings.endpoint, "one that libcurl can reach (\(error))")
        }
        self.settings = settings
        self.credentials = credentials
        self.clock = clock
    }

    /// What stands under the object\'s name.
    /// - Throws: `ShipFailure`
    public mutating func presence(of object: ShipObject) throws(ShipFailure) -> ShipPresence {
        let head = try send(
            "HEAD", object, fields: [("x-amz-content-sha256", Self.emptyHash), ("x-amz-checksum-mode", "ENABLED")])
        switch head.status {
        case 200: break
        case 404: return .missing
        default: throw Self.failure(head.status)
        }
        guard head.field("content-length").flatMap(UInt64.init) == object.bytes else { return .different }
        if let checksum = head.field("x-amz-checksum-sha256"), head.field("x-amz-checksum-type") != "COMPOSITE" {
            return checksum == Base64.encode(object.sha256.bytes) ? .same : .different
        }
        return try readBack(object)
    }

    /// Puts the object there, from the file at the path.
    /// - Throws: `ShipFailure`
    public mutating func put(_ object: ShipObject, from path: String) throws(ShipFailure) {
        let file: File
        do throws(FileError) { file = try File.open(path, for: .read) } catch { throw .file }
        var fields = [
            ("x-amz-content-sha256", String(decoding: object.sha256.hex, as: UTF8.self)),
            ("x-amz-checksum-sha256", Base64.encode(object.sha256.bytes)),
        ]
        // Older services demand it of every locked object, and it is no security here: the SHA-256 beside it is.
        if let digest = try Self.md5(of: file) { fields.append(("content-md5", Base64.encode(digest))) }
        if settings.lock != .off {
            let until = clock() + Int64(settings.retainDays) * 86_400_000_000
            fields.append(("x-amz-object-lock-mode", settings.lock.rawValue.uppercased()))
            let time = WallTime(microseconds: until).text.prefix(19)
            fields.append(("x-amz-object-lock-retain-until-date", "\(time)Z"))
        }
        let upload = HTTPClientUpload(byteCount: object.bytes) { count, offset in
            var bytes: [UInt8] = []
            do throws(FileError) {
                _ = try file.read(into: &bytes, count: count, at: offset)
                return bytes
            } catch {
                return nil
            }
        }
        let answer = try send("PUT", object, fields: fields, upload: upload)
        guard (200...299).contains(answer.status) else { throw Self.failure(answer.status) }
    }

    /// For a service that does not tell a checksum of its own: the bytes are.
    private mutating func readBack(_ object: ShipObject) throws(ShipFailure) -> ShipPresence {
        var hasher = SHA256()
        var bytes: UInt64 = 0
        let answer = try send("GET", object, fields: [("x-amz-content-sha256", Self.emptyHash)]) { piece in
            hasher.update(piece.span)
            bytes += UInt64(piece.count)
            return bytes <= object.bytes
        }
        guard answer.status == 200 else { throw Self.failure(answer.status) }
        return hasher.finish() == object.sha256 && bytes == object.bytes ? .same : .different
    }

    private mutating func send(
        _ method: String, _ object: ShipObject, fields: [(String, String)], upload: HTTPClientUpload? = nil,
        receive: (([UInt8]) -> Bool)? = nil
    ) throws(ShipFailure) -> HTTPClientResponse {
        var all = fields.map { HTTPClientField($0.0, $0.1) }
        if let session = credentials.session {
            all.append(HTTPClientField("x-amz-security-token", String(decoding: session, as: UTF8.self)))
        }
        let url = "\(settings.endpoint)/\(settings.bucket)/\(settings.prefix)\(object.name)"
        let signing = credentials.secret.withSpan { secret in
            HTTPClientSigning(
                region: settings.region, service: "s3", user: credentials.user,
                secret: secret.indices.map { secret[$0] })
        }
        do throws(HTTPClientError) {
            return try client.stream(
                HTTPClientRequest(method, url, fields: all), upload: upload, signing: signing, receive: receive)
        } catch {
            switch error {
            case .timedOut: throw .timeout
            case .unreachable, .tls: throw .unreachable
            case .setup, .badRequest, .answerTooLarge, .badAnswer: throw .refused
            }
        }
    }

    private static func failure(_ status: Int) -> ShipFailure {
        switch status {
        case 401, 403: .denied
        case 408, 504: .timeout
        default: .refused
        }
    }

    private static func md5(of file: File) throws(ShipFailure) -> [UInt8]? {
        guard var hasher = MD5.make() else { return nil }
        var offset: UInt64 = 0
        var chunk: [UInt8] = []
        do throws(FileError) {
            while true {
                chunk.removeAll(keepingCapacity: true)
                guard try file.read(into: &chunk, count: 1 << 20, at: offset) > 0 else { break }
                hasher.update(chunk.span)
                offset += UInt64(chunk.count)
            }
        } catch {
            throw .file
        }
        return hasher.finish()
    }

    /// Whether `endpoint` is `http:`; nil where it is not one that may be used.
    private static func isPlain(_ endpoint: String) -> Bool? {
        guard endpoint.utf8.allSatisfy({ (0x21...0x7E).contains($0) }) else { return nil }
        for (scheme, isPlain) in [("https://", false), ("http://", true)] where endpoint.hasPrefix(scheme) {
            let rest = endpoint.dropFirst(scheme.count)
            guard !rest.isEmpty, !rest.contains("/"), !rest.contains("@"), !rest.contains("?"), !rest.contains("#")
            else {
                return nil
            }
            guard isPlain else { return false }
            return isLoopback(rest) ? true : nil
        }
        return nil
    }

    /// Whether `authority` is a numeric loopback address, with or without a port: `127.evil.example` is not.
    private static func isLoopback(_ authority: Substring) -> Bool {
        if authority == "[::1]" || authority.hasPrefix("[::1]:") { return true }
        let host = authority.split(separator: ":", omittingEmptySubsequences: false)[0]
        let parts = host.split(separator: ".", omittingEmptySubsequences: false).map { UInt8($0) }
        return parts.count == 4 && parts.allSatisfy { $0 != nil } && parts[0] == 127
    }

    private static func isWord(_ text: String) -> Bool {
        text.utf8.allSatisfy {
            (0x61...0x7A).contains($0) || (0x30...0x39).contains($0) || $0 == 0x2D || $0 == 0x2E
        }
    }
}
