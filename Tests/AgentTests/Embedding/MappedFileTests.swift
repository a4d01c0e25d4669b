import Foundation
import LinuxIO
import Testing

@Suite struct `a mapped file` {
    private let directory: TemporaryDirectory

    init() throws { directory = try TemporaryDirectory() }

    private func file(_ bytes: [UInt8]) throws -> String {
        let path = directory.file("numbers")
        try Data(bytes).write(to: URL(filePath: path))
        return path
    }

    private func code(_ path: String, bytesMax: Int = 100) -> Int32? {
        do {
            _ = try MappedFile.open(path, bytesMax: bytesMax)
            return nil
        } catch { return error.code }
    }

    @Test func `lends its bytes and its numbers, wherever they lie`() throws {
        let numbers: [Float] = [1, -2.5, .pi, 0]
        let bytes = [1, 2, 3, 4] + numbers.flatMap(TensorFile.bytes(of:))
        let mapped = try MappedFile.open(try file(bytes), bytesMax: bytes.count)
        #expect(mapped.byteCount == bytes.count)
        #expect(mapped.withBytes(in: 0..<bytes.count) { span in span.indices.map { span[$0] } } == bytes)
        #expect(mapped.withBytes(in: 1..<3) { span in span.indices.map { span[$0] } } == [2, 3])
        #expect(mapped.withFloats(in: 4..<20) { span in span.indices.map { span[$0] } } == numbers)
        #expect(mapped.withFloats(in: 8..<12) { span in span.indices.map { span[$0] } } == [-2.5])
        #expect(mapped.withFloats(in: 20..<20) { span in span.count } == 0)
    }

    @Test func `outlives its name`() throws {
        let path = try file([7, 8])
        let mapped = try MappedFile.open(path, bytesMax: 2)
        try FileManager.default.removeItem(atPath: path)
        #expect(mapped.withBytes(in: 0..<2) { $0[1] } == 8)
    }

    @Test func `is refused above its bound, empty, missing, or where it is no file`() throws {
        let path = try file([UInt8](repeating: 0, count: 100))
        #expect(code(path, bytesMax: 100) == nil)
        #expect(code(path, bytesMax: 99) == EFBIG)
        #expect(code(path, bytesMax: -1) == EFBIG)
        #expect(code(try file([])) == EINVAL)
        #expect(code(directory.file("missing")) == ENOENT)
        #expect(code(directory.path) == ENODEV)
        #expect(code("/dev/null") == ENODEV)
    }

    @Test func `stops the program that reads beyond it or beside a number`() async throws {
        await #expect(processExitsWith: .success) { try Self.readOfFour(0..<4) }
        await #expect(processExitsWith: .failure) { try Self.readOfFour(0..<8) }
        await #expect(processExitsWith: .failure) { try Self.readOfFour(4..<8) }
        await #expect(processExitsWith: .failure) { try Self.readOfFour(1..<4) }
        await #expect(processExitsWith: .failure) { try Self.readOfFour(0..<3) }
    }

    private static func readOfFour(_ range: Range<Int>) throws {
        let directory = try TemporaryDirectory()
        try Data([0, 0, 0, 0]).write(to: URL(filePath: directory.file("four")))
        let mapped = try MappedFile.open(directory.file("four"), bytesMax: 4)
        // Removed here, since a process that stops has no time for it.
        try FileManager.default.removeItem(atPath: directory.path)
        _ = mapped.withFloats(in: range) { $0.count }
    }
}
