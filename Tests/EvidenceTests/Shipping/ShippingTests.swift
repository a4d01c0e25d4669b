import Audit
import Foundation
import LinuxIO
import OpenSSL
import Testing

@testable import Evidence

@Suite struct ShippingTests {
    @Test func everythingFinishedIsShippedOnceAndKnownAfterwards() throws {
        let log = try ShippedLog(segments: 3)
        var shipper = try log.shipper()
        let outcome = shipper.round()
        #expect(outcome.failure == nil && outcome.waitMilliseconds == 10_000)
        #expect(outcome.shipped == log.names.dropLast() + ["checkpoints/\(log.note(1))", "checkpoint"])
        for name in outcome.shipped { #expect(try log.archived(name) == log.bytes(name), "\(name)") }
        #expect(shipper.round().shipped.isEmpty)
        var next = try log.shipper()
        #expect(next.round().shipped.isEmpty)
    }

    @Test func aRoundThatIsAskedToStopEndsBeforeTheNextObjectAndKnowsWhatItShipped() throws {
        let log = try ShippedLog(segments: 3)
        for count in 0..<3 {
            var shipper = try log.shipper()
            var asked = 0
            let outcome = shipper.round(isStopping: {
                asked += 1
                return asked > 1
            })
            #expect(outcome.isCutShort && outcome.failure == nil && outcome.failed == nil)
            #expect(outcome.shipped == [(log.names.dropLast() + ["checkpoints/\(log.note(1))"])[count]])
        }
        var shipper = try log.shipper()
        let last = shipper.round()
        #expect(last.shipped == ["checkpoint"] && !last.isCutShort)
    }

    @Test func aLostLedgerIsBegunAnewWithoutSendingAgain() throws {
        let log = try ShippedLog(segments: 3)
        var first = try log.shipper()
        _ = first.round()
        let before = try log.ledger
        for text in ["", "torn\n", "portcullis-shipped/1\nnotes 3\n"] {
            try log.write(Array(text.utf8), to: "state/shipped")
            #expect(try log.ledger == ShippingLedger())
            // A copy that would be sent could not be: the folder takes nothing.
            try log.setMode(0o500, of: "archive")
            defer { try? log.setMode(0o700, of: "archive") }
            var shipper = try log.shipper()
            #expect(shipper.round().failure == nil)
            #expect(try log.ledger == before)
        }
    }

    @Test func aSegmentThatIsThereWithOtherContentIsNeverReplaced() throws {
        let log = try ShippedLog(segments: 3)
        try log.write([1, 2, 3], to: "archive/\(log.names[0])")
        var shipper = try log.shipper()
        let outcome = shipper.round()
        #expect(outcome.failure == .conflict && outcome.failed == log.names[0])
        #expect(try log.archived(log.names[0]) == [1, 2, 3])
        #expect(try log.ledger.segments.isEmpty)
    }

    @Test func aCheckpointThatGainedACosignatureIsShippedAgain() throws {
        let log = try ShippedLog(segments: 2)
        var shipper = try log.shipper()
        _ = shipper.round()
        try log.write(Array("newer\n".utf8), to: "log/checkpoint")
        #expect(shipper.round().shipped == ["checkpoint"])
        #expect(try log.archived("checkpoint") == Array("newer\n".utf8))
    }

    @Test func anArchiveThatIsNotThereIsNotMadeUp() throws {
        let log = try ShippedLog(segments: 2)
        try FileManager.default.removeItem(atPath: log.root + "/archive")
        var shipper = try log.shipper()
        #expect(shipper.round().failure == .file)
        #expect(!FileManager.default.fileExists(atPath: log.root + "/archive"))
    }

    @Test func failuresAreCountedAndWaitedForLongerAndLonger() throws {
        let log = try ShippedLog(segments: 2)
        var shipper = try Shipper(
            log.disk, directory: log.root + "/log", state: log.state, target: FailingTarget(), idleMilliseconds: 1)
        for count in 0..<12 {
            let most = min(Backoff.mostMilliseconds, 1000 << UInt64(count))
            #expect((most / 2...most).contains(shipper.round().waitMilliseconds))
        }
        #expect(shipper.failures == [.unreachable: 12])
    }

    @Test func aLedgerIsReadAsItWasWritten() throws {
        var ledger = ShippingLedger()
        ledger.notesSize = 12
        ledger.head = SHA256Digest(of: [1])
        for number in 0..<3 {
            ledger.add(
                ShipObject(name: "seg-\(number)", bytes: 7, sha256: SHA256Digest(of: [2]), mayReplace: false))
        }
        #expect(ShippingLedger(text: ledger.text) == ledger)
        for count in 0..<ledger.text.count {
            #expect(ShippingLedger(text: Array(ledger.text[..<count])) == nil, "cut to \(count)")
        }
    }

    @Test func theLagIsThatOfTheOldestFinishedSegmentThatIsNotElsewhere() throws {
        let log = try ShippedLog(segments: 3)
        let now: Int64 = 1_600_000_000_000_000
        func lag() throws -> ShippingLag {
            try .measure(directory: log.root + "/log", stateDirectory: log.root + "/state", now: now)
        }
        // The second segment begins 2 s before now, which is when the first was finished.
        #expect(try lag() == ShippingLag(segments: 2, seconds: 2))
        var shipper = try log.shipper()
        _ = shipper.round()
        #expect(try lag() == ShippingLag(segments: 0, seconds: 0))
    }

    @Test func aLagIsRecordedOnceWhenItPassesTheLimit() {
        var alarm = ShippingAlarm(limitSeconds: 60)
        let lags: [(UInt64, Bool)] = [(60, false), (61, true), (62, false), (60, false), (61, true)]
        for (seconds, isRecorded) in lags {
            let record = alarm.observe(ShippingLag(segments: 1, seconds: seconds))
            #expect((record?.type == .pressure) == isRecorded, "\(seconds) s")
        }
    }

    @Test func aCommandStoresAndTellsTheHashOfWhatItStored() throws {
        let log = try ShippedLog(segments: 2)
        let store = log.root + "/archive"
        let script = "cp \"$1\" '\(store)/'\"$(basename \"$2\")\" && sha256sum \"$1\" | cut -d' ' -f1"
        var shipper = try log.shipper(
            CommandTarget(arguments: ["/bin/sh", "-c", script, "x", "{file}", "{name}"], timeout: .seconds(20)))
        #expect(shipper.round().failure == nil)
        #expect(try log.archived(log.names[0]) == log.bytes(log.names[0]))
    }

    @Test(arguments: [
        ("exit 3", ShipFailure.refused), ("echo nonsense", .hash), ("true", .hash), ("sleep 20", .timeout),
        ("kill -9 $$", .timeout), ("yes", .timeout),
    ])
    func aCommandThatFailsIsAFailure(script: String, failure: ShipFailure) throws {
        let log = try ShippedLog(segments: 2)
        var shipper = try log.shipper(
            CommandTarget(arguments: ["/bin/sh", "-c", script], timeout: .milliseconds(300)))
        #expect(shipper.round().failure == failure)
        #expect(try log.ledger.segments.isEmpty)
    }

    @Test func aWordOfACommandIsNeverReadByAShell() throws {
        let log = try ShippedLog(segments: 2)
        let target = CommandTarget(
            arguments: ["/bin/echo", "$(touch \(log.root)/owned)", "{sha256}"], timeout: .seconds(20))
        var shipper = try log.shipper(target)
        #expect(shipper.round().failure == nil)
        #expect(!FileManager.default.fileExists(atPath: log.root + "/owned"))
        let missing = CommandTarget(arguments: ["relative"], timeout: .seconds(1))
        try FileManager.default.removeItem(atPath: log.root + "/state/shipped")
        var other = try log.shipper(missing)
        #expect(other.round().failure == .refused)
    }
}

/// Nobody answers.
private struct FailingTarget: ShipTarget {
    func presence(of object: ShipObject) throws(ShipFailure) -> ShipPresence { throw .unreachable }
    func put(_ object: ShipObject, from path: String) throws(ShipFailure) { throw .unreachable }
}

/// A log's folders with files that are shaped as far as shipping looks at them.
final class ShippedLog {
    let root: String
    let names: [String]

    init(segments: Int) throws {
        let package = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().deletingLastPathComponent()
        root = package.appending(path: ".build/evidence-tests/\(UUID().uuidString)").path
        for folder in ["log/checkpoints", "state", "archive"] {
            try FileManager.default.createDirectory(
                atPath: root + "/" + folder, withIntermediateDirectories: true)
        }
        names = (0..<segments).map { "seg-0000000000000000000\($0).jsonl" }
        for (number, name) in names.enumerated() {
            let line =
                #"{"v":1,"seq":\#(number),"time":"2020-09-13T12:26:3\#(7 + min(number, 2)).000000Z","type":"x"}"#
            try write(Array((line + "\n").utf8), to: "log/\(name)")
        }
        for size in 1...2 { try write(Array("note \(size)\n".utf8), to: "log/checkpoints/\(note(size))") }
        try write(Array("head\n".utf8), to: "log/checkpoint")
    }

    deinit { try? FileManager.default.removeItem(atPath: root) }

    func setMode(_ mode: Int, of name: String) throws {
        try FileManager.default.setAttributes([.posixPermissions: mode], ofItemAtPath: "\(root)/\(name)")
    }

    func note(_ size: Int) -> String { "0000000000000000000\(size).note" }

    func write(_ bytes: [UInt8], to name: String) throws { try Data(bytes).write(to: URL(filePath: "\(root)/\(name)")) }
    func bytes(_ name: String) throws -> [UInt8] { Array(try Data(contentsOf: URL(filePath: "\(root)/log/\(name)"))) }
    func archived(_ name: String) throws -> [UInt8] {
        Array(try Data(contentsOf: URL(filePath: "\(root)/archive/\(name)")))
    }

    var disk: DirectoryStorage { get throws { try DirectoryStorage(path: root + "/log") } }
    var state: DirectoryStorage { get throws { try DirectoryStorage(path: root + "/state", isPrivate: true) } }
    var ledger: ShippingLedger { get throws { try .read(state) } }

    func shipper() throws -> Shipper<DirectoryTarget, DirectoryStorage, DirectoryStorage> {
        try shipper(DirectoryTarget(path: root + "/archive"))
    }

    func shipper<Target: ShipTarget & ~Copyable>(
        _ target: consuming Target
    ) throws -> Shipper<Target, DirectoryStorage, DirectoryStorage> {
        try Shipper(
            disk, directory: root + "/log", state: state, target: target, idleMilliseconds: 10_000)
    }
}
