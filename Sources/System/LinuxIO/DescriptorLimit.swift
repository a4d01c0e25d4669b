internal import CLinux

/// How many descriptors the process may have (`RLIMIT_NOFILE`, getrlimit(2)).
public enum DescriptorLimit {
    /// Raises the soft limit to the hard one, which a process may always do.
    /// - Returns: what holds from then on; nil where the system does not say.
    public static func raise() -> Int? {
        var limit = rlimit()
        guard unsafe pc_descriptor_limit(&limit) == 0 else { return nil }
        let before = limit.rlim_cur
        limit.rlim_cur = limit.rlim_max
        // Refused in some sandboxes: then the soft limit is what there is.
        let isRaised = unsafe pc_set_descriptor_limit(&limit) == 0
        return Int(clamping: isRaised ? limit.rlim_max : before)
    }
}
