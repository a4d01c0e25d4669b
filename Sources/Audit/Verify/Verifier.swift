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
        var keys: [VerifierKey] = []
        for text in options.pinnedKeys {
            guard let key = VerifierKey(text) else {
                return VerifyReport(
                    verdict: .unusable("--vkey \(text): not a key of the form name+hex+base64"), warnings: [])
            }
            keys.append(key)
        }
        guard !keys.isEmpty || options.isUnpinned else {
            return VerifyReport(
                verdict: .unusable("no key is pinned: give --vkey, or --unpinned to verify the chain alone"),
                warnings: [])
        }
        var walk = LogWalk(disk, options: options, keys: keys, progress: progress)
        do {
            let summary = try walk.run()
            return VerifyReport(verdict: .ok(summary), warnings: walk.warnings)
        } catch let finding as VerifyReport.Finding {
            return VerifyReport(verdict: .tampered(finding), warnings: [])
        } catch {
            return VerifyReport(verdict: .unusable("\(error)"), warnings: [])
        }
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
