internal import JSON

@testable import Redaction

/// Texts with tokens, altered or not: restoring the whole and restoring pieces is the same, plain and in JSON.
enum RestoreTarget {
    static func run(_ input: [UInt8]) {
        guard input.count > 1 else { return }
        let vault = FuzzVault.make()
        let text = Array(input[1...])
        for form in [TextForm.plain, .json] {
            let whole = vault.restore(text, as: form)
            var stream = RestoreStream(form: form)
            var output: [UInt8] = []
            var pieces = Pieces(text, Int(input[0]))
            while let piece = pieces.next() {
                output += stream.feed(piece, from: vault)
                precondition(stream.heldCount < RestoreStream.heldBytesMax, "what is held is bounded")
            }
            output += stream.finish(from: vault)
            precondition(output == whole, "pieces give what the whole gives")
            precondition(Vault().restore(text, as: form) == text, "an empty vault restores nothing")
            if form == .json, (try? JSONParser.parse(text)) != nil {
                precondition((try? JSONParser.parse(whole)) != nil, "a JSON text stays one")
            }
        }
    }
}

/// Any bytes for a sealed vault: they open or are refused, and what opens seals and opens again as the same.
///
/// The cipher encrypts nothing, so that the decoder behind it is reached.
enum SealedVaultTarget {
    private struct NoCipher: VaultCipher {
        func seal(_ plaintext: [UInt8], authenticating context: [UInt8]) -> [UInt8]? { plaintext }
        func open(_ sealed: [UInt8], authenticating context: [UInt8]) -> [UInt8]? { sealed }
    }

    static func run(_ input: [UInt8]) {
        let session = Array("s".utf8)
        do throws(VaultError) {
            let vault = try Vault.open(input, by: NoCipher(), session: session)
            precondition(vault.count <= vault.valuesMax && vault.byteCount <= Vault.valueBytesMax, "it is bounded")
            let sealed = try vault.sealed(by: NoCipher(), session: session)
            let again = try Vault.open(sealed, by: NoCipher(), session: session)
            let resealed = try again.sealed(by: NoCipher(), session: session)
            precondition(resealed == sealed, "what opens seals the same")
        } catch {
            switch error {
            case .sessionLength, .notSealed: preconditionFailure("neither the session nor the cipher is at fault")
            case .tooLong, .notAVault, .unknownVersion, .notAuthentic, .malformed: return
            }
        }
    }
}

/// Server-Sent Events: any cutting of the bytes gives the same events, and their words are those of the whole restored.
enum EventStreamTarget {
    static func run(_ input: [UInt8]) {
        guard input.count > 1 else { return }
        let bytes = Array(input[1...])
        let whole = events(bytes, nil)
        let cut = events(bytes, Int(input[0]))
        precondition(whole?.map(\.data) == cut?.map(\.data), "any cutting gives the same events")
        precondition(whole?.map(\.type) == cut?.map(\.type), "any cutting gives the same types")
        let vault = FuzzVault.make()
        for words in [MessageRestorer.Words.message, .member(.chatDelta)] {
            let one = restore(bytes, nil, words, vault)
            let other = restore(bytes, Int(input[0]), words, vault)
            precondition(one.map(Self.data) == other.map(Self.data), "any cutting restores the same")
            if let untouched = restore(bytes, nil, .member(.chatDelta), Vault()) {
                precondition(Self.data(untouched).map(\.count).reduce(0, +) <= 2 * bytes.count + 64, "nothing grows")
            }
        }
    }

    private static func events(_ bytes: [UInt8], _ seed: Int?) -> [EventReader.Event]? {
        var reader = EventReader()
        var events: [EventReader.Event] = []
        var pieces = Pieces(bytes, seed)
        while let piece = pieces.next() {
            guard let more = try? reader.feed(piece) else { return nil }
            events += more
        }
        return events
    }

    private static func restore(
        _ bytes: [UInt8], _ seed: Int?, _ words: MessageRestorer.Words, _ vault: borrowing Vault
    ) -> [UInt8]? {
        var restorer = EventRestorer(words)
        var output: [UInt8] = []
        var pieces = Pieces(bytes, seed)
        while let piece = pieces.next() {
            guard let part = try? restorer.feed(piece, from: vault) else { return nil }
            output += part
        }
        return output + restorer.finish(from: vault)
    }

    private static func data(_ bytes: [UInt8]) -> [[UInt8]] {
        var reader = EventReader()
        return ((try? reader.feed(bytes)) ?? []).compactMap(\.data)
    }
}

/// The normalised view of any text: what is found in it lies in the text, and maps back exactly where nothing was edited.
enum ViewTarget {
    private static let redactor = Redactor()

    static func run(_ input: [UInt8]) {
        let findings = redactor.detect(input)
        if let view = Normaliser.view(of: input.span) {
            precondition(view.bytes.count <= input.count, "a view is no longer than its text")
            var end = 0
            for index in view.bytes.indices {
                let range = view.original(of: place(index..<index + 1)).range
                precondition(range.lowerBound >= 0 && range.upperBound <= input.count, "a place lies in the text")
                precondition(!range.isEmpty && range.upperBound >= end, "places are in the text's order")
                end = range.upperBound
            }
        }
        guard UTF8Validation.firstInvalid(in: input) == nil else { return }
        var vault = Vault()
        guard let redacted = try? redactor.redact(input, into: &vault) else { return }
        precondition(UTF8Validation.firstInvalid(in: redacted.bytes) == nil, "redacting keeps UTF-8")
        // What is around the findings is untouched, in order.
        var rest = redacted.bytes[...]
        var start = 0
        for finding in findings + [place(input.count..<input.count)] {
            let kept = input[start..<finding.range.lowerBound]
            guard let found = rest.firstRange(of: kept) else { preconditionFailure("the text around findings stays") }
            rest = rest[found.upperBound...]
            start = finding.range.upperBound
        }
    }

    private static func place(_ range: Range<Int>) -> Finding {
        Finding(range: range, type: DetectorType(index: 0), confidencePPM: 1)
    }
}

/// A vault with a few values behind tokens.
enum FuzzVault {
    private static let text = Array(
        "a@example.com +92 300 1234567 GB82WEST12345698765432 Mr. \"Quimby\" 203.0.113.23 b@example.org".utf8)

    private static let redactor = Redactor()

    static func make() -> Vault {
        var vault = Vault()
        _ = try? redactor.redact(text, into: &vault)
        return vault
    }
}
