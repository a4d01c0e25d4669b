/// The one table of what is found. To add a type, add a row to the table of its kind: its recognisers stand in a file of
/// `Detectors`, its examples and counter-examples are its tests, and policies, tokens, labels and masks follow from the row.
enum Catalogue {
    static let detectors =
        contact + national + europe + world + documents + bank + accounts + network + secrets + people

    /// The detectors' token stems as bytes, in the same order.
    static let tokenStems = detectors.map { Array("\($0.tokenStem)".utf8) }
}
