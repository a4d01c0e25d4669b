internal import CFuzzer
internal import FuzzTargets
internal import Glibc

/// Feeds the target that `PORTCULLIS_FUZZ_TARGET` names with inputs of libFuzzer, whose arguments are ours.
@main
enum Runner {
    /// Read once: the callback of libFuzzer has no room for a context.
    private static let target: FuzzTarget? = unsafe getenv("PORTCULLIS_FUZZ_TARGET")
        .flatMap { name in unsafe FuzzTarget(rawValue: String(cString: name)) }

    static func main() {
        guard target != nil else {
            let names = FuzzTarget.allCases.map(\.rawValue).joined(separator: ", ")
            print("PORTCULLIS_FUZZ_TARGET has to be one of: \(names)")
            exit(64)
        }
        var count = CommandLine.argc
        var arguments: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>? = unsafe CommandLine.unsafeArgv
        exit(
            unsafe LLVMFuzzerRunDriver(&count, &arguments) { bytes, size in
                Runner.target?.run(unsafe Array(UnsafeBufferPointer(start: bytes, count: size)))
                return 0
            })
    }
}
