internal import LinuxIO
internal import OpenSSL

/// A program of the operator's that brings an object to wherever it knows.
///
/// Words of its command line may have `{file}`, `{name}` and `{sha256}` in them; there is no shell. It must store the file, read
/// it back from there, and print the SHA-256 of what it read in hex, as the last word of its output: that is what is
/// compared. Asked about an object that it has already, it does the same without storing it again.
public struct CommandTarget: ShipTarget {
    private let arguments: [String]
    private let timeout: Duration
    /// What the program said of the object that it was given last.
    private var stored: (name: String, sha256: SHA256Digest)?

    /// - Parameters:
    ///   - arguments: the program, by absolute path, and its words.
    ///   - timeout: it is killed after this time.
    public init(arguments: [String], timeout: Duration) {
        self.arguments = arguments
        self.timeout = timeout
    }

    /// What stands under the object\'s name.
    /// - Throws: `ShipFailure`
    public func presence(of object: ShipObject) throws(ShipFailure) -> ShipPresence {
        guard let stored, stored.name == object.name else { return .missing }
        return stored.sha256 == object.sha256 ? .same : .different
    }

    /// Puts the object there, from the file at the path.
    /// - Throws: `ShipFailure`
    public mutating func put(_ object: ShipObject, from path: String) throws(ShipFailure) {
        stored = nil
        let hex = String(decoding: object.sha256.hex, as: UTF8.self)
        let words = arguments.map {
            Self.filled($0, [("{file}", path), ("{name}", object.name), ("{sha256}", hex)])
        }
        guard let ending = ChildCommand.run(words, timeout: timeout) else { throw .refused }
        guard let status = ending.status else { throw .timeout }
        guard status == 0 else { throw .refused }
        let word = ending.output.split { $0 == 0x0A || $0 == 0x20 || $0 == 0x0D }.last.map(Array.init)
        guard word == object.sha256.hex else { throw .hash }
        stored = (object.name, object.sha256)
    }

    /// Each place is filled once, and nothing that was filled in is looked at again.
    private static func filled(_ word: String, _ places: [(String, String)]) -> String {
        var output: [UInt8] = []
        var rest = Array(word.utf8)[...]
        while let byte = rest.first {
            if let (mark, value) = places.first(where: { rest.starts(with: $0.0.utf8) }) {
                output += Array(value.utf8)
                rest = rest.dropFirst(mark.utf8.count)
            } else {
                output.append(byte)
                rest = rest.dropFirst()
            }
        }
        return String(decoding: output, as: UTF8.self)
    }
}
