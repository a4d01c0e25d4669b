extension SIMD8<Float> {
    /// e to the power of each number, which is at most 0; below -87 it is taken for -87, whose power is 1.6e-38.
    ///
    /// Relative error below 2e-7. x = n·ln 2 + r with |r| <= ln 2 / 2: e^r by its Taylor polynomial, whose term of r^8 is the
    /// first to be left out (5e-9 of the result at most), and 2^n by the exponent's bits.
    @inlinable
    @inline(__always)
    public var exponentialOfNonPositive: FloatLanes {
        let least = FloatLanes(repeating: -87)
        let x = replacing(with: least, where: self .< least)
        // Added to 1.5·2^23 a number is rounded to a whole one, which the lowest bits then hold.
        let shifter = FloatLanes(repeating: 12_582_912)
        let shifted = x * 1.442_695_04 + shifter
        let whole = shifted - shifter
        // ln 2 in two parts, the first with few bits, so that its multiples are exact (Cody and Waite).
        let rest = x - whole * 0.693_359_375 + whole * 2.121_944_4e-4
        var power = rest * (1.0 / 5040) + (1.0 / 720)
        power = power * rest + (1.0 / 120)
        power = power * rest + (1.0 / 24)
        power = power * rest + (1.0 / 6)
        power = power * rest + 0.5
        power = power * rest + 1
        power = power * rest + 1
        let bits = unsafe unsafeBitCast(shifted, to: SIMD8<Int32>.self) &- 0x4B40_0000
        return unsafe power * unsafeBitCast((bits &+ 127) &<< 23, to: FloatLanes.self)
    }

    /// The complementary error function of each number, which is at least 0: 2/√π times the integral of e^(-t²) from it on.
    ///
    /// Absolute error below 6e-7: Abramowitz and Stegun, Handbook of Mathematical Functions, 7.1.26 (1.5e-7), and rounding.
    @inlinable
    @inline(__always)
    public var complementaryErrorOfNonNegative: FloatLanes {
        let t = 1 / (self * 0.327_591_1 + 1)
        var sum = t * 1.061_405_429 - 1.453_152_027
        sum = sum * t + 1.421_413_741
        sum = sum * t - 0.284_496_736
        sum = sum * t + 0.254_829_592
        return sum * t * (-self * self).exponentialOfNonPositive
    }

    /// Each number without its sign.
    @inlinable
    @inline(__always)
    public var magnitudes: FloatLanes { replacing(with: -self, where: self .< 0) }
}
