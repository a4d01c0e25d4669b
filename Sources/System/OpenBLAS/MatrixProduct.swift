/// Where a matrix lies in a run of numbers: its rows one after another.
public struct MatrixLayout: Equatable, Sendable {
    /// The first number's index.
    public var start: Int
    /// From a row's first number to that of the next; at least the columns.
    public var stride: Int

    /// A matrix from `start` on.
    public init(start: Int = 0, stride: Int) {
        self.start = start
        self.stride = stride
    }

    /// Whether `rows` rows of `columns` numbers are within `count` numbers, in terms that the library can count in.
    func fits(rows: Int, columns: Int, within count: Int) -> Bool {
        guard start >= 0, rows >= 1, columns >= 1, stride >= columns else { return false }
        guard let rows = Int32(exactly: rows), let stride = Int32(exactly: stride) else { return false }
        let end = Int64(rows - 1) * Int64(stride) + Int64(columns)
        return Int64(start) <= Int64(count) - end
    }
}

/// A product of two matrices: result = scale · left · right.
public struct MatrixProduct: Equatable, Sendable {
    /// Rows of the left matrix and of the result.
    public var rows: Int
    /// Columns of the right matrix and of the result.
    public var columns: Int
    /// Columns of the left matrix, rows of the right one.
    public var inner: Int
    /// Where the three lie, each in its run of numbers.
    public var left: MatrixLayout, right: MatrixLayout, result: MatrixLayout
    /// Whether the right matrix is given transposed, `columns` rows of `inner` numbers, as weights are stored.
    public var isRightTransposed: Bool
    /// What each number of the result is multiplied by.
    public var scale: Float

    /// A product of matrices that lie densely from the start of their runs, unless told otherwise.
    public init(
        rows: Int, columns: Int, inner: Int, left: MatrixLayout? = nil, right: MatrixLayout? = nil,
        result: MatrixLayout? = nil, isRightTransposed: Bool = false, scale: Float = 1
    ) {
        self.rows = rows
        self.columns = columns
        self.inner = inner
        self.left = left ?? MatrixLayout(stride: inner)
        self.right = right ?? MatrixLayout(stride: isRightTransposed ? inner : columns)
        self.result = result ?? MatrixLayout(stride: columns)
        self.isRightTransposed = isRightTransposed
        self.scale = scale
    }
}
