import Agent
import Glibc
import Threading

/// Measures the time and the memory of an embedding model: what `Benchmarks/embedding.sh` calls.
@main struct Driver {
    static let usage = """
        embedding-driver FOLDER ROUNDS   the vectors of texts by the model in FOLDER, the median of ROUNDS each

        """
    /// 16, 64 and 256 tokens of all-MiniLM-L6-v2, the marks of start and end included.
    static let texts = [
        "My new card has not arrived yet and I need it before Friday.",
        String(repeating: "card ", count: 62), String(repeating: "card ", count: 254),
    ]

    static func main() async {
        guard CommandLine.arguments.count == 3, let rounds = Int(CommandLine.arguments[2]), rounds > 0 else {
            complain(usage)
            exit(64)
        }
        do { try await measure(folder: CommandLine.arguments[1], rounds: rounds) } catch {
            complain("embedding-driver: \(error)\n")
            exit(70)
        }
    }

    static func measure(folder: String, rounds: Int) async throws {
        let before = privateBytes
        let begin = MonotonicInstant.now
        let embedder = try LocalEmbedder.load(folder: folder)
        print("load_us=\(MonotonicInstant.now.microseconds(since: begin)) build=\"\(embedder.build)\"")
        for text in texts {
            let bytes = Array(text.utf8)
            _ = try await embedder.vectors(ofPassages: [bytes])
            var times: [UInt64] = []
            let busy = processorMicroseconds
            for _ in 0..<rounds {
                let begin = MonotonicInstant.now
                _ = try await embedder.vectors(ofPassages: [bytes])
                times.append(MonotonicInstant.now.microseconds(since: begin))
            }
            times.sort()
            print(
                "bytes=\(bytes.count) rounds=\(rounds) median_us=\(times[rounds / 2])",
                "p99_us=\(times[rounds * 99 / 100]) cpu_us=\((processorMicroseconds - busy) / rounds) private_growth_bytes=\(privateBytes - before)"
            )
        }
        let passages = (0..<64).map { _ in Array(texts[0].utf8) }
        let together = MonotonicInstant.now
        _ = try await embedder.vectors(ofPassages: passages)
        print("passages=64 us_each=\(MonotonicInstant.now.microseconds(since: together) / 64)")
    }

    /// Of all threads; where a core is shared, the figure to read.
    static var processorMicroseconds: Int {
        var time = timespec()
        clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
        return time.tv_sec * 1_000_000 + time.tv_nsec / 1000
    }

    /// Memory that is this process's alone: pages of the weights are the file's.
    static var privateBytes: Int {
        guard let file = fopen("/proc/self/smaps_rollup", "r") else { return 0 }
        defer { fclose(file) }
        var total = 0
        var line = [CChar](repeating: 0, count: 256)
        while fgets(&line, Int32(line.count), file) != nil {
            let words = String(decoding: line.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self).split(
                separator: " ")
            if words.first == "Private_Dirty:", words.count > 1 { total += (Int(words[1]) ?? 0) * 1024 }
        }
        return total
    }

    static func complain(_ text: String) {
        _ = Array(text.utf8).withUnsafeBytes { write(2, $0.baseAddress, $0.count) }
    }
}
