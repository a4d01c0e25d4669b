internal import JSON
internal import OpenSSL

extension SegmentOpen {
    /// Reads the header from its line, which the line checker has accepted. Members it does not know are ignored.
    init(line: [UInt8]) throws(LineFault) {
        do {
            let record = try JSONObject(try JSONParser.parse(line), allowing: nil)
            let segment = try record.object("segment", allowing: nil)
            let previous = try segment.object("prev", allowing: nil)
            let integers = 0...Int(Chain.integerMax)
            guard let reason = SegmentReason(rawValue: try segment.string("reason")) else {
                throw LineFault(.header, "an unknown reason")
            }
            self.init(
                index: UInt64(try segment.integer("index", in: integers)), reason: reason,
                previousName: try previous.string("name"),
                previousRecords: UInt64(try previous.integer("records", in: integers)),
                previousBytes: UInt64(try previous.integer("bytes", in: integers)))
            if let torn = try segment.optionalObject("torn", allowing: nil) { self.torn = try TornTail(torn) }
            interrupted = try (segment.optionalArray("interrupted") ?? []).map(InterruptedRequest.init)
        } catch let fault as LineFault {
            throw fault
        } catch {
            throw LineFault(.header, "\(error)")
        }
        guard reason == .recovery || (torn == nil && interrupted.isEmpty) else {
            throw LineFault(.header, "torn or interrupted without reason recovery")
        }
    }
}

extension TornTail {
    fileprivate init(_ object: JSONObject) throws {
        let hex = try object.bytes("sha256", countRange: 64...64)
        guard let digest = SHA256Digest(hex: hex) else { throw LineFault(.header, "torn.sha256 is not a digest") }
        self.init(
            offset: UInt64(try object.integer("offset", in: 0...Int(Chain.integerMax))),
            bytes: UInt64(try object.integer("bytes", in: 1...Int(Chain.integerMax))), sha256: digest)
    }
}

extension InterruptedRequest {
    fileprivate init(_ node: JSONNode) throws {
        let object = try JSONObject(node, allowing: nil)
        self.init(
            identifier: try object.bytes("id"), seq: UInt64(try object.integer("seq", in: 0...Int(Chain.integerMax))))
    }
}

/// What a log's first record says.
struct Genesis: Sendable {
    let origin: String
    let key: VerifierKey

    /// Reads it from its line, which the line checker has accepted.
    init(line: [UInt8]) throws(LineFault) {
        do {
            let log = try JSONObject(try JSONParser.parse(line), allowing: nil).object("log", allowing: nil)
            origin = try log.string("origin")
            guard try log.string("format") == "portcullis-audit/1", try log.string("hash") == "sha256" else {
                throw LineFault(.genesis, "not the format portcullis-audit/1 with sha256")
            }
            guard let key = VerifierKey(try log.string("vkey")), key.name == origin else {
                throw LineFault(.genesis, "vkey is malformed, or not the origin's")
            }
            self.key = key
        } catch let fault as LineFault {
            throw fault
        } catch {
            throw LineFault(.genesis, "\(error)")
        }
    }
}

extension SHA256Digest {
    /// The digest that 64 lowercase hex digits write.
    init?(hex: [UInt8]) {
        guard hex.count == 64 else { return nil }
        var bytes: [UInt8] = []
        for index in stride(from: 0, to: 64, by: 2) {
            guard let high = Self.nibble(hex[index]), let low = Self.nibble(hex[index + 1]) else { return nil }
            bytes.append(high << 4 | low)
        }
        self.init(bytes: bytes)
    }

    private static func nibble(_ digit: UInt8) -> UInt8? {
        switch digit {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): digit - UInt8(ascii: "0")
        case UInt8(ascii: "a")...UInt8(ascii: "f"): digit - UInt8(ascii: "a") + 10
        default: nil
        }
    }
}
