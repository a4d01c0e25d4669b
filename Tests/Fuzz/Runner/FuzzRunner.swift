internal import CFuzzer
internal import FuzzTargets
internal import Glibc

/// One program for all fuzz targets: the environment's `FUZZ_TARGET` chooses, the command line is libFuzzer's.
@main
struct FuzzRunner {
    static func main() {
        guard chosen != nil else {
            print("FUZZ_TARGET: wanted one of " + FuzzTarget.allCases.map(\.rawValue).joined(separator: ", "))
            exit(64)
        }
        var count = CommandLine.argc
        var words: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>? = unsafe CommandLine.unsafeArgv
        let status = unsafe LLVMFuzzerRunDriver(&count, &words) { bytes, count in
            let input = unsafe UnsafeBufferPointer(start: bytes, count: count)
            unsafe chosen?.run(Array(input))
            return 0
        }
        exit(status)
    }
}

private let chosen = unsafe getenv("FUZZ_TARGET").flatMap { unsafe FuzzTarget(rawValue: String(cString: $0)) }
