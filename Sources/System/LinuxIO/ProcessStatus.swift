internal import CLinux
internal import Synchronization

/// What the system counts for this process.
///
/// The files are opened once, so that a process that may open nothing any more can still be watched.
///
/// `@safe`: the directory is opened and closed here. `@unchecked Sendable`: one thread at a time may call
/// `openDescriptors`, which the lock sees to; all else is immutable.
@safe public final class ProcessStatus: @unchecked Sendable {
    private let memory: File?
    private let descriptors: OpaquePointer?
    private let turn = Mutex(())

    /// Opens what is needed. What cannot be opened is not told later.
    public init() {
        do throws(FileError) {
            memory = try File.open("/proc/self/statm", for: .read)
        } catch {
            memory = nil
        }
        unsafe descriptors = opendir("/proc/self/fd")
    }

    deinit {
        if let descriptors = unsafe descriptors { unsafe closedir(descriptors) }
    }

    /// Bytes of memory: all that is mapped, and what of it is resident.
    public var memoryBytes: (mapped: UInt64, resident: UInt64)? {
        var text: [UInt8] = []
        do throws(FileError) {
            guard let memory, try memory.read(into: &text, count: 256, at: 0) > 0 else { return nil }
        } catch {
            return nil
        }
        let words = text.split(separator: UInt8(ascii: " ")).prefix(2).compactMap {
            UInt64(String(decoding: $0, as: UTF8.self))
        }
        guard words.count == 2 else { return nil }
        let page = UInt64(sysconf(Int32(_SC_PAGESIZE)))
        return (words[0] * page, words[1] * page)
    }

    /// Descriptors that are open.
    public var openDescriptors: Int? {
        guard let descriptors = unsafe descriptors else { return nil }
        return turn.withLock { _ in
            unsafe rewinddir(descriptors)
            var count = 0
            while let entry = unsafe readdir(descriptors) {
                if unsafe entry.pointee.d_name.0 != CChar(bitPattern: UInt8(ascii: ".")) { count += 1 }
            }
            return count
        }
    }

    /// Descriptors that may be open.
    public var descriptorsMax: UInt64? {
        var limit = rlimit()
        guard unsafe pc_descriptor_limit(&limit) == 0 else { return nil }
        return UInt64(limit.rlim_cur)
    }

    /// Microseconds of processor time, the kernel's for us included.
    public var processorMicroseconds: UInt64 {
        var usage = rusage()
        guard unsafe pc_process_usage(&usage) == 0 else { return 0 }
        return [usage.ru_utime, usage.ru_stime].reduce(0) { $0 + UInt64($1.tv_sec) * 1_000_000 + UInt64($1.tv_usec) }
    }
}
