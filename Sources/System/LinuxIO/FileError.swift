internal import CLinux

/// A file operation that the system refused.
public struct FileError: Error, Equatable, Sendable, CustomStringConvertible {
    /// The system call's name, such as `fdatasync`.
    public let operation: String
    /// The path it was for.
    public let path: String
    /// The `errno` value; 0 for a write that took fewer bytes than it was given.
    public let code: Int32

    /// An error of `operation` on `path`.
    public init(_ operation: String, _ path: String, code: Int32) {
        self.operation = operation
        self.path = path
        self.code = code
    }

    /// The error that the calling thread's last system call left.
    static func last(_ operation: String, _ path: String) -> FileError {
        FileError(operation, path, code: pc_file_errno())
    }

    /// Nothing has that name (`ENOENT`).
    public var isMissing: Bool { code == ENOENT }
    /// The name is taken (`EEXIST`).
    public var isTaken: Bool { code == EEXIST }
    /// The last part of the path is a symbolic link (`ELOOP`, from `O_NOFOLLOW`).
    public var isLink: Bool { code == ELOOP }

    /// No space left (`ENOSPC`), for tests that inject it.
    public static let outOfSpaceCode = ENOSPC
    /// Input/output error (`EIO`), for tests that inject it.
    public static let inputOutputCode = EIO
    /// No such file (`ENOENT`).
    public static let missingCode = ENOENT
    /// The name is taken (`EEXIST`).
    public static let takenCode = EEXIST
    /// Larger than its reader allows (`EFBIG`).
    public static let tooLargeCode = EFBIG

    /// "path: operation: ENOSPC (No space left on device)".
    public var description: String { "\(path): \(operation): \(Self.reason(code))" }

    private static func reason(_ code: Int32) -> String {
        guard code != 0 else { return "short write" }
        guard let name = unsafe pc_file_error_name(code), let text = unsafe pc_file_error_text(code) else {
            return "error \(code)"
        }
        return unsafe "\(String(cString: name)) (\(String(cString: text)))"
    }
}
