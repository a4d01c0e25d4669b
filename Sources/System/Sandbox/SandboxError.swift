internal import CLinux

/// A restriction that the system does not grant.
public struct SandboxError: Error, Hashable, Sendable {
    /// What was asked for: `Landlock`, `seccomp`, `setresuid`, …
    public let what: String
    /// The value of `errno`; 0 where nothing failed and the result is wrong.
    public let code: Int32

    /// The system's words for the code.
    public var message: String {
        code == 0 ? "it did not take effect" : unsafe String(cString: strerror(code))
    }

    static func check(_ what: String, _ result: Int32) throws(SandboxError) {
        if result < 0 { throw SandboxError(what: what, code: -result) }
    }
}
