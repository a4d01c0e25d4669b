/// The words that mean something, in lower case. A plural with `s` needs no entry. Two words that mean something only
/// together are written as one: `sortcode` stands for `sort code`, `sort_code` and `sortCode` too.
enum Vocabulary {
    static let words = numbers + accounts + people + secrets

    /// What numbers are.
    static let numbers: [(Label, String)] = [
        (
            .phone,
            """
            phone telephone tel mobile mob cell cellphone cellular landline whatsapp sms fax call callback contact dial \
            reach ring msisdn roaming desk phonenumber phoneno mobilenumber mobileno contactno contactnumber \
            telefon telefonnummer handy handynummer mobil rufnummer mobilfunk anrufen \
            téléphone portable appeler joindre teléfono telefono móvil movil celular llamar llámame \
            telefone telemóvel telemovel cellulare tlf puhelin gsm telefoon raabta
            """
        ),
        (
            .card,
            """
            card cc pan creditcard debitcard cardnumber cardno visa mastercard amex maestro discover jcb diners unionpay \
            paypak rupay carte karte kreditkarte kartennummer tarjeta carta cartão cartao kaart kort
            """
        ),
        (.nationalID, "cnic nic nicop snic identity shanakhti shanakhtee shanakht nadra"),
        (.socialSecurity, "ssn social security socialsecurity taxpayer nir insee sécurité sociale"),
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
            cvv cvc csc cvn cid cardcvv cardcvc securitycode verificationcode cardverification cvvcode cvcnummer cvvnummer \
            prüfnummer kartenprüfnummer kartenprüfziffer prüfziffer cryptogramme codevisuel \
            deseguridad desegurança desicurezza beveiligingscode
            """
        ),
        (
            .cardExpiry,
            """
            exp expiry expires expire expiration expdate expirydate expirationdate cardexpiry validthru goodthru \
            validuntil validtill gültigbis ablaufdatum verfallsdatum verfalldatum d'expiration caducidad vencimiento \
            válidahasta válidohasta scadenza validade vervaldatum ważnado ważności
            """
        ),
        (
            .account,
            """
            account acct acc accountno accountnr accountnumber acctno acctnumber accountnum bankaccount accountid \
            ac savings checking konto kontonummer kontonr bankkonto bankverbindung compte \
            numérodecompte cuenta ctacte conto contocorrente conta rekening rekeningnummer rachunek rachunku numerkonta \
            khata khaata beneficiaryaccount
            """
        ),
        (.transfer, "transfer pay wire remit send payee beneficiary überweisen virement transferir bonifico bhejna"),
        (.routing, "routing rtn aba abarouting routingnumber routingno"),
        (.sortCode, "sortcode sortcodes bankcode bankleitzahl blz"),
        (.branchCode, "ifsc ifsccode ifs neft rtgs imps"),
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
            itin tin taxid taxidentification taxidentifier taxnumber taxno idnr steuer steuerid steueridnr \
            steueridentifikationsnummer steuernummer steueridentnummer identifikationsnummer identifikationsnr \
            codicefiscale fiscale nif fiscalcode
            """
        ),
        (.employerID, "ein fein employerid employeridentification"),
        (.taxFile, "tfn taxfile taxfileno"),
        (.nationalInsurance, "nino ninumber nationalinsurance insuranceno insurancenumber"),
        (.socialInsurance, "sin socialinsurance sinnumber assurancesociale"),
        (.healthService, "nhs nhsnumber nhsno"),
        (.medicare, "medicare medicareno medicarenumber"),
        (.identityDocument, "dni nacional identidad documento nric"),
        (.citizenService, "bsn burgerservicenummer burgerservice sofinummer pesel"),
        (.aadhaar, "aadhaar aadhar adhaar adhar uidai uid आधार آدھار"),
        (.cadastro, "cpf cnpj cadastro"),
        (
            .passport,
            """
            passport passportno passportnumber reisepass reisepassnummer passnummer passeport pasaporte passaporto \
            passaporte paspoort paspoortnummer paszport paszportu
            """
        ),
        (
            .drivingLicence,
            """
            dl driver driving licence license führerschein führerscheinnummer \
            permisdeconduire conduire deconducir conducir diguida guida cnh habilitação rijbewijs rijbewijsnummer \
            prawojazdy jazdy
            """
        ),
        (
            .birth,
            """
            dob birth birthdate birthday dateofbirth born yob geburtsdatum geburtstag geburt geboren \
            gebdatum naissance née néle nacimiento nacido nacida naciel nascita natoil natail nascimento nascido nascida \
            geboortedatum geboorte urodzenia urodzony urodzona paidaish janam
            """
        ),
    ]

    /// What opens something.
    static let secrets: [(Label, String)] = [
        (
            .secret,
            """
            key apikey licensekey licencekey token secret bearer credential authorization accesskey secretkey apitoken accesstoken authtoken \
            clientsecret
            """
        )
    ]
}
