extension Catalogue {
    /// Numbers that the states of Europe give to people.
    static let europe = [
        Detector(
            name: "UK_NINO", auditLabel: "uk_nino", tokenStem: "NINO", masking: .lastFour,
            actionByDefault: .mask,
            recognisers: [
                Recognition(
                    "word", .mixedWord(bytes: 4...9, NationalInsuranceNumber.recognise), labels: [.nationalInsurance],
                    reason: "two letters that HMRC gives out, six digits and a letter from A to D"),
                Recognition(
                    "digits", .number(digits: [6], NationalInsuranceNumber.recognise), labels: [.nationalInsurance],
                    reason: "two letters that HMRC gives out, six digits and a letter from A to D"),
            ],
            examples: [
                "N.I. No: ‹sy011602a›", "‹gz658612a› is my NI number",
                "NI number ‹AB 12 34 56 C›", "‹AB123456C›", "national insurance no. ‹ab123456d›",
                "NINO: ‹AB12 34 56 A› is", "‹JK 123456 B›.", "NINO ‹AB-12-34-56-C›",
            ],
            counterExamples: [
                "DB123456C", "AO123456C", "GB123456C", "AB123456E", "AB12345C", "AB1234567C", "XAB123456C",
                "ab123456c", "ref AB123456C", "in 12 34 56 days", "AB 12 34 56 CD",
            ]),
        Detector(
            name: "UK_NHS", auditLabel: "uk_nhs", tokenStem: "NHS", masking: .lastFour,
            actionByDefault: .mask,
            recognisers: [
                Recognition(
                    "named_number", .named(HealthServiceNumber.labels, HealthServiceNumber.recognise),
                    reason: "ten digits, the last the check digit modulo 11, behind a word for them")
            ],
            examples: [
                "NHS number ‹943 476 5919›", "nhs no: ‹4010232137›",
            ],
            counterExamples: [
                "9434765919", "NHS 9434765918", "NHS 943476591", "NHS 94347659190",
            ]),
        Detector(
            name: "DE_TAX_ID", auditLabel: "de_tax_id", tokenStem: "STEUERID", masking: .lastFour,
            actionByDefault: .mask,
            recognisers: [
                Recognition(
                    "eleven_digits", .number(digits: [11], SteuerID.recognise), labels: [.taxID],
                    reason: """
                        eleven digits with the repetition that the law asks for, and the check digit by \
                        ISO/IEC 7064 MOD 11,10
                        """)
            ],
            examples: [
                "Steuer-ID ‹86 095 742 719›", "IdNr.: ‹47036892816› laut",
                "Steueridentifikationsnummer ‹65929970489›", "‹86 095 742 719›", "tax id is ‹86095742719›.",
            ],
            counterExamples: [
                "Steuer-ID 86095742718", "Steuer-ID 8609574271", "Steuer-ID 01234567890", "Steuer-ID 12345678903",
                "order 86095742719", "phone 86095742719", "Steuer-ID 11145678906",
            ]),
        Detector(
            name: "FR_NIR", auditLabel: "fr_nir", tokenStem: "NIR", masking: .lastFour,
            actionByDefault: .mask,
            recognisers: [
                Recognition(
                    "digits", .number(digits: [6, 15], RegistrationNumber.recognise),
                    labels: [.socialSecurity, .taxID],
                    reason: "sex, year, month, department and order, and the key modulo 97")
            ],
            examples: [
                "NIR : ‹255081416802538›", "sécurité sociale ‹2 55 08 14 168 025 38›", "‹1 85 05 78 006 084 91›",
                "‹1 90 11 2A 004 123 04›", "NIR ‹254042B03301201›", "social security no. ‹1-85-05-78-006-084-91›",
            ],
            counterExamples: [
                "NIR 255081416802537", "NIR 25508141680253", "NIR 555081416802538", "NIR 255131416802538",
                "NIR 2550814168025380", "order 255081416802538", "1 90 11 2C 004 123 04",
            ]),
        Detector(
            name: "ES_DNI", auditLabel: "es_dni", tokenStem: "DNI", masking: .lastFour,
            actionByDefault: .mask,
            recognisers: [
                Recognition(
                    "word", .mixedWord(bytes: 9...9, SpanishIdentityNumber.recognise),
                    labels: [.identityDocument, .taxID, .nationalID],
                    reason: "a number and the letter for its rest by 23"),
                Recognition(
                    "digits", .number(digits: [7, 8], SpanishIdentityNumber.recognise),
                    labels: [.identityDocument, .taxID, .nationalID],
                    reason: "a number and the letter for its rest by 23"),
            ],
            examples: [
                "DNI ‹12345678Z›", "‹12345678Z›", "NIF: ‹12.345.678-Z›", "NIE ‹X1234567L›", "documento ‹y7654321g›",
                "DNI ‹12345678-Z›", "NIE ‹X-1234567-L›",
            ],
            counterExamples: [
                "12345678A", "X1234567Z", "W1234567L", "123456789Z", "DNI 1234567Z", "order 12345678Z",
                "ABC-12345678Z", "at 23:59:59.999999Z", "12345678 Z", "12345678",
            ]),
        Detector(
            name: "IT_FISCAL_CODE", auditLabel: "it_fiscal_code", tokenStem: "FISCALCODE", masking: .lastFour,
            actionByDefault: .mask,
            recognisers: [
                Recognition(
                    "word", .mixedWord(bytes: 16...16, CodiceFiscale.recognise), labels: [.taxID],
                    reason: "16 letters and digits in the order of an Italian tax code, the last the check letter")
            ],
            examples: [
                "codice fiscale ‹RSSMRA85T10A562S›", "‹BNCGNN60A41H501T›", "cf ‹rssmra85t10a562s›.",
                "‹RSSMRA85T10A56NH›",
            ],
            counterExamples: [
                "RSSMRA85T10A562T", "RSSMRA85F10A562S", "RSSMRA85T10A562", "RSSMRA85T10A562SX", "1SSMRA85T10A562S",
                "X-RSSMRA85T10A562S",
            ]),
        Detector(
            name: "NL_BSN", auditLabel: "nl_bsn", tokenStem: "BSN", masking: .lastFour,
            actionByDefault: .mask,
            recognisers: [
                Recognition(
                    "named_number", .named(CitizenServiceNumber.labels, CitizenServiceNumber.recognise),
                    reason: "nine digits that pass the eleven test, behind a word for them")
            ],
            examples: [
                "BSN ‹111222333›", "burgerservicenummer: ‹123456782›", "bsn ‹1234.56.782›",
            ],
            counterExamples: [
                "111222333", "BSN 111222334", "BSN 11122233", "BSN 1112223330", "BSN 000000000",
            ]),
        Detector(
            name: "PL_PESEL", auditLabel: "pl_pesel", tokenStem: "PESEL", masking: .lastFour,
            actionByDefault: .mask,
            recognisers: [
                Recognition(
                    "named_number", .named(CitizenServiceNumber.labels, PESEL.recognise),
                    reason: """
                        eleven digits that begin with a date of birth and end with the check digit, behind a \
                        word for them
                        """)
            ],
            examples: [
                "PESEL ‹44051401359›", "pesel: ‹02070803628›",
            ],
            counterExamples: [
                "44051401359", "PESEL 44051401358", "PESEL 4405140135", "PESEL 44131401354", "PESEL 440514013590",
            ]),
    ]
}
