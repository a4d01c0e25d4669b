import LinuxIO
import Testing

@testable import Evidence

@Suite struct `What evidence fails at` {
    @Test func `is said in one line that names the mend`() {
        let errors: [EvidenceError] = [
            .storage(FileError("open", "seg", code: FileError.missingCode)), .notFound("request X"),
            .unproved(seq: 7, isCovered: false), .unproved(seq: 7, isCovered: true),
            .configuration(setting: "audit.ship.target", found: "ftp:", wanted: "a folder, https: or a command"),
        ]
        #expect(
            errors.map(\.description) == [
                "seg: open: ENOENT (No such file or directory)", "request X: not in this log",
                "record 7: no checkpoint covers it yet",
                "record 7: no checkpoint that covers it is signed as the policy asks",
                "audit.ship.target: found ftp:, wanted a folder, https: or a command",
            ])
    }
}
