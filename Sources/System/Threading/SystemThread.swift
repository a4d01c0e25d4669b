internal import CLinux

/// An operating-system thread.
public enum SystemThread {
    /// Starts a detached thread that runs `body` once.
    ///
    /// All signals are blocked in it, so that they reach the one descriptor that waits for them.
    /// - Parameter name: at most 15 bytes, shown by `ps -L` and `top -H`; the rest is cut.
    /// - Returns: false where the system refuses another thread (`RLIMIT_NPROC`, memory); `body` then never runs.
    public static func start(named name: String, _ body: sending @escaping () -> Void) -> Bool {
        let start = Start(name: name, body: body)
        let raw = unsafe Unmanaged.passRetained(start).toOpaque()
        let result = unsafe pc_thread_start(runThread, raw)
        if result != 0 { unsafe Unmanaged<Start>.fromOpaque(raw).release() }
        return result == 0
    }
}

private final class Start {
    let name: String
    let body: () -> Void

    init(name: String, body: @escaping () -> Void) {
        self.name = String(name.prefix(15))
        self.body = body
    }
}

private func runThread(_ raw: UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer? {
    guard let raw = unsafe raw else { return nil }
    let start = unsafe Unmanaged<Start>.fromOpaque(raw).takeRetainedValue()
    unsafe pc_thread_set_name(start.name)
    start.body()
    return nil
}

extension SystemThread {
    /// A number that the calling thread gave itself, 0 until it does. About 1 ns.
    public static var currentNumber: UInt32 {
        get { unsafe pc_thread_number().pointee }
        set { unsafe pc_thread_number().pointee = newValue }
    }
}

extension SystemThread {
    /// Lets the calling thread sleep, for a loop that has nothing to wait for. A signal may end it early.
    public static func sleep(milliseconds: Int32) { _ = poll(nil, 0, milliseconds) }

    /// Lets other threads that wait for this core run first (sched_yield(2)); half a microsecond where none does.
    public static func yield() { _ = sched_yield() }
}

extension SystemThread {
    /// Cores that this process may run on; at least 1.
    public static var coreCount: Int { max(1, Int(sysconf(Int32(_SC_NPROCESSORS_ONLN)))) }
}
