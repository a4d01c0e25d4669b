extension RandomAccessCollection where Index == Int {
    /// Where the elements end that `isBefore` holds of, which must all stand before those that it does not hold of.
    /// - Complexity: O(log *n*).
    @inlinable
    public func end(ofThose isBefore: (Element) -> Bool) -> Int {
        var (low, high) = (startIndex, endIndex)
        while low < high {
            let middle = low + (high - low) / 2
            if isBefore(self[middle]) { low = middle + 1 } else { high = middle }
        }
        return low
    }
}

extension RandomAccessCollection where Index == Int, Element: Comparable {
    /// Whether `element` is in it; it must be in ascending order.
    /// - Complexity: O(log *n*).
    @inlinable
    public func contains(sorted element: Element) -> Bool {
        let place = end { $0 < element }
        return place < endIndex && self[place] == element
    }
}
