/// A part of the week in UTC: from `from` up to, and not with, `to`, on each of `days`.
public struct TimeWindow: Hashable, Sendable, CustomStringConvertible {
    /// The days' names in a policy, Monday first.
    static let dayNames = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]

    /// The days, 0 for Monday to 6; in the policy's order.
    public let days: [Int]
    /// Minutes of the day: `from` is 0 to 1439, `to` is above it and at most 1440.
    public let from: Int, to: Int

    /// The days and times: `mon tue 08:00 to 18:00`.
    public var description: String {
        let names = days.count == Self.dayNames.count ? [] : days.sorted().map { Self.dayNames[$0] }
        return (names + ["\(Self.text(from)) to \(Self.text(to))"]).joined(separator: " ")
    }

    /// Minutes of a day for `HH:MM`, `24:00` included; nil for anything else.
    static func minutes(_ text: [UInt8]) -> Int? {
        guard text.count == 5, text[2] == UInt8(ascii: ":") else { return nil }
        var number = 0
        for (index, weight) in [(0, 600), (1, 60), (3, 10), (4, 1)] {
            guard (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(text[index]) else { return nil }
            number += Int(text[index] - UInt8(ascii: "0")) * weight
        }
        return text[3] <= UInt8(ascii: "5") && number <= 1440 ? number : nil
    }

    /// `HH:MM` for minutes of a day.
    static func text(_ minutes: Int) -> String {
        let two = { (number: Int) in number < 10 ? "0\(number)" : "\(number)" }
        return "\(two(minutes / 60)):\(two(minutes % 60))"
    }
}
