extension Catalogue {
    /// Papers that identify people, and the date on them.
    static let documents = [
        Detector(
            name: "PASSPORT", auditLabel: "passport", tokenStem: "PASSPORT", masking: .lastFour,
            actionByDefault: .mask,
            recognisers: [
                Recognition(
                    "named_number", .named(PassportNumber.labels, PassportNumber.recognise),
                    reason: "digits of a passport number behind a word for it"),
                Recognition(
                    "named_code", .namedWord(PassportNumber.labels, PassportNumber.recognise),
                    reason: "letters and digits of a passport number behind a word for it"),
            ],
            examples: [
                "passportNo=‹M5645666›",
                "ppt no ‹K96513458›",
                "passport number ‹727095963›", "Passport / ‹P7828029›", "my passport no is ‹VH7785224›",
                "Reisepassnummer ‹C9D914308›", "passeport ‹12AB34567›.", "passport no ‹AB 1234567›",
                "‹VH7785224› is my passport number",
                "PASSPORT NO ‹1234567›", "pasaporte: ‹AAA123456›",
            ],
            counterExamples: [
                "727095963", "P7828029", "passport valid until 2031", "passport 12345", "passport 12345678901",
                "passport ABCDEFGHI", "passport INV-12345678", "passport application CASE-68087201",
                "passport fee 12345678",
            ]),
        Detector(
            name: "DRIVER_LICENSE", auditLabel: "driver_license", tokenStem: "LICENCE", masking: .lastFour,
            actionByDefault: .mask,
            recognisers: [
                Recognition(
                    "named_number", .named(DrivingLicence.labels, DrivingLicence.recognise),
                    reason: "digits of a licence number behind a word for it"),
                Recognition(
                    "named_code", .namedWord(DrivingLicence.labels, DrivingLicence.recognise),
                    reason: "letters and digits of a licence number behind a word for it"),
                Recognition(
                    "british", .mixedWord(bytes: 16...16, DrivingLicence.recogniseBritish), labels: [.drivingLicence],
                    reason: "16 characters in the order of a British licence: surname, coded date of birth, initials"),
            ],
            examples: [
                "driver's license number is ‹TM463112X›", "driver license ‹55490877›",
                "Driving licence: ‹MORGA657054SM9IJ›", "‹MORGA657054SM9IJ›", "DL no. ‹UP44 19986145141› attached",
                "DL ‹MH-12 20110012345›", "Führerschein ‹B072RRE2I55›", "licence ‹S123-456-78-901-0›",
                "driving licence ‹MORGA 657054 SM9IJ›",
                "permis de conduire ‹123456789012›",
            ],
            counterExamples: [
                "TM463112X", "55490877", "MORGA697054SM9IJ", "MORGA651354", "driver version 55490877",
                "driver update 5512345", "license is copyright 2003-2004",
                "license ABCDEFGH", "license 12345", "license key 55490877", "driver on 2025-06-18",
                "license fee 1234567",
            ]),
        Detector(
            name: "DATE_OF_BIRTH", auditLabel: "date_of_birth", tokenStem: "BIRTHDATE", masking: .placeholder,
            actionByDefault: .mask,
            recognisers: [
                Recognition(
                    "named_date", .named(DateOfBirth.labels, DateOfBirth.recognise),
                    reason: "a date of the calendar behind a word that speaks of a birth")
            ],
            examples: [
                "nasci em ‹3/12/1978›", "je suis né le ‹03/12/1978›",
                "DOB: ‹06/04/1963›", "born on ‹3 November 1992› in", "date of birth is ‹January 21, 1983›",
                "Geburtsdatum: ‹19.08.1983›", "\"birth_date\":\"‹1992-04-25›\"", "née le ‹3 février 1971›",
                "nacido el ‹12 de abril de 1955›", "dob ‹19630406›", "your date of birth?\nCustomer: ‹1/1/61›",
                "born ‹3rd of May, 1990›", "geboren am ‹3. März 1990›", "birthDate ‹1990-04-25›T00:00:00Z",
                "born ‹12-Apr-1955›", "born in ‹May 1990›", "D.O.B. ‹12 05 1990›", "‹1/1/1961› is my date of birth.",
            ],
            counterExamples: [
                "06/04/1963", "on 3 November 1992", "DOB 31/31/1990", "born in 1992", "born 45 years ago",
                "DOB: 2025", "born 2.5.14.513", "born on order 06/04/1963", "dob 99999999",
                "opened on January 21, 1983", "ob 12.05.1990", "a birthday gift was sent to him on 01/02/2025",
            ]),
    ]
}
