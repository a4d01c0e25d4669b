/// Texts of one kind of bytes over and over, each made to bring some part of the pass back to the same place.
enum Hostile {
    /// The name, and what is repeated.
    static let repeated: [(name: String, unit: String)] = runs + numbers + words + escapes + disguises + secrets

    private static let runs = [
        ("digits", "7"), ("ats", "@"), ("opening", "("), ("square", "["), ("braces", "{"), ("angles", "<"),
        ("closing", ")"), ("brackets", "([{<"), ("colons", ":"), ("spaces", " "), ("tabs", "\t"), ("lines", "\n"),
        ("dashes", "-"), ("dots", "."), ("slashes", "/"), ("plusses", "+"), ("commas", ","), ("quotes", "\""),
        ("apostrophes", "'"), ("underscores", "_"), ("equals", "="), ("percent", "%"), ("ampersands", "&"),
        ("backslashes", "\\"), ("stars", "*"), ("hashes", "#"), ("questions", "?"), ("letters", "a"),
        ("capitals", "A"), ("hexadecimal", "f"), ("nulls", "\u{0}"),
    ]

    private static let numbers = [
        ("grouped digits", "12-34-"), ("single digits", "4 "), ("dotted digits", "1."), ("comma digits", "1,"),
        ("bracketed digits", "(1)"), ("broken digits", "4111 1111\n"), ("phone numbers", "+92 300 1234567 "),
        ("plus digits", "+1"), ("plus lines", "+12\n"), ("cards", "4111111111111111 "), ("dates", "01/02/1990 "),
        ("ibans", "DE89370400440532013000 "), ("iban starts", "DE89 "), ("hexadecimal groups", "ab12:"),
        ("addresses of machines", "10.0.0."), ("colons of machines", "::1"), ("mixed words", "a1b2 "),
        ("mixed letters", "a1"), ("long mixed words", "a1b2c3d4e5f6g7h8i9j0 "), ("base58", "1A1zP1eP5QGefi2D"),
        ("bech32", "bc1qw508d6qejxtdg4y5"), ("ethereum", "0x5aAeb6053F3E94C9"),
        ("coordinates", "12.345678,-98.765432 "),
        ("named digits", "account 123456 "), ("named codes", "passport A1234567 "),
        ("stated digits", "802 is the CVV "),
        ("tagged digits", "INV-2025-"),
    ]

    private static let words = [
        ("names", "Mary Smith "), ("given names", "Mary "), ("joined names", "Mary-"), ("apostrophe names", "O'"),
        ("initials", "M. "), ("particles", "de "), ("names and particles", "Mary de la "), ("capital words", "Word "),
        ("capital letters", "W "), ("titles", "Dr. "), ("titles and names", "Dr Mary "), ("fields", "name "),
        ("fields and verbs", "name is "), ("introductions", "I am "), ("greetings", "Dear "), ("closings", "regards "),
        ("questions of names", "name? "), ("addresses", "12 High Street, "), ("streets", "Street "),
        ("rues", "rue de "),
        ("house numbers", "12 A "), ("units", "Flat 4 "), ("boxes", "PO Box "), ("address labels", "address "),
        ("postcodes", "N1 4QR "), ("passwords", "password is "), ("password fields", "password: "),
        ("codes", "your code "),
        ("codes behind", "1234 is your "), ("pins", "PIN "), ("bics", "BIC "), ("user names", "user "),
        ("labels", "account "), ("pairs", "sort "), ("question labels", "account?\nUser: "), ("for", "password for "),
        ("speakers", "A:\n"), ("months", "3 May "), ("letters of other alphabets", "ж"), ("accents", "é"),
    ]

    private static let escapes = [
        ("percent escapes", "%25"), ("percent letters", "%41"), ("percent characters", "%E2%80%8B"),
        ("nested percent escapes", "%2525252525"), ("references", "&amp;"), ("nested references", "&amp;amp;amp;amp;"),
        ("number references", "&#49;"), ("open references", "&#0000"), ("named openings", "&abcdefgh"),
        ("line escapes", "\\n"), ("unicode escapes", "\\u0031"), ("nested backslashes", "\\\\\\\\u0031"),
        ("surrogates", "\\ud83d"), ("braced escapes", "\\u{31"), ("forms", "a=b+c+d&"), ("form values", "=a+"),
        ("long form values", "a+"), ("soft line breaks", "=\r\n"),
    ]

    private static let disguises = [
        ("combining marks", "\u{301}"), ("marked letters", "e\u{301}"), ("zero width", "\u{200B}"),
        ("zero width digits", "1\u{200B}"), ("soft hyphens", "\u{AD}"), ("no-break spaces", "\u{A0}"),
        ("full-width digits", "１"), ("full-width letters", "ａ"), ("arabic digits", "٣"), ("mathematical", "𝟏"),
        ("keycaps", "1\u{FE0F}\u{20E3}"), ("cyrillic", "аb"), ("cyrillic digits", "О1"), ("cyrillic words", "слово "),
        ("near cyrillic", "О l1 "), ("spelled digits", "one "), ("joined spelled digits", "one-"),
        ("doubled spelled digits", "double one "), ("doubles", "double "), ("plus spelled", "plus one "),
        ("spelled ats", "a at b "), ("bracketed ats", "a (at) b "), ("spelled dots", "a dot "),
        ("spelled addresses", "a at b dot com "), ("capital ats", "A AT B "), ("arrobas", "arroba "),
        ("bracketed dots", "[dot]"), ("addresses", "a@b."), ("e-mail", "a@b.cc "), ("local parts", "a.b-c_d+"),
        ("domains", "@a.b-c."), ("base64", "QUJDREVGR0hJSktM"), ("base64 words", "c2stbGl2ZV9hYmNkZWZnaA== "),
        ("base64 ends", "QUJDREVGR0hJSktM="), ("mixed base64", "aB3+/"),
    ]

    private static let secrets = [
        ("jwt starts", "eyJ"), ("jwt parts", "eyJhbGciOi."), ("dotted jwts", "eyJ."), ("pem starts", "-----BEGIN"),
        ("pem headers", "-----BEGIN RSA PRIVATE KEY-----\n"), ("pem ends", "-----END RSA PRIVATE KEY-----\n"),
        ("pem dashes", "-----BEGIN PRIVATE KEY----- "), ("key prefixes", "sk_live_"), ("keys", "AKIA"),
        ("github keys", "ghp_"), ("slack keys", "xoxb-"), ("authorities", "://"), ("credentials", "http://a:b@"),
        ("urls", "https://a/"), ("open credentials", "://a:"), ("key words", "api_key="), ("tokens", "[EMAIL_1]"),
        ("open tokens", "[EMAIL_"), ("hash marks", "<EMAIL:c3f9a1c07b>"), ("placeholders", "<EMAIL_ADDRESS>"),
    ]

    /// At least `bytes` of `unit`.
    static func text(_ unit: String, bytes: Int) -> [UInt8] {
        let unit = Array(unit.utf8)
        var text: [UInt8] = []
        text.reserveCapacity(bytes + unit.count)
        while text.count < bytes { text += unit }
        return text
    }
}
