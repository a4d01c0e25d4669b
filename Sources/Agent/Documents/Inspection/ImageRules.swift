/// What an image must be: whole, and nothing after it.
enum ImageRules {
    /// PNG (third edition) §5.2.
    static let pngSignature: [UInt8] = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]

    static func check(_ bytes: [UInt8], isPNG: Bool) throws(DocumentRefusal) {
        if isPNG { try checkPNG(bytes) } else { try checkJPEG(bytes) }
    }

    /// Chunks of length, type, data and checksum (§5.3), from IHDR to IEND.
    private static func checkPNG(_ bytes: [UInt8]) throws(DocumentRefusal) {
        var place = pngSignature.count
        var isFirst = true
        while place + 12 <= bytes.count {
            let length = bytes[place..<place + 4].reduce(0) { $0 << 8 | Int($1) }
            let type = bytes[(place + 4)..<(place + 8)]
            guard length <= bytes.count - place - 12, isFirst == type.elementsEqual("IHDR".utf8) else {
                throw .malformed
            }
            isFirst = false
            place += 12 + length
            if type.elementsEqual("IEND".utf8) {
                guard place == bytes.count else { throw .polyglot }
                return
            }
        }
        throw .malformed
    }

    /// Segments with a marker and a length (ITU T.81 §B.1.1.4) up to the first scan; then it has to end with the image's end.
    /// Cameras put a second, smaller image behind the first: that ends so as well.
    private static func checkJPEG(_ bytes: [UInt8]) throws(DocumentRefusal) {
        var place = 2
        while place + 4 <= bytes.count, bytes[place] == 0xFF {
            let marker = bytes[place + 1]
            if marker == 0xFF {
                place += 1
                continue
            }
            guard marker != 0xD9, marker != 0x00, !(0xD0...0xD8).contains(marker) else { throw .malformed }
            if marker == 0xDA {
                guard bytes.suffix(2).elementsEqual([0xFF, 0xD9]) else {
                    // Between a cut file and one with something behind it the end of the image tells.
                    throw hasEnd(bytes, from: place) ? .polyglot : .malformed
                }
                return
            }
            place += 2 + (Int(bytes[place + 2]) << 8 | Int(bytes[place + 3]))
        }
        throw .malformed
    }

    private static func hasEnd(_ bytes: [UInt8], from start: Int) -> Bool {
        var place = start
        while let found = bytes[place...].firstIndex(of: 0xFF), found + 1 < bytes.count {
            if bytes[found + 1] == 0xD9 { return true }
            place = found + 1
        }
        return false
    }
}
