/// Elementary functions to the precision that scores need, without a C library.
enum Approximation {
    private static let logarithmOfTwo: Float = 0.693_147_18

    /// Natural logarithm of a positive finite number, by its exponent and the series of the inverse hyperbolic tangent;
    /// 0 for anything else. Relative error below 1e-4.
    static func logarithm(_ value: Float) -> Float {
        guard value > 0, value.isFinite else { return 0 }
        let z = (value.significand - 1) / (value.significand + 1)
        let z2 = z * z
        let series = z * (1 + z2 * (1 / 3 + z2 * (1 / 5 + z2 * (1 / 7 + z2 * (1 / 9 + z2 / 11)))))
        return Float(value.exponent) * logarithmOfTwo + 2 * series
    }

    /// e to the power of `value`, which is clamped to ±80, by a power of two and the Taylor series of the rest. Relative
    /// error below 1e-5.
    static func exponential(_ value: Float) -> Float {
        let clamped = min(80, max(-80, value))
        let exponent = (clamped / logarithmOfTwo).rounded()
        let x = clamped - exponent * logarithmOfTwo
        let series = 1 + x * (1 + x / 2 * (1 + x / 3 * (1 + x / 4 * (1 + x / 5 * (1 + x / 6)))))
        return series * Float(sign: .plus, exponent: Int(exponent), significand: 1)
    }

    /// The logistic function, 0 to 1.
    static func logistic(_ value: Float) -> Float { 1 / (1 + exponential(-value)) }
}
