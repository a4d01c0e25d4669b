import Bytes
import OpenSSL
import Seeds
import Testing

@testable import Audit

/// A log of three segments, made once: a clean stop, a rotation, and a torn tail that was sealed.
enum TamperSample {
    /// `genesis start end stop | open(start) start end end | open(recovery) start reject stop`, and a torn tail in the second.
    static let disk: FaultyStorage = {
        let disk = FaultyStorage()
        var chain = ChainBuilder(disk)
        chain.add(LogRecords.genesis(origin: origin, key: VerifierKey(name: origin, publicKey: key)))
        chain.addStart()
        chain.add(chain.small)
        chain.add(LogRecords.gatewayStop(reason: "shutdown", requests: 1))
        chain.open(.start)
        chain.addStart()
        chain.add(chain.small)
        chain.add(chain.small)
        chain.open(.recovery, torn: Array("{\"v\":1,\"seq\":8,\"ti".utf8))
        chain.addStart()
        chain.add(LogRecords.reject(ConnectionReject(peer: Array("192.0.2.7:1".utf8), reason: "no_certificate")))
        chain.add(LogRecords.gatewayStop(reason: "shutdown", requests: 0))
        chain.finish()
        return disk
    }()

    static let origin = "bank.example/portcullis/test"
    static let key = [UInt8](repeating: 7, count: 32)
    static let names = [0, 4, 8].map { SegmentName(firstSeq: $0).text }
}

/// Writes a log record by record into a storage, right by construction.
struct ChainBuilder: ~Copyable {
    let disk: FaultyStorage
    private var assembler = LineAssembler(continuing: ChainEnd())
    private var segment = SegmentName(firstSeq: 0)
    private var index: UInt64 = 0
    private var bytes = ByteBuffer(capacity: 0)
    var now = WallTime(microseconds: 1_795_161_600_000_000)

    init(_ disk: FaultyStorage) { self.disk = disk }

    var small: EncodedRecord { .policyLoad(Samples.policy) }

    mutating func add(_ record: EncodedRecord) { add(middle: record.bytes) }

    mutating func add(middle: [UInt8]) {
        _ = assembler.append(middle, at: now, to: &bytes)
        now = WallTime(microseconds: now.microseconds + 1000)
    }

    mutating func addStart() {
        let digest = SHA256Digest(of: [])
        let gateway = GatewayIdentity(
            version: "1", buildSHA256: digest, configurationSHA256: digest, policy: Samples.policy)
        add(LogRecords.gatewayStart(gateway, bootIdentifier: Array("boot".utf8), process: 1, durability: .strict))
    }

    mutating func open(
        _ reason: SegmentReason, torn: [UInt8] = [], _ change: (inout SegmentOpen) -> Void = { _ in }
    ) {
        let end = assembler.end
        var opening = SegmentOpen(
            index: index + 1, reason: reason, previousName: segment.text,
            previousRecords: end.nextSeq - segment.firstSeq, previousBytes: UInt64(bytes.count))
        if !torn.isEmpty {
            opening.torn = TornTail(
                offset: UInt64(bytes.count), bytes: UInt64(torn.count), sha256: SHA256Digest(of: torn))
        }
        change(&opening)
        bytes.append(torn)
        finish()
        bytes.truncate(to: 0)
        segment = SegmentName(firstSeq: end.nextSeq)
        index += 1
        add(opening.encode())
    }

    mutating func finish() { disk[segment.text] = bytes.array() }
}

@Suite struct `Tampering is found where it is` {
    @Test func `the untouched log is OK and its summary is right`() {
        let report = TamperSample.disk.verify()
        #expect(report.exitStatus == 0)
        #expect(
            report.text.hasPrefix("OK records=12 first=0 size=- root=- head="), "\(report.text)")
        #expect(
            report.text.contains(
                " uncovered=12 cosigned=- from=2026-11-20T08:00:00.000000Z to=2026-11-20T08:00:00.011000Z\n"))
        #expect(report.text.contains("WARNING torn tail sealed: segment=\(TamperSample.names[1]) "))
    }

    @Test(arguments: TamperSample.names)
    func `a flipped bit in any byte is found at its record`(name: String) {
        let seed = Seed.value
        let original = TamperSample.disk[name]
        let disk = TamperSample.disk.copy()
        let first = SegmentName(name)?.firstSeq ?? 0
        var seq = first
        for offset in original.indices {
            let bit = UInt8((UInt64(offset) &+ seed) % 8)
            var bytes = original
            bytes[offset] ^= 1 << bit
            disk[name] = bytes
            guard case .tampered(let finding) = disk.verify().verdict else {
                Issue.record("bit \(bit) of byte \(offset) of \(name) went unnoticed")
                return
            }
            guard finding.seq == seq, finding.segment == name else {
                Issue.record("bit \(bit) of byte \(offset) of \(name) was found elsewhere: \(finding.text)")
                return
            }
            if original[offset] == 0x0A { seq += 1 }
        }
    }
}
