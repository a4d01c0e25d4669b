internal import JSON

/// What a text is, and so how an original has to be written in it.
public enum TextForm: Hashable, Sendable {
    /// Words to be read: the original as it is.
    case plain
    /// JSON: the original as a part of a JSON string. Outside strings nothing is a token, so that no original can become
    /// a member or an element.
    case json
}

/// The walk over a text that puts originals in place of tokens; whole texts and streams both take it.
struct Restorer: Hashable {
    /// Where in a JSON text the walk is.
    private enum Place: Hashable {
        case outside, inside
        /// Behind a backslash.
        case escape
        /// In `\uXXXX`, with so many digits to come.
        case unicodeEscape(digitsLeft: Int)
    }

    private let form: TextForm
    private var place: Place
    /// The byte before, as a reader sees it: behind an escape a space.
    private var previous = UInt8(ascii: " ")
    /// Bytes of originals put in so far.
    private var restoredBytes = 0
    private(set) var hasRestored = false

    init(form: TextForm) {
        self.form = form
        place = form == .plain ? .inside : .outside
    }

    /// Goes through `text` and appends to `output` what is certain.
    /// - Parameter isFinal: whether the text ends here.
    /// - Returns: the offset up to which that is. Fewer than `TokenReader.bytesMax` bytes are left; none where `isFinal`.
    mutating func run(
        _ text: Span<UInt8>, isFinal: Bool, from vault: borrowing Vault, into output: inout [UInt8]
    ) -> Int {
        var copied = 0
        var index = 0
        walk: while index < text.count {
            if place == .inside, TokenMark.startsToken[Int(text[index])] {
                switch TokenReader.read(text, at: index, after: previous, isFinal: isFinal, vault.types) {
                case .none: break
                case .incomplete: break walk
                case .token(let token, let replaced, let end):
                    guard let original = vault.original(of: token),
                        restoredBytes + original.count <= Vault.restoredBytesMax
                    else { break }
                    output.append(text.extracting(copied..<replaced.lowerBound))
                    vault.append(original, as: form, to: &output)
                    output.append(text.extracting(replaced.upperBound..<end))
                    restoredBytes += original.count
                    hasRestored = true
                    copied = end
                    index = end
                    previous = text[end - 1]
                    continue walk
                }
            }
            step(over: text[index])
            index += 1
        }
        output.append(text.extracting(copied..<index))
        return index
    }

    private mutating func step(over byte: UInt8) {
        previous = byte
        guard form == .json else { return }
        switch place {
        case .outside:
            if byte == UInt8(ascii: "\"") { place = .inside }
        case .inside:
            if byte == UInt8(ascii: "\"") {
                place = .outside
            } else if byte == UInt8(ascii: "\\") {
                place = .escape
            }
        case .escape:
            previous = UInt8(ascii: " ")
            place = byte == UInt8(ascii: "u") ? .unicodeEscape(digitsLeft: 4) : .inside
        case .unicodeEscape(let digitsLeft):
            previous = UInt8(ascii: " ")
            place = digitsLeft > 1 ? .unicodeEscape(digitsLeft: digitsLeft - 1) : .inside
        }
    }
}
