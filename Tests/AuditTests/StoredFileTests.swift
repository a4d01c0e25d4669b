import LinuxIO
import OpenSSL
import Testing

@testable import Audit

@Suite struct `Small files of a log` {
    private func storages() throws -> (TemporaryLog, DirectoryStorage) {
        let files = try TemporaryLog()
        try FileDirectory.make(files.directory, mode: 0o750)
        return (files, try DirectoryStorage(path: files.directory))
    }

    private func check(_ disk: some Storage) throws {
        #expect(try disk.contents(of: "note", bytesMax: 10) == nil)
        try disk.put([1, 2, 3], as: "note", isDurable: true)
        try disk.put([4], as: "note", isDurable: true)
        #expect(try disk.contents(of: "note", bytesMax: 1) == [4])
        try disk.put([5, 6], as: "note", isDurable: false)
        #expect(throws: FileError.self) { try disk.contents(of: "note", bytesMax: 1) }
        #expect(try disk.names() == ["note"])
        #expect(try disk.names(in: "none").isEmpty)
        try disk.makeFolder("in")
        try disk.makeFolder("in")
        try disk.put([7], as: "in/one", isDurable: true)
        #expect(try disk.names(in: "in") == ["one"])
    }

    @Test func `are put whole, replaced and read, on a disk and in memory`() throws {
        let (files, disk) = try storages()
        defer { withExtendedLifetime(files) {} }
        try check(disk)
        try check(FaultyStorage())
    }

    @Test func `that are durable survive a power cut, and the old one where the new one did not get there`() throws {
        let disk = FaultyStorage()
        try disk.put([1], as: "note", isDurable: true)
        try disk.put([2], as: "note", isDurable: false)
        disk.crash { _ in 0 }
        #expect(try disk.contents(of: "note", bytesMax: 9) == [1])
        disk.fail(.synchroniseData, code: FileError.inputOutputCode)
        #expect(throws: FileError.self) { try disk.put([3], as: "note", isDurable: true) }
        #expect(try disk.contents(of: "note", bytesMax: 9) == [1])
    }

    @Test func `hold tiles, which a wider one replaces`() throws {
        let (files, disk) = try storages()
        defer { withExtendedLifetime(files) {} }
        let tiles = TileFiles(disk)
        let hashes = (0..<256).map { SHA256Digest(of: [UInt8($0)]) }
        let few = Tile(level: 0, index: 1_234_067, width: 3)
        #expect(try tiles.hashes(of: few) == nil)
        try tiles.write(Tile(level: 0, index: 1_234_067, width: 7), Array(hashes[..<7]))
        #expect(try tiles.hashes(of: few) == Array(hashes[..<3]))
        #expect(try tiles.hashes(of: Tile(level: 0, index: 1_234_067, width: 8)) == nil)
        try tiles.write(Tile(level: 0, index: 1_234_067, width: 256), hashes)
        try tiles.remove(Tile(level: 0, index: 1_234_067, width: 7))
        try tiles.remove(Tile(level: 0, index: 1_234_067, width: 7))
        #expect(try tiles.hashes(of: few) == Array(hashes[..<3]))
        try disk.put([1, 2, 3], as: "tile/0/x001/x234/067", isDurable: false)
        #expect(try tiles.hashes(of: few) == nil)
    }
}
