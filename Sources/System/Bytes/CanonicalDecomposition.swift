@_spi(_Unicode) internal import Swift

/// Unicode's canonical decomposition (UAX #15, Normalization Form D).
///
/// The standard library has its tables, since it compares strings by them, and lends them under a name that is not yet
/// public; Foundation, which has a public one, is not linked here. This is the one place that knows the name.
public enum CanonicalDecomposition {
    /// The scalars of `text`, taken apart as far as they go, and marks in their canonical order.
    /// - Complexity: linear, but for sorting runs of marks.
    public static func scalars(of text: String) -> [Unicode.Scalar] { Array(text._nfd) }
}
