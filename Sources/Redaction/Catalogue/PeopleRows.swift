extension Catalogue {
    /// Who people are and where they are found.
    static let people = [
        Detector(
            name: "PERSON", auditLabel: "person", tokenStem: "PERSON", masking: .placeholder,
            actionByDefault: .tokenise,
            recognisers: [
                Recognition(
                    "titled", .words(PersonName.titleWords, PersonName.recogniseTitled),
                    reason: "a name behind a title such as Mr or Dr"),
                Recognition(
                    "field", .words(PersonName.fieldWords, PersonName.recogniseField),
                    reason: "what stands behind a word for a name, as in a form"),
                Recognition(
                    "introduced", .words(PersonName.introductionWords, PersonName.recogniseIntroduced),
                    reason: "a name behind words by which people say who they are"),
                Recognition(
                    "greeted", .words(PersonName.greetings, PersonName.recogniseGreeted),
                    reason: "a name behind a greeting"),
                Recognition(
                    "paid", .words(PersonName.payments, PersonName.recognisePaid),
                    reason: "a name behind a word for a payment and to"),
                Recognition(
                    "signed", .words(PersonName.closings, PersonName.recogniseSigned),
                    reason: "a name below the end of a letter"),
                Recognition(
                    "given_name",
                    .names(
                        NameList.words(GivenNames.clear) + NameList.words(GivenNames.ambiguous),
                        PersonName.recogniseGiven),
                    reason: "a given name that a list knows, with a capital or before a surname"),
                Recognition(
                    "surname", .names(NameList.words(Surnames.clear), PersonName.recogniseSurname),
                    reason: "a surname that a list knows, with a capital, and the name before it"),
                Recognition(
                    "unlisted", .capital(UnlistedName.recognise),
                    reason: "words with a capital that no list of words knows, where a name may stand"),
            ],
            examples: [
                "Hello, my name is ‹Nadia Petrov-Hale›", "Mr. ‹Quimby› called", "Speaking with Dr ‹Anna N. Weiss› from",
                "Account holder: ‹JOHN RUSSELL›", "this is ‹jessica meyer›, still waiting",
                "Payee name is ‹Meyer, Thomas›",
                "| Holder | ‹Karl Weber› |", "Kind regards,\n‹Hugo Weber›\nSome Bank",
                "{\"name\":\"‹Zofia Kowalska›\"}",
                "I'm ‹Wei Chen› and I", "beneficiary ‹Élodie Dupont›.", "mera naam ‹Bilal Ahmed› hai",
                "And the last name on it?\nCustomer: ‹Weber›\n", "said ‹Gladys› to ‹Jennifer›",
                "speak to ‹Zukhra Ozbekova› about it", "‹Zukhra Ozbekova› told me so",
                "signed by ‹Ozbekova› in May", "‹Ozbekova› and I share it",
                "payee ‹Janez Zupanc› AE1 EUR",
                "Agent: this is ‹Xiulan› speaking", "‹Zukhra›'s card is lost", "ask ‹Frank› to call",
                "‹Mark› said it was fine",
                "‹Ozbekova›, ‹Becker› and ‹Quintrell› came", "her friend ‹olga krylova› paid", "ik ben ‹Jihoon Ouyang›",
                "bonifico a ‹Ozbek Quintrell›", "hier ist ‹Maike Paffrath›", "sou o ‹Haoran Hoekstra›",
                "Thanks,\n‹Ozbek McQuintrell›\nSome Bank",
                "Mit freundlichen Grüßen\n‹Uwe Schmidt›",
                "Hi ‹Freddy›, I'm", "my wife ‹Ayesha Malik› as", "‹Ingrid Schmidt›,x", "‹Ana de la Vega› signed",
            ],
            counterExamples: [
                "Dear Customer,", "Does the April apply?", "I am writing to you", "This is urgent",
                "Standard Savings raised",
                "Choose TRANSFER from the menu", "file name: Report", "Dear Valued Customer, your Gold Card is ready",
                "Beneficiary: Acme Trading Ltd", "This is Citibank calling", "Dear Sir or Madam",
                "Kind regards,\nThe Team",
                "paid by May", "with Chase since 2019", "a refund from Netflix", "beside HAProxy's",
                "Stop it with Ctrl-C",
                "Neue Anschrift: siehe unten", "Betreff: Kartensperrung Girokonto",
                "mit der Vorteilswelt Zusatzkarte bezahlt",
                "I was at the Costa", "Insufficient Funds", "the Bilkova branch", "in Lisbon, Karachi and Basel",
                "Reddit Thread", "I bought Bitcoin and Ethereum", "name - required", "transferencia a Estados Unidos",
                "Credit Agricole and Deutsche Bank", "bonifico a Banca Intesa", "maria is not here", "Easter Monday",
                "Capitalised words like Wisdom", "my name is not shown", "the holder of the card", "I am Not sure",
            ]),
        Detector(
            name: "POSTAL_ADDRESS", auditLabel: "postal_address", tokenStem: "ADDRESS", masking: .placeholder,
            actionByDefault: .tokenise,
            recognisers: [
                Recognition(
                    "capitals", .capital(PostalAddress.recogniseCapital),
                    reason: """
                        words with capitals and numbers of which a street, a unit, a post box or a postcode is \
                        told
                        """),
                Recognition(
                    "unit", .words(AddressWords.units, PostalAddress.recogniseUnit),
                    reason: "a flat, house or post box by its number"),
                Recognition(
                    "street", .words(AddressWords.streetsFirst, PostalAddress.recogniseStreet),
                    reason: "a word for a street and a number"),
                Recognition(
                    "labelled", .words(AddressWords.labels, PostalAddress.recogniseLabelled),
                    reason: "what stands behind a word for an address"),
                Recognition(
                    "military", .words(AddressWords.militaryOffices, PostalAddress.recogniseMilitary),
                    reason: "a military post office and its number, and the unit, box or ship before it"),
            ],
            examples: [
                "I moved to ‹471 Elm Street, Portland, OR 97201›", "at ‹221B Baker Street, London NW1 6XE›.",
                "Neue Anschrift: ‹Gartenstraße 12, 80331 München›", "J'habite au ‹12 rue des Roses, 75011 Paris›",
                "to ‹House 12-A, Street 5, Sector F-7, Islamabad 44000›",
                "residence: ‹Flat 10, Park Road, Delhi - 110001›",
                "write to ‹PO Box 1234, Dublin›", "vivo en ‹Calle Mayor 5, 28013 Madrid›",
                "‹Flat 9, 2 Mill Lane›, thanks", "addr=‹26 Kingsway, Leeds LS1 4AP›",
                "abito in ‹Viale dei Pini 116, 46140 Lecce›", "vivo en ‹Calle de Alba 279, 2º B, 24963 Burgos›",
                "umgezogen nach ‹Bahnhofstr. 69a, 20831 Passau›", "Anschrift: ‹Am Tannenhof 66, 37137 Soest›",
                "‹127 bis avenue Hugo, 83762 Pau›", "moro na ‹Rua das Rosas, 50, 12053-319 Braga›",
                "ul. is old; to ‹12 Oak Street, Tulsa, OK 74103-2211›", "write to ‹PSC 4, Box 12, APO AE 09021›",
                "at ‹USS Halvorsen\nFPO AP 96601›", "‹the corner of Elm Street and Mill Lane 4›",
                "to ‹14 P.O. Box 287, Tallinn›", "at ‹12 Oak Street\nLyss, nan 50662› today",
                "House is: ‹House 12-A, Street 5, DHA Phase 5, Lahore› now",
                "ship to ‹10 Main St. Apt 4\nSpringfield, IL 62704›", "in ‹26 Kingsway, Leeds LS1 4AP›",
            ],
            counterExamples: [
                "on 2 March 2025 for 12 months", "Suite 4", "15 Business Days", "see section 12 Annex 4",
                "the 3 Court cases",
                "a block of 4", "card 4111 Visa", "We processed 20 Visa payments", "error at line 40 Column 12",
                "12 Month Fixed Deposit 5000", "IFRS 9 and Basel 3",
                "in the street 5 people", "see Phase 2 Section 3", "around the corner of the desk",
                "Monitoring 24 hours",
                "we met 2 Data Center teams", "FPO AA", "in Heidelberg 2024",
            ]),
        Detector(
            name: "USERNAME", auditLabel: "username", tokenStem: "USER", masking: .placeholder,
            actionByDefault: .tokenise,
            recognisers: [
                Recognition(
                    "announced", .words(UserName.words, UserName.recognise),
                    reason: "what stands behind a word for a user name"),
                Recognition(
                    "after_login", .words(UserName.verbs, UserName.recogniseAfterVerb),
                    reason: "what stands behind \"log in as\" and the like"),
            ],
            examples: [
                "my username is ‹sunny03›", "user=‹jdoe› ip", "User ID: ‹jane-doe488› is locked",
                "login=‹jane-doe› result",
                "I log in as ‹moonlit12› on the app", "username ‹lazy-pine79› is locked", "user ‹t.quach77› locked out",
                "my user id is ‹jkowal›", "online banking id ‹north_pine›", "user_name=‹t.quach_x›",
                "username - ‹mango_pine24›", "nazwa użytkownika: ‹mango-lamp334›",
                "mon identifiant est ‹jkowal77›", "\"username\":\"‹jdoe›\"", "login name: ‹tea_lover›.",
            ],
            counterExamples: [
                "the user is angry", "User: What is my balance?", "user=admin", "log in as usual", "user: read-only",
                "username is required", "username must match", "user guide", "banking is easy", "my username is wrong",
                "log in to version2", "log in as soon as possible",
            ]),
        Detector(
            name: "GEO_COORDINATES", auditLabel: "geo_coordinates", tokenStem: "PLACE", masking: .placeholder,
            actionByDefault: .tokenise,
            recognisers: [
                Recognition(
                    "pair", .digits(GeoCoordinates.recognise), labels: [.place],
                    reason: """
                        a latitude and a longitude in decimal degrees, with five decimals or a word or sign \
                        for degrees
                        """)
            ],
            examples: [
                "at ‹52.52437, 13.41053›.", "‹-33.86882,151.20930›", "‹40.7128° N, 74.0060° W›",
                "gps: ‹24.861, 67.010›",
                "lat=‹48.85837&lon=2.29448›",
            ],
            counterExamples: [
                "1.0845, 0.8512", "93.12345, 12.12345", "12.12345, 193.12345", "188.7341 today and was 40.3345",
                "12.345 67.891",
            ]),
    ]
}
