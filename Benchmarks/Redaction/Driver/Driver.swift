import Glibc
import Redaction

/// Times redaction: what `Benchmarks/redaction.sh` calls.
@main struct Driver {
    static let usage = """
        redaction-driver speed FILE [SECONDS]    texts as messages and in blocks; FILE is JSONL with "text", or plain
        redaction-driver doubling [NAME]         hostile texts from 64 KiB to 1 MiB; exit code 1 where one is not linear
        redaction-driver find FILE COUNT         the texts of FILE, COUNT times: for profiles; the digest is one of all
                                                 findings, which a change for speed leaves as it was
        redaction-driver clean COUNT             one message without findings, COUNT times: for counting allocations
        """

    static func main() {
        let arguments = CommandLine.arguments
        do {
            switch (arguments.dropFirst().first, arguments.count) {
            case ("speed", 3...4):
                try Speed(Corpus(arguments[2]), seconds: arguments.count == 4 ? number(3) : 1).run()
            case ("doubling", 2...3):
                guard Doubling.run(only: arguments.count == 3 ? arguments[2] : nil) else { exit(1) }
            case ("find", 4): try find(Corpus(arguments[2]), times: Int(number(3)))
            case ("clean", 3): try Clean.run(times: Int(number(2)))
            default:
                complain(usage)
                exit(64)
            }
        } catch {
            complain("redaction-driver: \(error)")
            exit(74)
        }
    }

    static func complain(_ text: String) {
        let bytes = Array((text + "\n").utf8)
        _ = bytes.withUnsafeBytes { write(2, $0.baseAddress, $0.count) }
    }

    private static func find(_ corpus: Corpus, times: Int) {
        let redactor = Redactor()
        var found = 0
        var digest: UInt64 = 0
        for _ in 0..<times {
            for text in corpus.messages {
                let findings = redactor.detect(text)
                found += findings.count
                for finding in findings { digest = (digest ^ mark(of: finding)) &* 0x9E37_79B9_7F4A_7C15 }
            }
        }
        print("work=find texts=\(corpus.messages.count) times=\(times) findings=\(found) digest=\(digest)")
    }

    /// What tells a finding from others.
    private static func mark(of finding: Finding) -> UInt64 {
        var mark = UInt64(finding.range.lowerBound) << 40 ^ UInt64(finding.range.upperBound) << 20
        mark ^= UInt64(finding.confidencePPM)
        for byte in finding.type.name.utf8 { mark = (mark ^ UInt64(byte)) &* 0x0000_0100_0000_01B3 }
        return mark ^ mark >> 29
    }

    private static func number(_ index: Int) -> Double { Double(CommandLine.arguments[index]) ?? 0 }
}

struct Failure: Error, CustomStringConvertible {
    let description: String
    init(_ description: String) { self.description = description }
}

/// Processor time of this process.
enum Clock {
    /// In seconds.
    static var now: Double {
        var time = timespec()
        clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
        return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
    }
}

/// One message in which nothing is found, for the count of what it costs.
enum Clean {
    private static let message = Array("What are the opening hours of your branch in the city centre on Saturday?".utf8)

    static func run(times: Int) throws {
        let redactor = Redactor()
        var vault = Vault()
        var found = redactor.detect(message).count
        for _ in 0..<times { found += try redactor.redact(message, into: &vault).findings.count }
        guard found == 0 else { throw Failure("the clean message has a finding") }
        print("work=clean bytes=\(message.count) times=\(times) findings=\(found)")
    }
}
