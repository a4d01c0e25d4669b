/// The words that mean something, in lower case. A plural with `s` needs no entry.
enum Vocabulary {
    static let words = numbers + secrets + people

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
        (.socialSecurity, "ssn social security socialsecurity taxpayer"),
        (.version, "version ver release build firmware kernel patch v section chapter"),
        (
            .reference,
            """
            order reference ref invoice ticket tracking track isbn request req txn transaction parcel shipment epoch \
            timestamp ts bestellung rechnung commande facture pedido factura sku item batch
            """
        ),
        (.digest, "commit sha md hash checksum digest fingerprint etag"),
    ]

    /// What opens something.
    static let secrets: [(Label, String)] = [
        (
            .secret,
            """
            key apikey token secret bearer credential authorization accesskey secretkey apitoken accesstoken authtoken \
            clientsecret accountkey sharedaccesskey sharedkey sas apisecret appsecret secretaccesskey
            """
        )
    ]

    /// Where people are.
    static let people: [(Label, String)] = [
        (
            .place,
            "lat latitude lon lng long longitude gps coordinate coords geo location position koordinaten coordonnées"
        )
    ]
}
