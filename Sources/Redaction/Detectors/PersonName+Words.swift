extension PersonName {
    static let titleWords = Words.list(
        """
        mr mrs ms miss mx dr prof professor herr frau herrn mme mlle monsieur madame señor señora señorita sr sra sig
        signor signora dott senhor senhora pani shri smt janab mohtarma mst hazrat chaudhry
        """)
    static let titles = Words.map(titleWords.joined(separator: " "))

    /// Words before the name of a person.
    static let fieldWords = Words.list(
        """
        name fullname firstname lastname surname forename holder cardholder accountholder holdername customername
        beneficiary payee payer sender recipient remitter nominee guarantor applicant signatory payeename
        beneficiaryname wife husband spouse son daughter mother father brother sister partner guardian fiancé fiancée
        customer client employee patient attn naam namen nachname vorname nom prénom nombre apellido nome cognome
        kontoinhaber karteninhaber inhaber empfänger begünstigter begünstigte titulaire bénéficiaire titular
        beneficiario intestatario destinatario imię nazwisko
        """)

    /// What is before "name" when it is nobody's: `file name`.
    static let otherFields = Words.map(
        """
        file host bank company business product domain branch event class function variable column table brand street
        city country package project app service server display stage team scheme field account's merchant firm user
        tag key type method parameter database queue topic store shop plan model device module
        """)

    /// Words that introduce the speaker: 1 with a verb behind, 2 with "I" before, 3 alone.
    static let introductions = Words.map("this here hier aqui aquí qui ici", "am m", introductionsAlone, "ben heet")
    static let introductionWords = Words.list("this here hier aqui aquí qui ici am m ben heet " + introductionsAlone)
    static let introductionVerbs = Words.map("is speaking it's ist est parla fala habla spreekt")
    static let introductionParticles = Words.map("się o a der die")
    private static let introductionsAlone =
        "im llamo appelle heiße heisse bin soy suis chiamo sono named called chamo sou jestem nazywam"

    static let payments = Words.list(
        "bonifico transferencia transferência virement überweisung przelew overschrijving paiement pago zahlung pagamento"
    )
    static let payeePrepositions = Words.map("a à an al alla au para do dla naar aan für pour por per na")

    static let greetings = Words.list(
        "dear hi hello hey hallo bonjour hola salam salaam liebe lieber cher chère estimado estimada querido querida ciao"
    )

    static let closings = Words.list(
        """
        regards sincerely wishes cheers grüßen grüße gruß gruss cordialement salutations saludos atentamente saluti
        faithfully truly yours pozdrawiam groeten hälsningar
        """)
}
