extension AgentLimits {
    /// Jobs that wait in the queue, dead ones apart, and bytes of what one carries.
    public static let jobsWaitingMax = 10_000, jobPayloadBytesMax = 65_536
    /// Jobs that failed for good and are kept to be looked at; past it the oldest are dropped.
    public static let deadJobsMax = 1_000
    /// Bytes of a job's key, and of the reason why it failed.
    public static let jobKeyBytesMax = 1_024, jobReasonBytesMax = 512
    /// Attempts at a job before it is given up.
    public static let jobAttemptsMax = 12
}
