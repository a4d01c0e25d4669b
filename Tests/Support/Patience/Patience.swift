import Foundation

/// How many times longer than usual everything may take: `PORTCULLIS_PATIENCE`, which scripts/sanitize.sh sets; else once.
package let patienceFactor = max(
    1, ProcessInfo.processInfo.environment["PORTCULLIS_PATIENCE"].flatMap { Int($0) } ?? 1)

extension Duration {
    /// This time in an ordinary run, and as much longer as `patienceFactor` says.
    package var stretched: Duration { self * patienceFactor }
}
