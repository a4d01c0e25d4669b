extension Catalogue {
    /// How to reach a person.
    static let contact = [
        Detector(
            name: "EMAIL_ADDRESS", auditLabel: "email_address", tokenStem: "EMAIL", masking: .placeholder,
            actionByDefault: .tokenise,
            recognisers: [
                Recognition(
                    "mailbox", .at(EmailAddress.recognise),
                    reason: "a name, an @ and a domain that ends with letters")
            ],
            examples: [
                "write to ‹jane.doe+bank@mail.example.co.uk›.", "mailto:‹a@example.com›?subject=hi",
                "<‹a_b@example.org›>",
                "‹ZOË@EXÄMPLE.DE› and '‹o'brien@example.com›'", "to=‹x-y@example.xn--p1ai›,", "请联系‹help@example.com›",
            ],
            counterExamples: [
                "user@<domain>", "git@v1.2", "@Override", "a@b", "name@-example.com", "@example.com", "3 pens @ 2.50",
                "a.@example.com",
            ]),
        Detector(
            name: "PHONE_NUMBER", auditLabel: "phone_number", tokenStem: "PHONE", masking: .lastFour,
            actionByDefault: .tokenise,
            recognisers: [
                Recognition(
                    "number", .digits(PhoneNumber.recognise), labels: [.phone],
                    reason: """
                        digits of a telephone number: a calling code that exists, the shape that a country \
                        writes, or a fitting length behind a word for a telephone
                        """)
            ],
            examples: [
                "bel me op ‹512 333 141›", "proszę dzwonić pod ‹512 345 434›",
                "call ‹+92 300 1234567› now", "‹+44 (0)20 7946 0958›", "‹(+92) 300 7028047›", "‹0092 300 702 8047›",
                "WhatsApp ‹03001234567›", "mob ‹0300-1234567›", "‹(415) 555-0142›",
                "‹1-415-555-0142›, ‹415.555.0142 x12›",
                "‹01 99 00 02 18›", "‹020 7946 0958›", "Handy: ‹0171 2345678›", "‹0612345678›", "unter ‹01512 3456789›",
                "my number is ‹9876543210›", "‹94449 26844›", "phone ‹451 5986›",
                "\"phoneNumber\":\"‹9498777106›\"", "(‹0300 1234567›)", "‹+1\u{A0}415\u{A0}555\u{A0}0142 ext. 7›",
            ],
            counterExamples: [
                "on 2025-06-18 at 18:30:23", "01/06/2025", "order 03001234567", "call before 2025-06-18", "phone 12345",
                "order 0612345678", "Boston, MA 02110-1301, USA", "ref 015123456789",
                "1,024,010 payments", "ISBN 9787427140649", "event_time=1762901267071", "INV-2025-726644",
                "call me in 10-15 business days", "phone ***4515986", "phone 4515986***", "phone 4515986%",
                "[PHONE_1] 12345678",
                "<PHONE_NUMBER> 12345678", "rate 188.7341",
            ]),
    ]
}
