internal import Agent

extension Composition {
    /// Starts what extractions are started by, while the process may start something.
    mutating func startExtractionHelpers() throws(CommandFailure) {
        do throws(ExtractionError) { helpers = try ExtractionHelpers.start() } catch {
            throw CommandFailure(.temporary, "extract", error.message, mend: "raise the limits (ulimit -u, -n)")
        }
    }

    /// Takes text out of documents; nil where no helper was started.
    func startExtractor() throws(CommandFailure) -> TextExtractor? {
        guard let helpers else { return nil }
        do throws(ExtractionError) { return try TextExtractor.start(helpers) } catch {
            throw CommandFailure(.temporary, "extract", error.message)
        }
    }
}
