extension Catalogue {
    /// What belongs to an account or a card and tells little without a word for it.
    static let accounts = [
        Detector(
            name: "CARD_CVV", auditLabel: "card_cvv", tokenStem: "CVV", masking: .placeholder,
            actionByDefault: .mask,
            recognisers: [
                Recognition(
                    "named_number", .named(CardSecurityCode.labels, CardSecurityCode.recognise),
                    reason: "three or four digits behind a word for a card's security code")
            ],
            examples: [
                "el código de seguridad de la tarjeta es ‹860›", "‹802› is the CVV of my card",
                "CVV ‹123›", "cvc2: ‹987›", "{\"securityCode\":\"‹4321›\"}",
                "the security code on the back is ‹120›.", "Prüfnummer: ‹337›", "cryptogramme ‹042›",
                "código de seguridad ‹555›", "CVV ‹1 2 3›", "‹802› is the CVV", "the digits on the back: ‹120›",
            ],
            counterExamples: [
                "the CVV of my card ending 4921",
                "123", "the CVV has 3 digits", "cvv 12345", "cvv 1.234", "CVV of the card 1234", "cvv: 123%",
                "security code 123456", "CVV 12-34", "social security 123",
            ]),
        Detector(
            name: "CARD_EXPIRY", auditLabel: "card_expiry", tokenStem: "EXPIRY", masking: .placeholder,
            actionByDefault: .mask,
            recognisers: [
                Recognition(
                    "named_date", .named(CardExpiry.labels, CardExpiry.recognise),
                    reason: "a month and a year behind a word for an expiry")
            ],
            examples: [
                "expiration date on the card - ‹02/2027›", "my card runs out ‹06/26›", "caduca el ‹07/27›",
                "exp ‹12/27›", "expires ‹08 / 31›,", "\"expiry_date\": \"‹2032-04›\"", "Expiry: ‹03/2027›",
                "valid thru ‹09-28›", "exp=‹0927›&", "gültig bis ‹11/29›", "exp ‹12/27› 123",
            ],
            counterExamples: [
                "Expiring card 1225",
                "12/27", "expires 13/27", "expires 12/31/2027", "exp: 1762901267", "expires in 24/7 hours",
                "open 9/10 times", "expires 2027", "expiry 00/27", "{\"exp\":1762}",
            ]),
        Detector(
            name: "SWIFT_BIC", auditLabel: "swift_bic", tokenStem: "BIC", masking: .placeholder,
            actionByDefault: .mask,
            recognisers: [
                Recognition(
                    "named_code", .words(BusinessIdentifierCode.labels, BusinessIdentifierCode.recognise),
                    reason: "eight or eleven characters with a country's letters in their place, behind BIC or SWIFT")
            ],
            examples: [
                "bankBic=‹UNCRITMMXXX›",
                "BIC ‹DEUTDEFF›", "SWIFT: ‹DEUTDEFF500›", "{\"bicCode\":\"‹NWBKGB2L›\"}",
                "the BIC of the receiving bank is ‹HBUKGB4B›.", "swift_code=‹BNPAFRPPXXX›",
                "SWIFT/BIC ‹COBADEFFXXX›",
            ],
            counterExamples: [
                "DEUTDEFF", "Choose TRANSFER", "the BIC is missing. TRANSFER", "SWIFT TRANSFER",
                "BIC FOR THE CUSTOMER", "bicycle DEUTDEFF", "BIC DEUTXXFF", "BIC DEUTDEF", "BIC deutdeff",
                "swift DEUTDEFF-1", "a quick and swift TRANSFER",
            ]),
        Detector(
            name: "ABA_ROUTING", auditLabel: "aba_routing", tokenStem: "ROUTING", masking: .lastFour,
            actionByDefault: .mask,
            recognisers: [
                Recognition(
                    "named_number", .named(RoutingNumber.labels, RoutingNumber.recognise),
                    reason: "nine digits with a Federal Reserve prefix and the check digit, behind a word for them")
            ],
            examples: [
                "routing number ‹021000021›", "ABA: ‹321076548›", "\"routing_number\":\"‹021000021›\"",
                "(routing ‹0210-0002-1›)", "RTN ‹021000021›, checking",
            ],
            counterExamples: [
                "021000021", "routing 021000022", "routing 510000020", "routing number 0210000211",
                "routing 000000000", "reference 021000021",
            ]),
        Detector(
            name: "BANK_ACCOUNT", auditLabel: "bank_account", tokenStem: "ACCOUNT", masking: .lastFour,
            actionByDefault: .mask,
            recognisers: [
                Recognition(
                    "named_number", .named(BankAccount.labels, BankAccount.recognise),
                    reason: "digits of an account number behind a word for an account or a payment"),
                Recognition(
                    "behind_sort_code", .number(digits: [8], BankAccount.recogniseBehindSortCode),
                    labels: [.account, .sortCode],
                    reason: "eight digits behind a British sort code"),
            ],
            examples: [
                "Kto-Nr. ‹5974833959›", "money went from ‹83104371308556› which is my current account",
                "account number ‹12345678›", "acct no. ‹414972217› was", "A/C ‹4300-0097917-56›",
                "\"account\":\"‹162905892›\"", "my account number is ‹8800 4928 5630›",
                "checking account #‹562592162251›", "Kontonummer ‹1234567›", "account_number=‹00123456›",
                "transfer $500.00 from ‹780867954› (main)", "numéro de compte : ‹12345678901›",
                "pay USD 20.00 to ‹909635404829›.", "Your account?\nCustomer: ‹12345678›", "account ‹123456›",
                "‹12345678› is my account number",
            ],
            counterExamples: [
                "12345678", "account 12345", "account balance 12345678", "account opened on 2025-06-18",
                "account was debited 250000", "account 1234567.89", "account £1234567",
                "account reference 12345678901", "my account: call 12345678", "account 1,234,567,890",
                "transfer 780867954 rupees", "account 1234567890123456789", "account INV-12345678", "account 2024-25",
                "12345678 is on my account", "12345678 in the account is wrong",
                "order 12345678",
            ]),
        Detector(
            name: "UK_SORT_CODE", auditLabel: "uk_sort_code", tokenStem: "SORTCODE", masking: .placeholder,
            actionByDefault: .mask,
            recognisers: [
                Recognition(
                    "named_number", .named(SortCode.labels, SortCode.recognise),
                    reason: "six digits behind a word for a sort code"),
                Recognition(
                    "before_account", .number(digits: [14], SortCode.recogniseBeforeAccount),
                    labels: [.account, .sortCode],
                    reason: "six digits in pairs before an account number"),
                Recognition(
                    "behind_sort", .words(["sort"], SortCode.recogniseBehindSort),
                    reason: "six digits in pairs with hyphens, behind the word sort"),
            ],
            examples: [
                "Sort ‹20-00-00›, thanks", "s/c ‹20 00 00›", "‹20-00-00› is my sort code",
                "sort code ‹20-00-00›", "Sort code: ‹200000›", "sortCode=\"‹20-00-00›\"", "sort code ‹20–00–00›",
                "| Sort code | ‹20 00 00› |", "sort code ‹20-00-00› 12/2027",
            ],
            counterExamples: [
                "20-00-00", "sort code 20-00-0", "sort code 2000000", "sort the code by 200000 rows of 10",
                "on 20-05-25 order 12345678", "sort 200000", "BLZ 10070024", "20-05-25 12345678",
            ]),
        Detector(
            name: "IN_IFSC", auditLabel: "in_ifsc", tokenStem: "IFSC", masking: .placeholder,
            actionByDefault: .mask,
            recognisers: [
                Recognition(
                    "named_code", .namedWord(FinancialSystemCode.labels, FinancialSystemCode.recognise),
                    reason: "four letters, a zero and six characters behind a word for a bank branch")
            ],
            examples: [
                "IFSC ‹SBIN0001234›", "ifsc code: ‹HDFC0000123›", "NEFT to ‹ICIC0SF0002›.",
            ],
            counterExamples: [
                "SBIN0001234", "IFSC SBIN1001234", "IFSC SBIN000123", "IFSC SBIN00012345", "IFSC SB1N0001234",
            ]),
        Detector(
            name: "IN_UPI", auditLabel: "in_upi", tokenStem: "UPI", masking: .placeholder,
            actionByDefault: .mask,
            recognisers: [
                Recognition(
                    "handle", .at(PaymentAddress.recognise),
                    reason: "a name, an @ and the handle of an Indian payment service")
            ],
            examples: [
                "pay ‹ananya.k@okaxis› now", "upi: ‹9876543210@ybl›.", "VPA ‹shop-12@paytm›",
            ],
            counterExamples: [
                "see @paytm", "user@host", "ananya@upi.example.com", "a@upi", "name@okaxisx", "git@v1",
            ]),
    ]
}
