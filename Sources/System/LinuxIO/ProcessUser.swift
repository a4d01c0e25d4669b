internal import CLinux

/// A user of the system, by name and number.
public struct ProcessUser: Hashable, Sendable {
    /// The name, at most 255 bytes; the number's digits where the system knows none.
    public let name: [UInt8]
    /// The number.
    public let number: UInt32

    /// A user whose name was looked up before.
    public init(name: [UInt8], number: UInt32) {
        self.name = name
        self.number = number
    }

    /// Who runs this process: the real user (credentials(7)), which a program's set-user-ID bit does not change. After
    /// `sudo` it is the user that was changed to.
    public static var current: ProcessUser {
        let number = getuid()
        var bytes = [UInt8](repeating: 0, count: Self.nameBytesMax)
        let count = unsafe bytes.withUnsafeMutableBytes { unsafe pc_user_name(number, $0.baseAddress, $0.count) }
        return ProcessUser(name: count > 0 ? Array(bytes.prefix(Int(count))) : Array("\(number)".utf8), number: number)
    }

    private static let nameBytesMax = 255
}
