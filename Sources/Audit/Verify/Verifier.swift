internal import LinuxIO

/// Proves that a log's records are the ones that were written, in their order: reads only, needs no gateway, trusts nothing.
///
/// The chain alone cannot show an edit after which every later hash was computed anew; that takes a signed checkpoint, or a
/// head that was kept elsewhere.
public enum Verifier {
    /// Verifies the log in `directory`, in memory that does not grow with it.
    /// - Parameter progress: called about once a megabyte with the bytes verified and the bytes there are.
    public static func verify(
        directory: String, options: VerifyOptions, progress: ((UInt64, UInt64) -> Void)? = nil
    ) -> VerifyReport {
        do throws(FileError) {
            return verify(try DirectoryStorage(path: directory), options: options, progress: progress)
        } catch {
            return VerifyReport(verdict: .unusable(error.description), warnings: [])
        }
    }

    /// Verifies the log in `disk`.
    package static func verify<Disk: Storage>(
        _ disk: Disk, options: VerifyOptions, progress: ((UInt64, UInt64) -> Void)? = nil
    ) -> VerifyReport {
        do {
            let question = try Question(options)
            let shelf = try CheckpointShelf(disk, kept: try question.checkpoints(of: Disk.self))
            var walk = LogWalk(
                disk, options: options, policy: question.policy, pins: question.pins, shelf: shelf, progress: progress)
            do {
                let summary = try walk.run()
                guard let first = walk.findings.first else {
                    return VerifyReport(verdict: .ok(summary), warnings: walk.warnings)
                }
                return report(first, walk.findings, walk.findingsCount)
            } catch let finding as VerifyReport.Finding {
                guard options.listsAll else { return VerifyReport(verdict: .tampered(finding), warnings: []) }
                let all = walk.findings + [finding]
                return report(all[0], all, walk.findingsCount + 1)
            }
        } catch let finding as VerifyReport.Finding {
            return VerifyReport(verdict: .tampered(finding), warnings: [])
        } catch {
            return VerifyReport(verdict: .unusable("\(error)"), warnings: [])
        }
    }

    private static func report(
        _ first: VerifyReport.Finding, _ all: [VerifyReport.Finding], _ count: Int
    ) -> VerifyReport {
        var report = VerifyReport(verdict: .tampered(first), warnings: [])
        report.breaks = all
        report.breaksCount = count
        return report
    }

    /// Whether `line` is a record to the quick reader exactly if it is one to the checker, which names what is wrong.
    ///
    /// For tests and fuzzing.
    package static func readsAlike(_ line: [UInt8]) -> Bool {
        var expected = LineExpectation()
        if let frame = LineChecker.Frame(of: line.span) {
            expected.seq = frame.seq
            expected.previousHex = Array(line[frame.previousStart..<(frame.previousStart + 64)])
            expected.notBefore = WallTime(line.span, at: frame.timeStart)
        }
        let checked = try? checkLine(line, against: expected)
        var reading = LineReading()
        let first = reading.read(line.span)
        // The second time it knows the line's shape.
        let second = reading.read(line.span)
        return first?.seq == checked?.seq && second?.seq == checked?.seq && first?.time == checked?.time
    }

    /// Checks one line against the record before it, as `verify` does.
    ///
    /// A pure function of its arguments, for tests and fuzzing; `verify` keeps one checker for all lines.
    package static func checkLine(
        _ line: [UInt8], against expected: LineExpectation
    ) throws(LineFault) -> CheckedLine {
        var checker = LineChecker()
        return try checker.check(line.span, against: expected)
    }
}

/// What the person who asks has given, understood.
struct Question {
    let policy: TlogPolicy
    /// Keys that the log may have.
    let pins: [VerifierKey]
    private let kept: [VerifyOptions.GivenFile]

    /// - Throws: `Unusable`
    init(_ options: VerifyOptions) throws {
        var pins: [VerifierKey] = []
        for text in options.pinnedKeys {
            guard let key = VerifierKey(text) else {
                throw Unusable(description: "--vkey \(text): not a key of the form name+hex+base64")
            }
            pins.append(key)
        }
        if let file = options.policy {
            do throws(TlogPolicy.Fault) { policy = try TlogPolicy(file.bytes) } catch {
                throw Unusable(description: "--policy \(file.name): \(error)")
            }
            pins += policy.logs
        } else {
            policy = TlogPolicy(logs: pins)
        }
        guard !pins.isEmpty || options.isUnpinned else {
            throw Unusable(
                description: "no key is pinned: give --policy or --vkey, or --unpinned to verify without one")
        }
        self.pins = pins
        kept = options.checkpoints
    }

    /// The checkpoints that were kept elsewhere.
    func checkpoints<Disk: Storage>(
        of disk: Disk.Type
    ) throws -> [(name: String, content: CheckpointShelf<Disk>.Signed)] {
        try kept.map { file in
            do throws(NoteFault) { return (file.name, try CheckpointShelf<Disk>.Signed(file.bytes)) } catch {
                throw Unusable(description: "--checkpoint \(file.name): \(error.code.rawValue): \(error.detail)")
            }
        }
    }
}
