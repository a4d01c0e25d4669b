import Foundation
import Testing

@testable import OpenBLAS
@testable import Threading

@Suite struct `Matrix products` {
    /// Number by number.
    private func slow(_ left: [Float], _ right: [Float], _ result: [Float], _ product: MatrixProduct) -> [Float] {
        var result = result
        for row in 0..<product.rows {
            for column in 0..<product.columns {
                var sum = 0.0
                for inner in 0..<product.inner {
                    let (line, place) = product.isRightTransposed ? (column, inner) : (inner, column)
                    sum +=
                        Double(left[product.left.start + row * product.left.stride + inner])
                        * Double(right[product.right.start + line * product.right.stride + place])
                }
                result[product.result.start + row * product.result.stride + column] = Float(sum) * product.scale
            }
        }
        return result
    }

    @Test func `multiplies as the definition does, wherever matrices lie, and writes nothing else`() throws {
        let blas = try OpenBLAS.load()
        var generator = SeededGenerator.announced("products")
        for _ in 0..<200 {
            let (rows, columns, inner) = (
                Int.random(in: 1...20, using: &generator), Int.random(in: 1...20, using: &generator),
                Int.random(in: 1...20, using: &generator)
            )
            let isTransposed = Bool.random(using: &generator)
            func layout(_ columns: Int) -> MatrixLayout {
                MatrixLayout(
                    start: Int.random(in: 0...5, using: &generator),
                    stride: columns + Int.random(in: 0...4, using: &generator))
            }
            let product = MatrixProduct(
                rows: rows, columns: columns, inner: inner, left: layout(inner),
                right: layout(isTransposed ? inner : columns), result: layout(columns), isRightTransposed: isTransposed,
                scale: Float.random(in: -2...2, using: &generator))
            let rightRows = isTransposed ? columns : inner
            let rightColumns = isTransposed ? inner : columns
            func numbers(_ layout: MatrixLayout, _ rows: Int, _ columns: Int) -> [Float] {
                (0..<layout.start + (rows - 1) * layout.stride + columns).map { _ in
                    .random(in: -1...1, using: &generator)
                }
            }
            let left = numbers(product.left, rows, inner)
            let right = numbers(product.right, rightRows, rightColumns)
            var result = numbers(product.result, rows, columns)
            let wanted = slow(left, right, result, product)
            var span = result.mutableSpan
            blas.multiply(left.span, right.span, into: &span, product)
            #expect(zip(result, wanted).allSatisfy { abs($0 - $1) < 1e-4 }, "\(product)")
        }
    }

    @Test(arguments: [
        (MatrixLayout(start: 0, stride: 3), 2, 3, 6, true), (MatrixLayout(start: 0, stride: 3), 2, 3, 5, false),
        (MatrixLayout(start: 1, stride: 3), 2, 3, 7, true), (MatrixLayout(start: 2, stride: 3), 2, 3, 7, false),
        (MatrixLayout(start: 0, stride: 4), 2, 3, 7, true), (MatrixLayout(start: 0, stride: 4), 2, 3, 6, false),
        (MatrixLayout(start: 0, stride: 2), 2, 3, 99, false), (MatrixLayout(start: -1, stride: 3), 2, 3, 99, false),
        (MatrixLayout(start: 0, stride: 3), 0, 3, 99, false), (MatrixLayout(start: 0, stride: 3), 2, 0, 99, false),
        (MatrixLayout(start: .max, stride: 3), 2, 3, 99, false),
        (MatrixLayout(start: 0, stride: Int(Int32.max) + 1), 1, 1, 99, false),
        (MatrixLayout(start: 0, stride: 1), Int(Int32.max) + 1, 1, .max, false),
    ])
    func `a matrix fits where its last number does`(
        layout: MatrixLayout, rows: Int, columns: Int, count: Int, fits: Bool
    ) {
        #expect(layout.fits(rows: rows, columns: columns, within: count) == fits)
    }

    @Test func `a matrix that is not inside its span stops the program before the library sees it`() async {
        await #expect(processExitsWith: .success) { try Self.multiply(shortening: nil) }
        await #expect(processExitsWith: .failure) { try Self.multiply(shortening: 0) }
        await #expect(processExitsWith: .failure) { try Self.multiply(shortening: 1) }
        await #expect(processExitsWith: .failure) { try Self.multiply(shortening: 2) }
    }

    /// A product of 2 × 2, whose left matrix, right matrix or result (0, 1, 2) is a number too short.
    private static func multiply(shortening which: Int?) throws {
        let blas = try OpenBLAS.load()
        let left = [Float](repeating: 1, count: which == 0 ? 3 : 4)
        let right = [Float](repeating: 1, count: which == 1 ? 3 : 4)
        var result = [Float](repeating: 0, count: which == 2 ? 3 : 4)
        var span = result.mutableSpan
        blas.multiply(left.span, right.span, into: &span, MatrixProduct(rows: 2, columns: 2, inner: 2))
    }

    @Test func `only the build for POSIX threads may be called from several at once`() throws {
        #expect(!OpenBLAS.mayRunSideBySide(parallel: 0))
        #expect(OpenBLAS.mayRunSideBySide(parallel: 1))
        #expect(!OpenBLAS.mayRunSideBySide(parallel: 2))
        #expect(try OpenBLAS.load().build.contains("OpenBLAS"))
    }

    @Test func `threads that multiply at once all get what one alone gets`() async throws {
        let blas = try OpenBLAS.load()
        // Large enough to go through the buffer that the serial build shares between threads; there one in a thousand was wrong.
        let count = 128
        let left = (0..<count * count).map { Float($0 % 13) - 6 }
        let right = (0..<count * count).map { Float($0 % 17) - 8 }
        let product = MatrixProduct(rows: count, columns: count, inner: count)
        let wanted = slow(left, right, [Float](repeating: 0, count: count * count), product)
        let threads = try JobThreads<Int>.start(
            named: "products", count: 4, jobsMax: 64, refusal: { CannotStart(reason: $0) },
            making: { () throws(CannotStart) in 0 })
        try await withThrowingTaskGroup(of: Bool.self) { group in
            for _ in 0..<32 {
                group.addTask {
                    try await threads.run(orThrow: CannotStart(reason: "full")) { _ -> Result<Bool, CannotStart> in
                        for _ in 0..<500 {
                            var result = [Float](repeating: 0, count: count * count)
                            var span = result.mutableSpan
                            blas.multiply(left.span, right.span, into: &span, product)
                            if result != wanted { return .success(false) }
                        }
                        return .success(true)
                    }
                }
            }
            for try await isRight in group { #expect(isRight) }
        }
    }

    private struct CannotStart: Error { let reason: String }

    @Test(arguments: [
        ("libno-such-blas.so.9", "cannot open shared object file"), ("libm.so.6", "so it is not OpenBLAS"),
    ])
    func `a library that is not there or is another one is refused`(name: String, reason: String) {
        #expect {
            try OpenBLAS.load(name)
        } throws: { error in
            guard case OpenBLASError.notLoaded(let found)? = error as? OpenBLASError else { return false }
            return found.contains(reason)
        }
    }

    @Test func `starts no threads of its own`() async {
        await #expect(processExitsWith: .success) {
            unsafe unsetenv("OPENBLAS_NUM_THREADS")
            let before = try FileManager.default.contentsOfDirectory(atPath: "/proc/self/task").count
            _ = try OpenBLAS.load()
            let after = try FileManager.default.contentsOfDirectory(atPath: "/proc/self/task").count
            try #require(after <= before)
        }
    }
}
