/// What became of the requests to the witnesses, for metrics.
package struct WitnessStatistics: Sendable, Equatable {
    /// How an attempt ended.
    package enum Result: String, CaseIterable, Sendable {
        /// The cosignature was right.
        case cosigned
        /// 409: it knew another size.
        case conflict
        /// 5xx or 429.
        case busy
        /// No answer: refused, reset, no name, no TLS, 5 s.
        case unreachable
        /// Something that an operator should see to.
        case alarm
        /// The log was rolled back or forked.
        case failed
    }

    /// One witness's.
    package struct Witness: Sendable, Equatable {
        /// As the policy calls it.
        package var name: String
        /// The size that it cosigned last, and when by its own clock, seconds since 1970; 0 for never.
        package var cosignedSize: UInt64 = 0, cosignedSeconds: UInt64 = 0
        /// Attempts by how they ended, in the order of `Result.allCases`.
        package var attempts = [UInt64](repeating: 0, count: Result.allCases.count)

        /// Attempts that ended so.
        package func attempts(_ result: Result) -> UInt64 {
            zip(Result.allCases, attempts).first { $0.0 == result }?.1 ?? 0
        }
    }

    /// In the order of the policy.
    package var witnesses: [Witness]
    /// The largest size that the quorum has cosigned.
    package var coveredSize: UInt64 = 0
    /// Age of the oldest checkpoint without a quorum, in milliseconds; 0 where each has one.
    package var lagMilliseconds: UInt64 = 0
    /// Whether that is within the bound.
    package var isQuorumMet = true
}
