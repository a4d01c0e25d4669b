import LinuxIO
import Testing

@testable import Evidence

@Suite struct `What evidence fails at` {
    @Test func `is said in one line that names the mend`() {
        let errors: [EvidenceError] = [
            .storage(FileError("open", "seg", code: FileError.missingCode)), .notFound("request X"),
            .configuration(setting: "audit.ship.target", found: "ftp:", wanted: "a folder, https: or a command"),
        ]
        #expect(
            errors.map(\.description) == [
                "seg: open: ENOENT (No such file or directory)", "request X: not in this log",
                "audit.ship.target: found ftp:, wanted a folder, https: or a command",
            ])
    }
}
