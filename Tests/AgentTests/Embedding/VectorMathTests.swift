import Foundation
import Testing
import VectorMath

@testable import Agent

@Suite struct `calculating with eight numbers at once` {
    /// Each eighth number from `start` to `end`, in rising order.
    private func sweep(_ start: Float, _ end: Float, steps: Int) -> [FloatLanes] {
        (0..<steps).map { step in
            var lanes = FloatLanes.zero
            for lane in 0..<8 { lanes[lane] = start + (end - start) * Float(step * 8 + lane) / Float(steps * 8 - 1) }
            return lanes
        }
    }

    @Test func `the exponential is within 2e-7 of the library's`() {
        for x in sweep(-87, 0, steps: 20_000) + sweep(-0.01, 0, steps: 1000) {
            let found = x.exponentialOfNonPositive
            for lane in 0..<8 {
                let wanted = exp(Double(x[lane]))
                #expect(abs(Double(found[lane]) - wanted) <= 2e-7 * wanted, "\(x[lane])")
            }
        }
        let least = FloatLanes(repeating: -87).exponentialOfNonPositive
        #expect(FloatLanes(repeating: -88).exponentialOfNonPositive == least)
        #expect(FloatLanes(repeating: -.infinity).exponentialOfNonPositive == least)
        #expect(FloatLanes.zero.exponentialOfNonPositive == FloatLanes(repeating: 1))
    }

    @Test func `the complementary error function is within 6e-7 of the library's`() {
        for x in sweep(0, 12, steps: 20_000) {
            let found = x.complementaryErrorOfNonNegative
            for lane in 0..<8 { #expect(abs(Double(found[lane]) - erfc(Double(x[lane]))) <= 6e-7, "\(x[lane])") }
        }
        #expect(FloatLanes(repeating: 1e9).complementaryErrorOfNonNegative.max() <= 1e-30)
    }

    @Test func `lanes are read and put where they are asked for, and nowhere else`() async {
        var numbers = (0..<20).map(Float.init)
        #expect(numbers.span.lanes(at: 12) == FloatLanes(12, 13, 14, 15, 16, 17, 18, 19))
        var span = numbers.mutableSpan
        span.setLanes(FloatLanes(repeating: -1), at: 3)
        #expect(numbers == [0, 1, 2] + [Float](repeating: -1, count: 8) + (11..<20).map(Float.init))
        await #expect(processExitsWith: .failure) {
            let numbers = [Float](repeating: 0, count: 20)
            _ = numbers.span.lanes(at: 13)
        }
        await #expect(processExitsWith: .failure) {
            var numbers = [Float](repeating: 0, count: 20)
            var span = numbers.mutableSpan
            span.setLanes(.zero, at: 13)
        }
    }

    @Test func `activation is a number times what of a normal distribution is below it`() {
        var rows = (0..<1600).map { Float($0 - 800) / 100 }
        let wanted = rows.map { x in Double(x + 0.25) * 0.5 * erfc(-Double(x + 0.25) / 2.0.squareRoot()) }
        TransformerKernels.addAndActivate([Float](repeating: 0.25, count: 16).span, &rows)
        for (found, wanted) in zip(rows, wanted) { #expect(abs(Double(found) - wanted) < 2e-6) }
    }

    @Test(arguments: [1, 7, 8, 9, 16]) func `softmax makes parts of 1 of a row, whatever is behind it`(columns: Int) {
        let rowStride = (columns + 7) / 8 * 8
        var generator = SeededGenerator.announced("softmax")
        var rows = (0..<3 * rowStride).map { _ in Float.random(in: -50...50, using: &generator) }
        for row in 0..<3 where columns < rowStride { rows[row * rowStride + columns] = .nan }
        let before = rows
        TransformerKernels.softmax(&rows, count: 3, columns: columns, rowStride: rowStride)
        for row in 0..<3 {
            let powers = (0..<columns).map { exp(Double(before[row * rowStride + $0])) }
            for column in 0..<columns {
                let wanted = powers[column] / powers.reduce(0, +)
                #expect(abs(Double(rows[row * rowStride + column]) - wanted) < 1e-6)
            }
        }
    }
}
