import OpenSSL
import Seeds
import Testing

/// Two digests at once beside OpenSSL's of each.
@Suite struct `Two digests at once` {
    private func expectBoth(
        _ firstPrefix: [UInt8], _ first: [UInt8], _ secondPrefix: [UInt8], _ second: [UInt8],
        _ location: SourceLocation = #_sourceLocation
    ) {
        let wanted = (SHA256Digest(of: firstPrefix + first), SHA256Digest(of: secondPrefix + second))
        for isPaired in [true, false] {
            var pair = SHA256Pair(isPaired: isPaired)
            for _ in 0..<2 {
                let found = pair.digests(firstPrefix, first.span, secondPrefix, second.span)
                #expect(found == wanted, "\(first.count), \(second.count), \(isPaired)", sourceLocation: location)
            }
        }
    }

    @Test func `are those of the standard's examples`() {
        var pair = SHA256Pair()
        let long = Array("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq".utf8)
        let (abc, twoBlocks) = pair.digests([], Array("abc".utf8).span, [], long.span)
        #expect(
            String(decoding: abc.hex, as: UTF8.self)
                == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")
        #expect(
            String(decoding: twoBlocks.hex, as: UTF8.self)
                == "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1")
    }

    /// The examples of FIPS 180-4 that fit one block, and one of 55 bytes, the longest.
    @Test(arguments: [
        ("", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
        ("abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
        (
            "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
            "9f4390f8d30c2dd92ec9f095b65e2b9ae9b0a925a5258e241c9f1e910f734318"
        ),
    ])
    func `are those of one block, alone and at once`(_ text: String, _ digest: String) {
        var pair = SHA256Pair()
        let both = pair.digests([], Array(text.utf8).span, [], Array(text.utf8).span)
        #expect(both.0 == both.1 && String(decoding: both.0.hex, as: UTF8.self) == digest)
        #expect(String(decoding: SHA256Digest(of: Array(text.utf8)).hex, as: UTF8.self) == digest)
    }

    @Test func `are right at every length around a block, whatever the other's`() {
        let bytes = (0..<260).map { UInt8(truncatingIfNeeded: $0 &* 7) }
        for count in 0...260 {
            expectBoth([], Array(bytes.prefix(count)), [0], Array(bytes.suffix(count)))
            expectBoth([1, 2, 3], Array(bytes.prefix(count)), [], [])
            expectBoth([], [9], Array(bytes.prefix(27)), Array(bytes.prefix(count)))
        }
    }

    @Test func `are right with prefixes up to a whole block`() {
        let bytes = (0..<200).map { UInt8(truncatingIfNeeded: $0) }
        for count in 0...SHA256Pair.prefixBytesMax {
            for rest in [0, 1, 55, 56, 63, 64, 65, 128, 200] {
                expectBoth(Array(bytes.prefix(count)), Array(bytes.prefix(rest)), [0], Array(bytes.prefix(200 - rest)))
            }
        }
    }

    @Test func `are right for random messages`() {
        var random = SeededGenerator(seed: Seed.value)
        func message(_ bound: Int) -> [UInt8] {
            (0..<Int.random(in: 0...bound, using: &random)).map { _ in .random(in: 0...255, using: &random) }
        }
        for _ in 0..<200 {
            expectBoth(message(64), message(3000), message(64), message(3000))
        }
        expectBoth([0], [UInt8](repeating: 0x61, count: 65_535), message(64), message(100))
    }
}
