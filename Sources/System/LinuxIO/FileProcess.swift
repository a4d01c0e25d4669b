internal import CLinux

/// What the system says about this process and this boot.
public enum FileProcess {
    /// The process id.
    public static var identifier: Int32 { getpid() }

    /// The random id of the running boot, from `/proc/sys/kernel/random/boot_id`, 36 characters.
    public static func bootIdentifier() throws(FileError) -> [UInt8] {
        var bytes: [UInt8] = []
        _ = try File.open("/proc/sys/kernel/random/boot_id", for: .read).read(into: &bytes, count: 64, at: 0)
        return Array(bytes.prefix { $0 != UInt8(ascii: "\n") })
    }
}
