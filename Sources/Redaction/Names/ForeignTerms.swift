/// Words with a capital of other languages than English that name nobody, as they stand in headings, forms and at the
/// start of sentences.
enum ForeignTerms {
    static let words = Words.map(
        """
        neue neuer neues alte alter meine mein unser unsere ihre ihr diese dieser dieses eine einen bitte bisherige
        anschrift adresse wohnort straße strasse hausnummer postleitzahl ort land kunde kunden kundin kundennummer konto
        konten karte karten kredit kredite zins zinsen betrag rate raten termin datum beleg auszug kontoauszug antrag
        vertrag filiale bank sparkasse girokonto girokarte kreditkarte debitkarte sparbuch depot reisepass ausweis
        personalausweis führerschein passwort kennwort benutzername benutzer verwendungszweck empfänger absender betreff
        anfrage anliegen frage antwort rückfrage guthaben dispo dispokredit lastschrift dauerauftrag buchung geldautomat
        filialleiter berater sachbearbeiter mitarbeiter inhaber inhaberin kontoinhaberin karteninhaberin herzliche
        viele beste schöne sehr mit freundlichem kann können welche welcher warum wann wie wo was danke hallo guten
        nouvelle nouveau mon ma mes notre votre adresse compte carte virement prélèvement agence conseiller client cliente
        montant solde frais taux prêt crédit dépôt relevé numéro passeport permis objet bonjour bonsoir merci veuillez je
        nous vous quel quelle quels quelles comment pourquoi quand titulaire identifiant cordialement conto premier
        nueva nuevo mi mis nuestra cuenta tarjeta transferencia sucursal cliente saldo importe comisión préstamo crédito
        depósito número pasaporte documento asunto hola buenas gracias quiero quisiera cuánto cómo cuándo titular señores
        estimados estimadas contraseña clave usuario dirección domicilio teléfono móvil correo
        nuovo nuova mio mia conto carta bonifico filiale cliente saldo importo prestito mutuo numero passaporto oggetto
        buongiorno buonasera grazie vorrei come quando titolare intestatario gentile gentili spettabile spese indirizzo
        novo nova meu minha conta cartão transferência agência valor empréstimo passaporte assunto olá obrigado quero
        gostaria como quando prezado prezada prezados universitário corrente poupança endereço telefone senha
        nieuwe mijn rekening pas betaling kantoor klant bedrag lening hypotheek nummer paspoort onderwerp goedemiddag
        goedemorgen beste geachte wanneer hoe waarom adres telefoonnummer wachtwoord graag
        nowy nowa moje mój konto karta przelew oddział klient kwota kredyt numer paszport temat dzień dobry proszę
        chciałbym chciałabym jak kiedy adres telefon hasło szanowni szanowny oszczędnościowe
        mera meri mere mujhe aap aapka kya kaise kab card paisay raqam khata shanakhti naya nayi
        estados unidos reino unido bajos gran bretaña arabia saudita saudí stati uniti regno unito paesi bassi états unis
        royaume pays bas grande bretagne vereinigte vereinigten staaten königreich schweiz österreich deutschland suisse
        suiza svizzera suíça zwitserland duitsland alemania allemagne germania niemcy szwajcaria polska francia frança
        frankreich frankrijk francja italien italie italia itália włochy spanien espagne españa spagna espanha hiszpania
        """)

    /// Endings of nouns, by their last byte: German, Dutch, French, Spanish, Italian, Portuguese, Polish.
    static let endings: [[[UInt8]]] = {
        var endings = [[[UInt8]]](repeating: [], count: 256)
        for ending in endingList { endings[Int(ending[ending.count - 1])].append(ending) }
        return endings
    }()

    private static let endingList = [
        "ung", "ungen", "heit", "keit", "schaft", "konto", "karte", "nummer", "schein", "betrag", "gebühr", "gebühren",
        "kredit", "kasse", "vertrag", "bank", "banken", "datum", "auftrag", "zinsen", "inhaber", "inhaberin",
        "rekening",
        "kaart", "heid", "tion", "tions", "ción", "ciones", "zione", "zioni", "ção", "ções", "ment", "mento", "miento",
        "idad", "ność", "anie", "enie", "cja", "cji",
    ].map { Array($0.utf8) }
}
