import Testing

@testable import Redaction

/// What detection sees of `text`; the text itself where it needs no view.
func view(of text: String) -> String {
    let bytes = Array(text.utf8)
    return String(decoding: Normaliser.view(of: bytes.span)?.bytes ?? bytes, as: UTF8.self)
}

@Suite struct FoldTests {
    @Test(arguments: [
        ("４１１１　１１１１－１", "4111 1111-1"), ("ａ＠ｂ．ｃｏｍ", "a@b.com"), ("𝟒𝟙𝟣𝟭𝟷", "41111"), ("𝐚𝒶𝖆𝚊𝐀", "aaaaA"),
        ("①②⑨⓪", "1290"), ("⁴¹²³₄", "41234"), ("ⓐⓩⒶ", "azA"), ("a﹫b﹒com", "a@b.com"), ("🄰🅰", "AA"),
        ("\u{E0041}\u{E0040}\u{E0062}", "A@b"), ("ℂℎℓ", "Chl"),
    ])
    func `a compatibility form is its ASCII character`(_ text: String, _ seen: String) {
        #expect(view(of: text) == seen)
    }

    @Test func `every decimal digit of Unicode is an ASCII digit`() {
        for value in UInt32(0x80)...0x1_FFFF {
            guard let scalar = Unicode.Scalar(value), scalar.properties.generalCategory == .decimalNumber,
                let number = scalar.properties.numericValue
            else { continue }
            #expect(view(of: "\(scalar)") == "\(Int(number))", "U+\(String(value, radix: 16))")
        }
    }

    @Test(arguments: [
        "soft\u{AD}hyphen", "zero\u{200B}\u{200C}\u{200D}\u{2060}\u{FEFF}width", "direc\u{202E}\u{200F}\u{061C}tion",
        "1\u{FE0F}\u{20E3}", "x\u{E0101}", "j\u{34F}oin",
    ])
    func `what cannot be seen is not there`(_ text: String) {
        #expect(view(of: text).utf8.allSatisfy { $0 < 0x80 })
        #expect(view(of: text).utf8.elementsEqual(text.utf8.filter { $0 < 0x80 }))
    }

    @Test(arguments: [
        ("1\u{A0}2\u{2009}3\u{202F}4\u{3000}5", "1 2 3 4 5"), ("1\u{2011}2\u{2013}3\u{2212}4", "1-2-3-4"),
        ("a\u{2028}b", "a\nb"),
    ])
    func `other spaces and dashes are ASCII's`(_ text: String, _ seen: String) {
        #expect(view(of: text) == seen)
    }

    @Test(arguments: [
        (#"a\u0040b\u002ecom"#, "a@b.com"), (#"1\/2"#, "1/2"), (#"x\n4"#, "x\n4"), (#"\ud835\udfd2"#, "4"),
        (#"\x41\u{42}"#, "AB"), (#"\\u0040"#, "@"), (#"\\\\u0040"#, "@"), (#"\\\\\\\\u0040"#, "@"), (#"\uff14"#, "4"),
        (#"\ud835x"#, #"\ud835x"#), (#"\u004"#, #"\u004"#), (#"\udc00"#, #"\udc00"#), (#"\q \"#, #"\q \"#),
        (#"\u{}\u{1234567}"#, #"\u{}\u{1234567}"#),
    ])
    func `an escape of JSON is what it stands for`(_ text: String, _ seen: String) {
        #expect(view(of: text) == seen)
    }

    @Test(arguments: [
        ("a%40b%2ecom", "a@b.com"), ("%2540", "@"), ("%25252540", "@"), ("%C3%A9", "é"), ("%EF%BC%94", "4"),
        ("%C3", "%C3"), ("%C3%41", "%C3A"), ("%ED%A0%80", "%ED%A0%80"), ("5% of", "5% of"), ("%", "%"), ("%4", "%4"),
        ("%F0%9D%9F%92", "4"), ("%C0%80", "%C0%80"),
    ])
    func `a percent escape is its character, and a part of one is itself`(_ text: String, _ seen: String) {
        #expect(view(of: text) == seen)
    }

    @Test(arguments: [
        ("a&#64;b&#x2E;com", "a@b.com"), ("a&commat;b&period;com", "a@b.com"), ("1&nbsp;2&shy;3", "1 23"),
        ("&#0064;", "@"), ("&amp;#64;", "@"), ("&amp;amp;#x40;", "@"), ("&#64b", "@b"), ("AT&T", "AT&T"),
        ("&#;", "&#;"), ("&#12345678;", "&#12345678;"), ("&unknown;", "&unknown;"), ("&#xD800;", "&#xD800;"),
        ("&#0;", "&#0;"), ("a&b=c", "a&b=c"), ("&", "&"), ("&#x", "&#x"),
    ])
    func `a character reference is its character`(_ text: String, _ seen: String) {
        #expect(view(of: text) == seen)
    }

    @Test(arguments: [
        ("q=my+card+is+4111&x=1", "q=my card is 4111&x=1"), ("to=jane+bank@example.com", "to=jane+bank@example.com"),
        ("tel=+92+300+1234567", "tel=+92 300 1234567"), ("key=wJa1rX+tnFEM8", "key=wJa1rX+tnFEM8"),
        ("1+1", "1+1"), ("C++ or x=1, a+b", "C++ or x=1, a+b"), ("q=a%2Bb+c", "q=a+b c"), ("k=ab+cd/ef", "k=ab+cd/ef"),
    ])
    func `a plus of a form is a space`(_ text: String, _ seen: String) {
        #expect(view(of: text) == seen)
    }

    @Test(arguments: [
        ("QZ\u{410}HQ\u{41E}923P", "QZAHQ0923P"), ("\u{410}Y 35 2l 76 D", "AY 35 21 76 D"),
        ("35\u{41E}3 3\u{41E}04", "3503 3004"), ("JN 78 67 l9 \u{412}", "JN 78 67 19 B"),
        ("\u{43E}l\u{456}v\u{435}r@example.com", "oliver@example.com"), ("p\u{3B1}ypal", "paypal"),
        ("счёт на 100 рублей", "счёт на 100 рублей"), ("кофе в Москве", "кофе в Москве"),
        ("Ελληνικά κείμενα", "Ελληνικά κείμενα"), ("SMSка", "SMSка"), ("О чём 2 литра", "О чём 2 литра"),
    ])
    func `a look-alike is Latin in a word that mixes alphabets`(_ text: String, _ seen: String) {
        #expect(view(of: text) == seen)
    }

    @Test(arguments: [
        ("+49221-\n4710313", "+49221-4710313"), ("+49 221\r\n471 0378 after", "+49 221 471 0378 after"),
        ("+92 300 \n 1234567", "+92 300 1234567"), ("+49 221 471\n0378", "+49 221 471\n0378"), ("+\n12", "+\n12"),
        ("+49\n\n221", "+49\n\n221"), ("+49 x\n221", "+49 x\n221"), ("+4\\u0039\n221", "+49 221"),
        ("+49\r221", "+49\r221"),
    ])
    func `a line's end within an international number is a space`(_ text: String, _ seen: String) {
        #expect(view(of: text) == seen)
    }

    @Test(arguments: [
        "Which papers do I need for a savings account?", "Straße, Zoë und François", "счёт открыт вчера",
        "میرا اکاؤنٹ بند کر دیں", "请问如何开户", "मेरा खाता", "5% of AT&T (or x + y) [see \\ below]", "",
        "one two three four five six", "the point of the robot is not what I want",
    ])
    func `a text without disguises needs no view`(_ text: String) {
        let bytes = Array(text.utf8)
        let isPlain = Normaliser.view(of: bytes.span) == nil
        #expect(isPlain)
    }
}
