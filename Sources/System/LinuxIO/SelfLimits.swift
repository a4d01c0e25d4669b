internal import CLinux

/// Bounds that a process sets for itself, for good.
public enum SelfLimits {
    /// Bounds the address space, the processor time and the size of files that are written, lets no core
    /// file be made, and has the system end the process after `wallSeconds` whatever it does.
    /// - Returns: whether the system did.
    public static func apply(addressBytes: UInt64, processorSeconds: UInt32, fileBytes: UInt64, wallSeconds: UInt32)
        -> Bool
    {
        pc_end_self_after(wallSeconds)
        return pc_limit_self(addressBytes, processorSeconds, fileBytes) == 0
    }
}
