internal import Bytes
internal import LinuxIO
package import OpenSSL

/// The tiles below a log's directory.
package struct TileFiles<Disk: Storage>: TileSource {
    private let disk: Disk

    /// The tiles in `disk`.
    package init(_ disk: Disk) { self.disk = disk }

    package func hashes(of tile: Tile) throws(AuditError) -> [SHA256Digest]? {
        // What was not full once may be so by now: a wider tile begins with the same hashes.
        for width in try widths(from: tile) {
            let wider = Tile(level: tile.level, index: tile.index, width: width)
            if let found = try read(wider) { return Array(found.prefix(tile.width)) }
        }
        return nil
    }

    /// Writes a tile. It is not brought to the disk: what a crash leaves of it is found out by whoever reads it.
    package func write(_ tile: Tile, _ hashes: [SHA256Digest]) throws(AuditError) {
        precondition(hashes.count == tile.width, "a tile has as many hashes as its name says")
        var buffer = ByteBuffer(capacity: hashes.count * 32)
        for hash in hashes { hash.withSpan { buffer.append($0) } }
        let bytes = buffer.array()
        do throws(FileError) {
            do throws(FileError) { try disk.put(bytes, as: tile.path, isDurable: false) } catch  where error.isMissing {
                try makeFolders(for: tile.path)
                try disk.put(bytes, as: tile.path, isDurable: false)
            }
        } catch {
            throw .storage(error)
        }
    }

    /// Removes a tile that is not full, since a wider one is there.
    package func remove(_ tile: Tile) throws(AuditError) {
        do throws(FileError) { try disk.remove(tile.path) } catch  where error.isMissing {
        } catch {
            throw .storage(error)
        }
    }

    private func widths(from tile: Tile) throws(AuditError) -> [Int] {
        var widths = [tile.width]
        if tile.width < Tile.width { widths.append(Int(Tile.width)) }
        let folder = Tile(level: tile.level, index: tile.index, width: 1).path.dropLast(2)
        do throws(FileError) {
            let partial = try disk.names(in: String(folder)).compactMap { Int($0) }
            return widths + partial.filter { $0 > tile.width && $0 < Tile.width }
        } catch {
            throw .storage(error)
        }
    }

    private func read(_ tile: Tile) throws(AuditError) -> [SHA256Digest]? {
        let bytes: [UInt8]?
        do throws(FileError) { bytes = try disk.contents(of: tile.path, bytesMax: Int(Tile.width) * 32) } catch {
            throw .storage(error)
        }
        guard let bytes, bytes.count == tile.width * 32 else { return nil }
        return stride(from: 0, to: bytes.count, by: 32).compactMap { SHA256Digest(bytes: Array(bytes[$0..<($0 + 32)])) }
    }

    private func makeFolders(for path: String) throws(FileError) {
        var folder = ""
        for part in path.split(separator: "/").dropLast() {
            folder += folder.isEmpty ? String(part) : "/\(part)"
            try disk.makeFolder(folder)
        }
    }
}
