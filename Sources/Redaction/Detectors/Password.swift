/// Passwords, PINs and one-time codes, by the words that announce them.
enum Password {
    /// Words that stand before a password.
    static let words = Words.list(
        """
        password passwd pwd pw pswd pass passcode passphrase passwort kennwort losungswort contraseña clave senha mdp passe \
        wachtwoord hasło heslo lösenord adgangskode salasana parola dbpassword userpassword newpassword oldpassword \
        loginpassword passwordis
        """)
    /// Words that stand before a number that opens something.
    static let numberWords = Words.list(
        "pin tpin mpin atmpin upin otp totp tan mtan pincode code kod códigos código codigo")

    private static let bytesMin = 4
    private static let bytesMax = 128
    private static let digitsMin = 4
    private static let digitsMax = 8

    /// A "code" needs one of these before it; many codes say nothing of anybody.
    private static let codeKinds = Words.map(
        """
        verification verify login confirmation access authentication auth otp passcode time fa pin activation your \
        unlock bestätigungs votre vérification tu su verificación verificacion seu verificação two factor
        """)
    /// What is said of passwords and is none.
    private static let remarks = Words.map(
        """
        required optional string none null nil true false forgotten forgot expired incorrect wrong reset changed hidden \
        invalid missing empty unknown redacted masked secret protected policy must should field here not too weak \
        strong valid correct denied failed case example text encrypted hashed locked
        """)

    /// A password behind `word`.
    static func recognise(_ text: Span<UInt8>, word: Range<Int>) -> Match? {
        guard let value = Announced(text, after: word.upperBound), isFree(text, before: word.lowerBound) else {
            return nil
        }
        let end = value.tokenEnd(text, bytesMax: bytesMax)
        let range = value.start..<end
        guard (bytesMin...bytesMax).contains(range.count), !isPlaceholder(text, range) else { return nil }
        let kinds = kinds(text, range)
        if kinds.isMixed { return Match(range: range, confidencePPM: value.joint == .space ? 600_000 : 900_000) }
        switch value.joint {
        case .space: return nil
        case .verb: return kinds.hasDigit ? Match(range: range, confidencePPM: 850_000) : nil
        case .sign:
            if kinds.hasDigit { return Match(range: range, confidencePPM: 900_000) }
            // A word alone, as the value of a field or at the end of a line.
            guard remarks[WordHash(text, range)] == 0, value.quote != nil || endsField(text, at: end) else {
                return nil
            }
            return Match(range: range, confidencePPM: 650_000)
        }
    }

    /// A number behind "PIN" or "OTP", or before "is your code".
    static func recogniseNumber(_ text: Span<UInt8>, word: Range<Int>) -> Match? {
        let isCode =
            text[word.lowerBound] | 0x20 == UInt8(ascii: "c") || text[word.lowerBound] | 0x20 == UInt8(ascii: "k")
        if isCode {
            let kind = Words.wordBefore(text, word.lowerBound)
            guard !kind.isEmpty, codeKinds[WordHash(text, kind)] != 0 else { return nil }
        }
        if let match = numberBefore(text, word) { return match }
        guard let value = Announced(text, after: word.upperBound), isFree(text, before: word.lowerBound) else {
            return nil
        }
        var end = value.start
        var digits = 0
        while end < text.count, digits <= digitsMax, end - value.start <= digitsMax + 1 {
            if ByteClass.isDigit(text[end]) {
                digits += 1
            } else if !(digits == 3 && text[end] != 0
                && (text[end] == UInt8(ascii: " ") || text[end] == UInt8(ascii: "-"))
                && end + 3 < text.count && ByteClass.isDigit(text[end + 1]) && ByteClass.isDigit(text[end + 3]))
            {
                break
            }
            end += 1
        }
        guard (digitsMin...digitsMax).contains(digits), DigitGroups.mayEnd(text, at: end), !isDecimal(text, at: end)
        else {
            return nil
        }
        return Match(range: value.start..<end, confidencePPM: 900_000)
    }

    /// `123456 is your login code`: digits, and at most five words between them and `word`.
    private static func numberBefore(_ text: Span<UInt8>, _ word: Range<Int>) -> Match? {
        var end = word.lowerBound
        var hasVerb = false
        for _ in 0..<5 {
            let before = Words.wordBefore(text, end)
            guard !before.isEmpty else { break }
            end = before.lowerBound
            hasVerb =
                before.count == 2 && text[end] | 0x20 == UInt8(ascii: "i") && text[end + 1] | 0x20 == UInt8(ascii: "s")
            if hasVerb { break }
        }
        guard hasVerb, end > 1, text[end - 1] == UInt8(ascii: " ") else { return nil }
        var start = end - 1
        while start > 0, end - 1 - start <= digitsMax, ByteClass.isDigit(text[start - 1]) { start -= 1 }
        let count = end - 1 - start
        guard (digitsMin...digitsMax).contains(count),
            start == 0 || text[start - 1] <= 0x20 || text[start - 1] == UInt8(ascii: "-")
        else { return nil }
        return Match(range: start..<end - 1, confidencePPM: 850_000)
    }

    // MARK: What a value looks like

    private struct Kinds {
        var hasDigit = false
        var hasLetter = false
        var hasSymbol = false
        var isMixed: Bool { hasLetter ? hasDigit || hasSymbol : hasDigit && hasSymbol }
    }

    private static func kinds(_ text: Span<UInt8>, _ range: Range<Int>) -> Kinds {
        var kinds = Kinds()
        for index in range {
            let byte = text[index]
            if ByteClass.isDigit(byte) {
                kinds.hasDigit = true
            } else if ByteClass.isLetter(byte) || byte >= 0x80 {
                kinds.hasLetter = true
            } else {
                switch byte {
                // These join words.
                case UInt8(ascii: "-"), UInt8(ascii: "'"), UInt8(ascii: "/"), UInt8(ascii: "."), UInt8(ascii: ","),
                    UInt8(ascii: ":"), UInt8(ascii: "("):
                    break
                default: kinds.hasSymbol = kinds.hasSymbol || index + 1 < range.upperBound || kinds.hasDigit
                }
            }
        }
        return kinds
    }

    /// Whether `word` is not the middle of a longer one, such as `password_reset_url`.
    private static func isFree(_ text: Span<UInt8>, before start: Int) -> Bool {
        start == 0 || !ByteClass.isDigit(text[start - 1])
    }

    /// A mask, a token or placeholder, or a variable: `****`, `[PASSWORD_1]`, `<PASSWORD>`, `${PASSWORD}`.
    static func isPlaceholder(_ text: Span<UInt8>, _ range: Range<Int>) -> Bool {
        switch text[range.lowerBound] {
        case UInt8(ascii: "["), UInt8(ascii: "<"), UInt8(ascii: "{"): return true
        case UInt8(ascii: "$"), UInt8(ascii: "%"):
            if range.count > 1,
                text[range.lowerBound + 1] == UInt8(ascii: "{") || text[range.lowerBound + 1] == UInt8(ascii: "(")
            {
                return true
            }
        default: break
        }
        for index in range where text[index] != text[range.lowerBound] { return false }
        return true
    }

    static func endsField(_ text: Span<UInt8>, at end: Int) -> Bool {
        guard end < text.count else { return true }
        switch text[end] {
        case UInt8(ascii: "\n"), UInt8(ascii: "\r"), UInt8(ascii: ";"), UInt8(ascii: "&"), UInt8(ascii: "|"),
            UInt8(ascii: "\""), UInt8(ascii: "'"), UInt8(ascii: "}"), UInt8(ascii: ","):
            return true
        default: return false
        }
    }

    private static func isDecimal(_ text: Span<UInt8>, at end: Int) -> Bool {
        end + 1 < text.count
            && (text[end] == UInt8(ascii: ".") || text[end] == UInt8(ascii: ",") || text[end] == UInt8(ascii: "/"))
            && ByteClass.isDigit(text[end + 1])
    }
}
