internal import CLinux

/// What a file is: its kind, size, links, permission bits and identity.
public struct FileStatus: Equatable, Sendable {
    /// Kinds that matter here.
    public enum Kind: Sendable { case regular, directory, link, other }

    /// The kind.
    public let kind: Kind
    /// Size in bytes.
    public let size: UInt64
    /// Number of names that lead to it; 0 once it was removed.
    public let links: UInt64
    /// The twelve permission bits.
    public let mode: UInt32
    /// Device and inode: the same for two looks at one file.
    public let identity: FileIdentity

    /// A status from its parts, for storage that is not a file system.
    package init(kind: Kind, size: UInt64, links: UInt64, mode: UInt32, identity: FileIdentity) {
        self.kind = kind
        self.size = size
        self.links = links
        self.mode = mode
        self.identity = identity
    }

    init(_ raw: stat) {
        kind =
            switch Int32(bitPattern: raw.st_mode) & S_IFMT {
            case S_IFREG: .regular
            case S_IFDIR: .directory
            case S_IFLNK: .link
            default: .other
            }
        size = UInt64(max(0, raw.st_size))
        links = UInt64(raw.st_nlink)
        mode = UInt32(raw.st_mode) & 0o7777
        identity = FileIdentity(device: UInt64(raw.st_dev), inode: UInt64(raw.st_ino))
    }
}

/// Device and inode number of a file.
public struct FileIdentity: Hashable, Sendable {
    /// The device.
    public let device: UInt64
    /// The inode on it.
    public let inode: UInt64

    /// An identity from its parts.
    public init(device: UInt64, inode: UInt64) {
        self.device = device
        self.inode = inode
    }
}

/// Kinds of file system on which `flock`, rename and `fdatasync` do not promise what a local disk does.
public enum FileSystemKind: String, Sendable {
    /// A local disk, as far as its magic number tells.
    case local
    /// Memory: gone with the power.
    case tmpfs, ramfs
    /// Another machine's.
    case nfs, smb, ceph, afs, plan9 = "9p"
    /// A program's.
    case fuse

    /// The kind for an `f_type` of statfs(2).
    init(magic: UInt32) {
        self =
            switch magic {
            case 0x0102_1994: .tmpfs
            case 0x8584_58F6: .ramfs
            case 0x6969: .nfs
            case 0x517B, 0xFF53_4D42, 0xFE53_4D42: .smb
            case 0x00C3_6400: .ceph
            case 0x5346_414F, 0x6B41_4653: .afs
            case 0x0102_1997: .plan9
            case 0x6573_5546: .fuse
            default: .local
            }
    }
}
