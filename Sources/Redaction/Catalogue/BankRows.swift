extension Catalogue {
    /// Numbers of accounts and cards.
    static let bank = [
        Detector(
            name: "CREDIT_CARD", auditLabel: "credit_card", tokenStem: "CARD", masking: .lastFour,
            actionByDefault: .mask,
            recognisers: [
                Recognition(
                    "digits", .digits(PaymentCard.recognise), labels: [.card],
                    reason: """
                        13 to 19 digits, the last the Luhn check digit, with the first digits and length of a \
                        card brand or behind a word for a card
                        """)
            ],
            examples: [
                "‹4111 1111 1111 1111›", "‹4111-1111-1111-1111› 12/27 123", "‹5555555555554444›", "‹3782 822463 10005›",
                "card ‹30569309025904›", "‹4111.1111.1111.1111›", "‹4111\u{A0}1111\u{A0}1111\u{A0}1111›",
                "‹4111 1111\n1111 1111›", "card ‹630427373398›", "pan=‹4222222222222›",
                "‹4 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1›",
                "‹41\u{200B}11 1111 1111 1111›", "‹2223003122003222›", "card no. ‹9111111111111110›",
                "card-‹4111111111111111›",
            ],
            counterExamples: [
                "4111 1111 1111 1112", "order 1012450839213857", "9111111111111110", "4111-1111-1111-111",
                "4***********1111",
                "630427373398", "41111111111111111111111111111111", "64d813d2-4111-1111-1111-111111111111",
            ]),
        Detector(
            name: "IBAN_CODE", auditLabel: "iban_code", tokenStem: "IBAN", masking: .lastFour,
            actionByDefault: .tokenise,
            recognisers: [
                Recognition(
                    "country_and_digits", .countryAndDigits(IBAN.recognise),
                    reason: "a country's letters, the length that it registered, and check digits that leave 1 by 97")
            ],
            examples: [
                "‹DE89370400440532013000›", "‹GB29 NWBK 6016 1331 9268 19› please", "‹pk36scbl0000001123456702›",
                "‹MT84 MALT 0110 0001 2345 MTLC AST0 01S›.", "iban:‹NO93-8601-1117-947›",
                "‹FR14\u{A0}2004\u{A0}1010\u{A0}0505\u{A0}0001\u{A0}3M02\u{A0}606›",
            ],
            counterExamples: [
                "DE88370400440532013000", "DE8937040044053201300", "XX89370400440532013000", "DE893704004405320130001",
                "TR00515450NC3FOTFQ9WS5OLR2",
            ]),
    ]
}
