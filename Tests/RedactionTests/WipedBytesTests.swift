import Testing

@testable import Redaction

@Suite struct WipedBytesTests {
    private final class Seen {
        var arrays: [[UInt8]] = []
    }

    @Test func `bytes are zeroed when they move and when they go`() {
        let seen = Seen()
        do {
            let held = WipedBytes { seen.arrays.append($0) }
            held.append([1, 2, 3])
            #expect(seen.arrays.isEmpty)
            held.append([UInt8](repeating: 9, count: 4_000)[...])
            #expect(seen.arrays == [[0, 0, 0]])
            #expect(held.bytes.prefix(4) == [1, 2, 3, 9])
        }
        #expect(seen.arrays.last == [UInt8](repeating: 0, count: 4_003))
    }

    @Test func `dropping the first bytes keeps the others`() {
        let held = WipedBytes()
        held.append([1, 2, 3, 4, 5])
        held.removeFirst(2)
        #expect(held.bytes == [3, 4, 5])
        held.append([6])
        held.removeFirst(0)
        held.removeFirst(4)
        #expect(held.bytes.isEmpty)
    }

    @Test func `zeroing leaves no byte`() {
        var bytes = Array("4111 1111 1111 1111".utf8)
        WipedBytes.zero(&bytes)
        #expect(bytes == [UInt8](repeating: 0, count: 19))
    }
}
