extension Catalogue {
    /// Numbers that states outside Europe give to people and companies.
    static let world = [
        Detector(
            name: "US_ITIN", auditLabel: "us_itin", tokenStem: "ITIN", masking: .lastFour,
            actionByDefault: .mask,
            recognisers: [
                Recognition(
                    "nine_digits", .number(digits: [9], TaxpayerNumber.recognise), labels: [.taxID, .socialSecurity],
                    reason: "nine digits, the first 9, in the ranges that the Internal Revenue Service gives out")
            ],
            examples: [
                "ITIN ‹912-70-1234›", "‹978-65-1423›", "itin: ‹927819806› was",
                "taxpayer identification number ‹962 78 3413›",
            ],
            counterExamples: [
                "912-70-12345", "912-49-1234", "912-93-1234", "812-70-1234", "912701234", "ITIN 912-7-1234",
                "order 912-70-1234", "phone 912-70-1234",
            ]),
        Detector(
            name: "US_EIN", auditLabel: "us_ein", tokenStem: "EIN", masking: .lastFour,
            actionByDefault: .mask,
            recognisers: [
                Recognition(
                    "named_number", .named(EmployerNumber.labels, EmployerNumber.recognise),
                    reason: """
                        nine digits with a prefix that the Internal Revenue Service has assigned, behind a \
                        word for them
                        """)
            ],
            examples: [
                "EIN ‹12-3456789›", "employer identification number: ‹123456789›", "FEIN ‹95-1234567›.",
                "tax id ‹12-3456789›",
            ],
            counterExamples: [
                "12-3456789", "EIN 07-3456789", "EIN 12-345678", "EIN 12-34567890", "tax id 123456789",
            ]),
        Detector(
            name: "CA_SIN", auditLabel: "ca_sin", tokenStem: "SIN", masking: .lastFour,
            actionByDefault: .mask,
            recognisers: [
                Recognition(
                    "named_number", .named(SocialInsuranceNumber.labels, SocialInsuranceNumber.recognise),
                    reason: "nine digits, the last the Luhn check digit, behind a word for them")
            ],
            examples: [
                "SIN ‹130 692 544›", "social insurance number ‹130-692-544›", "sin: ‹130692544›",
            ],
            counterExamples: [
                "130 692 544", "SIN 130 692 545", "SIN 046 454 286", "SIN 130 692 5440", "SIN 13069254",
            ]),
        Detector(
            name: "BR_CPF", auditLabel: "br_cpf", tokenStem: "CPF", masking: .lastFour,
            actionByDefault: .mask,
            recognisers: [
                Recognition(
                    "eleven_digits", .number(digits: [11], PersonRegistration.recognise), labels: [.cadastro],
                    reason: """
                        eleven digits, the last two the check digits modulo 11, written 3.3.3-2 or behind a \
                        word for them
                        """)
            ],
            examples: [
                "‹123.456.789-09›", "CPF ‹52998224725›", "cpf: ‹529 982 247 25›.",
            ],
            counterExamples: [
                "52998224725", "123.456.789-08", "CPF 11111111111", "CPF 5299822472", "CPF 529982247250",
            ]),
        Detector(
            name: "BR_CNPJ", auditLabel: "br_cnpj", tokenStem: "CNPJ", masking: .lastFour,
            actionByDefault: .mask,
            recognisers: [
                Recognition(
                    "fourteen_digits", .number(digits: [14], CompanyRegistration.recognise), labels: [.cadastro],
                    reason: """
                        14 digits, the last two the check digits modulo 11, written 2.3.3/4-2 or behind a word \
                        for them
                        """)
            ],
            examples: [
                "‹11.222.333/0001-81›", "CNPJ ‹11222333000181›",
            ],
            counterExamples: [
                "11222333000181", "11.222.333/0001-82", "CNPJ 1122233300018", "CNPJ 112223330001811",
            ]),
        Detector(
            name: "IN_AADHAAR", auditLabel: "in_aadhaar", tokenStem: "AADHAAR", masking: .lastFour,
            actionByDefault: .mask,
            recognisers: [
                Recognition(
                    "twelve_digits", .number(digits: [12], Aadhaar.recognise), labels: [.aadhaar],
                    reason: "twelve digits, the first 2 to 9, the last the Verhoeff check digit")
            ],
            examples: [
                "please seed ‹368641334734› as my aadhaar",
                "Aadhaar ‹2345 6789 0124›", "‹2345 6789 0124›", "UIDAI number: ‹4999-1234-5674›",
                "aadhaar ‹234567890124›", "आधार नंबर ‹4999 1234 5674›", "aadhar ‹2 3 4 5 6 7 8 9 0 1 2 4›",
                "Aadhaar ‹4999 1234\n5674›",
            ],
            counterExamples: [
                "Aadhaar 2345 6789 0125", "Aadhaar 1345 6789 0124", "234567890124", "Aadhaar 2345 6789 012",
                "Aadhaar 2345678901240", "order 2345 6789 0124", "2345 6789 0124 5", "2345/6789/0124",
            ]),
        Detector(
            name: "IN_PAN", auditLabel: "in_pan", tokenStem: "PAN", masking: .lastFour,
            actionByDefault: .mask,
            recognisers: [
                Recognition(
                    "word", .mixedWord(bytes: 10...10, PermanentAccountNumber.recognise),
                    labels: [.card, .taxID, .account],
                    reason: "five letters, the fourth for a kind of holder, four digits and a letter")
            ],
            examples: [
                "PAN ‹ABCPE1234F›", "‹ABCPE1234F›", "permanent account number: ‹abcpe1234f›",
                "PAN card ‹AAACB5678K›.",
            ],
            counterExamples: [
                "ABCDE1234F", "ABCPE123F", "ABCPE12345F", "abcpe1234f", "ref ABCPE1234F", "X-ABCPE1234F",
                "ABCPE1234F@example", "ABCP11234F",
            ]),
        Detector(
            name: "AU_TFN", auditLabel: "au_tfn", tokenStem: "TFN", masking: .lastFour,
            actionByDefault: .mask,
            recognisers: [
                Recognition(
                    "named_number", .named(TaxFileNumber.labels, TaxFileNumber.recognise),
                    reason: "eight or nine digits whose weighted sum is a multiple of 11, behind a word for them")
            ],
            examples: [
                "TFN ‹123 456 782›", "tax file number: ‹876543210›", "tfn ‹37118839›",
            ],
            counterExamples: [
                "123456782", "TFN 123456783", "TFN 1234567", "TFN 000000000", "TFN 1234567820",
            ]),
        Detector(
            name: "AU_MEDICARE", auditLabel: "au_medicare", tokenStem: "MEDICARE", masking: .lastFour,
            actionByDefault: .mask,
            recognisers: [
                Recognition(
                    "named_number", .named(MedicareNumber.labels, MedicareNumber.recognise),
                    reason: "ten or eleven digits, the ninth the check digit, behind a word for them")
            ],
            examples: [
                "Medicare ‹2950 20015 11›", "Medicare number: ‹2123456701›", "medicare no ‹2950 20015 1-1›",
            ],
            counterExamples: [
                "2950 20015 11", "Medicare 2950 20014 11", "Medicare 1950 20015 11", "Medicare 2950 2001",
                "Medicare 2950 20015 1111",
            ]),
        Detector(
            name: "SG_NRIC", auditLabel: "sg_nric", tokenStem: "NRIC", masking: .lastFour,
            actionByDefault: .mask,
            recognisers: [
                Recognition(
                    "word", .mixedWord(bytes: 9...9, SingaporeIdentityNumber.recognise), labels: [.identityDocument],
                    reason: "S, T, F, G or M, seven digits and the check letter")
            ],
            examples: [
                "NRIC ‹S1234567D›", "‹T0123456G›", "FIN: ‹F1234567N›", "‹G1234567X›.", "‹M1234567K›",
                "nric ‹s1234567d›",
            ],
            counterExamples: [
                "S1234567E", "A1234567D", "S123456D", "S12345678D", "s1234567d", "X-S1234567D",
            ]),
    ]
}
