/// The name that someone who typed `word` most likely meant; nil where none is near.
///
/// Near is an edit distance (insert, delete, replace, swap neighbours) of at most a third of the word, and at least 2.
func nearestName(to word: String, among names: [String]) -> String? {
    let limit = max(2, word.count / 3)
    let ranked = names.map { (name: $0, distance: editDistance(Array(word), Array($0))) }
    guard let best = ranked.min(by: { $0.distance < $1.distance }), best.distance <= limit else { return nil }
    return best.name
}

/// Optimal string alignment distance.
/// - Complexity: the product of both lengths.
func editDistance(_ left: [Character], _ right: [Character]) -> Int {
    var beforePrevious: [Int] = []
    var previous = Array(0...right.count)
    for (row, a) in left.enumerated() {
        var current = [row + 1]
        for (column, b) in right.enumerated() {
            var cost = min(previous[column] + (a == b ? 0 : 1), previous[column + 1] + 1, current[column] + 1)
            if row > 0 && column > 0 && a == right[column - 1] && left[row - 1] == b {
                cost = min(cost, beforePrevious[column - 1] + 1)
            }
            current.append(cost)
        }
        beforePrevious = previous
        previous = current
    }
    return previous[right.count]
}
