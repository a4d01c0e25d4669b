import Bytes
import Testing

@Suite struct `A date` {
    /// The slow and obvious way: a day after the other, for more than two eras on either side of an era's end.
    @Test func `follows the one of the day before, and is found again by its numbers`() throws {
        var (year, month, day): (Int64, Int64, Int64) = (1970, 1, 1)
        for days in Int64(0)..<400_000 {
            let date = CivilDate(daysSince1970: days)
            guard (date.year, date.month, date.day) == (year, month, day), date.daysSince1970 == days,
                CivilDate(year: year, month: month, day: day) == date
            else {
                Issue.record("day \(days): \(date)")
                return
            }
            let isLeap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
            let lengths: [Int64] = [31, isLeap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
            day += 1
            if day > lengths[Int(month) - 1] { (month, day) = (month + 1, 1) }
            if month > 12 { (year, month) = (year + 1, 1) }
        }
    }

    @Test func `goes back without a gap`() {
        for days in Int64(-800_000)..<0 where CivilDate(daysSince1970: days).daysSince1970 != days {
            Issue.record("day \(days)")
            return
        }
        let last = CivilDate(daysSince1970: -1)
        #expect((last.year, last.month, last.day) == (1969, 12, 31))
    }

    @Test(arguments: [(1900, 2, 29), (2024, 4, 31), (2024, 13, 1), (2024, 0, 1), (2024, 1, 0), (0, 1, 1)])
    func `is none where the calendar has none`(year: Int64, month: Int64, day: Int64) {
        #expect(CivilDate(year: year, month: month, day: day) == nil)
    }

    @Test(arguments: [
        (0, "1970-01-01T00:00:00.000000Z"), (1_785_585_600_000_001, "2026-08-01T12:00:00.000001Z"),
        (951_827_696_789_012, "2000-02-29T12:34:56.789012Z"), (-1, "1970-01-01T00:00:00.000000Z"),
        (ByteBuffer.timestampMicrosecondsMax, "9999-12-31T23:59:59.999999Z"),
        (Int64.max, "9999-12-31T23:59:59.999999Z"),
    ])
    func `is written with its time, within what four digits of a year can say`(microseconds: Int64, wanted: String) {
        var buffer = ByteBuffer(capacity: 0)
        buffer.append(timestamp: microseconds)
        #expect(String(decoding: buffer.array(), as: UTF8.self) == wanted)
        #expect(buffer.count == ByteBuffer.timestampBytes)
    }
}
