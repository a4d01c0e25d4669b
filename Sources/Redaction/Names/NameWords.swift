extension Vocabulary {
    /// Words that stand with a capital where a name could stand, and are none.
    static let notNames = """
        the a an this that these those my your our their his her its i we you he she it they who what when where why how
        is am are was were be been do does did have has had can could will would shall should may might must not no yes
        and or but if then so as at by for from in into of off on onto to up with without about after before between
        customer client sir madam team all everyone colleague colleagues friend friends user member members support
        service services staff agent manager sirs madams ladies gentlemen valued account accounts holder number bank
        card cards credit debit loan mortgage savings saving current checking balance payment payments transfer
        transfers transaction transactions statement statements branch online mobile app application invoice order
        reference ticket case date time name address phone email mail code pin password please thanks thank hello hi hey
        dear regards best kind warm sincerely yours cheers good morning evening afternoon day today tomorrow yesterday
        monday tuesday wednesday thursday friday saturday sunday january february march april june july august september
        october november december jan feb mar apr jun jul aug sep oct nov dec english german french spanish italian
        urdu hindi chinese american british pakistani indian dutch polish russian european standard premium gold silver
        platinum business personal private public new old first last next ok here there now also just only still
        sorry well great fine writing trying unable not looking having calling interested happy sure afraid aware
        currently going getting using working waiting facing charged told very really visa mastercard amex paypal
        director president chairman officer secretary department office company group street road
        hallo guten tag liebe lieber sehr geehrte geehrter damen herren bonjour salut cher chère hola buenos días
        estimado estimada salam assalam sahib sahiba bhai baji aap mein main kya hai ich wir sie ihr der die das und
        mit von für bei vielen dank grüße grüßen freundlichen merci monsieur madame señor señora gracias saludos
        easter christmas apt suite unit flat house block box world there folks called calls said says asked asks wants told works
        mr mrs ms miss mx dr prof herr frau mme mlle sr sra none null true false unknown test admin root guest

        """

    /// Words within names that may be lower case.
    static let nameParticles =
        "de da do dos das del della di du la le van von der den ter ten zu af bin ibn al el ul ur y e"

    /// What makes something else of a name before it.
    static let institutions = """
        street road avenue lane drive close court square boulevard bank ltd limited inc llc plc gmbh corp corporation
        company co group holdings university college school hospital hotel airport station foundation institute party
        church park bridge river lake mountain island city county state towers plaza mall market stadium museum theatre
        theater orchestra band records fund trust insurance partners associates consulting technologies systems
        """
}
