/// A date of the Gregorian calendar, continued into the past as if it had always been in force.
///
/// By H. Hinnant's `civil_from_days`: years are taken to begin on 1 March, so that the leap day is the last of its year and
/// months have regular lengths; 400 of them are an era, and all eras have as many days.
public struct CivilDate: Hashable, Sendable {
    /// The year; 0 is the one before 1.
    public let year: Int64
    /// 1 to 12.
    public let month: Int64
    /// 1 to 31.
    public let day: Int64

    private static let daysPerEra: Int64 = 146_097
    /// From 0000-03-01 to 1970-01-01.
    private static let daysTo1970: Int64 = 719_468

    /// The date so many days after 1970-01-01, or before it.
    public init(daysSince1970 days: Int64) {
        let shifted = days + Self.daysTo1970
        let dayOfEra = (shifted % Self.daysPerEra + Self.daysPerEra) % Self.daysPerEra
        let era = (shifted - dayOfEra) / Self.daysPerEra
        let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let marchMonth = (5 * dayOfYear + 2) / 153
        day = dayOfYear - (153 * marchMonth + 2) / 5 + 1
        month = marchMonth < 10 ? marchMonth + 3 : marchMonth - 9
        year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
    }

    /// The date with these numbers, from the year 1 on; nil where there is none.
    public init?(year: Int64, month: Int64, day: Int64) {
        guard year >= 1, (1...12).contains(month), day >= 1, day <= Self.days(in: month, of: year) else { return nil }
        self.year = year
        self.month = month
        self.day = day
    }

    /// Days from 1970-01-01 to this date; less than 0 before it.
    public var daysSince1970: Int64 {
        let marchYear = month <= 2 ? year - 1 : year
        let yearOfEra = (marchYear % 400 + 400) % 400
        let era = (marchYear - yearOfEra) / 400
        let dayOfYear = (153 * ((month + 9) % 12) + 2) / 5 + day - 1
        return era * Self.daysPerEra + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - Self.daysTo1970
    }

    private static func days(in month: Int64, of year: Int64) -> Int64 {
        switch month {
        case 2: year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28
        case 4, 6, 9, 11: 30
        default: 31
        }
    }
}
