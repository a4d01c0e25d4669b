internal import Agent
internal import JSON
internal import LinuxIO

extension Configuration {
    /// The customers' documents. There are none while the key is not there.
    public struct Documents: Sendable {
        var directory = "var/documents"
        /// What the owners' keys are wrapped under.
        var key = "certs/content.key"
        var bytesMax = 10_485_760
        var ownerBytesMax = 104_857_600
        var totalBytesMax = 10_737_418_240
        var types = ["pdf", "docx", "txt", "md", "csv", "png", "jpeg"]
        /// ClamAV's daemon, `ADDRESS:PORT`; empty where there is none.
        var scanner = ""
        var scannerTimeoutMilliseconds = 30_000

        /// The kinds that are taken.
        var allowed: Set<DocumentType> { Set(types.compactMap(DocumentType.init(named:))) }
        /// Where the scanner listens; nil where there is none.
        var scannerAddress: SocketAddress? { Self.address(scanner) }

        /// Reads `127.0.0.1:3310` or `[::1]:3310`: a loopback address, since documents go there as they are.
        fileprivate static func address(_ text: String) -> SocketAddress? {
            guard let colon = text.lastIndex(of: ":"), let port = UInt16(text[text.index(after: colon)...]), port > 0
            else { return nil }
            var host = text[..<colon]
            if host.hasPrefix("["), host.hasSuffix("]") { host = host.dropFirst().dropLast() }
            guard let address = SocketAddress(numeric: String(host), port: port), address.isLoopback else { return nil }
            return address
        }
    }

    private static let documentMembers = [
        "directory", "key", "bytes_max", "owner_bytes_max", "total_bytes_max", "types", "clamd", "clamd_timeout_ms",
    ]
    /// 64 MiB, 1 TiB: a document is in memory as a whole.
    private static let documentBytesMost = 67_108_864, documentTotalMost = 1_099_511_627_776

    mutating func readDocuments(_ root: JSONObject) throws(JSONShapeError) {
        guard let object = try root.optionalObject("documents", allowing: Self.documentMembers) else { return }
        try object.set("directory", &documents.directory)
        if let file = try object.optionalString("key", countRange: 0...4096) { documents.key = file }
        try object.set("bytes_max", &documents.bytesMax, in: 1024...Self.documentBytesMost)
        try object.set("owner_bytes_max", &documents.ownerBytesMax, in: 1024...Self.documentTotalMost)
        try object.set("total_bytes_max", &documents.totalBytesMax, in: 1024...Self.documentTotalMost)
        if object.optional("types") != nil { documents.types = try object.strings("types") }
        for type in documents.types where DocumentType(named: type) == nil {
            throw object.error(
                "types", found: "\"\(type)\"",
                wanted: "some of " + DocumentType.allCases.map(\.name).joined(separator: ", "))
        }
        if let text = try object.optionalString("clamd", countRange: 0...64) { documents.scanner = text }
        guard documents.scanner.isEmpty || documents.scannerAddress != nil else {
            throw object.error(
                "clamd", found: "\"\(documents.scanner)\"",
                wanted: "a loopback address and a port, such as 127.0.0.1:3310, or \"\" for no scanner")
        }
        try object.set("clamd_timeout_ms", &documents.scannerTimeoutMilliseconds, in: 100...300_000)
        guard documents.ownerBytesMax >= documents.bytesMax, documents.totalBytesMax >= documents.ownerBytesMax else {
            throw object.error(
                "owner_bytes_max", found: "\(documents.ownerBytesMax)",
                wanted: "at least bytes_max, \(documents.bytesMax), and at most total_bytes_max, "
                    + "\(documents.totalBytesMax)")
        }
    }
}
