internal import OpenSSL

/// Bytes after the last valid record of a dead process's segment, sealed where they are.
struct TornTail: Equatable, Sendable {
    var offset: UInt64
    var bytes: UInt64
    var sha256: SHA256Digest
}

/// A request that began and was not decided when its process died.
struct InterruptedRequest: Equatable, Sendable {
    var identifier: [UInt8]
    var seq: UInt64
}

/// Why a segment was opened.
enum SegmentReason: String, CaseIterable, Sendable {
    case start, recovery, size, day, `operator`

    var name: StaticString {
        switch self {
        case .start: "start"
        case .recovery: "recovery"
        case .size: "size"
        case .day: "day"
        case .operator: "operator"
        }
    }
}

/// What a segment's first record says about the segment before it.
struct SegmentOpen: Sendable {
    var index: UInt64
    var reason: SegmentReason
    var previousName: String
    var previousRecords: UInt64
    var previousBytes: UInt64
    var torn: TornTail?
    var interrupted: [InterruptedRequest] = []

    /// The most interrupted requests that are named; more are counted in `interrupted_total`.
    static let interruptedMax = 256

    func encode() -> EncodedRecord {
        EncodedRecord(.segmentOpen) { buffer in
            buffer.object("segment") { buffer in
                buffer.number("index", index)
                buffer.literal("reason", reason.name)
                buffer.object("prev") { buffer in
                    buffer.text("name", Array(previousName.utf8), path: "segment.prev.name")
                    buffer.number("records", previousRecords)
                    buffer.number("bytes", previousBytes)
                }
                if let torn { Self.encode(torn, to: &buffer) }
                if !interrupted.isEmpty { encodeInterrupted(to: &buffer) }
            }
        }
    }

    private static func encode(_ torn: TornTail, to buffer: inout RecordBuffer) {
        buffer.object("torn") { buffer in
            buffer.number("offset", torn.offset)
            buffer.number("bytes", torn.bytes)
            buffer.hex("sha256", torn.sha256)
        }
    }

    private func encodeInterrupted(to buffer: inout RecordBuffer) {
        buffer.array("interrupted") { buffer in
            for request in interrupted.prefix(Self.interruptedMax) {
                buffer.object { buffer in
                    buffer.text(
                        "id", request.identifier, path: "segment.interrupted.id",
                        bytesMax: RecordLimits.identifierBytesMax)
                    buffer.number("seq", request.seq)
                }
            }
        }
        if interrupted.count > Self.interruptedMax {
            buffer.number("interrupted_total", UInt64(interrupted.count))
        }
    }
}

/// The log that a new one follows, and whose decision that was.
struct LogPredecessor: Sendable {
    var checkpoint: Checkpoint
    var ticket: String
}

/// Records that the log writes about itself.
enum LogRecords {
    /// - Parameter after: the log that this one follows, where that can be continued no more.
    static func genesis(origin: String, key: VerifierKey, after: LogPredecessor? = nil) -> EncodedRecord {
        EncodedRecord(.genesis) { buffer in
            buffer.object("log") { buffer in
                buffer.text("origin", Array(origin.utf8), path: "log.origin")
                buffer.literal("format", "portcullis-audit/1")
                buffer.literal("hash", "sha256")
                buffer.text("vkey", Array(key.text.utf8), path: "log.vkey")
                if let after {
                    buffer.object("after") { buffer in
                        buffer.text("origin", Array(after.checkpoint.origin.utf8), path: "log.after.origin")
                        buffer.number("size", after.checkpoint.size)
                        buffer.text(
                            "root", Array(Base64.encode(after.checkpoint.root.bytes).utf8), path: "log.after.root")
                        buffer.text("ticket", Array(after.ticket.utf8), path: "log.after.ticket")
                    }
                }
            }
        }
    }

    static func keyRotate(from old: VerifierKey, to new: VerifierKey) -> EncodedRecord {
        EncodedRecord(.keyRotate) { buffer in
            buffer.object("key") { buffer in
                buffer.text("old", Array(old.text.utf8), path: "key.old")
                buffer.text("new", Array(new.text.utf8), path: "key.new")
            }
        }
    }

    static func gatewayStart(
        _ gateway: GatewayIdentity, bootIdentifier: [UInt8], process: Int32,
        durability: AuditConfiguration.Durability
    ) -> EncodedRecord {
        EncodedRecord(.gatewayStart) { buffer in
            buffer.object("gateway") { buffer in
                buffer.text("version", Array(gateway.version.utf8), path: "gateway.version", bytesMax: 64)
                buffer.hex("build_sha256", gateway.buildSHA256)
                buffer.hex("config_sha256", gateway.configurationSHA256)
                buffer.text("boot_id", bootIdentifier, path: "gateway.boot_id", bytesMax: 64)
                buffer.number("pid", signed: Int64(process))
                buffer.literal("durability", durability == .strict ? "strict" : "relaxed")
            }
            gateway.policy.encode(to: &buffer)
        }
    }

    static func gatewayStop(reason: ReasonCode, requests: UInt64) -> EncodedRecord {
        EncodedRecord(.gatewayStop) { buffer in
            buffer.object("stop") { buffer in
                buffer.code("reason", reason)
                buffer.number("requests", requests)
            }
        }
    }

    /// - Parameter level: `warn` while serving goes on, `stop` where it does not.
    static func pressure(level: StaticString, freeBytes: UInt64, limitBytes: UInt64) -> EncodedRecord {
        EncodedRecord(.pressure) { buffer in
            buffer.literal("level", level)
            buffer.number("free_bytes", freeBytes)
            buffer.number("limit_bytes", limitBytes)
        }
    }

    static func resume(since: WallTime, refused: UInt64) -> EncodedRecord {
        EncodedRecord(.resume) { buffer in
            buffer.time("since", since)
            buffer.number("refused", refused)
        }
    }

    static func reject(_ reject: ConnectionReject) -> EncodedRecord {
        EncodedRecord(.connectionReject) { buffer in
            buffer.object("tls") { buffer in
                buffer.text("peer", reject.peer, path: "tls.peer")
                buffer.code("reason", reject.reason)
                buffer.text("sni", reject.sni, path: "tls.sni")
                if let digest = reject.certificateSHA256 { buffer.hex("cert_sha256", digest) }
                buffer.number("count", reject.count)
                if let first = reject.first { buffer.time("first", first) }
                if let last = reject.last { buffer.time("last", last) }
            }
        }
    }
}

/// Refused connections of one kind: one of them, or those of a window together.
struct ConnectionReject: Sendable {
    var peer: [UInt8]
    var reason: ReasonCode
    var sni: [UInt8]?
    var certificateSHA256: SHA256Digest?
    var count: UInt64 = 1
    var first: WallTime?
    var last: WallTime?
}
