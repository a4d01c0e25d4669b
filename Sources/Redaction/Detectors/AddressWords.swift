/// The words of addresses.
enum AddressWords {
    static let street: UInt16 = 1
    static let unit: UInt16 = 2
    static let box: UInt16 = 3
    static let joint: UInt16 = 4
    static let stop: UInt16 = 5
    /// Joins words, of which each has its capital.
    static let looseJoint: UInt16 = 6
    /// Says nothing, as a part that an export left empty, or a floor without a number.
    static let empty: UInt16 = 7
    /// A part with a number that addresses have and other texts too.
    static let part: UInt16 = 8

    static let kinds = Words.map(
        streetText, unitText, "box pobox psc postfach apartado", jointText, stopText, looseText,
        "nan null none bis ter quater bajo izq izda dcha", "phase")

    /// Before "box".
    static let beforeBox = Words.map("po p post unit office mail")
    /// Between a word behind which an address stands and the address.
    static let prepositions = Words.map(
        "at in to on with near an am im der nach na przy au à la en op de het em no mein main the of")
    /// Behind which an address stands.
    static let labels = Words.list(
        """
        address addresses residence reside live lives lived living located location moved moving deliver delivered
        delivery addr umgezogen abito moro woon mieszkam adres adresa ship shipped shipping send sent return mail adresse anschrift wohnhaft wohne habite demeurant domicilio
        dirección direccion indirizzo endereço endereco pata office corner
        """)
    /// Before or in the name of a street in languages that put the kind of street first.
    static let streetsFirst = Words.list(
        """
        rue avenue boulevard impasse chemin quai place allée allee calle avenida avda paseo plaza via viale corso piazza
        vicolo strada rua travessa largo praça ul aleja
        """
    )
    static let units = Words.list(
        "flat house apt apartment suite ste unit plot box psc villa shop floor sector block street")
    /// Military post offices of the United States, which stand for a city (USPS Publication 28, §225).
    static let militaryOffices = Words.list("apo fpo dpo")

    private static let streetText = """
        street st road rd avenue ave av lane ln drive dr close court ct crescent cres boulevard blvd place pl square sq
        terrace ter way gardens grove gate mews row hill view walk parkway pkwy highway hwy circle cir trail trl loop
        avda ctra bluff brook canyon causeway cliffs creek crest crossroad curve dale estates falls ferry fields ford
        forest forge fork freeway glen greens harbor harbour haven heights hills hollow inlet island isle junction knoll
        knolls lake landing lodge manor meadow meadows mill mills motorway mount mountain orchard oval overpass parkways
        passage pike pines plains prairie radial ranch rapids ridges shoals shore shores skyway springs spur squares
        stravenue streets throughway trafficway tunnel underpass unions valley viaduct village vista walks wells drives
        alley rise parade esplanade quay wharf yard bypass turnpike expressway chowk bazaar bazar salai marg nagar
        colony path ridge point run pass crossing green park bend cove coves gateway
        rue impasse chemin quai allée allee calle carrer avenida paseo plaza via viale corso piazza vicolo strada rua
        travessa largo praça ul ulica aleja al utca u út tér körút straße strasse str weg gasse platz
        terrasse allé gate vei veg vej väg plass plads torg torget tori dreef kade steenweg sokak cad
        """
    private static let unitText =
        """
        flat house apt apartment apartamento suite ste unit plot villa floor sector block room wohnung piso planta puerta
        escalera étage bâtiment interno scala lok
        """
    private static let jointText = "de des du la le les del dei degli delle dello della di da do dos das l d"
    private static let looseText = "of der den dem am an im zur zum auf e et y und and the"
    private static let stopText = """
        i we you my your he she it they this that please thanks thank kind best regards dear is are was were if when what
        where who how why card account amount balance phone mobile telephone tel email e-mail fax date name branch code
        iban bic swift cnic january february march april may june july august september october november december jan feb
        mar apr jun jul aug sep sept oct nov dec monday tuesday wednesday thursday friday saturday sunday usd eur gbp pkr
        inr rs pm days months years hours minutes call sincerely yours desk customer agent but so as because our from
        version visa mastercard iso ifrs annex appendix table figure page part step level chapter section article clause
        paragraph day week month year item schedule exhibit option question answer rule tier gen
        line column row
        """

    /// Endings of one-word street names: German, Dutch, the Nordic languages, Finnish.
    private static let suffixes = [
        "straße", "strasse", "straat", "gasse", "platz", "allee", "damm", "ufer", "weg", "str", "gatan", "gata", "gatu",
        "vägen", "veien", "vegen", "vej", "gade", "katu", "polku", "kuja", "tie", "laan", "plein", "gracht", "singel",
        "utca", "stræde", "stieg", "steig", "pfad", "chaussee", "graben", "terrasse",
    ].map { Array($0.utf8) }
    /// The same by their last bytes, which most times rule all of them out.
    private static let suffixesByLast: [[[UInt8]]] = (0..<256).map { last in
        suffixes.filter { $0.last.map(Int.init) == last }
    }
    /// Letters before such an ending.
    private static let stemBytesMin = 3

    static func hasStreetSuffix(_ text: Span<UInt8>, _ word: Range<Int>) -> Bool {
        guard let last = word.last else { return false }
        for suffix in suffixesByLast[Int(text[last])] where word.count >= suffix.count + stemBytesMin {
            if Bytes.equal(text, at: word.upperBound - suffix.count, suffix) { return true }
        }
        return false
    }

    /// Whether two capitals stand before the number at `index`, as a state before its ZIP code.
    static func isState(_ text: Span<UInt8>, before index: Int) -> Bool {
        guard index >= 4, text[index - 1] == UInt8(ascii: " "), ByteClass.isUpper(text[index - 2]),
            ByteClass.isUpper(text[index - 3])
        else { return false }
        return !ByteClass.isLetter(text[index - 4])
    }

    /// The end of a British postcode at `start`: `N1 4QR`, `EC1A 1BB` (BS 7666).
    static func britishPostcodeEnd(_ text: Span<UInt8>, at start: Int) -> Int? {
        var index = start
        while index < text.count, index - start < 2, ByteClass.isUpper(text[index]) { index += 1 }
        let digits = index
        guard index > start, index < text.count, ByteClass.isDigit(text[index]) else { return nil }
        index += 1
        if index < text.count, ByteClass.isDigit(text[index]) || ByteClass.isUpper(text[index]) { index += 1 }
        guard index > digits, index + 4 <= text.count, text[index] == UInt8(ascii: " "),
            ByteClass.isDigit(text[index + 1]),
            ByteClass.isUpper(text[index + 2]), ByteClass.isUpper(text[index + 3]),
            index + 4 == text.count || !ByteClass.isAlphanumeric(text[index + 4])
        else { return nil }
        return index + 4
    }
}
