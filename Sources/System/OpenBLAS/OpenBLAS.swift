internal import COpenBLAS
internal import Synchronization

/// Why OpenBLAS cannot be used.
public enum OpenBLASError: Error, Equatable, Sendable {
    /// The library is not there or is another one; the reason is the loader's.
    case notLoaded(reason: String)
    /// A product of small numbers came out wrong.
    case wrongProduct
}

/// Matrix products by OpenBLAS, loaded when it is first asked for.
///
/// Which build a host has is its choice (Debian's alternatives), and the serial build "must not be called from several
/// threads": it then returns wrong numbers without a word. So the build is asked (`openblas_get_parallel`), and calls into
/// any but the one for POSIX threads take turns.
///
/// `@safe` and `@unchecked Sendable`: the table of functions is made once, never changed or freed, and the library never
/// unloaded. Each matrix is checked to be inside its span before the library sees it.
@safe public final class OpenBLAS: @unchecked Sendable {
    /// The library's name for the loader: its ABI's version, which each of Debian's builds provides.
    public static let libraryName = "libopenblas.so.0"

    private let library: OpaquePointer
    private let turn = Mutex<Void>(())
    /// Whether calls of several threads run side by side; elsewhere they wait for each other.
    public let isParallel: Bool
    /// The version and how it was built, such as "OpenBLAS 0.3.21 DYNAMIC_ARCH Haswell MAX_THREADS=64".
    public let build: String

    private init(_ library: OpaquePointer) {
        unsafe self.library = library
        isParallel = unsafe Self.mayRunSideBySide(parallel: pc_openblas_parallel(library))
        build = unsafe String(cString: pc_openblas_config(library))
    }

    /// Only the build for POSIX threads (1). The serial one (0) shares a buffer; that for OpenMP (2) counts on callers that
    /// are OpenMP's threads.
    static func mayRunSideBySide(parallel: Int32) -> Bool { parallel == 1 }

    /// The libraries of this process by their name.
    private static let loaded = Mutex<[String: OpenBLAS]>([:])

    /// The library, loaded where it was not yet, and tried with a product whose result is known.
    ///
    /// For a process's start: before the sandbox, which keeps code out, and before threads that read the environment, in
    /// which `OPENBLAS_NUM_THREADS` is set to 1 where it is not. The library then starts no threads.
    public static func load(_ name: String = libraryName) throws(OpenBLASError) -> OpenBLAS {
        try loaded.withLock { loaded throws(OpenBLASError) in
            if let library = loaded[name] { return library }
            var message = [CChar](repeating: 0, count: 512)
            guard let functions = unsafe pc_openblas_load(name, &message, message.count) else {
                let text = message.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }
                throw .notLoaded(reason: String(decoding: text, as: UTF8.self))
            }
            let library = unsafe OpenBLAS(functions)
            guard library.isRight() else { throw .wrongProduct }
            loaded[name] = library
            return library
        }
    }

    /// Writes the product into `result`; what lies there between its rows stays.
    /// - Precondition: each matrix is inside its span.
    /// - Complexity: rows · columns · inner.
    public func multiply(
        _ left: Span<Float>, _ right: Span<Float>, into result: inout MutableSpan<Float>, _ product: MatrixProduct
    ) {
        let (rows, columns, inner) = (product.rows, product.columns, product.inner)
        let (rightRows, rightColumns) = product.isRightTransposed ? (columns, inner) : (inner, columns)
        precondition(product.left.fits(rows: rows, columns: inner, within: left.count), "left matrix")
        precondition(product.right.fits(rows: rightRows, columns: rightColumns, within: right.count), "right matrix")
        precondition(product.result.fits(rows: rows, columns: columns, within: result.count), "result")
        unsafe left.withUnsafeBufferPointer { left in
            unsafe right.withUnsafeBufferPointer { right in
                unsafe result.withUnsafeMutableBufferPointer { result in
                    unsafe call(left, right, result, product)
                }
            }
        }
    }

    private func call(
        _ left: UnsafeBufferPointer<Float>, _ right: UnsafeBufferPointer<Float>,
        _ result: UnsafeMutableBufferPointer<Float>, _ product: MatrixProduct
    ) {
        guard let left = left.baseAddress, let right = right.baseAddress, let result = result.baseAddress
        else { preconditionFailure("a matrix that fits is not empty") }
        inTurn {
            unsafe pc_openblas_sgemm(
                library, product.isRightTransposed ? 1 : 0, Int32(product.rows), Int32(product.columns),
                Int32(product.inner), product.scale, left + product.left.start, Int32(product.left.stride),
                right + product.right.start, Int32(product.right.stride), result + product.result.start,
                Int32(product.result.stride))
        }
    }

    private func inTurn(_ body: () -> Void) {
        if isParallel { return body() }
        turn.withLock { _ in body() }
    }

    /// Whether whole numbers below 2^24, which single precision keeps exactly, are multiplied rightly.
    private func isRight() -> Bool {
        // Above a million products the library packs matrices first, in a buffer that the serial build has one of.
        let count = 104
        let left = (0..<count * count).map { Float($0 % 7) }
        let right = (0..<count * count).map { Float($0 % 11) }
        var result = [Float](repeating: .nan, count: count * count)
        var span = result.mutableSpan
        multiply(left.span, right.span, into: &span, MatrixProduct(rows: count, columns: count, inner: count))
        for row in 0..<count {
            for column in 0..<count {
                var wanted: Float = 0
                for inner in 0..<count { wanted += left[row * count + inner] * right[inner * count + column] }
                if result[row * count + column] != wanted { return false }
            }
        }
        return true
    }
}
