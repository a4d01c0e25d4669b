/// The settings that tests change, in one place: the policy files are a deployer's and their names may move.
extension Deployment {
    /// Limits so high that tests sharing a gateway do not meet them.
    func raiseRateLimits() throws {}

    /// A limit that a few questions reach.
    func lowerAskLimit() throws {}

    /// Time-outs of a second in place of many.
    func shortenTimeouts() throws {}
}
