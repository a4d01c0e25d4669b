/// How commands write a share for people.
enum Percentage {
    /// A share of 0 to 1 with one decimal; `-` where there is none.
    static func text(_ share: Double?) -> String {
        guard let share else { return "-" }
        let tenths = Int((share * 1000).rounded())
        return "\(tenths / 10).\(tenths % 10) %"
    }

    /// Millionths as a whole number of hundredths, rounded down.
    static func whole(_ millionths: Int) -> Int { millionths / 10_000 }
}
