internal import Audit

/// Verifies an audit log, or proofs of single records: what an auditor builds alone. Needs no gateway and trusts none.
@main
struct PortcullisVerify {
    static func main() {
        let words = Array(CommandLine.arguments.dropFirst())
        guard !words.isEmpty || AuditorConsole.isWatched == false else { finish(help, 2, toError: true) }
        if words.contains(where: { ["--help", "-h"].contains($0) }) { finish(help, 0) }
        do throws(Usage) {
            switch words.first {
            case "bundle": bundle(try Request(Array(words.dropFirst())))
            case "receipt": receipt(try Request(Array(words.dropFirst())))
            default: log(try Request(words))
            }
        } catch {
            finish("UNUSABLE \(error.text)\nsee portcullis-verify --help\n", 2, toError: true)
        }
    }

    private static let help = """
        portcullis-verify: prove that no record of an audit log was changed, removed or added

        Usage: portcullis-verify [DIR] --policy FILE | --vkey KEY [options]
               portcullis-verify bundle FILE… --policy FILE | --vkey KEY
               portcullis-verify receipt SEQ:HASH [DIR]

        DIR is the log's folder (default: the one you are in). Reads only, and asks nobody.

        Options:
          --policy FILE      the log's keys and its witnesses (C2SP tlog-policy)
          --vkey KEY         a key that the log may have, as name+hex+base64 (may be repeated)
          --checkpoint FILE  a checkpoint that was kept elsewhere (may be repeated)
          --origin TEXT      the origin that the log must have
          --unpinned         verify although no key is pinned
          --live             a gateway is writing: its last line may be incomplete
          --all              list everything that is wrong, not only the first
          --json             print the verdict as JSON
          --help             this page

        Exit codes: 0 nothing is wrong, 1 tampered with, 2 no answer.

        """

    private static func log(_ request: Request) {
        guard request.operands.count <= 1 else { finish("UNUSABLE one folder at a time\n", 2, toError: true) }
        var shown = -1
        let report = Verifier.verify(directory: request.operands.first ?? ".", options: request.options) {
            done, total in
            let percent = total > 0 ? Int(done * 100 / total) : 0
            guard AuditorConsole.isWatched, percent > shown else { return }
            shown = percent
            let cells = percent * 30 / 100
            let bar = String(repeating: "#", count: cells) + String(repeating: ".", count: 30 - cells)
            AuditorConsole.printError("\rverifying [\(bar)] \(percent) %")
        }
        if shown >= 0 { AuditorConsole.printError("\r\u{1B}[K") }
        let text = request.asJSON ? String(decoding: report.json, as: UTF8.self) : report.text
        finish(text, report.exitStatus, toError: report.exitStatus == 2 && !request.asJSON)
    }

    private static func bundle(_ request: Request) {
        guard !request.operands.isEmpty else { finish("UNUSABLE no file is given\n", 2, toError: true) }
        var reports: [BundleVerifier.Report] = []
        for path in request.operands {
            let (file, failure) = AuditorConsole.read(path)
            guard let file else {
                reports.append(BundleVerifier.Report(unreadable: failure ?? path))
                AuditorConsole.printError(reports[reports.count - 1].text)
                continue
            }
            let report = BundleVerifier.verify(file, options: request.options)
            reports.append(report)
            if report.exitStatus == 2 {
                AuditorConsole.printError(report.text)
            } else if !AuditorConsole.print(report.text) {
                AuditorConsole.exit(2)
            }
        }
        AuditorConsole.exit(BundleVerifier.exitStatus(of: reports))
    }

    private static func receipt(_ request: Request) {
        guard (1...2).contains(request.operands.count) else {
            finish("UNUSABLE wanted: receipt SEQ:HASH [DIR]\n", 2, toError: true)
        }
        let directory = request.operands.count == 2 ? request.operands[1] : "."
        let report = ReceiptChecker.check(request.operands[0], directory: directory)
        finish(report.text, report.exitStatus, toError: report.exitStatus == 2)
    }

    private static func finish(_ text: String, _ status: Int32, toError: Bool = false) -> Never {
        if toError {
            AuditorConsole.printError(text)
        } else if !AuditorConsole.print(text) {
            AuditorConsole.exit(2)
        }
        AuditorConsole.exit(status)
    }
}
