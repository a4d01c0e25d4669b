/// The words that mean something, in lower case. A plural with `s` needs no entry. Two words that mean something only
/// together are joined by `_`: `sort_code` stands for `sort code`, `Sort-Code` and `sortCode` too, but `a_c` not for `ac`.
enum Vocabulary {
    static let words = numbers + accounts + people + places + secrets

    /// What numbers are.
    static let numbers: [(Label, String)] = [
        (
            .phone,
            """
            phone telephone tel mobile mob cell cellphone cellular landline whatsapp sms fax call callback contact dial \
            reach ring my_number msisdn roaming desk phonenumber phoneno mobilenumber mobileno contactno contactnumber \
            telefon telefonnummer handy handynummer mobil rufnummer mobilfunk anrufen mich_an meine_nummer \
            téléphone portable mon_numéro appeler joindre teléfono telefono móvil movil celular llamar llámame mi_número \
            telefone telemóvel telemovel cellulare tlf puhelin gsm telefoon mera_number raabta numer_telefonu telefonu dzwonić bel bel_me telefoonnummer tel_kom ligue chiami zadzwonić bereik erreichen
            """
        ),
        (
            .card,
            """
            card cc pan creditcard debitcard cardnumber cardno visa mastercard amex maestro discover jcb diners unionpay \
            paypak rupay carte karte kreditkarte kartennummer tarjeta carta cartão cartao kaart kort
            """
        ),
        (
            .nationalID,
            "cnic nic nicop snic identity national_id id_card idcard identity_card shanakhti shanakhtee shanakht nadra"
        ),
        (.socialSecurity, "ssn ss soc social security socialsecurity taxpayer nir insee sécurité sociale sécu vitale"),
        (.version, "version ver release build firmware kernel patch v section chapter"),
        (
            .reference,
            """
            order reference ref invoice ticket tracking track isbn request req txn transaction parcel shipment epoch \
            timestamp ts receipt voucher utr rrn referenz referencia référence riferimento bestellung rechnung commande facture pedido factura sku item batch
            """
        ),
        (.digest, "commit sha md hash checksum digest fingerprint etag"),
    ]

    /// What belongs to a card or an account.
    static let accounts: [(Label, String)] = [
        (
            .cardSecurity,
            """
            cvv cvc csc cvn cid card_cvv card_cvc security_code verification_code card_verification cvcnummer cvvnummer \
            prüfnummer kartenprüfnummer kartenprüfziffer prüfziffer cryptogramme code_visuel \
            the_back digit_code kartenprüfnr card_code verification_value verification_number de_seguridad de_segurança di_sicurezza beveiligingscode
            """
        ),
        (
            .cardExpiry,
            """
            exp expiry expires runs_out run_out runs_till gilt_bis läuft_ab caduca vence expira scade verloopt wygasa expire_fin expire_le expire expiration expdate expirydate expirationdate card_expiry valid_thru good_thru \
            valid_through good_through good_until valid_to expiring mm_yy valid_until valid_till gültig_bis ablaufdatum verfallsdatum verfalldatum caducidad vencimiento \
            válida_hasta válido_hasta scadenza validade vervaldatum ważna_do ważności
            """
        ),
        (
            .account,
            """
            account acct acc a_c kto kto_nr account_number account_no account_nr account_num account_id acct_number acct_no \
            bank_account savings checking konto kontonummer kontonr bankkonto bankverbindung compte cuenta cta_cte \
            conto conto_corrente conta rekening rekeningnummer rachunek rachunku numer_konta khata khaata
            """
        ),
        (
            .transfer,
            "transfer pay wire remit send deposit withdraw withdrawal debited credited moved payee beneficiary überweisen virement transferir bonifico bhejna"
        ),
        (.routing, "routing rtn aba routing_number routing_no transit_number transit_no"),
        (.sortCode, "sort_code s_c sort_no scode"),
        (.branchCode, "ifsc ifs_code neft rtgs imps"),
        (
            .amount,
            """
            amount balance total sum limit fee price cost usd eur gbp pkr inr aed sar chf jpy cad aud brl pln rs rupees \
            dollars euros pounds betrag saldo kontostand montant solde importe importo valor bedrag kwota raqam
            """
        ),
    ]

    /// What states know people by.
    static let people: [(Label, String)] = [
        (
            .taxID,
            """
            itin tin tax_id tax_identification tax_identifier tax_number tax_no idnr steuer steuer_id steueridnr \
            steueridentifikationsnummer steuernummer identifikationsnummer codice_fiscale fiscale nif fiscal_code
            """
        ),
        (.employerID, "ein fein employer_id employer_identification"),
        (.taxFile, "tfn tax_file"),
        (.nationalInsurance, "nino ni_no ni_number i_no i_number national_insurance insurance_no insurance_number"),
        (.socialInsurance, "sin social_insurance assurance_sociale"),
        (.healthService, "nhs"),
        (.medicare, "medicare"),
        (.identityDocument, "dni nacional identidad documento nric"),
        (.citizenService, "bsn burgerservicenummer sofinummer pesel"),
        (.aadhaar, "aadhaar aadhar adhaar adhar uidai uid आधार آدھار"),
        (.cadastro, "cpf cnpj cadastro"),
        (
            .passport,
            """
            passport passportno passportnumber travel_document ppt ppt_no pp_no reisepass reisepassnummer pass_nr passnummer passeport pasaporte passaporto passaporte paspoort \
            paspoortnummer paszport paszportu
            """
        ),
        (
            .drivingLicence,
            """
            dl dln driver_id driving_permit licence license führerschein führerscheinnummer conduire conducir guida cnh habilitação \
            rijbewijs rijbewijsnummer prawo_jazdy prawa_jazdy
            """
        ),
        (
            .birth,
            """
            dob o_b birth birthdate birthday dateofbirth born yob geb geburtsdatum geburtstag geburt geboren naissance née né_le \
            nacimiento nacido nacida nací nací_el nasci suis_né suis_née nacqui nascita nato_il nata_il nascimento nascido nascida geboortedatum geboorte \
            urodzenia urodzony urodzona paidaish pedaish janam
            """
        ),
    ]

    /// What opens something.
    static let secrets: [(Label, String)] = [
        (
            .secret,
            """
            key apikey license_key licence_key token secret bearer credential authorization accesskey secretkey apitoken accesstoken authtoken \
            clientsecret accountkey sharedaccesskey sharedkey sas apisecret appsecret secretaccesskey
            """
        )
    ]

    /// Where people are.
    static let places: [(Label, String)] = [
        (
            .place,
            "lat latitude lon lng long longitude gps coordinate coords geo location position koordinaten coordonnées"
        )
    ]
}
