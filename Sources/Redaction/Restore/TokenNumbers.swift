/// The numbers of one type's tokens: which are given out and which stand in the caller's own text.
struct TokenNumbers: Sendable {
    private var next = 1
    private var reserved: Set<Int> = []
    private var given: [Int: Int] = [:]

    /// The numbers that are kept from being given out, in no order.
    var reservedNumbers: [Int] { reserved.filter { $0 >= next } }

    /// Keeps `number` from being given out.
    /// - Returns: whether it was free to be until now.
    mutating func reserve(_ number: Int) -> Bool { number >= next && reserved.insert(number).inserted }

    /// The next free number, noted for the vault's entry at `place`.
    mutating func take(for place: Int) -> Int {
        while reserved.remove(next) != nil { next += 1 }
        give(next, to: place)
        return next - 1
    }

    /// Notes that `number` stands for the vault's entry at `place`; numbers come in rising order.
    mutating func give(_ number: Int, to place: Int) {
        given[number] = place
        next = number + 1
    }

    /// Forgets what was given out and what was reserved, but not how far the numbers are.
    mutating func forget() {
        reserved = []
        given = [:]
    }

    func place(of number: Int) -> Int? { given[number] }
}
