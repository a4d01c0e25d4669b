internal import CLinux
internal import CSeccomp

/// The system calls that the process is bound to (seccomp(2)): those that it makes while it serves.
public enum SystemCalls {
    /// Looks whether the kernel has filters, before a start that would end without.
    /// - Throws: `SandboxError`
    public static func expectFilters() throws(SandboxError) {
        guard pc_seccomp_is_available() == 1 else { throw SandboxError(what: "seccomp", code: ENOSYS) }
    }

    /// Puts the filter on every thread there is, and with them on those that come, for good.
    /// - Parameter mayConnect: whether connections to other hosts will be made.
    /// - Throws: `SandboxError`; no thread is then bound.
    public static func restrict(mayConnect: Bool) throws(SandboxError) {
        try SandboxError.check("seccomp", pc_seccomp_enforce(mayConnect ? 1 : 0))
    }

    /// Leaves every thread nothing but to read from what is open, calculate, and write to what is open, for good: for a
    /// process that takes a stranger's file apart.
    /// - Throws: `SandboxError`; no thread is then bound.
    public static func restrictToCalculation() throws(SandboxError) {
        try SandboxError.check("seccomp", pc_seccomp_enforce_calculation())
    }
}
