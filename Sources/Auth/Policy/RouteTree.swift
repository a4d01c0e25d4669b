/// The routes of a policy, found by method and path without allocating.
///
/// A literal segment wins over a parameter, from the left; where a literal branch leads nowhere, the parameter is tried.
/// Depth is bounded by the patterns, and there are at most two branches a segment, so the work is bounded too.
struct RouteTree: Sendable {
    private struct Node: Sendable {
        /// Sorted by their bytes.
        var literals: [(segment: [UInt8], node: Int)] = []
        var parameter: Int?
        var route: Int?
    }

    private var nodes: [Node]

    init(_ routes: [PolicyDocument.Route]) {
        nodes = RouteMethod.allCases.map { _ in Node() }
        for (index, route) in routes.enumerated() {
            var at = Int(route.method.rawValue)
            for segment in route.pattern.segments { at = child(of: at, segment) }
            nodes[at].route = index
        }
    }

    private mutating func child(of parent: Int, _ segment: RoutePattern.Segment) -> Int {
        switch segment {
        case .parameter:
            if let known = nodes[parent].parameter { return known }
            nodes.append(Node())
            nodes[parent].parameter = nodes.count - 1
        case .literal(let bytes):
            let position = nodes[parent].literals.firstIndex { !$0.segment.lexicographicallyPrecedes(bytes) }
            if let position, nodes[parent].literals[position].segment == bytes {
                return nodes[parent].literals[position].node
            }
            nodes.append(Node())
            nodes[parent].literals.insert((bytes, nodes.count - 1), at: position ?? nodes[parent].literals.count)
        }
        return nodes.count - 1
    }

    /// The index of the route for a path without its query, or nil.
    func route(_ method: RouteMethod, _ path: [UInt8]) -> Int? {
        guard path.first == UInt8(ascii: "/") else { return nil }
        return find(path, from: 1, at: Int(method.rawValue), isRoot: path.count == 1)
    }

    private func find(_ path: [UInt8], from start: Int, at node: Int, isRoot: Bool) -> Int? {
        if start > path.count || isRoot { return nodes[node].route }
        var end = start
        while end < path.count && path[end] != UInt8(ascii: "/") { end += 1 }
        let segment = path[start..<end]
        if let literal = literal(segment, at: node),
            let route = find(path, from: end + 1, at: literal, isRoot: false)
        {
            return route
        }
        guard let parameter = nodes[node].parameter, RoutePattern.fitsParameter(segment) else { return nil }
        return find(path, from: end + 1, at: parameter, isRoot: false)
    }

    private func literal(_ segment: ArraySlice<UInt8>, at node: Int) -> Int? {
        var low = 0
        var high = nodes[node].literals.count
        while low < high {
            let middle = (low + high) / 2
            let candidate = nodes[node].literals[middle].segment
            if candidate.elementsEqual(segment) { return nodes[node].literals[middle].node }
            if candidate.lexicographicallyPrecedes(segment) { low = middle + 1 } else { high = middle }
        }
        return nil
    }
}
